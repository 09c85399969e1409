use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use super::*;
use crate::dialect::{Purpose, Statement, Target, Tx, beside};
use crate::scratch::Scratch;

const COUNT: Statement = Statement::both("test::COUNT", "SELECT count(*) FROM kept");

fn log_of(scratch: &Scratch) -> PathBuf {
    beside(
        Path::new(scratch.url().trim_start_matches("sqlite:")),
        "-wal",
    )
}

struct Place {
    target: Target,
    log: PathBuf,
    _scratch: Scratch,
}

impl Place {
    fn make() -> Place {
        let scratch = Scratch::sqlite();
        let target = Target::parse(scratch.url()).unwrap();
        let log = log_of(&scratch);
        let place = Place {
            target,
            log,
            _scratch: scratch,
        };
        place
            .open(Purpose::Write)
            .batch("CREATE TABLE kept (n INTEGER)")
            .unwrap();
        place
    }

    fn open(&self, purpose: Purpose) -> Connection {
        Connection::open(&self.target, purpose).unwrap()
    }

    fn log_bytes(&self) -> u64 {
        std::fs::metadata(&self.log).map_or(0, |about| about.len())
    }

    /// The head of the log, which is another one when it is begun anew.
    fn log_head(&self) -> Vec<u8> {
        std::fs::read(&self.log).unwrap()[..32].to_vec()
    }

    fn checkpointer(&self) -> Checkpointer {
        Checkpointer {
            connection: self.open(Purpose::Checkpoint),
            log: self.log.clone(),
            commits: Arc::default(),
            gate: Arc::default(),
            shipper: None,
            closing: channel().1,
            trust: Trust::default(),
        }
    }
}

fn unsure() -> Result<bool, DbError> {
    let statement = "checkpoint";
    Err(DbError::Unsure { statement })
}

#[test]
fn a_log_is_kept_when_the_disk_does_not_keep_the_database() {
    let place = Place::make();
    let mut writer = place.open(Purpose::Write);
    writer.batch("INSERT INTO kept VALUES (1)").unwrap();
    let mut checkpointer = place.checkpointer();
    assert!(checkpointer.checkpoint(Checkpoint::Truncate));
    assert_eq!(place.log_bytes(), 0);

    writer.batch("INSERT INTO kept VALUES (2)").unwrap();
    assert!(!checkpointer.is_through(unsure(), Checkpoint::Passive));
    assert_eq!(checkpointer.trust, Trust::Held);
    let head = place.log_head();
    // Nobody begins it anew: not this one, not another process, not the next write.
    assert!(!checkpointer.checkpoint(Checkpoint::Truncate));
    let mut other = place.open(Purpose::Checkpoint);
    assert!(!other.checkpoint(Checkpoint::Truncate).unwrap());
    writer.batch("INSERT INTO kept VALUES (3)").unwrap();
    assert_eq!(place.log_head(), head);

    // And whoever is the last to go leaves it to whoever comes next.
    drop((other, writer));
    checkpointer.serve();
    assert_eq!(place.log_head(), head);
    let mut next = place.open(Purpose::Checkpoint);
    assert!(next.checkpoint(Checkpoint::Truncate).unwrap());
    let count = Tx::new(&mut next, 0).query_one(&COUNT, &[], |row| row.get::<i64>(0));
    assert_eq!(count.unwrap(), Some(3));
}

#[test]
fn the_log_is_emptied_when_it_is_quiet() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    for number in 0..50 {
        store
            .write_blocking(0, move |tx| {
                crate::settings::put(tx, &number.to_string(), "1")
            })
            .unwrap();
    }
    let log = log_of(&scratch);
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    store.shutdown_blocking();
    assert!(std::fs::metadata(&log).map_or(0, |about| about.len()) == 0);
}

#[test]
fn the_log_stays_short_while_writing_never_stops() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    let long = "x".repeat(200_000);
    let log = log_of(&scratch);
    let mut longest = 0;
    // Several writers at once, so that the lock is never free for long.
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (store, long) = (store.clone(), long.clone());
            thread::spawn(move || {
                for number in 0..500 {
                    let (name, long) = (format!("{writer} {}", number % 20), long.clone());
                    let put = move |tx: &mut Tx<'_>| crate::settings::put(tx, &name, &long);
                    store.write_blocking(0, put).unwrap();
                }
            })
        })
        .collect();
    while writers.iter().any(|writer| !writer.is_finished()) {
        longest = longest.max(std::fs::metadata(&log).map_or(0, |about| about.len()));
        thread::sleep(std::time::Duration::from_millis(5));
    }
    writers
        .into_iter()
        .for_each(|writer| writer.join().unwrap());
    // 400 MB were written; how far it gets between two rounds depends on the disk.
    assert!(longest > 0 && longest < 300_000_000, "{longest}");
}
