use proptest::prelude::*;

use super::*;
use crate::case::{CallRole, CallState};

const OURS: UnitId = UnitId::from_raw(1);
const THEIRS: UnitId = UnitId::from_raw(2);

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + hours * 3_600).unwrap()
}

fn line(hours: i64, owner: UnitId, stage: &str, unit: Option<UnitId>) -> Line {
    Line {
        at: at(hours),
        owner: Some(Owner::Unit(owner)),
        stage: stage.to_owned(),
        unit,
        by_clock: false,
    }
}

fn known(history: &[Line]) -> Known<'_> {
    Known {
        owner: history
            .iter()
            .rev()
            .find_map(|line| line.owner)
            .unwrap_or(Owner::Unit(OURS)),
        urgent: false,
        due_at: Some(at(30)),
        read_at: None,
        paused: None,
        turn: Turn::OnDuty,
        history,
        calls: &[],
    }
}

#[test]
fn what_nobody_has_opened_since_it_came_is_unread() {
    let history = [
        line(0, OURS, "received", None),
        line(1, THEIRS, "dispatched", Some(OURS)),
    ];
    let unread = Reason::Unread { since: at(1) };
    let of = |read_at| {
        reasons(
            &Known {
                read_at,
                ..known(&history)
            },
            at(2),
        )
    };
    assert_eq!(of(None), vec![unread.clone()]);
    assert_eq!(
        of(Some(at(0))),
        [unread],
        "a look before it came does not count"
    );
    assert_eq!(of(Some(at(1))), []);
    let taken = [&history[..], &[line(2, THEIRS, "in_hand", Some(THEIRS))]].concat();
    assert_eq!(reasons(&known(&taken), at(3)), [], "who acts has read");
    let claimed = Known {
        owner: Owner::Person(crate::id::PersonId::from_raw(9)),
        ..known(&history)
    };
    assert_eq!(reasons(&claimed, at(3)), [], "people are not watched");
}

#[test]
fn a_case_that_comes_back_twice_is_sent_to_and_fro() {
    let mut history = vec![line(0, OURS, "received", Some(OURS))];
    for (hours, owner) in [(1, THEIRS), (2, OURS), (3, THEIRS), (4, OURS)] {
        history.push(line(hours, owner, "dispatched", Some(owner)));
        let told = reasons(&known(&history), at(5));
        let returns = u32::try_from(hours - 1).unwrap();
        let expected = (returns >= 2).then_some(Reason::ToAndFro { times: returns });
        assert_eq!(told, Vec::from_iter(expected), "after {hours}");
    }
}

#[test]
fn every_other_reason_is_told_and_a_good_one_asks_for_nobody() {
    let mut history = vec![line(0, OURS, "in_hand", Some(OURS))];
    for hours in [80, 81] {
        history.push(Line {
            by_clock: true,
            ..line(hours, OURS, "in_hand", None)
        });
    }
    let call = Call {
        unit: THEIRS,
        role: CallRole::Assisting,
        state: CallState::Waiting,
        due_at: Some(at(80)),
        late_at: None,
        rating: None,
    };
    let standstill = Standstill {
        why: "part".to_owned(),
        until: at(200),
    };
    let all = Known {
        urgent: true,
        paused: Some(standstill.clone()),
        calls: std::slice::from_ref(&call),
        ..known(&history)
    };
    let told = reasons(&all, at(90));
    assert_eq!(
        told,
        [
            Reason::Urgent,
            Reason::Unmoved { times: 2 },
            Reason::AssistLate {
                units: vec![THEIRS]
            },
            Reason::SameStage { since: at(0) },
            Reason::Waits(standstill.clone()),
        ]
    );
    let theirs = Known {
        turn: Turn::Petitioner,
        ..known(&history[..1])
    };
    assert_eq!(
        reasons(&theirs, at(90)),
        [Reason::TheirTurn],
        "it may take its time"
    );
    assert_eq!(need(&[], Some(at(100)), at(90)), 0);
    assert!(need(&[Reason::Waits(standstill)], Some(at(100)), at(90)) < 0);
    assert!(need(&told, Some(at(80)), at(90)) > need(&told, Some(at(100)), at(90)));
}

proptest! {
    /// Whatever the history: each reason at most once, the weightiest first, and a case that
    /// somebody of its owner has just opened is never unread.
    #[test]
    fn reasons_are_few_ordered_and_answered_by_a_look(
        steps in prop::collection::vec((0_i64..5, 0_usize..3, any::<bool>()), 1..40),
        urgent: bool,
    ) {
        let mut hours = 0;
        let history: Vec<Line> = steps.iter().map(|&(more, stage, by_clock)| {
            hours += more;
            let owner = if stage == 1 { OURS } else { THEIRS };
            Line { by_clock, ..line(hours, owner, ["a", "b", "c"][stage], (!by_clock).then_some(owner)) }
        }).collect();
        let now = at(hours + 1);
        let told = reasons(&Known { urgent, ..known(&history) }, now);
        let mut words: Vec<&str> = told.iter().map(Reason::word).collect();
        let needs: Vec<i32> = told.iter().map(Reason::need).collect();
        prop_assert!(needs.is_sorted_by(|a, b| a >= b));
        words.sort_unstable();
        let count = words.len();
        words.dedup();
        prop_assert_eq!(words.len(), count);
        prop_assert_eq!(told.contains(&Reason::Urgent), urgent);
        let read = Known { urgent, read_at: Some(now), ..known(&history) };
        let read = reasons(&read, now);
        let is_unread = |reason: &Reason| matches!(reason, Reason::Unread { .. });
        prop_assert!(!read.iter().any(is_unread));
        let rest: Vec<Reason> = told.into_iter().filter(|reason| !is_unread(reason)).collect();
        prop_assert_eq!(rest, read);
    }
}
