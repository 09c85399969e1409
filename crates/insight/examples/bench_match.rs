//! `cargo xtask bench match`: how long it takes to propose helpers for many wishes at once, how
//! much memory, how much cheaper it is than greedy, and how long people wait.

use std::collections::BTreeMap;
use std::time::Instant;

use huiyin_insight::matching::{
    Batch, DayPart, Helper, HelperId, Need, NeedId, Reach, Ring, Rules, Slot, Slots, Urgency,
    greedy, pair, propose, propose_at_once,
};
use pathfinding::kuhn_munkres::kuhn_munkres_min;
use pathfinding::matrix::Matrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SKILLS: [&str; 12] = [
    "repair.electric",
    "repair.water",
    "repair.bicycle",
    "company.visit",
    "company.walk",
    "carry.shopping",
    "carry.heavy",
    "lesson.chinese",
    "lesson.mathematics",
    "advice.law",
    "advice.forms",
    "hair",
];

fn main() {
    let mut args = std::env::args().skip(1);
    let count = args.next().and_then(|text| text.parse().ok());
    let count: i64 = count.unwrap_or(10_000);
    let days = args.next().and_then(|text| text.parse().ok());
    large(count);
    small();
    waits(days.unwrap_or(60));
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = what();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}

/// A county town: streets of very different size, and buildings in which many live.
fn place(rng: &mut ChaCha8Rng) -> String {
    let mut code = "6529".to_owned();
    // The first of each level is the largest: half of all live in one county of four.
    code += &format!("{:02}", 1 + skewed(rng, 4));
    for most in [6, 8, 5, 6, 8] {
        code += &format!("{:03}", 1 + skewed(rng, most));
    }
    code
}

fn skewed(rng: &mut ChaCha8Rng, most: u32) -> u32 {
    rng.random_range(0..most).min(rng.random_range(0..most))
}

fn slots(rng: &mut ChaCha8Rng, most: usize) -> Slots {
    let count = rng.random_range(0..=most);
    let slot = |_| Slot {
        day: rng.random_range(1..=7),
        part: DayPart::ALL[rng.random_range(0..3)],
    };
    (0..count).map(slot).collect()
}

fn skill(rng: &mut ChaCha8Rng) -> String {
    SKILLS[skewed(rng, 12) as usize].to_owned()
}

fn need(rng: &mut ChaCha8Rng, id: i64) -> Need {
    Need {
        id: NeedId(id),
        place: place(rng),
        at: None,
        skills: vec![skill(rng)],
        about: Vec::new(),
        when: slots(rng, 4),
        language: rng.random_bool(0.1).then(|| "ug".to_owned()),
        waited_hours: rng.random_range(0..24 * 7),
        urgent: Urgency::Usual,
        prefers: Vec::new(),
        avoids: Vec::new(),
        missed: Vec::new(),
    }
}

fn helper(rng: &mut ChaCha8Rng, id: i64) -> Helper {
    let rings = [
        Ring::Community,
        Ring::Street,
        Ring::County,
        Ring::Prefecture,
    ];
    let count = rng.random_range(1..4);
    Helper {
        id: HelperId(id),
        place: place(rng)[..15].to_owned(),
        at: None,
        reach: Reach {
            ring: rings[rng.random_range(0..4)],
            metres_max: None,
        },
        skills: (0..count).map(|_| skill(rng)).collect(),
        free: slots(rng, 8),
        languages: match rng.random_bool(0.5) {
            true => vec!["zh".to_owned()],
            false => vec!["zh".to_owned(), "ug".to_owned()],
        },
        rather_not: Vec::new(),
        held: u32::from(rng.random_bool(0.2)),
        asked: u32::from(rng.random_bool(0.2)),
    }
}

fn many(rng: &mut ChaCha8Rng, count: i64) -> (Vec<Need>, Vec<Helper>) {
    let needs = (0..count).map(|id| need(rng, id)).collect();
    let helpers = (0..count).map(|id| helper(rng, id)).collect();
    (needs, helpers)
}

fn proven(batch: &Batch) -> &'static str {
    let flaw = batch.assignment.flaw(&batch.graph);
    assert_eq!(flaw, None, "the prices do not prove it");
    "proven by its prices"
}

fn per_cent_over(cost: i64, best: i64) -> String {
    format!("{:.1} % over", 100.0 * (cost - best) as f64 / best as f64)
}

