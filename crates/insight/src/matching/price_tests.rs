use super::model::{
    DayPart, Helper, HelperId, Missed, Need, NeedId, Point, Reach, Ring, Slot, Slots, Urgency,
};
use super::price::{Never, pair};
use super::reason::Reason;
use super::rules::Rules;

const SATURDAY_MORNING: Slot = Slot {
    day: 6,
    part: DayPart::Morning,
};

pub fn need() -> Need {
    Need {
        id: NeedId(1),
        place: "652901001001002003004".to_owned(),
        at: None,
        skills: vec!["repair.electric".to_owned()],
        about: vec!["household".to_owned()],
        when: Slots::NONE.with(SATURDAY_MORNING),
        language: None,
        waited_hours: 0,
        urgent: Urgency::Usual,
        prefers: Vec::new(),
        avoids: Vec::new(),
        missed: Vec::new(),
    }
}

pub fn helper() -> Helper {
    Helper {
        id: HelperId(7),
        place: "652901001001002009".to_owned(),
        at: None,
        reach: Reach {
            ring: Ring::Street,
            metres_max: None,
        },
        skills: vec!["repair.electric.lamps".to_owned()],
        free: Slots::NONE.with(SATURDAY_MORNING),
        languages: Vec::new(),
        rather_not: Vec::new(),
        held: 0,
        asked: 0,
    }
}

fn cost(need: &Need, helper: &Helper) -> Result<i64, Never> {
    pair(&Rules::shipped(), need, helper).map(|pairing| pairing.cost)
}

#[test]
fn a_fitting_pair_says_why() {
    let found = pair(&Rules::shipped(), &need(), &helper()).expect("it fits");
    let reasons = [
        Reason::Skill {
            skill: "repair.electric".to_owned(),
        },
        Reason::Near {
            ring: "grid".to_owned(),
        },
        Reason::Free {
            day: 6,
            part: "morning".to_owned(),
        },
    ];
    assert_eq!(found.reasons, reasons);
    assert_eq!(found.cost, Rules::shipped().ring(Ring::Grid));
}

/// One change, and what must come of it.
type Case = (&'static str, fn(&mut Need, &mut Helper), Result<i64, Never>);

/// What forbids a pairing.
const FORBIDDEN: &[Case] = &[
    (
        "declined",
        |n, _| n.avoids = vec![HelperId(7)],
        Err(Never::Avoided),
    ),
    ("asked", |_, h| h.asked = 3, Err(Never::AskedEnough)),
    ("load", |_, h| h.held = 3, Err(Never::HoldEnough)),
    (
        "skill",
        |_, h| h.skills = vec!["repair".to_owned()],
        Err(Never::SkillMissing),
    ),
    (
        "far",
        |_, h| h.place = "652901002001".to_owned(),
        Err(Never::TooFar),
    ),
    (
        "abroad",
        |_, h| h.place = "110101001001".to_owned(),
        Err(Never::TooFar),
    ),
    (
        "busy",
        |_, h| {
            h.free = Slots::NONE.with(Slot {
                day: 1,
                ..SATURDAY_MORNING
            })
        },
        Err(Never::NotFree),
    ),
    (
        "unwilling",
        |_, h| h.rather_not = vec!["household".to_owned()],
        Err(Never::Unwilling),
    ),
    (
        "language",
        |n, h| {
            n.language = Some("kk".to_owned());
            h.languages = vec!["zh".to_owned()];
        },
        Err(Never::OtherLanguage),
    ),
    (
        "missed",
        |n, _| {
            n.missed = vec![Missed {
                helper: HelperId(7),
                times: 2,
            }]
        },
        Err(Never::MissedTooOften),
    ),
    (
        "farther than they go",
        |n, h| {
            n.at = Some(Point {
                latitude: 41.0,
                longitude: 80.0,
            });
            h.at = Some(Point {
                latitude: 41.01,
                longitude: 80.0,
            });
            h.reach.metres_max = Some(1000);
        },
        Err(Never::TooFar),
    ),
];

/// What makes it dearer or cheaper.
const PRICED: &[Case] = &[
    (
        "missed once",
        |n, _| {
            n.missed = vec![Missed {
                helper: HelperId(7),
                times: 1,
            }]
        },
        Ok(40),
    ),
    ("held", |_, h| h.held = 1, Ok(12)),
    ("again", |n, _| n.prefers = vec![HelperId(7)], Ok(-30)),
    ("free time unknown", |_, h| h.free = Slots::NONE, Ok(10)),
    (
        "language unknown",
        |n, _| n.language = Some("kk".to_owned()),
        Ok(10),
    ),
    (
        "a kilometre",
        |n, h| {
            n.at = Some(Point {
                latitude: 41.0,
                longitude: 80.0,
            });
            h.at = Some(Point {
                latitude: 41.01,
                longitude: 80.0,
            });
        },
        Ok(5),
    ),
];

#[test]
fn each_rule_counts() {
    let rules = Rules::shipped();
    let grid = rules.ring(Ring::Grid);
    for (name, change, expected) in FORBIDDEN.iter().chain(PRICED) {
        let (mut need, mut helper) = (need(), helper());
        change(&mut need, &mut helper);
        let expected = expected.map(|more| grid + more);
        assert_eq!(cost(&need, &helper), expected, "{name}");
    }
}

#[test]
fn what_must_hold_can_be_made_a_mere_cost() {
    let text = "[must]\nhave_skills = false\nbe_willing = false\n";
    let rules = Rules::read("own.toml", text).expect("it is well-formed");
    let mut other = helper();
    other.skills.clear();
    other.rather_not = vec!["household".to_owned()];
    let found = pair(&rules, &need(), &other).expect("nothing forbids it");
    assert_eq!(found.cost, rules.ring(Ring::Grid) + 60 + 50);
    assert!(found.reasons.iter().any(Reason::speaks_against));
}

#[test]
fn reasons_are_kept_as_data() {
    let found = pair(&Rules::shipped(), &need(), &helper()).expect("it fits");
    let json = serde_json::to_string(&found.reasons).expect("they are plain data");
    assert!(
        json.starts_with(r#"[{"why":"skill","skill":"repair.electric"}"#),
        "{json}"
    );
    let back: Vec<Reason> = serde_json::from_str(&json).expect("they can be read again");
    assert_eq!(back, found.reasons);
}

#[test]
fn parts_of_a_week() {
    let slots = Slots::NONE.with(SATURDAY_MORNING);
    let slots = slots.with(Slot {
        day: 7,
        part: DayPart::Evening,
    });
    assert_eq!(slots.first(), Some(SATURDAY_MORNING));
    assert_eq!(slots.iter().count(), 2);
    assert_eq!(Slots::ALL.iter().count(), 21);
    assert_eq!(Slots::ALL.iter().collect::<Slots>(), Slots::ALL);
    assert_eq!(Slots::NONE.first(), None);
}

#[test]
fn the_tree_says_how_near() {
    assert_eq!(
        Ring::around("652901001001", "652901001001002"),
        Some(Ring::Community)
    );
    assert_eq!(
        Ring::around("652901001001", "652901001002"),
        Some(Ring::Street)
    );
    assert_eq!(Ring::around("6529", "652901001002"), Some(Ring::Prefecture));
    assert_eq!(Ring::around("6529", "1101"), None);
}
