//! Time under any luck: what stood goes on with exactly what was left, what was used is used, and
//! nothing gets longer without an entry that says so.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::world::{About, HOME, THIS, World};
use crate::case::clock::Clock;
use crate::case::decide::{Scene, decide, decide_open};
use crate::case::decision::Decision;
use crate::case::kind::Kind;
use crate::case::kinds::Kinds;
use crate::case::refusal::Refusal;
use crate::case::time;
use crate::case::value::{Input, Value};
use crate::case::view::CaseView;

static KINDS: LazyLock<Arc<Kinds>> = LazyLock::new(|| Arc::new(Kinds::builtin()));

/// A case of the first kind whose clock keeps what is left and can stand, in its small world.
struct Told {
    world: World,
    kind: Arc<Kind>,
    clock: Clock,
    case: CaseView,
}

impl Told {
    /// Brought in and taken on by whoever was asked first.
    fn taken(days_off: &[u8]) -> Told {
        let keeps = |kind: &&Arc<Kind>| kind.pause_field().is_some();
        let kind = KINDS.current().iter().find(keeps).unwrap().clone();
        let clock = kind.clocks.iter().find(|clock| clock.keeps.is_some());
        let clock = clock.unwrap().clone();
        let mut world = World::new(&kind, &KINDS);
        for day in days_off {
            let (month, day) = (5 + day / 28, 1 + day % 28);
            world
                .given(&format!("day off 2026-{month:02}-{day:02}"))
                .unwrap();
        }
        let values = [
            (kind.title_field.clone(), Value::Text("冷".to_owned())),
            (
                kind.place_field.clone(),
                Value::Place(HOME.parse().unwrap()),
            ),
        ];
        let input = Input {
            values: values.into(),
        };
        let actor = world.actor("resident", None).unwrap();
        let facts = world.facts(&About {
            who: "resident",
            actor: &actor,
            kind: &kind,
            case: None,
            step: &kind.open,
            input: &input,
        });
        let scene = Scene {
            kind: &kind,
            actor: &actor,
            facts: &facts,
            now: world.now,
        };
        let case = decide_open(&scene, THIS, &input).unwrap().after;
        let mut told = Told {
            world,
            kind,
            clock,
            case,
        };
        told.does("community", "take", &[]).unwrap();
        told
    }

    fn does(
        &mut self,
        who: &str,
        step: &str,
        values: &[(&str, Value)],
    ) -> Result<Decision, Refusal> {
        let actor = self.world.actor(who, Some(&self.case)).unwrap();
        let mut input = Input::default();
        for (field, value) in values {
            input.values.insert((*field).to_owned(), value.clone());
        }
        let step = self.kind.step(step).unwrap();
        let facts = self.world.facts(&About {
            who,
            actor: &actor,
            kind: &self.kind,
            case: Some(&self.case),
            step,
            input: &input,
        });
        let scene = Scene {
            kind: &self.kind,
            actor: &actor,
            facts: &facts,
            now: self.world.now,
        };
        let decision = decide(&scene, &self.case, &step.name, &input)?;
        self.case = decision.after.clone();
        Ok(decision)
    }

    fn passes(&mut self, micros: i64) {
        self.world.now += SignedDuration::from_micros(micros);
    }

    /// What is left of the clock that runs.
    fn left(&self) -> Duration {
        let clock = self.case.clock.as_ref().unwrap();
        let calendar = self.world.calendar();
        clock
            .measure
            .between(calendar, self.world.now, clock.due_at)
    }

    fn day_in(&self, days: i64) -> Value {
        let day = self.world.now + SignedDuration::from_hours(24 * days);
        Value::Date(self.world.calendar().zone().date(day))
    }

    /// Stands for a reason, with the yes of whoever stands above.
    fn stands(&mut self, why: &str, days: i64) -> Result<Decision, Refusal> {
        let until = self.day_in(days);
        let asked = [
            ("wait_why", Value::Choice(why.to_owned())),
            ("wait_until", until),
            ("wait_note", Value::Text("因为".to_owned())),
        ];
        self.does("community", "ask_wait", &asked)?;
        self.does("supervisor", "grant_wait", &[])
    }
}

