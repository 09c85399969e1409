use std::collections::BTreeSet;

use super::field::FAULT_KEYS;
use super::refusal::{Class, FieldFault, Refusal};
use super::rule::Rule;
use super::words::REFUSAL_WORDS;

/// Every refusal, in the order in which they are found.
fn table() -> Vec<(Refusal, Class, &'static str)> {
    let step = || "answer".to_owned();
    let stage = || "closed".to_owned();
    vec![
        (
            Refusal::NoSuchStep { step: step() },
            Class::NotFound,
            "refused-no-such-step",
        ),
        (
            Refusal::NotYours { step: step() },
            Class::NotPermitted,
            "refused-not-yours",
        ),
        (
            Refusal::WrongStage {
                step: step(),
                stage: stage(),
            },
            Class::Conflict,
            "refused-wrong-stage",
        ),
        (Refusal::NotDue, Class::Conflict, "refused-not-due"),
        (
            Refusal::Invalid(vec![FieldFault::new("answer", "fault-required")]),
            Class::Invalid,
            "refused-invalid",
        ),
        (
            Refusal::Rule {
                rule: "open_claims",
                class: Class::TooMany,
                args: vec![("max", "2".to_owned())],
            },
            Class::TooMany,
            "refused-rule-open_claims",
        ),
        (
            Refusal::UnitAccused,
            Class::Conflict,
            "refused-unit-accused",
        ),
        (
            Refusal::NobodyToOwn,
            Class::Conflict,
            "refused-nobody-to-own",
        ),
        (Refusal::NotCalled, Class::Conflict, "refused-not-called"),
        (
            Refusal::CannotConvert {
                to: "appeal".to_owned(),
            },
            Class::Conflict,
            "refused-cannot-convert",
        ),
    ]
}

/// The refusals of a merge, one for each thing that may be wrong with the other case.
const TARGETS: &[(&str, &str)] = &[
    ("missing", "refused-target-missing"),
    ("itself", "refused-target-itself"),
    ("other-kind", "refused-target-other-kind"),
    ("closed", "refused-target-closed"),
    ("follows", "refused-target-follows"),
];

fn whole_table() -> Vec<(Refusal, Class, &'static str)> {
    let targets = TARGETS
        .iter()
        .map(|&(why, key)| (Refusal::TargetUnfit { why }, Class::Conflict, key));
    table().into_iter().chain(targets).collect()
}

#[test]
fn each_refusal_has_its_class_and_its_key() {
    for (refusal, class, key) in whole_table() {
        assert_eq!((refusal.class(), refusal.key().as_str()), (class, key));
    }
}

/// The keys of a Fluent source.
fn keys(source: &str) -> BTreeSet<&str> {
    let messages = source.lines().filter(|line| !line.starts_with(['#', ' ']));
    messages
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect()
}

#[test]
fn each_refusal_has_a_sentence_in_every_language_and_none_is_left_over() {
    let mut needed: BTreeSet<String> = whole_table()
        .into_iter()
        .map(|(refusal, ..)| refusal.key())
        .collect();
    needed.extend(
        Rule::WORDS
            .iter()
            .map(|word| format!("refused-rule-{word}")),
    );
    needed.extend(FAULT_KEYS.iter().map(|key| (*key).to_owned()));
    let needed: BTreeSet<&str> = needed.iter().map(String::as_str).collect();
    for (lang, source) in REFUSAL_WORDS {
        assert_eq!(keys(source), needed, "{lang}");
    }
}
