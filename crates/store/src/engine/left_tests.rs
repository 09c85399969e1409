//! Logs that SQLite wrote, and what can become of them.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;

/// A house that was killed with this in its log: the files are copied while it is open.
struct Killed {
    _folder: TempDir,
    database: PathBuf,
    log: Vec<u8>,
}

const FRAME: usize = 24 + 4096;

fn killed(transactions: usize) -> Killed {
    let folder = tempfile::tempdir().unwrap();
    let open = folder.path().join("open.db");
    let connection = Connection::open(&open).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
             CREATE TABLE t (n INTEGER, text TEXT)",
        )
        .unwrap();
    for number in 1..transactions {
        let text = "x".repeat(300 * (number % 9));
        let insert = "INSERT INTO t VALUES (?1, ?2)";
        connection.execute(insert, (number as i64, text)).unwrap();
    }
    let database = folder.path().join("killed.db");
    for end in ["", "-wal", "-shm"] {
        fs::copy(beside(&open, end), beside(&database, end)).unwrap();
    }
    let log = fs::read(beside(&database, "-wal")).unwrap();
    Killed {
        _folder: folder,
        database,
        log,
    }
}

impl Killed {
    fn with(&self, log: &[u8]) -> Option<Damage> {
        fs::write(beside(&self.database, "-wal"), log).unwrap();
        damage(&self.database).unwrap()
    }

    /// As after a loss of power: the index is of an earlier moment, or gone.
    fn without_index(&self) {
        fs::remove_file(beside(&self.database, "-shm")).unwrap();
    }

    fn frames(&self) -> u32 {
        ((self.log.len() - HEAD_BYTES) / FRAME) as u32
    }
}

#[test]
fn what_a_kill_leaves_is_read() {
    for transactions in [1, 2, 40] {
        let killed = killed(transactions);
        assert_eq!(killed.with(&killed.log), None);
        killed.without_index();
        assert_eq!(killed.with(&killed.log), None);
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(damage(&folder.path().join("none.db")).unwrap(), None);
}

#[test]
fn a_torn_end_is_what_a_loss_of_power_leaves() {
    let killed = killed(40);
    killed.without_index();
    for cut in 1..FRAME {
        if cut % 97 == 0 {
            assert_eq!(killed.with(&killed.log[..killed.log.len() - cut]), None);
        }
    }
    // The last transaction reached the disk, but for one of its frames.
    let mut log = killed.log.clone();
    let last = log.len() - FRAME;
    log[last..last + 100].fill(0);
    assert_eq!(killed.with(&log), None);
}

#[test]
fn a_log_that_ends_before_it_was_committed_is_refused() {
    let killed = killed(40);
    let cut = killed.log.len() - FRAME;
    let committed = killed.frames();
    let found = killed.with(&killed.log[..cut]).expect("it is found");
    assert!(found.whole < committed && found.committed == committed);
}

#[test]
fn of_two_copies_of_the_index_the_older_one_counts() {
    let killed = killed(40);
    let path = beside(&killed.database, "-shm");
    let mut index = fs::read(&path).unwrap();
    let committed = killed.frames() - 5;
    index[16..20].copy_from_slice(&committed.to_ne_bytes());
    fs::write(&path, index).unwrap();
    assert_eq!(killed.with(&killed.log[..killed.log.len() - FRAME]), None);
    let half = &killed.log[..killed.log.len() / 2];
    assert!(killed.with(half).is_some());
}

#[test]
fn a_bit_that_turned_in_the_middle_is_found() {
    let killed = killed(40);
    let middle = (HEAD_BYTES + FRAME * (killed.frames() as usize / 2)..).step_by(511);
    for at in middle.take(8) {
        let mut log = killed.log.clone();
        log[at + 24] ^= 4;
        let found = killed.with(&log);
        assert!(found.is_some(), "byte {at}: {found:?}");
    }
}

#[test]
fn a_broken_head_is_refused_when_it_hides_transactions() {
    let killed = killed(40);
    for at in 0..HEAD_BYTES {
        let mut log = killed.log.clone();
        log[at] ^= 0x10;
        assert!(killed.with(&log).is_some(), "byte {at}");
    }
}
