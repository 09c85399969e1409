//! Histories of many cases at once, without a word that anybody wrote: for figures that are
//! counted anew from what happened.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::Scope;
use huiyin_domain::case::KindHash;
use huiyin_domain::id::CaseId;
use jiff::Timestamp;

use crate::archives;
use crate::entries::Entry;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Statement, Tx, Val, vals};

/// One line of the history of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub case: CaseId,
    /// The kind of the case as it is now; what it was before stands in the shapes.
    pub kind_hash: KindHash,
    pub at: Timestamp,
    pub step: String,
    pub to: String,
    pub shape: String,
    number: i64,
}

/// Which cases, and how many at most.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Cases in which something happened since then, or that are open.
    pub since: Timestamp,
    /// Cases that had come in by then; their lines come whole, because what a case has become
    /// since says how the lines before are to be read.
    pub until: Timestamp,
    /// Nothing is read of a place or unit that has more.
    pub cases_max: i64,
}

/// Whether the histories were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    All,
    /// There are more cases than may be read in one go.
    TooMany,
}

/// Open cases and closed ones are asked for apart, so that each question has an index of its own
/// and what was closed before the window is never looked at.
macro_rules! open {
    () => {
        "FROM cases c WHERE c.closed_at IS NULL AND c.opened_at <= $1 \
         AND c.place >= $2 AND c.place < $3"
    };
}

macro_rules! closed {
    () => {
        "FROM cases c WHERE c.closed_at IS NOT NULL AND c.opened_at <= $1 \
         AND c.place >= $2 AND c.place < $3 AND c.changed_at >= $4"
    };
}

macro_rules! of_unit {
    () => {
        "FROM case_units u JOIN cases c ON c.id = u.case_id WHERE u.unit = $1 \
         AND c.opened_at <= $2 AND (c.closed_at IS NULL OR c.changed_at >= $3)"
    };
}

/// What a unit owned before another did: what it did with it still counts to it.
macro_rules! once_of_unit {
    () => {
        "FROM former_units u JOIN cases c ON c.id = u.case_id WHERE u.unit = $1 \
         AND c.opened_at <= $2 AND (c.closed_at IS NULL OR c.changed_at >= $3) \
         AND NOT EXISTS (SELECT 1 FROM case_units r WHERE r.unit = u.unit AND r.case_id = c.id)"
    };
}

/// The sum keeps SQLite from walking over all cases in their order instead of the few wanted.
macro_rules! lines {
    ($cases:expr) => {
        concat!(
            "SELECT w.id, v.hash, e.at, e.step, e.to_stage, e.shape, e.number \
             FROM (SELECT c.id, c.kind_version ",
            $cases,
            ") w JOIN kind_versions v ON v.id = w.kind_version \
             JOIN entries e ON e.case_id = w.id ORDER BY w.id + 0, e.number"
        )
    };
}

macro_rules! count {
    ($cases:expr, $limit:literal) => {
        concat!(
            "SELECT COUNT(*) FROM (SELECT c.id ",
            $cases,
            " LIMIT ",
            $limit,
            ") few"
        )
    };
}

statements! {
    OPEN = lines!(open!());
    CLOSED = lines!(closed!());
    OF_UNIT = lines!(of_unit!());
    ONCE_OF_UNIT = lines!(once_of_unit!());
    COUNT_OPEN = count!(open!(), "$4");
    COUNT_CLOSED = count!(closed!(), "$5");
    COUNT_OF_UNIT = count!(of_unit!(), "$4");
    COUNT_ONCE_OF_UNIT = count!(once_of_unit!(), "$4");
}

