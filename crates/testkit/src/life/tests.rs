//! The town at random, on both engines, audited as it goes.

use std::collections::BTreeMap;

use super::*;
use crate::actors::TestTown;
use jiff::SignedDuration;

/// How many acts of each town; more with `HUIYIN_TEST_ACTS`.
fn acts() -> usize {
    let asked = std::env::var("HUIYIN_TEST_ACTS").ok();
    asked.and_then(|acts| acts.parse().ok()).unwrap_or(250)
}

async fn live(town: &TestTown, seed: u64) {
    let mut life = Life::new(town.app.clone(), town.town.clone(), seed, Pace::TEST);
    let mut done: BTreeMap<String, usize> = BTreeMap::new();
    let mut refusals = Vec::new();
    let count = acts();
    for number in 0..count {
        match life.tick().await.unwrap() {
            Act::Opened { kind, .. } => *done.entry(format!("open {kind}")).or_default() += 1,
            Act::Took { step, .. } => *done.entry(step).or_default() += 1,
            Act::Refused { step, why } => refusals.push(format!("{step}: {why}")),
            Act::Nothing => {}
        }
        let hours = life.rng.random_range(0..=5);
        town.passes(SignedDuration::from_hours(hours)).await;
        if number % 25 == 0 {
            town.verify();
        }
    }
    town.verify();
    let taken: usize = done.values().sum();
    assert!(
        taken * 10 >= count * 8,
        "people are stuck: {done:#?}\n{refusals:#?}"
    );
    assert!(done.len() >= 12, "hardly anything happens: {done:#?}");
}

#[tokio::test]
async fn whatever_people_do_the_promise_holds() {
    for seed in [1, 2] {
        for town in TestTown::each(seed) {
            live(&town, seed).await;
        }
    }
}
