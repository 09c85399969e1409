//! Whoever may, does whatever they may, at random, for as long as we like: nobody gets stuck,
//! and the promise holds after every step.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::world::{About, HOME, OTHER, THIS, World};
use crate::case::check::keeps_promise;
use crate::case::decide::{Scene, decide, decide_open};
use crate::case::kind::{Asked, Kind, Step};
use crate::case::kinds::Kinds;
use crate::case::moment::after_minutes;
use crate::case::offer::steps_for;
use crate::case::refusal::Refusal;
use crate::case::value::{Input, Value};
use crate::case::view::CaseView;
use crate::id::FileId;

/// Read once: a walk is shorter than reading them.
static KINDS: LazyLock<Arc<Kinds>> = LazyLock::new(|| Arc::new(Kinds::builtin()));

/// Everybody of the world.
const CAST: &[&str] = &[
    "resident",
    "neighbour",
    "volunteer",
    "operator",
    "grid-worker",
    "community",
    "dispatcher",
    "dispatcher county",
    "handler heating",
    "handler water",
    "partner school",
    "supervisor",
    "office county",
    "office",
    "system",
];

/// A source of choices that never runs dry.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn value(kind: &Kind, field: &str, world: &mut World, dice: &mut Dice) -> Value {
    let units = ["heating", "water", "community", "street", "school"];
    let mut unit = |dice: &mut Dice| world.unit(units[dice.roll(units.len())]);
    let kind = &kind.field(field).unwrap().kind;
    let words = kind.words();
    let pick = |dice: &mut Dice| words[dice.roll(words.len())].to_owned();
    match kind.word() {
        "choice" => Value::Choice(pick(dice)),
        "choices" => Value::Choices(vec![pick(dice)]),
        "yes-no" => Value::YesNo(dice.roll(3) > 0),
        "number" => Value::Number(dice.roll(60) as i64),
        "rating" => Value::Rating(dice.roll(6) as u8),
        "date" => {
            let day = after_minutes(world.now, dice.roll(90_000) as i64);
            Value::Date(world.calendar().zone().date(day))
        }
        "place" => Value::Place(HOME.parse().unwrap()),
        "item" => Value::Item("heating.indoor".parse().unwrap()),
        "unit" => Value::Unit(unit(dice)),
        "units" => Value::Units(vec![unit(dice)]),
        "service" => Value::Service(super::cast::service_named_so("visit")),
        "procedure" => Value::Choice("card".to_owned()),
        "papers" => {
            let first = 1 + dice.roll(4);
            Value::Choices((first..=4).map(|number| number.to_string()).collect())
        }
        "photos" | "sounds" | "signature" => Value::Files(vec![FileId::from_raw(1)]),
        "case" => Value::Case(if dice.roll(5) > 0 { OTHER } else { THIS }),
        "contact" | "phone" => Value::Text("13912345678".to_owned()),
        _ => Value::Text(["说一句", "a word", "\u{202e}x", ""][dice.roll(4)].to_owned()),
    }
}

fn input(kind: &Kind, asked: &[&Asked], world: &mut World, dice: &mut Dice) -> Input {
    let mut input = Input::default();
    for asked in asked {
        if asked.required || dice.roll(2) == 0 {
            let value = value(kind, &asked.field, world, dice);
            input.values.insert(asked.field.clone(), value);
        }
    }
    input
}

/// Opens a case as somebody who may; tries until it works.
fn opened(kind: &Arc<Kind>, world: &mut World, dice: &mut Dice) -> CaseView {
    for _ in 0..1000 {
        let who = CAST[dice.roll(CAST.len())];
        let actor = world
            .actor(who, None)
            .unwrap_or_else(|_| crate::access::Actor::anyone());
        let step = &kind.open;
        let asked: Vec<&Asked> = step
            .fields
            .iter()
            .filter(|asked| actor.is_staff() || !asked.staff_only)
            .collect();
        let input = input(kind, &asked, world, dice);
        let facts = world.facts(&About {
            who,
            actor: &actor,
            kind,
            case: None,
            step,
            input: &input,
        });
        let scene = Scene {
            kind,
            actor: &actor,
            facts: &facts,
            now: world.now,
        };
        if let Ok(decision) = decide_open(&scene, THIS, &input) {
            world.errand.note(&decision);
            return decision.after;
        }
    }
    panic!("nobody can open a case of `{}`", kind.slug);
}