fn large(count: i64) {
    let rules = Rules::shipped();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (needs, helpers) = many(&mut rng, count);
    let (batch, ms) = timed(|| propose(&rules, &needs, &helpers));
    let greedy = greedy(&batch.graph);
    println!("| wishes × volunteers | {count} × {count} |");
    println!("| time on one core | {:.2} s |", ms / 1000.0);
    println!("| memory at most | {} MiB |", peak_mib());
    println!("| proposed | {} |", batch.proposals.len());
    println!(
        "| pairings looked at twice | {}, in {} rounds |",
        batch.graph.edges(),
        batch.rounds
    );
    println!("| cost in points | {}, {} |", batch.cost, proven(&batch));
    println!(
        "| greedy | {}, {} |",
        greedy,
        per_cent_over(greedy, batch.cost)
    );
    let mut times: Vec<f64> = needs
        .iter()
        .step_by(100)
        .map(|need| timed(|| propose_at_once(&rules, need, &helpers, 3)).1)
        .collect();
    times.sort_by(f64::total_cmp);
    let (middle, last) = (times[times.len() / 2], times[times.len() - 1]);
    println!("| one urgent wish at once | p50 {middle:.1} ms, at most {last:.1} ms |");
}

/// Where every pairing can be put into a full table, the Hungarian method says the same.
fn small() {
    let rules = Rules::shipped();
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let (needs, helpers) = many(&mut rng, 500);
    let (batch, ms) = timed(|| propose(&rules, &needs, &helpers));
    let mut table = Matrix::new(needs.len(), helpers.len() + needs.len(), 10_000_000);
    for (row, need) in needs.iter().enumerate() {
        for (column, helper) in helpers.iter().enumerate() {
            if let Ok(pairing) = pair(&rules, need, helper) {
                table[(row, column)] = pairing.cost;
            }
        }
        let price = rules.wait.first_day + rules.wait.day * i64::from(need.waited_hours) / 24;
        table[(row, helpers.len() + row)] = price;
    }
    let ((best, _), table_ms) = timed(|| kuhn_munkres_min(&table));
    assert_eq!(
        best, batch.cost,
        "the Hungarian method finds something else"
    );
    let greedy = greedy(&batch.graph);
    println!("| 500 × 500, ours | {ms:.0} ms, {} points |", batch.cost);
    println!("| 500 × 500, full table (Hungarian) | {table_ms:.0} ms, {best} points |");
    println!(
        "| 500 × 500, greedy | {greedy} points, {} |",
        per_cent_over(greedy, best)
    );
}

/// The town is looked at every so many hours.
const STEP_HOURS: u32 = 2;
/// Of a wish that waits longer it is looked for why.
const LONG_HOURS: u32 = 5 * 24;

/// What happened to a wish in the simulation.
struct Wish {
    need: Need,
    since: u32,
    /// Until when its proposal waits for an answer, and whether it will be yes.
    asked: Option<(u32, HelperId, bool)>,
    /// So many hours there was nobody in the town whom the hard rules allow, busy or not.
    without: u32,
}

/// How long a wish waited, and how much of it while there was somebody who might have come.
struct Wait {
    hours: u32,
    with_somebody: u32,
}

impl Wait {
    fn of(wish: &Wish, until: u32) -> Wait {
        let hours = until - wish.since;
        Wait {
            hours,
            with_somebody: hours - wish.without.min(hours),
        }
    }
}

/// Many days of a town in which more is wished than helped, with and without waiting counting.
fn waits(days: u32) {
    let shipped = Rules::shipped();
    let mut still = Rules::shipped();
    still.wait.day = 0;
    for (name, rules) in [("waiting counts", &shipped), ("if it did not", &still)] {
        let waits = simulate(rules, days);
        let mean = waits.iter().map(|wait| wait.hours).sum::<u32>() as f64 / waits.len() as f64;
        let mut hours: Vec<u32> = waits.iter().map(|wait| wait.hours).collect();
        hours.sort_unstable();
        let at = |part: usize| hours.get(hours.len() * part / 100).copied().unwrap_or(0);
        let worst = waits.iter().map(|wait| wait.with_somebody).max();
        println!(
            "| wait, {name} | mean {:.1} days, p99 {:.1}, worst {:.1}; worst while somebody could \
             come {:.1}; of {} wishes |",
            mean / 24.0,
            f64::from(at(99)) / 24.0,
            f64::from(hours.last().copied().unwrap_or(0)) / 24.0,
            f64::from(worst.unwrap_or(0)) / 24.0,
            waits.len()
        );
    }
}

