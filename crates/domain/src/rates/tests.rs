use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::case::{Kind, Kinds};
use crate::id::UnitId;

use super::*;

const COMMUNITY: i64 = 1;
const HEATING: i64 = 2;

/// One history, told line by line: after so many hours a step led to a stage.
struct Told {
    kind: Arc<Kind>,
    lines: Vec<(Timestamp, String, String, Shape)>,
    owner: i64,
    merged: bool,
}

fn begins() -> Timestamp {
    "2026-03-02T09:00:00+08:00".parse().unwrap()
}

fn hours(hours: i64) -> Timestamp {
    begins() + SignedDuration::from_hours(hours)
}

fn told() -> Told {
    let kinds = Kinds::builtin();
    let told = Told {
        kind: kinds.current()[0].clone(),
        lines: Vec::new(),
        owner: COMMUNITY,
        merged: false,
    };
    told.then(0, "open", "received", json!({}))
}

impl Told {
    fn then(mut self, after: i64, step: &str, to: &str, more: serde_json::Value) -> Told {
        let owner = json!({ "unit": UnitId::from_raw(self.owner) });
        let mut shape = json!({ "owner": owner, "place": "652901001001", "item": "heating" });
        if self.merged {
            shape["merged_into"] = json!(crate::id::CaseId::from_raw(9));
        }
        let parts = shape.as_object_mut().unwrap();
        parts.extend(more.as_object().unwrap().clone());
        let shape = serde_json::from_value(shape).unwrap();
        self.lines
            .push((hours(after), step.to_owned(), to.to_owned(), shape));
        self
    }

    fn with(mut self, owner: i64) -> Told {
        self.owner = owner;
        self
    }

    fn follows(mut self, merged: bool) -> Told {
        self.merged = merged;
        self
    }

    /// Answered by the owner after so many hours, and judged or closed an hour later.
    fn answered(self, after: i64, judged: Option<(&str, &str)>) -> Told {
        let told = self.then(after, "answer", "answered", json!({}));
        let closed = json!({ "outcome": "solved" });
        match judged {
            None => told.then(after + 1, "unjudged", "closed", closed),
            Some((solved, content)) => {
                let judged = json!({ "judged": { "solved": solved, "content": content } });
                let mut shape = judged;
                let to = match content {
                    "yes" => {
                        shape["outcome"] = json!("solved");
                        "closed"
                    }
                    _ => "supervised",
                };
                told.then(after + 1, "judge", to, shape)
            }
        }
    }

    /// What it adds, known after so many hours: rate, hours, unit, hit.
    fn adds(&self, known: i64) -> Vec<(Rate, i64, i64, bool)> {
        let lines: Vec<Line<'_>> = self
            .lines
            .iter()
            .map(|(at, step, to, shape)| Line {
                kind: &self.kind,
                at: *at,
                step,
                to,
                shape,
            })
            .collect();
        let due = |opened: Timestamp| opened + SignedDuration::from_hours(24);
        let found = contributions(&lines, hours(known), due);
        let said = found.iter().map(|found| {
            let after = found.at.duration_since(begins()).as_hours();
            (found.rate, after, found.unit.unwrap().get(), found.hit)
        });
        said.collect()
    }
}

use Rate::{Resolution, Response, Satisfaction};

#[test]
fn the_first_contact_within_its_promise_counts_on_its_day() {
    let told = told().with(HEATING).then(5, "accept", "in_hand", json!({}));
    assert_eq!(told.adds(4), []);
    assert_eq!(told.adds(5), [(Response, 5, HEATING, true)]);
    assert_eq!(told.adds(500), [(Response, 5, HEATING, true)]);
}

#[test]
fn what_is_late_is_late_when_the_promise_ends_and_stays_so() {
    let late = told()
        .then(20, "dispatch", "dispatched", json!({}))
        .with(HEATING)
        .then(30, "accept", "in_hand", json!({}));
    assert_eq!(late.adds(23), []);
    assert_eq!(
        late.adds(24),
        [(Response, 24, COMMUNITY, false)],
        "it had it then"
    );
    assert_eq!(late.adds(30), [(Response, 24, COMMUNITY, false)]);
}

