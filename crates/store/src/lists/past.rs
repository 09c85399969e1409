//! What lies behind the cases of a page: the ends of their histories, their calls, whether their
//! owners have opened them and whether their clocks stand. Read for many cases at once, so that
//! a board costs the same few statements however long it is.

use std::collections::BTreeMap;

use huiyin_domain::access::Scope;
use huiyin_domain::case::{Call, Owner};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::supervision::{Line, Standstill};
use jiff::Timestamp;
use serde::Deserialize;

use super::CaseRow;
use crate::archives;
use crate::calls;
use crate::statements::statements;
use crate::{DbError, Tx, Val};

/// So many cases are asked about in one statement.
const AT_ONCE: usize = 25;
/// So much of a history is looked at, from its end.
const LINES_MAX: i64 = 60;

macro_rules! these {
    () => {
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
         $20, $21, $22, $23, $24, $25)"
    };
}

statements! {
    HISTORIES = concat!("SELECT e.case_id, e.at, e.to_stage, e.unit, e.acting, e.shape, e.number \
        FROM cases c JOIN entries e ON e.case_id = c.id WHERE c.id IN ", these!(),
        " AND e.number > c.version - $26 ORDER BY e.case_id, e.number");
    CALLS = concat!("SELECT k.case_id, k.unit, k.role, k.state, k.due_at, k.late_at, k.rating \
        FROM calls k WHERE k.ended_at IS NULL AND k.case_id IN ", these!(),
        " ORDER BY k.case_id, k.unit");
    NOW = concat!("SELECT c.id, r.at, c.paused_for, c.paused_until FROM cases c \
        LEFT JOIN reads r ON r.case_id = c.id AND r.unit = c.owner_unit WHERE c.id IN ", these!());
}

/// What lies behind one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The end of its history, the oldest line first.
    pub history: Vec<Line>,
    pub calls: Vec<Call>,
    /// When somebody of the owner last opened it.
    pub read_at: Option<Timestamp>,
    /// When its clock stands.
    pub paused: Option<Standstill>,
}

/// Of an entry's shape, what is looked at.
#[derive(Deserialize)]
struct Shape {
    owner: Option<Owner>,
}

/// What lies behind each of these rows, which some list gave within a scope.
pub fn pasts(
    tx: &mut Tx<'_>,
    _within: &Scope,
    rows: &[CaseRow],
) -> Result<BTreeMap<CaseId, Past>, DbError> {
    let mut pasts: BTreeMap<CaseId, Past> =
        rows.iter().map(|row| (row.id, Past::default())).collect();
    for some in rows.chunks(AT_ONCE) {
        let mut ids: Vec<Val<'_>> = some.iter().map(|row| row.id.into()).collect();
        ids.resize(AT_ONCE, Val::Null);
        let with_end = [&ids[..], &[Val::Int(LINES_MAX)]].concat();
        for (case, history) in histories(tx, &with_end)? {
            if let Some(past) = pasts.get_mut(&case) {
                past.history = history.into_values().collect();
            }
        }
        tx.each(&CALLS, &ids, |row| {
            let call = calls::read(row, 1)?;
            if let Some(past) = pasts.get_mut(&row.get(0)?) {
                past.calls.push(call);
            }
            Ok(())
        })?;
        tx.each(&NOW, &ids, |row| {
            let (why, until) = (row.get(2)?, row.get(3)?);
            if let Some(past) = pasts.get_mut(&row.get(0)?) {
                past.read_at = row.get(1)?;
                past.paused = Option::zip(why, until).map(|(why, until)| Standstill { why, until });
            }
            Ok(())
        })?;
    }
    Ok(pasts)
}

/// The ends of histories by the numbers of their lines, with what of them lies in archives.
fn histories(
    tx: &mut Tx<'_>,
    ids_and_end: &[Val<'_>],
) -> Result<BTreeMap<CaseId, BTreeMap<i64, Line>>, DbError> {
    let mut found: BTreeMap<CaseId, BTreeMap<i64, Line>> = BTreeMap::new();
    tx.each(&HISTORIES, ids_and_end, |row| {
        let history = found.entry(row.get(0)?).or_default();
        let moved = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (acting, shape): (String, String) = (row.get(4)?, row.get(5)?);
        history.insert(row.get(6)?, line(moved, &acting, &shape)?);
        Ok(())
    })?;
    for (case, history) in &mut found {
        let last = history.keys().next_back().copied().unwrap_or(0);
        let wanted = last.min(LINES_MAX);
        if i64::try_from(history.len()).is_ok_and(|count| count >= wanted) {
            continue;
        }
        for entry in archives::of_case(tx, *case, last - wanted + 1)? {
            let line = line(
                (entry.at, entry.to, entry.unit),
                &entry.acting,
                &entry.shape,
            )?;
            history.entry(entry.number).or_insert(line);
        }
    }
    Ok(found)
}

fn line(
    (at, stage, unit): (Timestamp, String, Option<UnitId>),
    acting: &str,
    shape: &str,
) -> Result<Line, DbError> {
    let shape: Shape = serde_json::from_str(shape)
        .map_err(|fault| DbError::Broken(format!("the shape of an entry: {fault}")))?;
    Ok(Line {
        at,
        stage,
        unit,
        by_clock: acting == "clock",
        owner: shape.owner,
    })
}
