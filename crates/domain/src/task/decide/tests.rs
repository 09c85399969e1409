use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::id::{PostId, TaskId, UnitId};
use crate::place::Level;
use crate::task::{Evidence, Sort, Withdrawn};

fn task(wants: &str) -> Task {
    Task {
        id: TaskId::from_raw(1),
        sort: Sort::Key,
        title: "Look at the chimneys".to_owned(),
        standard: "Every stove of the village".to_owned(),
        evidence: Evidence::of(wants, "stoves".to_owned()),
        place: "6529".parse().unwrap(),
        level: Level::Community,
        due_on: date(2026, 12, 4),
        given_at: Timestamp::UNIX_EPOCH,
        given_unit: UnitId::from_raw(1),
        given_post: PostId::from_raw(1),
        part_count: 1,
        over_limit_for: None,
        rule: None,
        role: None,
        withdrawn: None,
    }
}

fn part(state: State) -> Part {
    Part {
        task: TaskId::from_raw(1),
        place: "652901001001".parse().unwrap(),
        above: Some("652901001".parse().unwrap()),
        unit: UnitId::from_raw(2),
        state,
        amount: None,
        reported_by: Some(PersonId::from_raw(7)),
        version: 3,
        changed_at: Timestamp::UNIX_EPOCH,
    }
}

const VILLAGE: Side = Side {
    person: Some(PersonId::from_raw(7)),
    answers: true,
    verifies: false,
};
const STREET: Side = Side {
    person: Some(PersonId::from_raw(8)),
    answers: false,
    verifies: true,
};
/// Somebody of a community, whose grids report to it.
const BOTH: Side = Side {
    person: Some(PersonId::from_raw(7)),
    answers: true,
    verifies: true,
};

fn good() -> Report {
    Report {
        says: "All looked at".to_owned(),
        amount: Some(12),
        photos: 1,
    }
}

#[test]
fn what_may_be_done_is_done() {
    let report = good();
    for (from, side, act, to) in [
        (State::Given, VILLAGE, Act::Note, State::Noted),
        (State::Given, VILLAGE, Act::Report(&report), State::Reported),
        (State::Noted, VILLAGE, Act::Report(&report), State::Reported),
        (
            State::SentBack,
            VILLAGE,
            Act::Report(&report),
            State::Reported,
        ),
        (
            State::Reported,
            STREET,
            Act::Verify { version: 3 },
            State::Verified,
        ),
        (
            State::Reported,
            STREET,
            Act::SendBack {
                version: 3,
                why: "The photo shows another village",
            },
            State::SentBack,
        ),
        (
            State::Noted,
            VILLAGE,
            Act::BreakDown { parts: 3 },
            State::BrokenDown,
        ),
    ] {
        assert_eq!(
            decide(&task("text number photo"), &part(from), side, act),
            Ok(to),
            "{from:?} {act:?}"
        );
    }
}

#[test]
fn each_refusal_has_its_case() {
    let report = good();
    let verify = Act::Verify { version: 3 };
    let back = |why| Act::SendBack { version: 3, why };
    let long = "x".repeat(PART_TEXT_CHARS_MAX + 1);
    let reports = Act::Report(&report);
    for (from, side, act, refusal) in [
        (State::Given, STREET, reports, Refusal::NotYours),
        (State::Reported, VILLAGE, verify, Refusal::NotYours),
        (State::Withdrawn, VILLAGE, reports, Refusal::Withdrawn),
        (State::BrokenDown, VILLAGE, reports, Refusal::BrokenDown),
        (State::Verified, VILLAGE, reports, Refusal::Verified),
        (State::Verified, STREET, back("no"), Refusal::Verified),
        (State::Reported, VILLAGE, reports, Refusal::Reported),
        (State::Reported, VILLAGE, Act::Note, Refusal::Reported),
        (State::Given, STREET, verify, Refusal::NotReported),
        (
            State::Reported,
            STREET,
            Act::Verify { version: 2 },
            Refusal::Stale,
        ),
        (State::Reported, BOTH, verify, Refusal::Own),
        (State::Reported, STREET, back("  "), Refusal::NoReason),
        (
            State::Reported,
            STREET,
            back(&long),
            Refusal::TooLong("why"),
        ),
        (
            State::Given,
            VILLAGE,
            Act::BreakDown { parts: 0 },
            Refusal::NothingBelow,
        ),
    ] {
        let refused = decide(&task("text number photo"), &part(from), side, act);
        assert_eq!(refused, Err(refusal), "{from:?} {act:?}");
    }
    let withdrawn = Task {
        withdrawn: Some(Withdrawn {
            at: Timestamp::UNIX_EPOCH,
            why: "no longer needed".to_owned(),
        }),
        ..task("")
    };
    let refused = decide(&withdrawn, &part(State::Given), VILLAGE, reports);
    assert_eq!(refused, Err(Refusal::Withdrawn));
}

#[test]
fn what_is_wanted_must_come() {
    let all = task("text number photo");
    let given = part(State::Given);
    let with = |change: &dyn Fn(&mut Report)| {
        let mut report = good();
        change(&mut report);
        decide(&all, &given, VILLAGE, Act::Report(&report)).unwrap_err()
    };
    let missing = Refusal::Missing;
    assert_eq!(with(&|r| r.says = " ".to_owned()), missing(Want::Text));
    assert_eq!(with(&|r| r.amount = None), missing(Want::Number));
    assert_eq!(with(&|r| r.photos = 0), missing(Want::Photo));
    assert_eq!(with(&|r| r.amount = Some(-1)), Refusal::AmountWrong);
    let long = "x".repeat(PART_TEXT_CHARS_MAX + 1);
    assert_eq!(with(&|r| r.says = long.clone()), Refusal::TooLong("says"));
    let nothing = Report::default();
    let done = decide(&task(""), &given, VILLAGE, Act::Report(&nothing));
    assert_eq!(done, Ok(State::Reported), "nothing is wanted");
}
