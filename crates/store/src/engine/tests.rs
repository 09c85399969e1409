use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

use super::*;
use crate::dialect::{DbError, Statement};
use crate::scratch::Scratch;
use crate::vals;

pub(super) const PUT: Statement = Statement::both(
    "test::PUT",
    "INSERT INTO settings (name, value) VALUES ($1, $2)",
);
pub(super) const GET: Statement =
    Statement::both("test::GET", "SELECT value FROM settings WHERE name = $1");
const COUNT: Statement = Statement::both("test::COUNT", "SELECT count(*) FROM settings");
pub(super) const SWAP: Statement = Statement::both(
    "test::SWAP",
    "UPDATE settings SET value = $1 WHERE name = $2 AND value = $3",
);

pub(super) fn for_each_engine(options: &Options, test: impl Fn(Store)) {
    for scratch in Scratch::each() {
        test(scratch.open_with(options));
    }
}

pub(super) fn put(tx: &mut Tx<'_>, name: &str) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![name, "1"])
}

pub(super) fn count(store: &Store) -> i64 {
    store
        .read_blocking(|tx| tx.query_one(&COUNT, &[], |row| row.get(0)))
        .unwrap()
        .unwrap_or_default()
}

/// Hold the writer of `key` until the sender is dropped, so that what is
/// offered meanwhile becomes one group.
fn hold(store: &Store, key: i64) -> (mpsc::Sender<()>, thread::JoinHandle<()>) {
    let (release, released) = mpsc::channel::<()>();
    let (entered, inside) = mpsc::channel();
    let store = store.clone();
    let holder = thread::spawn(move || {
        let held = store.write_blocking(key, move |_| {
            entered.send(()).unwrap();
            released.recv().unwrap_err();
            Ok::<_, DbError>(())
        });
        held.unwrap();
    });
    inside.recv().unwrap();
    (release, holder)
}

/// Run `ops` as one group and give back their answers in order.
fn as_group<T: Send + 'static>(
    store: &Store,
    ops: Vec<impl FnMut(&mut Tx<'_>) -> Result<T, DbError> + Send + 'static>,
) -> Vec<Result<T, WriteError<DbError>>> {
    let (release, holder) = hold(store, 0);
    let mut threads = Vec::new();
    for (waiting, op) in (1..).zip(ops) {
        let offering = store.clone();
        threads.push(thread::spawn(move || offering.write_blocking(0, op)));
        while store.waiting() < waiting {
            thread::yield_now();
        }
    }
    drop(release);
    holder.join().unwrap();
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}

#[test]
fn what_is_answered_can_be_read() {
    for_each_engine(&Options::default(), |store| {
        store.write_blocking(1, |tx| put(tx, "a")).unwrap();
        let value: Option<String> = store
            .read_blocking(|tx| tx.query_one(&GET, vals!["a"], |row| row.get(0)))
            .unwrap();
        assert_eq!(value.as_deref(), Some("1"));
    });
}

#[test]
fn one_that_fails_after_its_first_write_takes_nobody_with_it() {
    for_each_engine(&Options::default(), |store| {
        let runs = Arc::new(AtomicU32::new(0));
        let ops = (0..20)
            .map(|number| {
                let runs = Arc::clone(&runs);
                move |tx: &mut Tx<'_>| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    put(tx, &format!("mine {number}"))?;
                    if number % 7 == 3 {
                        put(tx, "mine 1")
                    } else {
                        Ok(())
                    }
                }
            })
            .collect();
        let answers = as_group(&store, ops);
        for (number, answer) in answers.iter().enumerate() {
            let spoiled = number % 7 == 3;
            assert_eq!(
                matches!(answer, Err(WriteError::Refused(DbError::Unique { table, .. })) if table == "settings"),
                spoiled,
                "{number}: {answer:?}"
            );
        }
        assert_eq!(count(&store), 17);
        assert!(runs.load(Ordering::Relaxed) > 20, "the group ran again");
    });
}

#[test]
fn many_that_fail_are_each_told() {
    for_each_engine(&Options::default(), |store| {
        let ops = (0..40)
            .map(|number| {
                move |tx: &mut Tx<'_>| put(tx, if number % 2 == 0 { "same" } else { "other" })
            })
            .collect();
        let answers = as_group(&store, ops);
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 2);
        assert_eq!(count(&store), 2);
    });
}

#[test]
fn a_refusal_writes_nothing_and_costs_nobody_a_second_run() {
    for_each_engine(&Options::default(), |store| {
        let runs = Arc::new(AtomicU32::new(0));
        let ops = (0..10)
            .map(|number| {
                let runs = Arc::clone(&runs);
                move |tx: &mut Tx<'_>| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    if number == 4 {
                        return tx.execute_one(&SWAP, vals!["2", "absent", "1"]);
                    }
                    put(tx, &number.to_string())
                }
            })
            .collect();
        let answers = as_group(&store, ops);
        assert!(matches!(
            answers[4],
            Err(WriteError::Refused(DbError::Conflict { .. }))
        ));
        assert_eq!(count(&store), 9);
        assert_eq!(runs.load(Ordering::Relaxed), 10);
    });
}

#[test]
fn a_panic_is_answered_and_the_others_run_again() {
    for_each_engine(&Options::default(), |store| {
        let ops = (0..10)
            .map(|number| {
                move |tx: &mut Tx<'_>| {
                    put(tx, &number.to_string())?;
                    assert_ne!(number, 5, "this one panics on purpose");
                    Ok(())
                }
            })
            .collect();
        let answers = as_group(&store, ops);
        assert!(matches!(
            answers[5],
            Err(WriteError::NotStored(Loss::Panicked))
        ));
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 9);
        assert_eq!(count(&store), 9);
    });
}

