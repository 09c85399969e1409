//! Tasks at the desk: the board, giving one, the one view, one part, the calendar, what repeats
//! and how much a desk takes.

pub mod board;
pub mod calendar;
pub mod export;
pub mod map;
pub mod new;
pub mod part;
pub mod settings;
pub mod task;

use huiyin_domain::person::Role;
use huiyin_domain::task::{Rollup, Sort, State, Task, Want};
use jiff::civil::Date;

use crate::layout::Page;
use crate::pages::desk::show::Look;
use crate::when::When;

/// A sign with a word.
pub struct Chip {
    pub tone: &'static str,
    pub sign: &'static str,
    pub word: String,
}

fn chip(page: &Page, look: Look, key: &str) -> Chip {
    Chip {
        tone: look.tone,
        sign: look.sign,
        word: page.t(key).into_owned(),
    }
}

pub fn sort_chip(page: &Page, sort: Sort) -> Chip {
    let (tone, sign) = match sort {
        Sort::Regular => ("quiet", "refresh"),
        Sort::Key => ("info", "star"),
        Sort::Urgent => ("late", "urgent"),
    };
    let key = format!("task-sort-{}", sort.word());
    chip(page, Look { tone, sign }, &key)
}

pub fn state_chip(page: &Page, state: State) -> Chip {
    let (tone, sign) = match state {
        State::Given => ("new", "inbox"),
        State::Noted => ("work", "tool"),
        State::Reported => ("wait", "hourglass"),
        State::SentBack => ("late", "arrow-back-up"),
        State::Verified => ("done", "circle-check"),
        State::BrokenDown => ("info", "arrows-split"),
        State::Withdrawn => ("quiet", "ban"),
    };
    let key = format!("task-state-{}", state.word());
    chip(page, Look { tone, sign }, &key)
}

/// By when, or how late it is.
pub fn due(when: &When<'_>, task: &Task) -> String {
    when.page
        .ts("task-due-by", "day", &when.day(task.due_on))
        .into_owned()
}

pub fn today(when: &When<'_>) -> Date {
    when.now.to_zoned(when.zone.clone()).date()
}

/// Whose post a task is meant for; empty when it is for all.
pub fn role_word(page: &Page, task: &Task) -> String {
    let word = |role: Role| page.t(&format!("role-{}", role.word())).into_owned();
    task.role.map(word).unwrap_or_default()
}

/// What is wanted as evidence, in one line.
pub fn evidence(page: &Page, task: &Task) -> String {
    let wants: Vec<String> = task
        .evidence
        .wants
        .iter()
        .map(|want| match want {
            Want::Number => page
                .ts("task-want-number-in", "unit", &task.evidence.counted_in)
                .into_owned(),
            want => page.t(&format!("task-want-{}", want.word())).into_owned(),
        })
        .collect();
    match wants.is_empty() {
        true => page.t("task-want-none").into_owned(),
        false => wants.join(page.t("task-and").as_ref()),
    }
}

/// `3 / 12`, and the share of a hundred.
pub fn progress(sum: &Rollup) -> (String, i64) {
    (format!("{} / {}", sum.verified, sum.total()), sum.share())
}
