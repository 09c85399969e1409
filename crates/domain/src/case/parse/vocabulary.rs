//! Rules and effects, as they are written: `{ rule = "claims", max = 2 }`,
//! `{ effect = "assign", to = ["duty", "place"], when = { field = "…", is = "…" } }`.

use super::super::effect::{Assignee, Effect, OutcomeFrom, Whom};
use super::super::kind::{Conditional, When};
use super::super::rule::Rule;
use super::super::view::CallState;
use super::reader::{Table, nearest};

pub(super) fn rule(table: &Table<'_, '_>) -> Option<Conditional<Rule>> {
    let word = table.text("rule");
    let times = || u32::try_from(table.number("times", 1)).unwrap_or(1);
    let rule = match word.as_str() {
        "taken-at-most" => Rule::TakenAtMost {
            step: table.text("step"),
            times: times(),
        },
        "taken-at-least" => Rule::TakenAtLeast {
            step: table.text("step"),
            times: times(),
        },
        "within-days" => Rule::WithinDays {
            days: table.number("days", 30),
        },
        "future" => Rule::Future {
            field: table.text("field"),
        },
        "consent" => Rule::Consent {
            files: table.text("files"),
            field: table.text("field"),
        },
        "claims" => Rule::Claims {
            max: u32::try_from(table.number("max", 1)).unwrap_or(1),
        },
        "not-petitioner" => Rule::NotPetitioner,
        "all-reported" => Rule::AllReported,
        "all-rated" => Rule::AllRated,
        "called" => Rule::Called {
            field: table.text("field"),
        },
        "tiers" => Rule::Tiers {
            field: table.text("field"),
        },
        _ => {
            let what = format!("no rule {word:?}");
            table
                .notes
                .note(&table.at, what, &nearest(&word, Rule::WORDS.into_iter()));
            return None;
        }
    };
    let when = when(table);
    table.finish();
    Some(Conditional { when, what: rule })
}

pub(super) fn effect(table: &Table<'_, '_>) -> Option<Conditional<Effect>> {
    let word = table.text("effect");
    let effect = match word.as_str() {
        "assign" => Effect::Assign {
            to: assignees(table),
        },
        "assist" => Effect::Assist {
            field: table.text_maybe("field"),
        },
        "call" => Effect::Call {
            field: table.text("field"),
            clock: table.text("clock"),
        },
        "report" => Effect::Report {
            state: state(table),
            until: table.text_maybe("until"),
        },
        "rule" => Effect::Rule {
            field: table.text("field"),
            state: state(table),
        },
        "rate" => Effect::Rate {
            field: table.text("field"),
            rating: table.text("rating"),
        },
        "mark-late" => Effect::MarkLate,
        "answer" => Effect::Answer {
            field: table.text("field"),
        },
        "close" => Effect::Close {
            outcome: outcome(table),
        },
        "reopen" => Effect::Reopen,
        "publish" => Effect::Publish {
            fields: table.words("fields"),
        },
        "unpublish" => Effect::Unpublish,
        "convert" => Effect::Convert {
            to: table.text("to"),
        },
        "merge" => Effect::Merge {
            field: table.text("field"),
        },
        "urgent" => Effect::Urgent {
            field: table.text_maybe("field"),
        },
        "restart-clock" => Effect::RestartClock,
        "notify" => Effect::Notify {
            whom: whom(table)?,
            letter: table.text("letter"),
        },
        "followers" => Effect::Followers {
            step: table.text("step"),
        },
        _ => {
            let what = format!("no effect {word:?}");
            table
                .notes
                .note(&table.at, what, &nearest(&word, Effect::WORDS.into_iter()));
            return None;
        }
    };
    let when = when(table);
    table.finish();
    Some(Conditional { when, what: effect })
}

fn when(table: &Table<'_, '_>) -> Option<When> {
    let when = table.table("when")?;
    let read = When {
        field: when.text("field"),
        value: when.text("is"),
    };
    when.finish();
    Some(read)
}

fn outcome(table: &Table<'_, '_>) -> OutcomeFrom {
    match (table.text_maybe("outcome"), table.text_maybe("field")) {
        (Some(outcome), None) => OutcomeFrom::Named(outcome),
        (None, Some(field)) => OutcomeFrom::Field(field),
        (None, None) => OutcomeFrom::Kept,
        (Some(_), Some(_)) => {
            let what = "the outcome comes from two places";
            table
                .notes
                .note(&table.at, what, "write outcome, or field, or neither");
            OutcomeFrom::Kept
        }
    }
}

fn assignees(table: &Table<'_, '_>) -> Vec<Assignee> {
    const KNOWN: [&str; 7] = [
        "duty",
        "place",
        "above",
        "actor",
        "actor-unit",
        "previous",
        "field:…",
    ];
    let mut read = Vec::new();
    for (word, at) in table.texts("to") {
        read.push(match word.as_str() {
            "duty" => Assignee::Duty,
            "place" => Assignee::Place,
            "above" => Assignee::Above,
            "actor" => Assignee::Actor,
            "actor-unit" => Assignee::ActorUnit,
            "previous" => Assignee::Previous,
            _ => match word.strip_prefix("field:") {
                Some(field) => Assignee::Field(field.to_owned()),
                None => {
                    let instead = nearest(&word, KNOWN.into_iter());
                    table
                        .notes
                        .note(&at, format!("a case cannot be given to {word}"), &instead);
                    continue;
                }
            },
        });
    }
    if read.is_empty() {
        table.notes.note(
            &table.at,
            "assign gives it to nobody",
            "write to = [\"duty\", \"place\"]",
        );
    }
    read
}

fn state(table: &Table<'_, '_>) -> CallState {
    let word = table.text("state");
    word.parse().unwrap_or_else(|()| {
        let known = CallState::ALL.iter().map(|state| state.word());
        table.notes.note(
            &table.at,
            format!("no state {word:?}"),
            &nearest(&word, known),
        );
        CallState::Waiting
    })
}

fn whom(table: &Table<'_, '_>) -> Option<Whom> {
    const KNOWN: [(&str, Whom); 7] = [
        ("petitioner", Whom::Petitioner),
        ("owner", Whom::Owner),
        ("previous", Whom::Previous),
        ("called", Whom::Called),
        ("partners", Whom::Partners),
        ("opener", Whom::Opener),
        ("above", Whom::Above),
    ];
    let word = table.text("whom");
    let found = KNOWN
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, whom)| *whom);
    if found.is_none() {
        let instead = nearest(&word, KNOWN.iter().map(|(known, _)| *known));
        table
            .notes
            .note(&table.at, format!("nobody is called {word:?}"), &instead);
    }
    found
}
