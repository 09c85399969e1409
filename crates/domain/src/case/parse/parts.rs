//! The parts of a definition: fields, stages, steps, clocks, outcomes.

use super::super::field::{FieldType, Lines};
use super::super::kind::{Asked, Clock, ClockOf, Field, Outcome, See, Stage, Step, Target, Weight};
use super::super::who::Who;
use super::reader::{Table, nearest};
use super::vocabulary;

const TEXT_CHARS_MAX: i64 = 2_000;

pub(super) fn field(name: &str, table: &Table<'_, '_>) -> Field {
    let kind = field_type(table);
    let see = match table.text_maybe("see").as_deref() {
        Some("owner") => See::Owner,
        Some("petitioner") => See::Petitioner,
        Some("public") => See::Public,
        Some("handlers") | None => See::Handlers,
        Some(other) => {
            let known = ["owner", "handlers", "petitioner", "public"];
            let what = format!("nobody is called {other}");
            table
                .notes
                .note(&table.at, what, &nearest(other, known.into_iter()));
            See::Owner
        }
    };
    let keep = table.find("keep").is_none() || table.yes("keep");
    table.finish();
    Field {
        name: name.to_owned(),
        kind,
        see,
        keep,
    }
}

fn field_type(table: &Table<'_, '_>) -> FieldType {
    let word = table.text("type");
    let choices = || {
        let choices = table.words("choices");
        if choices.len() < 2 {
            let what = format!("{} has fewer than two choices", table.name);
            table
                .notes
                .note(&table.at, what, "write choices = [\"…\", \"…\"]");
        }
        choices
    };
    match word.as_str() {
        "text" => {
            let max = usize::try_from(table.number("max", TEXT_CHARS_MAX)).unwrap_or(1);
            let lines = if table.yes("long") {
                Lines::Many
            } else {
                Lines::One
            };
            FieldType::Text { max, lines }
        }
        "choice" => FieldType::Choice(choices()),
        "choices" => FieldType::Choices(choices()),
        "number" => FieldType::Number {
            min: table.number("min", 0),
            max: table.number("max", 1_000_000),
        },
        "photos" => FieldType::Photos {
            max: usize::try_from(table.number("max", 6)).unwrap_or(1),
        },
        "date" => FieldType::Date,
        "place" => FieldType::Place,
        "item" => FieldType::Item,
        "unit" => FieldType::Unit,
        "units" => FieldType::Units,
        "yes-no" => FieldType::YesNo,
        "rating" => FieldType::Rating,
        "case" => FieldType::Case,
        "accused" => FieldType::Accused,
        "person" => FieldType::Person,
        "phone" => FieldType::Phone,
        "address" => FieldType::Address,
        other => {
            let what = format!("no field type {other:?}");
            table.notes.note(
                &table.at,
                what,
                &nearest(other, FieldType::WORDS.into_iter()),
            );
            FieldType::YesNo
        }
    }
}

pub(super) fn stage(name: &str, table: &Table<'_, '_>) -> Stage {
    let (clock, closed) = (table.text_maybe("clock"), table.yes("closed"));
    table.finish();
    Stage {
        name: name.to_owned(),
        clock,
        closed,
    }
}

pub(super) fn outcome(name: &str, table: &Table<'_, '_>) -> Outcome {
    let solved = table.yes("solved");
    table.finish();
    Outcome {
        name: name.to_owned(),
        solved,
    }
}

pub(super) fn clock(name: &str, table: &Table<'_, '_>) -> Clock {
    let of = match table.text_maybe("of").as_deref() {
        Some("call") => ClockOf::Call,
        None | Some("case") => ClockOf::Case,
        Some(other) => {
            table.notes.note(
                &table.at,
                format!("no clock of {other}"),
                "write case or call",
            );
            ClockOf::Case
        }
    };
    let minutes = duration(table, "after", &table.text("after"));
    let urgent_minutes = table
        .text_maybe("urgent")
        .map(|text| duration(table, "urgent", &text));
    let (by_duty, then) = (table.yes("by-duty"), table.text("then"));
    table.finish();
    Clock {
        name: name.to_owned(),
        of,
        minutes,
        urgent_minutes,
        by_duty,
        then,
    }
}

