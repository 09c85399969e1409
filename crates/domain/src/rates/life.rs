//! What the history of one case adds to the rates, as it was known at an instant.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use crate::case::{CONTENT, Judged, Kind, Owner, SOLVED, Supervision};
use crate::id::{CaseId, UnitId};
use crate::place::PlaceCode;
use crate::unit::ItemCode;

use super::Rate;

/// What rates ask of the shape of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Shape {
    pub owner: Owner,
    pub place: PlaceCode,
    #[serde(default)]
    pub item: Option<ItemCode>,
    #[serde(default)]
    pub outcome: Option<String>,
    #[serde(default)]
    pub merged_into: Option<CaseId>,
    /// How the answer was judged, where it was.
    #[serde(default)]
    pub judged: BTreeMap<String, String>,
    /// The promises that this step made or moved.
    #[serde(default)]
    pub terms: Vec<Term>,
}

/// A promise, as far as rates ask: until when, in microseconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Term {
    pub name: String,
    pub due: i64,
}

/// One line of a history.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The kind as which the case stood then.
    pub kind: &'a Kind,
    pub at: Timestamp,
    pub step: &'a str,
    pub to: &'a str,
    pub shape: &'a Shape,
}

/// One case in one rate: counted, and perhaps in its favour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    pub rate: Rate,
    /// The instant that says on which day it counts.
    pub at: Timestamp,
    /// The kind as which the case stood then.
    pub kind: String,
    /// The unit to which it counts; none when a volunteer had it.
    pub unit: Option<UnitId>,
    pub place: PlaceCode,
    pub item: Option<ItemCode>,
    pub hit: bool,
}

/// What a history adds to the rates, from what was known at `as_of`. `response_due` says by when
/// the first contact was due of a case opened then, where its history records no promise.
pub fn contributions(
    history: &[Line<'_>],
    as_of: Timestamp,
    response_due: impl Fn(Timestamp) -> Timestamp,
) -> Vec<Contribution> {
    let later = history.iter().position(|line| line.at > as_of);
    let life = Life {
        lines: &history[..later.unwrap_or(history.len())],
        as_of,
    };
    let mut found: Vec<Contribution> = life.response(response_due).into_iter().collect();
    found.extend(life.resolution());
    found.extend(life.satisfaction());
    found
}

/// The names of the two promises in a shape.
const RESPONSE: &str = "response";
const RESOLUTION: &str = "resolution";

struct Life<'a> {
    lines: &'a [Line<'a>],
    as_of: Timestamp,
}

fn supervision<'a>(line: &Line<'a>) -> Option<&'a Supervision> {
    line.kind
        .supervision
        .as_ref()
        .filter(|_| !line.kind.internal)
}

fn is_closed(line: &Line<'_>) -> bool {
    line.kind.stage(line.to).is_some_and(|stage| stage.closed)
}

fn left_out(line: &Line<'_>) -> bool {
    let outcome = line.shape.outcome.as_deref();
    supervision(line).is_some_and(|marks| outcome.is_some_and(|name| marks.leaves_out(name)))
}

fn contribution(rate: Rate, at: Timestamp, line: &Line<'_>, hit: bool) -> Contribution {
    Contribution {
        rate,
        at,
        kind: line.kind.slug.clone(),
        unit: line.shape.owner.unit(),
        place: line.shape.place.clone(),
        item: line.shape.item.clone(),
        hit,
    }
}

impl<'a> Life<'a> {
    /// The promise of this name, as the lines up to `at` know it.
    fn due(&self, name: &str, at: Timestamp) -> Option<Timestamp> {
        let lines = self.lines.iter().rev().filter(|line| line.at <= at);
        let mut terms = lines.flat_map(|line| &line.shape.terms);
        let term = terms.find(|term| term.name == name)?;
        Timestamp::from_microsecond(term.due).ok()
    }