/// What anybody may do now.
fn offers(kind: &Kind, case: &CaseView, world: &mut World) -> Vec<(&'static str, Step)> {
    let mut found = Vec::new();
    for &who in CAST {
        let actor = world.actor(who, Some(case)).unwrap();
        let empty = Input::default();
        let about = About {
            who,
            actor: &actor,
            kind,
            case: Some(case),
            step: &kind.open,
            input: &empty,
        };
        let facts = world.facts(&about);
        let scene = Scene {
            kind,
            actor: &actor,
            facts: &facts,
            now: world.now,
        };
        found.extend(
            steps_for(&scene, case)
                .into_iter()
                .map(|offer| (who, offer.step.clone())),
        );
    }
    found
}

/// Takes a step; what was offered is never refused as somebody else's or out of place.
fn taken(
    kind: &Kind,
    case: &CaseView,
    (who, step): (&str, &Step),
    world: &mut World,
    dice: &mut Dice,
) -> Option<CaseView> {
    let actor = world.actor(who, Some(case)).unwrap();
    let asked: Vec<&Asked> = step
        .fields
        .iter()
        .filter(|asked| actor.is_staff() || who == "system" || !asked.staff_only)
        .collect();
    let input = input(kind, &asked, world, dice);
    let about = About {
        who,
        actor: &actor,
        kind,
        case: Some(case),
        step,
        input: &input,
    };
    let facts = world.facts(&about);
    let scene = Scene {
        kind,
        actor: &actor,
        facts: &facts,
        now: world.now,
    };
    match decide(&scene, case, &step.name, &input) {
        Ok(decision) => {
            assert_eq!(decision.after.version, case.version + 1);
            world.errand.note(&decision);
            Some(decision.after)
        }
        Err(refusal) => {
            let odd = matches!(
                refusal,
                Refusal::NoSuchStep { .. }
                    | Refusal::NotYours { .. }
                    | Refusal::WrongStage { .. }
                    | Refusal::NotDue
            );
            assert!(
                !odd,
                "`{who}` was offered `{}` and then told {refusal:?}",
                step.name
            );
            None
        }
    }
}

/// The clock warns, runs out or goes on: its step must be possible, whatever the state.
fn run_out(kind: &Kind, case: &CaseView, world: &mut World, dice: &mut Dice) -> CaseView {
    let clock = case.clock.as_ref().expect("an open case has a clock");
    world.now = world.now.max(clock.wake_at);
    let event = kind
        .event(clock, world.now)
        .expect("it wakes for something");
    let step = kind.step(event.step()).unwrap();
    taken(kind, case, ("clock", step), world, dice)
        .expect("a clock is never refused when its time has come")
}

/// Everybody goes on holiday for twenty years: reminders are few, and somebody still has it.
fn left_lying(kind: &Arc<Kind>, case: &CaseView, world: &mut World, dice: &mut Dice) {
    let end = after_minutes(world.now, 20 * 366 * 24 * 60);
    let (mut kind, mut case, mut taken) = (kind.clone(), case.clone(), 0);
    while case.clock.as_ref().is_some_and(|clock| clock.wake_at < end) {
        case = run_out(&kind, &case, world, dice);
        kind = KINDS.by_hash(case.kind_hash).unwrap().clone();
        keeps_promise(&kind, &case).unwrap();
        taken += 1;
        assert!(
            taken < 50,
            "clocks of `{}` run on and on in `{}`",
            kind.slug,
            case.stage
        );
    }
}

fn walk(seed: u64, slug: &str) {
    let kinds = &*KINDS;
    let mut kind = kinds.by_slug(slug).unwrap().clone();
    let mut world = World::new(&kind, kinds);
    let mut dice = Dice(seed);
    for name in ["heating", "water"] {
        world.unit(name);
    }
    world
        .given("duty heating heating assisting water limit 2d")
        .unwrap();
    let mut case = opened(&kind, &mut world, &mut dice);
    for _ in 0..60 {
        keeps_promise(&kind, &case).unwrap();
        let offers = offers(&kind, &case, &mut world);
        assert!(
            case.closed_at.is_some() || !offers.is_empty(),
            "nobody can do anything in `{}` of `{}`",
            case.stage,
            kind.slug
        );
        let next = match dice.roll(6) {
            0 if case.closed_at.is_none() => Some(run_out(&kind, &case, &mut world, &mut dice)),
            _ if offers.is_empty() => break,
            _ => {
                let (who, step) = &offers[dice.roll(offers.len())];
                taken(&kind, &case, (who, step), &mut world, &mut dice)
            }
        };
        if let Some(next) = next {
            kind = kinds.by_hash(next.kind_hash).unwrap().clone();
            case = next;
        }
        world.now = after_minutes(world.now, dice.roll(600) as i64);
    }
    left_lying(&kind, &case, &mut world, &mut dice);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_gets_stuck(seed in any::<u64>()) {
        for kind in KINDS.current() {
            walk(seed, &kind.slug);
        }
    }
}
