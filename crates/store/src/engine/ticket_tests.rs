//! A form that is sent many times is applied once, on each engine, whatever happens on the way.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use super::*;
use crate::applied::Applied;
use crate::dialect::{DbError, Statement};
use crate::persons::{self, Person};
use crate::scratch::Scratch;
use crate::vals;

const ADD: Statement = Statement::both(
    "test::ADD",
    "INSERT INTO settings (name, value) VALUES ($1, $2)",
);
const COUNT: Statement = Statement::both("test::COUNT", "SELECT count(*) FROM settings");

const ANA: PersonId = PersonId::from_raw(1);
const BEN: PersonId = PersonId::from_raw(2);

/// On a thread of its own: opening a store waits, which a runtime forbids.
fn stores() -> Vec<(Scratch, Store)> {
    let make = || {
        Scratch::each_with_tables()
            .into_iter()
            .map(peopled)
            .collect()
    };
    std::thread::spawn(make).join().unwrap()
}

fn peopled(scratch: Scratch) -> (Scratch, Store) {
    let store = scratch.open_with(&Options::default());
    for id in [ANA, BEN] {
        let person = Person {
            id,
            login: Some(id.to_string()),
            contact: None,
            name: "Ana".to_owned(),
            language: "en".to_owned(),
            made_at: Timestamp::UNIX_EPOCH,
            closed_at: None,
        };
        store
            .write_blocking(0, move |tx| persons::insert(tx, &person))
            .unwrap();
    }
    (scratch, store)
}

fn ticket(person: PersonId, token: &str) -> Arc<Ticket> {
    Arc::new(Ticket::new(Applied {
        person,
        token: token.to_owned(),
        request_hash: [7; 32],
        made_at: Timestamp::UNIX_EPOCH,
        applied_at: Timestamp::UNIX_EPOCH,
    }))
}

/// Delivers a form once; it adds a row of a name that no other delivery has.
async fn deliver(store: &Store, ticket: &Arc<Ticket>, key: i64) -> Result<(), WriteError<DbError>> {
    use std::sync::atomic::AtomicU32;
    static SERIAL: AtomicU32 = AtomicU32::new(0);
    let name = SERIAL.fetch_add(1, Ordering::Relaxed).to_string();
    let write = move |tx: &mut Tx<'_>| tx.execute_one(&ADD, vals![&name, "1"]);
    with_ticket(Arc::clone(ticket), store.write(key, write)).await
}

async fn count(store: &Store) -> i64 {
    let read = |tx: &mut Tx<'_>| tx.query_one(&COUNT, &[], |row| row.get(0));
    store.read(read).await.unwrap().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_deliveries_one_after_the_other_are_applied_once() {
    for (_scratch, store) in stores() {
        for time in 0..5 {
            let again = ticket(ANA, "a");
            let answer = deliver(&store, &again, 1).await;
            match time {
                0 => assert!(answer.is_ok() && again.used() == Use::Applied),
                _ => {
                    assert!(matches!(answer, Err(WriteError::Repeated)), "{answer:?}");
                    assert_eq!(again.used(), Use::Repeated);
                }
            }
        }
        deliver(&store, &ticket(BEN, "a"), 1).await.unwrap();
        deliver(&store, &ticket(ANA, "b"), 1).await.unwrap();
        assert_eq!(count(&store).await, 3, "each person's forms are their own");
    }
}

/// Of one key they go through one writer and into one group; of several, through several
/// writers of PostgreSQL at once.
#[tokio::test(flavor = "multi_thread")]
async fn deliveries_at_the_same_moment_are_applied_once() {
    for (_scratch, store) in stores() {
        for spread in [0, 1] {
            let before = count(&store).await;
            let sent = (0..200).map(|number| {
                let store = store.clone();
                let token = format!("{spread} {}", number % 20);
                let key = number * spread;
                tokio::spawn(async move { deliver(&store, &ticket(ANA, &token), key).await })
            });
            let mut applied = 0;
            for one in sent.collect::<Vec<_>>() {
                match one.await.unwrap() {
                    Ok(()) => applied += 1,
                    Err(WriteError::Repeated) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert_eq!(applied, 20);
            assert_eq!(count(&store).await - before, 20);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_keeps_no_ticket_and_a_later_delivery_counts() {
    for (_scratch, store) in stores() {
        let first = ticket(ANA, "a");
        let write = |_: &mut Tx<'_>| Err::<(), _>("the case is closed");
        let request = async {
            let refused = store.write(1, write).await;
            assert!(matches!(refused, Err(WriteError::Refused(_))));
            // What is written besides, such as that the page was looked at, is no answer.
            let look = |tx: &mut Tx<'_>| tx.execute_one(&ADD, vals!["look", "1"]);
            store.write(1, look).await.unwrap();
        };
        with_ticket(Arc::clone(&first), request).await;
        assert_eq!(first.used(), Use::Unused);
        let again = ticket(ANA, "a");
        deliver(&store, &again, 1).await.unwrap();
        assert_eq!(again.used(), Use::Applied);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_aside_leaves_the_ticket_to_what_the_form_does() {
    for (_scratch, store) in stores() {
        let ticket = ticket(ANA, "a");
        let file = |tx: &mut Tx<'_>| tx.execute_one(&ADD, vals!["file", "1"]);
        let request = async { store.write_aside(1, file).await.unwrap() };
        with_ticket(Arc::clone(&ticket), request).await;
        assert_eq!(ticket.used(), Use::Unused);
        deliver(&store, &ticket, 1).await.unwrap();
        assert_eq!(ticket.used(), Use::Applied);
        assert_eq!(count(&store).await, 2);
    }
}

/// The line is cut, or the process ends, between the commit and the answer.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_is_given_to_whoever_asks_again() {
    for (_scratch, store) in stores() {
        for number in 0..40 {
            let token = format!("cut {number}");
            let first = ticket(ANA, &token);
            let cut = deliver(&store, &first, 1);
            // Polled once: it is on its way, and nobody waits for the answer.
            let lost = tokio::time::timeout(std::time::Duration::ZERO, cut).await;
            assert!(lost.is_err() || lost.is_ok_and(|answer| answer.is_ok()));
            let again = ticket(ANA, &token);
            let answer = deliver(&store, &again, 1).await;
            assert!(matches!(answer, Err(WriteError::Repeated)), "{answer:?}");
        }
        assert_eq!(count(&store).await, 40);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_in_a_group_is_no_delivery() {
    for (_scratch, store) in stores() {
        let taken = |tx: &mut Tx<'_>| tx.execute_one(&ADD, vals!["taken", "1"]);
        store.write(1, taken).await.unwrap();
        let ticket_of = ticket(ANA, "a");
        let failed = with_ticket(Arc::clone(&ticket_of), store.write(1, taken)).await;
        assert!(failed.is_err());
        assert_eq!(ticket_of.used(), Use::Unused);
        deliver(&store, &ticket(ANA, "a"), 1).await.unwrap();
    }
}