    /// The same life as it was known earlier.
    fn until(&self, as_of: Timestamp) -> Life<'a> {
        let later = self.lines.iter().position(|line| line.at > as_of);
        Life {
            lines: &self.lines[..later.unwrap_or(self.lines.len())],
            as_of,
        }
    }

    /// Decided by the first contact or by the end of its promise, whichever is first, and never
    /// again: what follows afterwards changes nothing.
    fn response(&self, usual: impl Fn(Timestamp) -> Timestamp) -> Option<Contribution> {
        let first = self.lines.first()?;
        let is_contact = |line: &&Line<'_>| {
            let ends = is_closed(line) && !left_out(line);
            ends || supervision(line).is_some_and(|marks| marks.is_contact(line.step))
        };
        let contact = self.lines.iter().find(is_contact).map(|line| line.at);
        let until = contact.unwrap_or(self.as_of);
        let due = self.due(RESPONSE, until);
        let due = due.unwrap_or_else(|| usual(first.at));
        let at = match contact {
            Some(contact) if contact <= due => contact,
            _ if due <= self.as_of => due,
            _ => return None,
        };
        let then = self.until(at);
        let state = then.lines.last()?;
        supervision(state)?;
        let withdrawn = is_closed(state) && then.closing().is_some_and(left_out);
        let gone = withdrawn || state.shape.merged_into.is_some();
        let in_time = contact.is_some_and(|contact| contact <= due);
        (!gone).then(|| contribution(Rate::Response, at, state, in_time))
    }

    /// The line that closed the case as it stands closed at the end.
    fn closing(&self) -> Option<&'a Line<'a>> {
        let open = self.lines.iter().rposition(|line| !is_closed(line));
        self.lines.get(open.map_or(0, |open| open + 1))
    }

    /// The last answer, before `end`.
    fn answer(&self, end: usize) -> Option<usize> {
        self.lines[..end]
            .iter()
            .rposition(|line| supervision(line).is_some_and(|marks| marks.is_answer(line.step)))
    }

    /// What was said last by this judgement between two lines.
    fn said(&self, between: std::ops::Range<usize>, word: &str) -> Option<(usize, bool)> {
        between.rev().find_map(|at| {
            let line = &self.lines[at];
            let said = line.shape.judged.get(word)?;
            Some((at, judged(supervision(line)?, word)?.is_for(said)))
        })
    }

    /// A closed case: whether the person says that it is solved, or where nobody asked them the
    /// outcome does, by an answer given within its promise.
    fn resolution(&self) -> Option<Contribution> {
        let last = self.lines.last()?;
        let closing = self.closing().filter(|_| is_closed(last))?;
        supervision(closing)?;
        if left_out(closing) || last.shape.merged_into.is_some() {
            return None;
        }
        let answered = self.answer(self.lines.len());
        let answer = answered.map_or(closing, |at| &self.lines[at]);
        let said = self.said(answered.unwrap_or(0)..self.lines.len(), SOLVED);
        let by_outcome = || {
            let outcome = closing.shape.outcome.as_deref();
            let outcome = outcome.and_then(|name| closing.kind.outcome(name));
            outcome.is_some_and(|outcome| outcome.solved)
        };
        let solved = said.map_or_else(by_outcome, |(_, solved)| solved);
        let due = self.due(RESOLUTION, self.as_of);
        let hit = solved && due.is_none_or(|due| answer.at <= due);
        Some(Contribution {
            kind: closing.kind.slug.clone(),
            ..contribution(Rate::Resolution, closing.at, answer, hit)
        })
    }

    /// Every answer that was judged, by what was said of it last.
    fn satisfaction(&self) -> Vec<Contribution> {
        let mut found = Vec::new();
        let mut end = self.lines.len();
        while let Some(answer) = self.answer(end) {
            let said = self.said(answer..end, CONTENT);
            found.extend(said.map(|(at, hit)| {
                let line = &self.lines[answer];
                contribution(Rate::Satisfaction, self.lines[at].at, line, hit)
            }));
            end = answer;
        }
        found
    }
}

fn judged<'a>(marks: &'a Supervision, word: &str) -> Option<&'a Judged> {
    let found = marks.judgements().find(|(known, _)| *known == word);
    found.map(|(_, judged)| judged)
}
