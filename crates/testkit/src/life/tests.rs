//! The town at random, on both engines, audited as it goes.

use std::collections::BTreeMap;

use super::*;
use crate::actors::TestTown;
use jiff::SignedDuration;

const DAY_S: i64 = 86_400;
/// Ten in the morning in China, in seconds of the day of Greenwich.
const MORNING_S: i64 = 2 * 3_600;

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
    the_morning_comes(town).await;
    town.verify();
    let taken: usize = done.values().sum();
    assert!(
        taken * 10 >= count * 8,
        "people are stuck: {done:#?}\n{refusals:#?}"
    );
    assert!(done.len() >= 12, "hardly anything happens: {done:#?}");
}

/// Ten o'clock in the town: letters that were put off at night have gone.
async fn the_morning_comes(town: &TestTown) {
    let of_the_day = town.app.now().as_second().rem_euclid(DAY_S);
    let until_ten = (MORNING_S - of_the_day).rem_euclid(DAY_S);
    town.passes(SignedDuration::from_secs(until_ten)).await;
}

#[tokio::test]
async fn whatever_people_do_the_promise_holds() {
    for seed in [1, 2] {
        for town in TestTown::each(seed) {
            live(&town, seed).await;
        }
    }
}
