//! Writers who stand in each other's way, in one process and in two, and a connection that is lost.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use super::tests::{GET, PUT, SWAP, count, for_each_engine, put};
use super::*;
use crate::dialect::{DbError, Statement};
use crate::scratch::Scratch;
use crate::vals;

const SET: Statement = Statement::both(
    "test::SET",
    "UPDATE settings SET value = $1 WHERE name = $2",
);

/// Hang up on oneself.
const KILL: Statement = Statement::both(
    "test::KILL",
    "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS TEXT)",
);

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
