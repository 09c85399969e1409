//! The reader of the log, held against logs that SQLite itself wrote.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::log::{Batch, Head, Position, read};

/// A database whose log nobody empties, and that log.
fn database(folder: &Path, page_bytes: u32) -> (Connection, PathBuf) {
    let connection = Connection::open(folder.join("it.db")).unwrap();
    let settings = format!(
        "PRAGMA page_size = {page_bytes}; PRAGMA journal_mode = WAL;
         PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (n INTEGER, text TEXT)"
    );
    connection.execute_batch(&settings).unwrap();
    (connection, folder.join("it.db-wal"))
}

fn write(connection: &Connection, rows: u32) {
    for row in 0..rows {
        let text = "x".repeat(row as usize % 700);
        let insert = "INSERT INTO t VALUES (?1, ?2)";
        connection.execute(insert, (row, text)).unwrap();
    }
}

/// As the checkpointer asks: how many frames are committed.
fn committed(connection: &Connection) -> u32 {
    let read = |row: &rusqlite::Row<'_>| row.get(1);
    connection
        .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], read)
        .unwrap()
}

fn head(log: &Path) -> Head {
    Head::read(log).unwrap().expect("somebody has written")
}

fn all(log: &Path, until: u32) -> Option<Batch> {
    let from = Position::start(head(log));
    read(&File::open(log).unwrap(), from, until, usize::MAX).unwrap()
}

#[test]
fn whatever_the_size_of_a_page_all_of_the_log_is_read() {
    for page_bytes in [512, 1024, 4096, 65_536] {
        let folder = tempfile::tempdir().unwrap();
        let (connection, log) = database(folder.path(), page_bytes);
        write(&connection, 40);
        let until = committed(&connection);
        assert_eq!(head(&log).page_bytes, page_bytes);
        let whole = all(&log, until).expect("it is whole");
        assert_eq!(whole.end.frames, until);
        let written = fs::read(&log).unwrap();
        assert_eq!(whole.bytes, written[32..32 + whole.bytes.len()]);
        // In pieces it is the same, each of them whole transactions.
        let (mut at, mut pieces, mut bytes) = (Position::start(head(&log)), 0, Vec::new());
        while at.frames < until {
            let file = File::open(&log).unwrap();
            let piece = read(&file, at, until, 1).unwrap().expect("it goes on");
            at = piece.end;
            bytes.extend(piece.bytes);
            pieces += 1;
        }
        assert_eq!(bytes, whole.bytes);
        assert!(pieces >= 41, "one for each transaction, not {pieces}");
    }
}

#[test]
fn a_torn_end_is_not_read_and_what_lies_before_is() {
    let folder = tempfile::tempdir().unwrap();
    let (connection, log) = database(folder.path(), 1024);
    write(&connection, 20);
    let until = committed(&connection);
    let (start, file) = (Position::start(head(&log)), File::open(&log).unwrap());
    let half = read(&file, start, until, 10_000).unwrap();
    let before = half.expect("it is whole").end.frames;
    assert!(before + 3 < until);
    let torn = folder.path().join("torn");
    let bytes = fs::read(&log).unwrap();
    let end = 32 + until as usize * head(&log).frame_bytes();
    for cut in [end - 1, end - 900, end - 1040] {
        fs::write(&torn, &bytes[..cut]).unwrap();
        assert!(all(&torn, until).is_none());
        assert_eq!(all(&torn, before).expect("it is whole").end.frames, before);
    }
    // In the midst of a transaction nothing ends.
    let (start, log) = (Position::start(head(&log)), File::open(&log).unwrap());
    let first = read(&log, start, until, 1)
        .unwrap()
        .expect("it is whole")
        .end
        .frames;
    assert!(first > 1, "making a table touches several pages");
    assert!(read(&log, start, first - 1, usize::MAX).unwrap().is_none());
}

#[test]
fn another_byte_anywhere_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (connection, log) = database(folder.path(), 512);
    write(&connection, 8);
    let until = committed(&connection);
    let bytes = fs::read(&log).unwrap();
    let changed = folder.path().join("changed");
    let end = 32 + until as usize * head(&log).frame_bytes();
    for at in (0..end).step_by(97) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        fs::write(&changed, &bytes).unwrap();
        let is_head = Head::read(&changed).unwrap().is_some();
        // The number of checkpoints before is for whoever looks; it is in the sum of the head.
        assert!(!is_head || all(&changed, until).is_none(), "byte {at}");
    }
}

#[test]
fn frames_of_the_log_before_are_not_of_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let (connection, log) = database(folder.path(), 512);
    write(&connection, 60);
    let until = committed(&connection);
    let whole = all(&log, until).expect("it is whole");
    // Nobody reads and all is copied: whoever writes next begins the log anew.
    write(&connection, 1);
    let (next, frames) = (head(&log), committed(&connection));
    assert!(frames < until, "{frames} of {until}");
    assert_ne!(next.salts, whole.end.head.salts);
    let start = Position::on(Some(whole.end), next).expect("it was begun right after");
    assert_eq!(start, Position::start(next));
    assert_eq!(all(&log, frames).expect("it is whole").end.frames, frames);
    // Behind its end lies what the log before left there.
    assert!(all(&log, frames + 1).is_none());
    // One that begins somewhere else is none of its line.
    let mut other = next;
    other.salts[0] = next.salts[0].wrapping_add(5_000);
    assert_eq!(Position::on(Some(whole.end), other), None);
    let same = Position::on(Some(whole.end), whole.end.head);
    assert_eq!(same, Some(whole.end));
}

#[test]
fn no_log_and_an_empty_one_have_no_head() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    assert_eq!(Head::read(&log).unwrap(), None);
    fs::write(&log, "").unwrap();
    assert_eq!(Head::read(&log).unwrap(), None);
    fs::write(&log, [0; 400]).unwrap();
    assert_eq!(Head::read(&log).unwrap(), None);
}
