//! Two databases of one server stand for a server and its replica: what they hold tells which of
//! them was asked. That a replica which is behind is not asked is shown with real ones by
//! `crates/testkit/examples/crash/replicas.rs`.

#![expect(
    clippy::disallowed_methods,
    reason = "how long it waits is the machine's time"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use super::tests::{GET, put};
use super::*;
use crate::scratch::Scratch;
use crate::vals;

const PATIENCE: Duration = Duration::from_secs(20);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A database that holds this.
fn holding(said: &'static str) -> Option<Scratch> {
    let scratch = Scratch::postgres()?;
    let store = scratch.open();
    store.write_blocking(0, move |tx| put(tx, said)).unwrap();
    store.shutdown_blocking();
    Some(scratch)
}

fn house(first: &Scratch, replica: &str) -> Store {
    let options = Options {
        replica: Some(replica.to_owned()),
        ..Options::default()
    };
    first.open_with(&options)
}

/// What the database that answers this visitor does not hold is nothing to them.
fn is_answered_by(store: &Store, horizon: Option<Horizon>, said: &'static str) -> bool {
    let read = store.read(move |tx| tx.query_one(&GET, vals![said], |row| row.get::<String>(0)));
    let found = match horizon {
        Some(horizon) => runtime().block_on(with_horizon(Arc::new(horizon), read)),
        None => runtime().block_on(read),
    };
    found.unwrap().is_some()
}

#[test]
fn who_only_looks_is_answered_by_the_replica_once_it_has_what_they_know_of() {
    let (Some(first), Some(replica)) = (holding("first"), holding("replica")) else {
        return;
    };
    let store = house(&first, replica.url());
    let looks = |before| Some(Horizon::new(before, true));
    // Nobody is answered by it before it is known how far it must be.
    assert!(is_answered_by(&store, looks(0), "first"));
    let since = Instant::now();
    while !is_answered_by(&store, looks(0), "replica") {
        assert!(since.elapsed() < PATIENCE, "the replica is never asked");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(is_answered_by(&store, looks(u64::MAX), "first"));
    assert!(is_answered_by(
        &store,
        Some(Horizon::new(0, false)),
        "first"
    ));
    assert!(is_answered_by(&store, None, "first"));
}

#[test]
fn who_writes_knows_more_than_before() {
    let (Some(first), Some(replica)) = (holding("first"), holding("replica")) else {
        return;
    };
    let store = house(&first, replica.url());
    let horizon = Arc::new(Horizon::new(7, false));
    assert_eq!(horizon.more(), None);
    let write = store.write(0, |tx| put(tx, "more"));
    runtime()
        .block_on(with_horizon(horizon.clone(), write))
        .unwrap();
    let more = horizon.more().expect("something was written");
    assert!(more > 7);
    assert_eq!(Horizon::new(more, true).more(), None);
}

#[test]
fn a_replica_that_is_away_stands_in_nobodys_way() {
    let Some(first) = holding("first") else {
        return;
    };
    let store = house(&first, "postgres://postgres@127.0.0.1:1/nothing");
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(5) {
        assert!(is_answered_by(&store, Some(Horizon::new(0, true)), "first"));
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn sqlite_has_no_replica() {
    let scratch = Scratch::sqlite();
    let options = Options {
        replica: Some("postgres://127.0.0.1/huiyin".to_owned()),
        ..Options::default()
    };
    let opened = Store::open(scratch.url(), &options);
    assert!(matches!(opened, Err(OpenError::Replica)));
}
