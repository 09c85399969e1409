use std::collections::BTreeSet;

use pathfinding::kuhn_munkres::kuhn_munkres_min;
use pathfinding::matrix::Matrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::batch::{propose, propose_at_once};
use super::model::{
    DayPart, Helper, HelperId, Need, NeedId, Point, Reach, Ring, Slot, Slots, Urgency,
};
use super::price::pair;
use super::reason::Reason;
use super::rules::Rules;

const SKILLS: [&str; 6] = [
    "repair",
    "repair.electric",
    "repair.water",
    "company",
    "read",
    "law",
];

/// A place in a town of two streets, so that many are near each other and some are not.
fn place(rng: &mut ChaCha8Rng) -> String {
    let digits = |rng: &mut ChaCha8Rng, most| format!("{:03}", rng.random_range(1..=most));
    let mut code = "652901".to_owned();
    for most in [2, 3, 4, 5, 3] {
        code += &digits(rng, most);
    }
    let len = *[12, 15, 18, 21].get(rng.random_range(0..4)).unwrap_or(&12);
    code[..len].to_owned()
}

fn slots(rng: &mut ChaCha8Rng) -> Slots {
    let count = rng.random_range(0..6);
    let slot = |_| Slot {
        day: rng.random_range(1..=7),
        part: DayPart::ALL[rng.random_range(0..3)],
    };
    (0..count).map(slot).collect()
}

fn point(rng: &mut ChaCha8Rng) -> Option<Point> {
    rng.random_bool(0.5).then(|| Point {
        latitude: rng.random_range(41.0..41.1),
        longitude: rng.random_range(80.0..80.1),
    })
}

fn skills(rng: &mut ChaCha8Rng, most: usize) -> Vec<String> {
    let count = rng.random_range(0..=most);
    let skill = |_| SKILLS[rng.random_range(0..SKILLS.len())].to_owned();
    (0..count).map(skill).collect()
}

fn needs(rng: &mut ChaCha8Rng, count: i64) -> Vec<Need> {
    let need = |id| Need {
        id: NeedId(id),
        place: place(rng),
        at: point(rng),
        skills: skills(rng, 1),
        about: skills(rng, 1),
        when: slots(rng),
        language: rng.random_bool(0.1).then(|| "kk".to_owned()),
        waited_hours: rng.random_range(0..400),
        urgent: match rng.random_bool(0.1) {
            true => Urgency::Urgent,
            false => Urgency::Usual,
        },
        prefers: vec![HelperId(rng.random_range(0..count))],
        avoids: vec![HelperId(rng.random_range(0..count))],
        missed: Vec::new(),
    };
    (0..count).map(need).collect()
}

fn helpers(rng: &mut ChaCha8Rng, count: i64) -> Vec<Helper> {
    let reaches = [Ring::Grid, Ring::Community, Ring::Street, Ring::County];
    let helper = |id| Helper {
        id: HelperId(id),
        place: place(rng),
        at: point(rng),
        reach: Reach {
            ring: reaches[rng.random_range(0..4)],
            metres_max: None,
        },
        skills: skills(rng, 3),
        free: slots(rng),
        languages: Vec::new(),
        rather_not: Vec::new(),
        held: rng.random_range(0..3),
        asked: rng.random_range(0..4),
    };
    (0..count).map(helper).collect()
}

/// All in one place, so that everybody would have the same few helpers.
fn crowd(needs: &mut [Need], helpers: &mut [Helper]) {
    let place = needs[0].place.clone();
    for need in needs {
        need.place.clone_from(&place);
        need.skills.clear();
        need.when = Slots::NONE;
    }
    for helper in helpers {
        helper.reach.ring = Ring::County;
        (helper.held, helper.asked) = (0, helper.asked.min(2));
    }
}

/// Every pairing in a full table, solved by the Hungarian method.
fn cheapest_of_all(rules: &Rules, needs: &[Need], helpers: &[Helper]) -> i64 {
    let alone = |need: &Need| {
        let urgent = i64::from(need.urgent == Urgency::Urgent) * rules.wait.urgent;
        rules.wait.first_day + rules.wait.day * i64::from(need.waited_hours) / 24 + urgent
    };
    let width = helpers.len() + needs.len();
    let mut table = Matrix::new(needs.len(), width, 10_000_000);
    for (row, need) in needs.iter().enumerate() {
        for (column, helper) in helpers.iter().enumerate() {
            if let Ok(pairing) = pair(rules, need, helper) {
                table[(row, column)] = pairing.cost;
            }
        }
        table[(row, helpers.len() + row)] = alone(need);
    }
    kuhn_munkres_min(&table).0
}

#[test]
fn a_batch_is_as_cheap_as_any_over_all_pairings() {
    let rules = Rules::shipped();
    let mut widened = 0;
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (many, few) = (rng.random_range(1..90), rng.random_range(1..90));
        let (mut needs, mut helpers) = (needs(&mut rng, many), helpers(&mut rng, few));
        if seed % 2 == 0 {
            crowd(&mut needs, &mut helpers);
        }
        let batch = propose(&rules, &needs, &helpers);
        assert_eq!(batch.assignment.flaw(&batch.graph), None);
        assert_eq!(
            batch.cost,
            cheapest_of_all(&rules, &needs, &helpers),
            "{seed}"
        );
        let asked: BTreeSet<HelperId> = batch.proposals.iter().map(|p| p.helper).collect();
        assert_eq!(asked.len(), batch.proposals.len(), "nobody is asked twice");
        widened += u32::from(batch.rounds > 1);
    }
    assert!(widened > 0, "some need more than the first few helpers");
}

#[test]
fn at_once_is_the_cheapest_of_all() {
    let rules = Rules::shipped();
    for seed in 100..140 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (needs, helpers) = (needs(&mut rng, 20), helpers(&mut rng, 80));
        for need in &needs {
            let found = propose_at_once(&rules, need, &helpers, 3);
            let mut all: Vec<i64> = helpers
                .iter()
                .filter_map(|helper| pair(&rules, need, helper).ok())
                .map(|pairing| pairing.cost)
                .filter(|cost| *cost < rules.wait.first_day + 10_000)
                .collect();
            all.sort_unstable();
            let costs: Vec<i64> = found.iter().map(|found| found.cost).collect();
            assert_eq!(costs, all[..costs.len()], "{seed}");
        }
    }
}

#[test]
fn whoever_waits_is_served_before_whoever_is_near() {
    let rules = Rules::shipped();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut needs = needs(&mut rng, 2);
    let mut helper = helpers(&mut rng, 1).remove(0);
    for need in &mut needs {
        need.skills.clear();
        need.when = Slots::NONE;
        (need.language, need.at) = (None, None);
        (need.prefers, need.avoids) = (Vec::new(), Vec::new());
        (need.waited_hours, need.urgent) = (0, Urgency::Usual);
    }
    helper.place = "652901001001".to_owned();
    (helper.held, helper.asked) = (0, 0);
    helper.reach.ring = Ring::County;
    needs[0].place = "652901001001".to_owned();
    needs[1].place = "652901002001".to_owned();
    let served = |needs: &[Need]| propose(&rules, needs, std::slice::from_ref(&helper)).proposals;
    assert_eq!(
        served(&needs)[0].need,
        NeedId(0),
        "the near one, when both are new"
    );
    needs[1].waited_hours = 24 * 5;
    let found = served(&needs);
    assert_eq!(found[0].need, NeedId(1), "the far one, after some days");
    assert!(found[0].reasons.contains(&Reason::Waited { days: 5 }));
}