const DAY: i64 = 24 * 3_600_000_000;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stood_goes_on_with_exactly_what_was_left(
        days_off in prop::collection::vec(0..56_u8, 0..12),
        before in 0..5 * DAY,
        days in 1..40_i64,
        stood in 0..50 * DAY,
        is_urgent in any::<bool>(),
    ) {
        let mut told = Told::taken(&days_off);
        if is_urgent {
            told.does("community", "mark_urgent", &[]).unwrap();
        }
        told.passes(before);
        let (left, whole) = (told.left(), told.case.clock.clone().unwrap().whole);
        let Ok(_) = told.stands("parts", days) else {
            prop_assert!(left.is_zero(), "only a clock that has run out cannot stand");
            return Ok(());
        };
        let pause = told.case.clock.clone().unwrap().paused.unwrap();
        prop_assert_eq!(pause.left, left);
        told.passes(stood);
        let who = if told.world.now < pause.until { "community" } else { "clock" };
        told.does(who, "go_on", &[]).unwrap();
        let clock = told.case.clock.clone().unwrap();
        prop_assert!(clock.paused.is_none());
        prop_assert_eq!(clock.whole, whole);
        let from = told.world.now.min(pause.until);
        let calendar = told.world.calendar();
        prop_assert_eq!(clock.measure.between(calendar, from, clock.due_at), left);
    }

    #[test]
    fn what_was_used_is_used_whoever_has_it(
        days_off in prop::collection::vec(0..56_u8, 0..12),
        times in prop::collection::vec((0..3 * DAY, 0..DAY, any::<bool>()), 1..6),
    ) {
        let mut told = Told::taken(&days_off);
        let mut most = told.left();
        let least = told.clock.keeps.unwrap().least.unwrap().length().unwrap();
        for (held, lay, is_wrong) in times {
            told.passes(held);
            let end = told.case.clock.clone().unwrap().due_at;
            if end <= told.world.now {
                break;
            }
            let left = told.left();
            prop_assert!(left <= most);
            let name = ["heating", "water"][usize::from(is_wrong)];
            let unit = Value::Unit(told.world.unit(name));
            let step = if is_wrong { "rule_misdirected" } else { "redispatch" };
            let why = ("reason", Value::Text("因为".to_owned()));
            if told.does("supervisor", step, &[("unit", unit), why]).is_err() {
                // They have it already.
                continue;
            }
            prop_assert_ne!(&told.case.clock.as_ref().unwrap().name, &told.clock.name);
            told.passes(lay);
            let due = told.case.clock.clone().unwrap().due_at;
            if due <= told.world.now {
                break;
            }
            told.does("handler", "accept", &[]).unwrap();
            let again = told.left();
            match is_wrong {
                true => {
                    let clock = told.case.clock.clone().unwrap();
                    let calendar = told.world.calendar();
                    let whole = time::due(calendar, told.world.now, told.clock.allowance.time);
                    prop_assert_eq!(clock.due_at, whole);
                }
                false => prop_assert!(again <= left.max(least), "{again:?} after {left:?}"),
            }
            most = again;
        }
    }

    #[test]
    fn nothing_is_promised_later_without_a_word(
        acts in prop::collection::vec((0..9_u8, 0..2 * DAY, 1..30_i64), 1..24),
    ) {
        let mut told = Told::taken(&[]);
        for (act, time, days) in acts {
            told.passes(time);
            let before = told.case.clone();
            let done = match act {
                0 => told.stands("parts", days),
                1 => told.does("community", "go_on", &[]),
                2 => told.does("community", "mark_urgent", &[]),
                3 => {
                    let asked = [
                        ("more_why", Value::Choice("funds".to_owned())),
                        ("more_until", told.day_in(days)),
                        ("more_note", Value::Text("因为".to_owned())),
                    ];
                    let asked = told.does("community", "ask_more_time", &asked);
                    asked.and_then(|_| told.does("supervisor", "grant_more_time", &[]))
                }
                4 => {
                    let sort = Value::Choice("complaint".to_owned());
                    let item = Value::Item("heating".parse().unwrap());
                    let values = [("item", item), ("request_type", sort)];
                    told.does("dispatcher", "classify", &values)
                }
                5 => told.does("supervisor", "raise", &[("reason", Value::Text("急".to_owned()))]),
                _ => {
                    let clock = told.case.clock.clone().unwrap();
                    match told.kind.clone().event(&clock, told.world.now) {
                        Some(event) => told.does("clock", event.step(), &[]),
                        None => continue,
                    }
                }
            };
            let Ok(done) = done else { continue };
            for term in &before.terms {
                let now = told.case.term(&term.name).unwrap();
                prop_assert_eq!(now.first_due_at, term.first_due_at);
                prop_assert!(now.due_at >= now.first_due_at.min(term.due_at) || told.case.urgent);
                let says_why = ["pause", "resumed", "extended"]
                    .iter()
                    .any(|key| done.shape.get(key).is_some());
                prop_assert!(now.due_at <= term.due_at || says_why, "{}", done.shape);
            }
        }
    }
}