/// Minutes of `30m`, `2h`, `3d`.
fn duration(table: &Table<'_, '_>, key: &str, text: &str) -> i64 {
    let unit = match text.chars().last() {
        Some('m') => 1,
        Some('h') => 60,
        Some('d') => 24 * 60,
        _ => 0,
    };
    let number = text
        .get(..text.len().saturating_sub(1))
        .and_then(|n| n.parse::<i64>().ok());
    match number {
        Some(number) if unit > 0 && (1..=5_000).contains(&number) => number * unit,
        _ => {
            let what = format!("{}.{key} is no time", table.name);
            table
                .notes
                .note(&table.at, what, "write minutes, hours or days: 30m, 2h, 3d");
            1
        }
    }
}

/// The opening step.
pub(super) fn open(top: &Table<'_, '_>) -> Step {
    match top.table("open") {
        Some(table) => step_in("open", &table, false),
        None => {
            top.notes.note(
                &(0..0),
                "there is no way to open it",
                "write a table [open]",
            );
            Step {
                name: "open".to_owned(),
                from: Vec::new(),
                to: Target::Stay,
                by: Vec::new(),
                fields: Vec::new(),
                rules: Vec::new(),
                effects: Vec::new(),
                weight: Weight::Main,
            }
        }
    }
}

pub(super) fn step(name: &str, table: &Table<'_, '_>) -> Step {
    step_in(name, table, true)
}

fn step_in(name: &str, table: &Table<'_, '_>, has_from: bool) -> Step {
    let from = if has_from {
        table.words("from")
    } else {
        Vec::new()
    };
    if has_from && from.is_empty() {
        let what = format!("{} begins nowhere", table.name);
        table
            .notes
            .note(&table.at, what, "write from = [\"a stage\"]");
    }
    let mut by = Vec::new();
    for (word, at) in table.texts("by") {
        match word.parse::<Who>() {
            Ok(who) => by.push(who),
            Err(instead) => table.notes.note(&at, format!("nobody is {word}"), &instead),
        }
    }
    if by.is_empty() {
        let what = format!("{} can be taken by nobody", table.name);
        table
            .notes
            .note(&table.at, what, "write by = [\"petitioner\"]");
    }
    let weight = match table.text_maybe("weight").as_deref() {
        Some("main") => Weight::Main,
        None | Some("plain") => Weight::Plain,
        Some("quiet") => Weight::Quiet,
        Some(_) => {
            table
                .notes
                .note(&table.at, "no such weight", "write main, plain or quiet");
            Weight::Plain
        }
    };
    let step = Step {
        name: name.to_owned(),
        from,
        to: target(table),
        by,
        fields: table
            .words("fields")
            .iter()
            .map(|word| asked(word))
            .collect(),
        rules: table
            .tables("rules")
            .iter()
            .filter_map(vocabulary::rule)
            .collect(),
        effects: table
            .tables("effects")
            .iter()
            .filter_map(vocabulary::effect)
            .collect(),
        weight,
    };
    table.finish();
    step
}

/// `name`, `name!` when it must be given, `name@staff` when only staff are asked.
fn asked(word: &str) -> Asked {
    let (word, staff_only) = match word.strip_suffix("@staff") {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let (field, required) = match word.strip_suffix('!') {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    Asked {
        field: field.to_owned(),
        required,
        staff_only,
    }
}

fn target(table: &Table<'_, '_>) -> Target {
    let Some(found) = table.find("to") else {
        return Target::Stay;
    };
    if found.get_ref().is_table() {
        let Some(branches) = table.table("to") else {
            return Target::Stay;
        };
        let field = branches.text("field");
        let Some(stages) = branches.table("stages") else {
            branches.notes.note(
                &branches.at,
                "a branch without stages",
                "write stages = { yes = \"…\" }",
            );
            return Target::Stay;
        };
        let stages = stages.all_texts();
        branches.finish();
        return Target::Branch { field, stages };
    }
    match table.text_maybe("to").as_deref() {
        Some("other-kind") => Target::OtherKind,
        Some(stage) => Target::Stage(stage.to_owned()),
        None => Target::Stay,
    }
}
