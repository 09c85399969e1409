//! Answers that were looked over: what a program noticed in each, which were chosen to be read
//! by somebody, and what they found. Counted by unit, never by person.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A reason to look at an answer, with the words that raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    pub rule: String,
    /// Words of the answer or of what was asked: personal, gone when the case is erased.
    pub because: Vec<String>,
}

/// An answer as a program has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<'a> {
    pub case: CaseId,
    pub entry: i64,
    pub kind: &'a str,
    pub place: &'a PlaceCode,
    pub unit: Option<UnitId>,
    pub answered_at: Timestamp,
    pub print: Option<i64>,
    pub flags: &'a [Flag],
    /// When it was chosen to be read by somebody.
    pub chosen_at: Option<Timestamp>,
}

/// An answer that waits for somebody, or that somebody opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    pub case: CaseId,
    pub entry: i64,
    pub kind: String,
    pub place: PlaceCode,
    pub unit: Option<UnitId>,
    pub answered_at: Timestamp,
    pub flags: Vec<Flag>,
    pub title: String,
    /// What was checked so far, by the key of each question.
    pub checks: BTreeMap<String, String>,
    pub done_at: Option<Timestamp>,
}

/// What was found in the answers of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    pub answers: i64,
    pub flagged: i64,
    pub inspected: i64,
    pub checks_yes: i64,
    pub checks_of: i64,
}

macro_rules! columns {
    () => {
        "i.case_id, i.entry, i.kind, i.place, i.unit, i.answered_at, i.flags, c.title, \
        i.checks, i.done_at FROM inspections i JOIN cases c ON c.id = i.case_id"
    };
}

statements! {
    ADD = "INSERT INTO inspections (case_id, entry, kind, place, unit, answered_at, print, flags, \
        flags_count, chosen_at, checks_yes, checks_of) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0) ON CONFLICT DO NOTHING";
    SAME = "SELECT count(*) FROM (SELECT case_id FROM inspections \
        WHERE print = $1 AND case_id <> $2 LIMIT 100) AS same";
    WAITING = concat!("SELECT ", columns!(), " WHERE i.place >= $1 AND i.place < $2 \
        AND i.chosen_at IS NOT NULL AND i.done_at IS NULL \
        ORDER BY i.flags_count DESC, i.answered_at, i.case_id LIMIT $3");
    OF_CASE = concat!("SELECT ", columns!(), " WHERE i.case_id = $1 \
        ORDER BY i.entry DESC LIMIT 1");
    CHECKED = "UPDATE inspections SET checks = $1, checks_yes = $2, checks_of = $3 \
        WHERE case_id = $4 AND entry = $5";
    DONE = "UPDATE inspections SET done_at = $1 WHERE case_id = $2 AND done_at IS NULL \
        AND entry = (SELECT max(l.entry) FROM inspections l WHERE l.case_id = $3)";
    BLANK = "UPDATE inspections SET flags = '[]', print = NULL WHERE case_id = $1";
    FIGURES = "SELECT unit, count(*), \
        CAST(sum(CASE WHEN flags_count > 0 THEN 1 ELSE 0 END) AS BIGINT), \
        CAST(sum(CASE WHEN done_at IS NULL THEN 0 ELSE 1 END) AS BIGINT), \
        CAST(sum(checks_yes) AS BIGINT), CAST(sum(checks_of) AS BIGINT) \
        FROM inspections WHERE place >= $1 AND place < $2 AND answered_at >= $3 \
        GROUP BY unit ORDER BY unit";
}

/// Keep what was read in an answer; once is enough.
pub fn add(tx: &mut Tx<'_>, read: &Read<'_>) -> Result<(), DbError> {
    let flags = json(&read.flags)?;
    let count = i64::try_from(read.flags.len()).unwrap_or(i64::MAX);
    let vals = vals![
        read.case,
        read.entry,
        read.kind,
        read.place,
        read.unit,
        read.answered_at,
        read.print,
        &flags,
        count,
        read.chosen_at,
    ];
    tx.execute(&ADD, vals).map(drop)
}

/// How many answers of other cases have this print, counted up to a hundred.
pub fn same(tx: &mut Tx<'_>, print: i64, case: CaseId) -> Result<i64, DbError> {
    let count = tx.query_one(&SAME, vals![print, case], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Chosen answers in the scope that nobody has read yet, those with most flags first.
pub fn waiting(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Inspection>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&WAITING, vals![&from, &to, limit], read_row)?);
    }
    found.sort_by_key(|row: &Inspection| (Reverse(row.flags.len()), row.answered_at, row.case));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// The last answer of a case.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Inspection>, DbError> {
    tx.query_one(&OF_CASE, vals![case], read_row)
}

/// What somebody checked in an answer: yes or no to each question.
pub fn checked(
    tx: &mut Tx<'_>,
    (case, entry): (CaseId, i64),
    checks: &BTreeMap<String, String>,
) -> Result<(), DbError> {
    let yes = checks.values().filter(|word| *word == "yes").count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (yes, of, checks) = (count(yes), count(checks.len()), json(checks)?);
    tx.execute_one(&CHECKED, vals![&checks, yes, of, case, entry])
}

/// Somebody has read the last answer of a case, and told the unit.
pub fn done(tx: &mut Tx<'_>, case: CaseId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&DONE, vals![at, case, case]).map(drop)
}

/// Take the words away that raised flags; how many there were stays.
pub fn blank(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute(&BLANK, vals![case]).map(drop)
}

/// What was found since an instant in the scope, by unit; none: a volunteer.
pub fn figures(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Timestamp,
) -> Result<BTreeMap<Option<UnitId>, Figures>, DbError> {
    let mut found: BTreeMap<Option<UnitId>, Figures> = BTreeMap::new();
    for (from, to) in ranges(scope) {
        tx.each(&FIGURES, vals![&from, &to, since], |row| {
            let line = found.entry(row.get(0)?).or_default();
            line.answers += row.get::<i64>(1)?;
            line.flagged += row.get::<i64>(2)?;
            line.inspected += row.get::<i64>(3)?;
            line.checks_yes += row.get::<i64>(4)?;
            line.checks_of += row.get::<i64>(5)?;
            Ok(())
        })?;
    }
    Ok(found)
}

fn read_row(row: &Row<'_>) -> Result<Inspection, DbError> {
    let checks: Option<String> = row.get(8)?;
    let checks = checks.map(|_| row.json(8)).transpose()?;
    Ok(Inspection {
        case: row.get(0)?,
        entry: row.get(1)?,
        kind: row.get(2)?,
        place: row.get(3)?,
        unit: row.get(4)?,
        answered_at: row.get(5)?,
        flags: row.json(6)?,
        title: row.get(7)?,
        checks: checks.unwrap_or_default(),
        done_at: row.get(9)?,
    })
}