#[test]
fn a_recorded_promise_goes_before_the_usual_one() {
    let terms = |name: &str, after| json!({ "terms": [{ "name": name, "due": hours(after).as_microsecond(), "limit": "2wd" }] });
    let told = told()
        .then(1, "classify", "classified", terms("response", 40))
        .then(39, "take", "in_hand", terms("resolution", 60))
        .answered(61, Some(("yes", "yes")));
    let expected = [
        (Response, 39, COMMUNITY, true),
        (Resolution, 62, COMMUNITY, false),
        (Satisfaction, 62, COMMUNITY, true),
    ];
    assert_eq!(told.adds(62), expected, "solved, but later than promised");
    let extended = Told {
        lines: told.lines[..3].to_vec(),
        ..told
    };
    let extended = extended
        .then(50, "interim", "in_hand", terms("resolution", 90))
        .answered(61, Some(("yes", "yes")));
    assert!(
        extended
            .adds(62)
            .contains(&(Resolution, 62, COMMUNITY, true))
    );
}

#[test]
fn the_person_says_whether_it_is_solved_and_where_nobody_asked_them_the_outcome_does() {
    for (judged, solved) in [
        (None, true),
        (Some(("yes", "yes")), true),
        (Some(("partly", "yes")), false),
        (Some(("no", "yes")), false),
    ] {
        let told = told()
            .then(1, "take", "in_hand", json!({}))
            .answered(10, judged);
        let found = told.adds(11);
        assert_eq!(found[1], (Resolution, 11, COMMUNITY, solved), "{judged:?}");
        assert_eq!(found.len(), if judged.is_some() { 3 } else { 2 });
    }
}

#[test]
fn each_answer_is_judged_once_and_a_case_counts_as_solved_when_it_is_closed_at_last() {
    let twice = told()
        .then(1, "take", "in_hand", json!({}))
        .answered(10, Some(("no", "no")))
        .with(HEATING)
        .answered(20, Some(("yes", "yes")));
    let first = [
        (Response, 1, COMMUNITY, true),
        (Satisfaction, 11, COMMUNITY, false),
    ];
    assert_eq!(twice.adds(19), first, "not closed yet");
    let all = [
        (Response, 1, COMMUNITY, true),
        (Resolution, 21, HEATING, true),
        (Satisfaction, 21, HEATING, true),
        (Satisfaction, 11, COMMUNITY, false),
    ];
    assert_eq!(twice.adds(21), all);
}

#[test]
fn a_follow_up_call_says_it_anew_of_the_same_answer() {
    let said =
        |solved: &str, content: &str| json!({ "judged": { "solved": solved, "content": content } });
    let closed = told()
        .then(1, "take", "in_hand", json!({}))
        .answered(10, None);
    assert_eq!(closed.adds(29).len(), 2);
    let called = closed.then(30, "follow_up", "closed", said("no", "yes"));
    let expected = [
        (Response, 1, COMMUNITY, true),
        (Resolution, 11, COMMUNITY, false),
        (Satisfaction, 30, COMMUNITY, true),
    ];
    assert_eq!(called.adds(30), expected, "still closed on its day");
    let called = told()
        .then(1, "take", "in_hand", json!({}))
        .answered(10, None)
        .then(30, "follow_up", "supervised", said("no", "no"));
    let expected = [
        (Response, 1, COMMUNITY, true),
        (Satisfaction, 30, COMMUNITY, false),
    ];
    assert_eq!(called.adds(30), expected, "open again");
    assert_eq!(called.adds(29).len(), 2, "but it had been closed");
}

