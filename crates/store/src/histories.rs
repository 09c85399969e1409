//! Histories of many cases at once, without a word that anybody wrote: for figures that are
//! counted anew from what happened.

use std::collections::BTreeSet;

use huiyin_domain::access::Scope;
use huiyin_domain::case::KindHash;
use huiyin_domain::id::CaseId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

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
}

/// Which cases, and what is known of them.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Cases in which something happened since then, or that are open.
    pub since: Timestamp,
    /// Cases that had come in by then; their lines come whole, because what a case has become
    /// since says how the lines before are to be read.
    pub until: Timestamp,
}

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT c.id, v.hash, e.at, e.step, e.to_stage, e.shape \
            FROM cases c JOIN kind_versions v ON v.id = c.kind_version \
            JOIN entries e ON e.case_id = c.id \
            WHERE c.opened_at <= $1 AND (c.closed_at IS NULL OR c.changed_at >= $2) AND ",
            $which,
            " ORDER BY c.id, e.number"
        )
    };
}

statements! {
    IN_PLACE = lines!("c.place >= $3 AND c.place < $4");
    OF_UNIT = lines!("c.id IN (SELECT u.case_id FROM case_units u WHERE u.unit = $3)");
}

/// The histories of the cases in a scope: each case's lines together, in order, each case once.
pub fn histories(
    tx: &mut Tx<'_>,
    scope: &Scope,
    window: Window,
    mut take: impl FnMut(CaseId, &[HistoryLine]) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let Window { since, until } = window;
    let mut told = Told::default();
    if scope.is_everything() {
        let vals = vals![until, since, "", ":"];
        tx.each(&IN_PLACE, vals, |row| told.line(read(row)?, &mut take))?;
    }
    for place in scope.places() {
        let end = place.range_end();
        let vals = vals![until, since, place, &end];
        tx.each(&IN_PLACE, vals, |row| told.line(read(row)?, &mut take))?;
        told.end(&mut take)?;
    }
    for &unit in scope.units() {
        let vals = vals![until, since, unit];
        tx.each(&OF_UNIT, vals, |row| told.line(read(row)?, &mut take))?;
        told.end(&mut take)?;
    }
    told.end(&mut take)
}

/// The case whose lines are being read, and those that have been told.
#[derive(Default)]
struct Told {
    lines: Vec<HistoryLine>,
    cases: BTreeSet<CaseId>,
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
        match lines.first().map(|line| line.case) {
            Some(case) if self.cases.insert(case) => take(case, &lines),
            _ => Ok(()),
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
    })
}