/// The histories of the cases in a scope: each case's lines together, in order, each case once.
pub fn histories(
    tx: &mut Tx<'_>,
    scope: &Scope,
    window: Window,
    mut take: impl FnMut(CaseId, &[HistoryLine]) -> Result<(), DbError>,
) -> Result<Extent, DbError> {
    let Window { since, until, .. } = window;
    let ranges = ranges(scope);
    if count(tx, scope, &ranges, window)? > window.cases_max {
        return Ok(Extent::TooMany);
    }
    let mut told = Told::default();
    for (from, to) in &ranges {
        let vals = vals![until, from, to];
        tx.each(&OPEN, vals, |row| told.line(read(row)?, &mut take))?;
        told.end(&mut take)?;
        let vals = vals![until, from, to, since];
        tx.each(&CLOSED, vals, |row| told.line(read(row)?, &mut take))?;
        told.end(&mut take)?;
    }
    for &unit in scope.units() {
        for cases in [&OF_UNIT, &ONCE_OF_UNIT] {
            let vals = vals![unit, until, since];
            tx.each(cases, vals, |row| told.line(read(row)?, &mut take))?;
            told.end(&mut take)?;
        }
    }
    told.rest(tx, &mut take)?;
    Ok(Extent::All)
}

/// How many cases would be read; counting stops where it is too many.
fn count(
    tx: &mut Tx<'_>,
    scope: &Scope,
    ranges: &[(String, String)],
    window: Window,
) -> Result<i64, DbError> {
    let Window { since, until, .. } = window;
    let limit = window.cases_max.saturating_add(1);
    let mut sum = 0;
    for (from, to) in ranges {
        sum += number(tx, &COUNT_OPEN, vals![until, from, to, limit])?;
        sum += number(tx, &COUNT_CLOSED, vals![until, from, to, since, limit])?;
    }
    for &unit in scope.units() {
        for cases in [&COUNT_OF_UNIT, &COUNT_ONCE_OF_UNIT] {
            sum += number(tx, cases, vals![unit, until, since, limit])?;
        }
    }
    Ok(sum)
}

fn number(tx: &mut Tx<'_>, count: &Statement, values: &[Val<'_>]) -> Result<i64, DbError> {
    let found = tx.query_one(count, values, |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}

/// The case whose lines are being read, and those that have been told.
#[derive(Default)]
struct Told {
    lines: Vec<HistoryLine>,
    cases: BTreeSet<CaseId>,
    /// Histories of which some lines lie in an archive.
    parted: Vec<Vec<HistoryLine>>,
}

impl Told {
    fn line(
        &mut self,
        line: HistoryLine,
        take: &mut impl FnMut(CaseId, &[HistoryLine]) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        if self.lines.last().is_some_and(|last| last.case != line.case) {
            self.end(take)?;
        }
        self.lines.push(line);
        Ok(())
    }

    fn end(
        &mut self,
        take: &mut impl FnMut(CaseId, &[HistoryLine]) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let lines = std::mem::take(&mut self.lines);
        let Some(last) = lines.last() else {
            return Ok(());
        };
        let is_whole = i64::try_from(lines.len()).is_ok_and(|count| count == last.number);
        match self.cases.insert(last.case) {
            true if is_whole => take(last.case, &lines)?,
            true => self.parted.push(lines),
            false => {}
        }
        Ok(())
    }

    /// Tells what lies in archives, each history with its lines that are here.
    fn rest(
        self,
        tx: &mut Tx<'_>,
        take: &mut impl FnMut(CaseId, &[HistoryLine]) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        for here in self.parted {
            let Some(last) = here.last() else { continue };
            let (case, kind_hash) = (last.case, last.kind_hash);
            let there = archives::of_case(tx, case, 1)?.into_iter();
            let there = there.map(|entry| HistoryLine::of(entry, kind_hash));
            let all = there.chain(here).map(|line| (line.number, line));
            let all: BTreeMap<i64, HistoryLine> = all.collect();
            take(case, &all.into_values().collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

impl HistoryLine {
    fn of(entry: Entry, kind_hash: KindHash) -> Self {
        Self {
            case: entry.case,
            kind_hash,
            at: entry.at,
            step: entry.step,
            to: entry.to,
            shape: entry.shape,
            number: entry.number,
        }
    }
}

fn read(row: &Row<'_>) -> Result<HistoryLine, DbError> {
    Ok(HistoryLine {
        case: row.get(0)?,
        kind_hash: row.get(1)?,
        at: row.get(2)?,
        step: row.get(3)?,
        to: row.get(4)?,
        shape: row.get(5)?,
        number: row.get(6)?,
    })
}