#[test]
fn an_error_that_the_operation_overlooks_is_not_stored() {
    for_each_engine(&Options::default(), |store| {
        store.write_blocking(0, |tx| put(tx, "a")).unwrap();
        let answer = store.write_blocking(0, |tx| {
            put(tx, "b")?;
            drop(put(tx, "a"));
            Ok::<_, DbError>(())
        });
        assert!(matches!(answer, Err(WriteError::NotStored(Loss::Ignored))));
        assert_eq!(count(&store), 1);
    });
}

#[test]
fn a_full_queue_says_so_at_once() {
    let options = Options {
        queue_length_max: 3,
        ..Options::default()
    };
    for_each_engine(&options, |store| {
        let (release, holder) = hold(&store, 0);
        let waiting: Vec<_> = (0..3)
            .map(|number| {
                let store = store.clone();
                thread::spawn(move || {
                    store.write_blocking(0, move |tx| put(tx, &number.to_string()))
                })
            })
            .collect();
        while store.waiting() < 3 {
            thread::yield_now();
        }
        let answer = store.write_blocking(0, |tx| put(tx, "one too many"));
        assert!(matches!(answer, Err(WriteError::Busy)));
        drop(release);
        holder.join().unwrap();
        waiting
            .into_iter()
            .for_each(|thread| thread.join().unwrap().unwrap());
        assert_eq!(count(&store), 3);
    });
}

#[test]
fn closing_finishes_what_waits_and_takes_nothing_more() {
    for scratch in Scratch::each() {
        let store = scratch.open();
        let (release, holder) = hold(&store, 0);
        let waiting = {
            let store = store.clone();
            thread::spawn(move || store.write_blocking(0, |tx| put(tx, "waited")))
        };
        while store.waiting() < 1 {
            thread::yield_now();
        }
        let closing = {
            let store = store.clone();
            thread::spawn(move || store.shutdown_blocking())
        };
        drop(release);
        holder.join().unwrap();
        waiting.join().unwrap().unwrap();
        closing.join().unwrap();
        assert!(matches!(
            store.write_blocking(0, |tx| put(tx, "late")),
            Err(WriteError::Busy)
        ));
        drop(store);
        assert_eq!(
            count(&scratch.open()),
            1,
            "what was answered is there after opening again"
        );
    }
}

#[test]
fn what_is_made_without_waiting_is_there_when_the_store_was_shut() {
    for scratch in Scratch::each() {
        let options = Options {
            durability: Durability::WhenShut,
            ..Options::default()
        };
        let store = scratch.open_with(&options);
        store.write_blocking(0, |tx| put(tx, "a")).unwrap();
        store.shutdown_blocking();
        drop(store);
        assert_eq!(count(&scratch.open()), 1);
    }
}

#[test]
fn readers_cannot_write() {
    for_each_engine(&Options::default(), |store| {
        let answer = store.read_blocking(|tx| put(tx, "a"));
        assert!(matches!(answer, Err(ReadError::Refused(_))), "{answer:?}");
        assert_eq!(count(&store), 0);
    });
}

#[test]
fn commits_are_durable_and_keys_are_checked() {
    let asked = [
        ("PRAGMA journal_mode", "wal"),
        ("PRAGMA synchronous", "2"),
        ("PRAGMA foreign_keys", "1"),
        ("PRAGMA wal_autocheckpoint", "0"),
        ("SHOW synchronous_commit", "on"),
        ("SHOW fsync", "on"),
        ("SHOW full_page_writes", "on"),
    ];
    for_each_engine(&Options::default(), |store| {
        for (sql, expected) in asked {
            if sql.starts_with("PRAGMA") != (store.engine() == Engine::Sqlite) {
                continue;
            }
            let answer = store
                .write_blocking(0, move |tx| {
                    let setting = Statement::both("test::setting", sql);
                    tx.query_one(&setting, &[], |row| {
                        row.get::<String>(0)
                            .or_else(|_| Ok(row.get::<i64>(0)?.to_string()))
                    })
                })
                .unwrap();
            assert_eq!(answer.as_deref(), Some(expected), "{sql}");
        }
    });
}

#[test]
fn this_sqlite_is_new_enough() {
    let (version, name) = sqlite_version();
    assert!(version >= SQLITE_VERSION_MIN, "{name}");
    assert_eq!(SQLITE_VERSION_MIN, 3_051_003);
}

#[test]
fn addresses_that_lead_nowhere_are_refused() {
    for url in ["", "sqlite:", "mysql://x", "postgres://[", "/tmp/x.db"] {
        assert!(
            matches!(
                Store::open(url, &Options::default()),
                Err(OpenError::Target(_))
            ),
            "{url}"
        );
    }
}

#[test]
fn a_full_disk_is_told_to_everybody_and_leaves_nothing_behind() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    let limit = |sql: &'static str| {
        let pragma = Statement::both("test::limit", sql);
        store
            .write_blocking(0, move |tx| tx.query(&pragma, &[], |_| Ok(())))
            .map(drop)
    };
    limit("PRAGMA max_page_count = 1").unwrap();
    let long = "x".repeat(1 << 20);
    let ops = (0..5)
        .map(|number| {
            let long = long.clone();
            move |tx: &mut Tx<'_>| tx.execute_one(&PUT, vals![&number.to_string(), &long])
        })
        .collect();
    let answers = as_group(&store, ops);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Err(WriteError::NotStored(Loss::Full)))),
        "{answers:?}"
    );
    limit("PRAGMA max_page_count = 1000000").unwrap();
    assert_eq!(count(&store), 0);
    store
        .write_blocking(0, |tx| put(tx, "there is room again"))
        .unwrap();
    assert_eq!(count(&store), 1);
}