#[test]
fn withdrawn_and_merged_cases_are_left_out() {
    let gone = told().then(3, "withdraw", "closed", json!({ "outcome": "withdrawn" }));
    assert_eq!(gone.adds(500), []);
    let after_contact = told().then(2, "take", "in_hand", json!({})).then(
        3,
        "withdraw",
        "closed",
        json!({ "outcome": "withdrawn" }),
    );
    assert_eq!(after_contact.adds(500), [(Response, 2, COMMUNITY, true)]);
    let merged = told()
        .follows(true)
        .then(3, "merge", "following", json!({}))
        .then(40, "answer_with", "answered", json!({}))
        .then(
            41,
            "judge",
            "closed",
            json!({ "outcome": "solved", "judged": { "content": "no", "solved": "no" } }),
        );
    assert_eq!(
        merged.adds(500),
        [(Satisfaction, 41, COMMUNITY, false)],
        "its person is asked all the same"
    );
    let late = told().then(30, "take", "in_hand", json!({})).then(
        31,
        "withdraw",
        "closed",
        json!({ "outcome": "withdrawn" }),
    );
    assert_eq!(
        late.adds(500),
        [(Response, 24, COMMUNITY, false)],
        "it was late before"
    );
}

#[test]
fn whatever_is_known_later_the_response_stays() {
    let told = told()
        .then(30, "take", "in_hand", json!({}))
        .answered(40, Some(("no", "no")))
        .answered(90, Some(("yes", "yes")));
    for known in 24..200 {
        assert_eq!(
            told.adds(known)[0],
            (Response, 24, COMMUNITY, false),
            "{known}"
        );
    }
}

#[test]
fn a_kind_that_says_nothing_of_it_is_left_out() {
    let mut told = told()
        .then(1, "take", "in_hand", json!({}))
        .answered(10, Some(("yes", "yes")));
    let mut kind = (*told.kind).clone();
    kind.supervision = None;
    told.kind = Arc::new(kind);
    assert_eq!(told.adds(500), []);
}

#[test]
fn rounding_is_half_up_and_exact() {
    let of = |hits, of| Fraction { hits, of };
    for (fraction, permille) in [
        (of(0, 0), None),
        (of(0, 7), Some(0)),
        (of(7, 7), Some(1000)),
        (of(1, 3), Some(333)),
        (of(2, 3), Some(667)),
        (of(1, 2000), Some(1)),
        (of(1, 2001), Some(0)),
    ] {
        assert_eq!(fraction.permille(), permille, "{fraction:?}");
    }
}

#[test]
fn the_score_is_weighed_before_anything_is_rounded() {
    let of = |hits, of| Fraction { hits, of };
    let rules = RateRules::default();
    let rates = Rates {
        response: of(9, 10),
        resolution: of(2, 12),
        satisfaction: of(11, 12),
    };
    // 20 × 0.9 + 40 × 2/12 + 40 × 11/12 = 61.33…
    assert_eq!(rates.score(&rules), Some(613));
    let few = Rates {
        satisfaction: of(9, 9),
        ..rates
    };
    assert_eq!(few.score(&rules), None, "nine are too few");
    let weights = Weights {
        response: 50,
        resolution: 50,
        satisfaction: 0,
    };
    let without = RateRules { weights, ..rules };
    assert_eq!(
        few.score(&without),
        Some(533),
        "what does not count need not be there"
    );
    assert_eq!(Rates::default().score(&rules), None);
}

#[test]
fn rules_are_checked() {
    let rules = RateRules::default();
    assert_eq!(rules.check(), Ok(()));
    let wrong: BTreeMap<&str, (RateRules, BadRules)> = BTreeMap::from([
        (
            "weights",
            (
                RateRules {
                    weights: Weights {
                        response: 21,
                        ..rules.weights
                    },
                    ..rules
                },
                BadRules::Weights,
            ),
        ),
        (
            "sample",
            (
                RateRules {
                    sample_min: 0,
                    ..rules
                },
                BadRules::Sample,
            ),
        ),
        (
            "hours",
            (
                RateRules {
                    response_hours: 0,
                    ..rules
                },
                BadRules::Hours,
            ),
        ),
    ]);
    for (name, (rules, fault)) in wrong {
        assert_eq!(rules.check(), Err(fault), "{name}");
    }
}
