use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Barrier};
use std::thread;

use super::*;
use crate::dialect::{DbError, Statement};
use crate::scratch::Scratch;
use crate::vals;

const PUT: Statement = Statement::both(
    "test::PUT",
    "INSERT INTO settings (name, value) VALUES ($1, $2)",
);
const GET: Statement = Statement::both("test::GET", "SELECT value FROM settings WHERE name = $1");
const COUNT: Statement = Statement::both("test::COUNT", "SELECT count(*) FROM settings");
const SWAP: Statement = Statement::both(
    "test::SWAP",
    "UPDATE settings SET value = $1 WHERE name = $2 AND value = $3",
);
const SET: Statement = Statement::both(
    "test::SET",
    "UPDATE settings SET value = $1 WHERE name = $2",
);

/// Hang up on oneself.
const KILL: Statement = Statement::both(
    "test::KILL",
    "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS TEXT)",
);

fn for_each_engine(options: &Options, test: impl Fn(Store)) {
    for scratch in Scratch::each() {
        test(scratch.open_with(options));
    }
}

fn put(tx: &mut Tx<'_>, name: &str) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![name, "1"])
}

fn count(store: &Store) -> i64 {
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
fn of_two_racers_one_wins() {
    for_each_engine(&Options::default(), |store| {
        store.write_blocking(0, |tx| put(tx, "version")).unwrap();
        let start = Arc::new(Barrier::new(8));
        // Different keys, so on PostgreSQL different writers.
        let racers: Vec<_> = (0..8)
            .map(|number| {
                let (store, start) = (store.clone(), Arc::clone(&start));
                thread::spawn(move || {
                    start.wait();
                    store.write_blocking(number, |tx| {
                        tx.execute_one(&SWAP, vals!["2", "version", "1"])
                    })
                })
            })
            .collect();
        let answers: Vec<_> = racers
            .into_iter()
            .map(|racer| racer.join().unwrap())
            .collect();
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        let lost = answers
            .iter()
            .filter(|answer| matches!(answer, Err(WriteError::Refused(DbError::Conflict { .. }))))
            .count();
        assert_eq!((won, lost), (1, 7), "{answers:?}");
    });
}

/// Two houses, as two processes have them, count as people do: read, add one, write.
#[test]
fn what_is_written_under_one_key_in_two_processes_is_written_one_after_the_other() {
    for scratch in Scratch::each() {
        let house = scratch.open_with(&Options::default());
        let other = Store::open(scratch.url(), &Options::default()).unwrap();
        house
            .write_blocking(0, |tx| tx.execute_one(&PUT, vals!["count", "0"]))
            .unwrap();
        thread::scope(|scope| {
            for store in [&house, &other] {
                scope.spawn(|| (0..100).for_each(|_| count_up(store)));
            }
        });
        let counted: Option<String> = house
            .read_blocking(|tx| tx.query_one(&GET, vals!["count"], |row| row.get(0)))
            .unwrap();
        assert_eq!(counted.as_deref(), Some("200"));
    }
}

fn count_up(store: &Store) {
    let add = |tx: &mut Tx<'_>| {
        let count: Option<String> = tx.query_one(&GET, vals!["count"], |row| row.get(0))?;
        let count: i64 = count
            .and_then(|count| count.parse().ok())
            .unwrap_or_default();
        tx.execute_one(&SET, vals![(count + 1).to_string().as_str(), "count"])
    };
    store.write_blocking(7, add).unwrap();
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
fn the_log_is_emptied_when_it_is_quiet() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    for number in 0..50 {
        store
            .write_blocking(0, move |tx| put(tx, &number.to_string()))
            .unwrap();
    }
    let log = beside(
        Path::new(scratch.url().trim_start_matches("sqlite:")),
        "-wal",
    );
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    store.shutdown_blocking();
    assert!(std::fs::metadata(&log).map_or(0, |about| about.len()) == 0);
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

#[test]
fn a_lost_connection_is_made_again_and_the_group_runs_again() {
    let Some(scratch) = Scratch::postgres() else {
        return;
    };
    let store = scratch.open();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let written = store.write_blocking(0, move |tx| {
        put(tx, "after all")?;
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            tx.query(&KILL, &[], |_| Ok(()))?;
        }
        Ok::<_, DbError>(())
    });
    written.unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    // A reader that was cut off comes back too.
    for _ in 0..8 {
        let answer = store.read_blocking(move |tx| tx.query(&KILL, &[], |_| Ok(())));
        assert!(
            matches!(
                answer,
                Err(ReadError::Refused(DbError::ConnectionLost { .. }))
            ),
            "{answer:?}"
        );
    }
    assert_eq!(count(&store), 1);
}

#[test]
fn two_groups_that_lock_each_other_out_both_get_through() {
    let Some(scratch) = Scratch::postgres() else {
        return;
    };
    let store = scratch.open();
    store
        .write_blocking(0, |tx| {
            put(tx, "a")?;
            put(tx, "b")
        })
        .unwrap();
    let both_hold_one = Arc::new(Barrier::new(2));
    // Keys that lead to different writers.
    let threads: Vec<_> = [(0, ["a", "b"]), (1, ["b", "a"])]
        .into_iter()
        .map(|(key, [first, second])| {
            let (store, barrier) = (store.clone(), Arc::clone(&both_hold_one));
            thread::spawn(move || {
                let mut is_first_run = true;
                store.write_blocking(key, move |tx| {
                    tx.execute_one(&SWAP, vals!["1", first, "1"])?;
                    if std::mem::take(&mut is_first_run) {
                        barrier.wait();
                    }
                    tx.execute_one(&SWAP, vals!["1", second, "1"])
                })
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
}

#[test]
fn the_log_stays_short_while_writing_never_stops() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    let long = "x".repeat(200_000);
    let log = beside(
        Path::new(scratch.url().trim_start_matches("sqlite:")),
        "-wal",
    );
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