/// Hours that each wish waited until somebody came, those still waiting at the end among them.
fn simulate(rules: &Rules, days: u32) -> Vec<Wait> {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut helpers: BTreeMap<HelperId, Helper> = BTreeMap::new();
    let mut next = 0;
    while next < 600 {
        helpers.insert(HelperId(next), helper(&mut rng, next));
        next += 1;
    }
    // When each case in hand is done.
    let mut held: Vec<(u32, HelperId)> = Vec::new();
    let (mut open, mut waits): (Vec<Wish>, Vec<Wait>) = (Vec::new(), Vec::new());
    for step in 0..days * 24 / STEP_HOURS {
        let now = step * STEP_HOURS;
        for _ in 0..rng.random_range(0..10) {
            let mut need = need(&mut rng, next);
            (need.waited_hours, next) = (0, next + 1);
            open.push(Wish {
                need,
                since: now,
                asked: None,
                without: 0,
            });
        }
        if rng.random_bool(0.2) {
            // One comes and one leaves.
            helpers.insert(HelperId(next), helper(&mut rng, next));
            next += 1;
            let gone = helpers
                .keys()
                .nth(rng.random_range(0..helpers.len()))
                .copied();
            if let Some(gone) = gone {
                helpers.remove(&gone);
            }
        }
        held.retain(|(until, who)| {
            let is_done = *until <= now;
            if is_done && let Some(helper) = helpers.get_mut(who) {
                helper.held = helper.held.saturating_sub(1);
            }
            !is_done
        });
        open.retain_mut(|wish| answered(wish, now, &mut helpers, (&mut held, &mut waits)));
        ask(rules, &mut rng, now, (&mut open, &mut helpers));
        for wish in &mut open {
            if wish.asked.is_none()
                && now - wish.since > LONG_HOURS
                && !helpers.values().any(|helper| fits(rules, wish, helper))
            {
                wish.without += STEP_HOURS;
            }
        }
    }
    let end = days * 24;
    waits.extend(open.iter().map(|wish| Wait::of(wish, end)));
    waits
}

/// Whether the hard rules allow it, busy or not.
fn fits(rules: &Rules, wish: &Wish, helper: &Helper) -> bool {
    let idle = Helper {
        held: 0,
        asked: 0,
        ..helper.clone()
    };
    pair(rules, &wish.need, &idle).is_ok()
}

/// Whether the wish is still open after whoever was asked has answered.
fn answered(
    wish: &mut Wish,
    now: u32,
    helpers: &mut BTreeMap<HelperId, Helper>,
    (held, waits): (&mut Vec<(u32, HelperId)>, &mut Vec<Wait>),
) -> bool {
    wish.need.waited_hours = now - wish.since;
    let Some((_, who, says)) = wish.asked.filter(|(until, _, _)| *until <= now) else {
        return true;
    };
    wish.asked = None;
    let Some(helper) = helpers.get_mut(&who) else {
        return true;
    };
    helper.asked = helper.asked.saturating_sub(1);
    if says {
        helper.held += 1;
        held.push((now + 72, who));
        waits.push(Wait::of(wish, now));
        return false;
    }
    wish.need.avoids.push(who);
    true
}

fn ask(
    rules: &Rules,
    rng: &mut ChaCha8Rng,
    now: u32,
    (open, helpers): (&mut [Wish], &mut BTreeMap<HelperId, Helper>),
) {
    let waiting = open.iter().filter(|wish| wish.asked.is_none());
    let needs: Vec<Need> = waiting.map(|wish| wish.need.clone()).collect();
    let all: Vec<Helper> = helpers.values().cloned().collect();
    for proposal in propose(rules, &needs, &all).proposals {
        let wish = open.iter_mut().find(|wish| wish.need.id == proposal.need);
        let helper = helpers.get_mut(&proposal.helper);
        if let (Some(wish), Some(helper)) = (wish, helper) {
            helper.asked += 1;
            // Most say yes, some say no, and some say nothing until it lapses.
            let (hours, says) = match rng.random_range(0..10) {
                0..6 => (rng.random_range(1..12), true),
                6..8 => (rng.random_range(1..12), false),
                _ => (24, false),
            };
            wish.asked = Some((now + hours, proposal.helper, says));
        }
    }
}

/// The most memory that this process has had.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| {
        rest.trim()
            .trim_end_matches("kB")
            .trim()
            .parse::<u64>()
            .ok()
    });
    kib.unwrap_or(0) / 1024
}
