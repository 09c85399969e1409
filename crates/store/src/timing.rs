//! The time of a case: how its clock runs or stands, what it remembers, what was promised.
//! Read and written with the case (`cases.rs`).

use std::collections::BTreeMap;
use std::time::Duration;

use huiyin_domain::case::{CaseView, ClockView, Measure, Memory, Pause, Term, as_micros};
use huiyin_domain::id::CaseId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, FromColumn, Row, Tx, Val, vals};

statements! {
    TERMS = "SELECT name, started_at, time_limit, first_due_at, due_at, met_at, left_us \
        FROM terms WHERE case_id = $1 ORDER BY name";
    PUT_TERM = "INSERT INTO terms (case_id, name, started_at, time_limit, first_due_at, due_at, \
        met_at, left_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (case_id, name) DO UPDATE SET time_limit = excluded.time_limit, \
        due_at = excluded.due_at, met_at = excluded.met_at, left_us = excluded.left_us";
    REMOVE_TERM = "DELETE FROM terms WHERE case_id = $1 AND name = $2";
}

/// What need not be found by a column of its own.
#[derive(Default, Serialize, Deserialize)]
struct Timing {
    #[serde(default)]
    measure: Measure,
    /// Microseconds; none in cases from before clocks could count working time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whole: Option<u64>,
    #[serde(default)]
    warned: u32,
    #[serde(flatten)]
    memory: Memory,
}

fn micros(time: Duration) -> i64 {
    i64::try_from(as_micros(time)).unwrap_or(i64::MAX)
}

fn from_micros(micros: i64) -> Duration {
    Duration::from_micros(micros.unsigned_abs())
}

/// The text of the column `timing`.
pub(crate) fn text_of(view: &CaseView) -> Result<String, DbError> {
    let clock = view.clock.as_ref();
    json(&Timing {
        measure: clock.map(|clock| clock.measure).unwrap_or_default(),
        whole: clock.map(|clock| as_micros(clock.whole)),
        warned: clock.map_or(0, |clock| clock.warned),
        memory: view.memory.clone(),
    })
}

/// Since when, until when, why, and how much is left: the four columns of a pause.
pub(crate) fn pause_of(view: &CaseView) -> [Val<'_>; 4] {
    let clock = view.clock.as_ref();
    let pause = clock.and_then(|clock| clock.paused.as_ref());
    [
        pause.map(|pause| pause.since).into(),
        pause.map(|pause| pause.until).into(),
        pause.map(|pause| &pause.why).into(),
        pause.map(|pause| micros(pause.left)).into(),
    ]
}

/// Which columns of a row say how a clock stands.
pub(crate) struct Columns {
    pub name: usize,
    pub started_at: usize,
    pub due_at: usize,
    pub round: usize,
    /// `wake_at`, `timing` and the four of the pause, one after the other.
    pub rest: usize,
}

/// The clock of a case, and what it remembers.
pub(crate) fn read(row: &Row<'_>, at: &Columns) -> Result<(Option<ClockView>, Memory), DbError> {
    let timing = match row.get::<Option<String>>(at.rest + 1)? {
        Some(_) => row.json(at.rest + 1)?,
        None => Timing::default(),
    };
    let Some(name) = row.get::<Option<String>>(at.name)? else {
        return Ok((None, timing.memory));
    };
    let (started_at, due_at) = (row.get(at.started_at)?, row.get(at.due_at)?);
    let plain = ClockView::plain(&name, started_at, due_at);
    let round = row.get::<Option<i64>>(at.round)?.unwrap_or(0);
    let clock = ClockView {
        round: u32::try_from(round).unwrap_or(u32::MAX),
        measure: timing.measure,
        whole: timing.whole.map_or(plain.whole, Duration::from_micros),
        warned: timing.warned,
        wake_at: row.get::<Option<Timestamp>>(at.rest)?.unwrap_or(due_at),
        paused: read_pause(row, at.rest + 2)?,
        ..plain
    };
    Ok((Some(clock), timing.memory))
}

/// The four columns of a pause from `first` on.
pub(crate) fn read_pause(row: &Row<'_>, first: usize) -> Result<Option<Pause>, DbError> {
    let Some(since) = row.get::<Option<Timestamp>>(first)? else {
        return Ok(None);
    };
    Ok(Some(Pause {
        since,
        until: row.get(first + 1)?,
        why: row.get(first + 2)?,
        left: from_micros(row.get(first + 3)?),
    }))
}

/// What is left of clocks that go on later, from the column `timing`.
pub(crate) fn kept(row: &Row<'_>, at: usize) -> Result<BTreeMap<String, Duration>, DbError> {
    let timing = match row.get::<Option<String>>(at)? {
        Some(_) => row.json(at)?,
        None => Timing::default(),
    };
    let kept = timing.memory.kept.into_iter();
    Ok(kept.map(|(name, kept)| (name, kept.left)).collect())
}

/// What was promised in a case, by name.
pub fn terms(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Term>, DbError> {
    tx.query(&TERMS, vals![case], |row| read_term(row, 0))
}

/// The seven columns of a term from `first` on.
pub(crate) fn read_term(row: &Row<'_>, first: usize) -> Result<Term, DbError> {
    let limit: String = row.get(first + 2)?;
    let limit = limit.parse();
    let left: Option<i64> = Option::from_column(row, first + 6)?;
    Ok(Term {
        name: row.get(first)?,
        started_at: row.get(first + 1)?,
        limit: limit.map_err(|_| DbError::Broken("the limit of a term".to_owned()))?,
        first_due_at: row.get(first + 3)?,
        due_at: row.get(first + 4)?,
        met_at: row.get(first + 5)?,
        left: left.map(from_micros),
    })
}

/// Writes what was promised, as far as it changed.
pub(crate) fn update_terms(
    tx: &mut Tx<'_>,
    case: CaseId,
    before: &[Term],
    after: &[Term],
) -> Result<(), DbError> {
    // The same promise: of the same name, made at once with the same first end.
    let is_same = |a: &Term, b: &Term| {
        (&a.name, a.started_at, a.first_due_at) == (&b.name, b.started_at, b.first_due_at)
    };
    for term in before {
        if !after.iter().any(|other| is_same(term, other)) {
            tx.execute_one(&REMOVE_TERM, vals![case, &term.name])?;
        }
    }
    for term in after.iter().filter(|term| !before.contains(term)) {
        let limit = term.limit.to_string();
        tx.execute_one(
            &PUT_TERM,
            vals![
                case,
                &term.name,
                term.started_at,
                &limit,
                term.first_due_at,
                term.due_at,
                term.met_at,
                term.left.map(micros),
            ],
        )?;
    }
    Ok(())
}
