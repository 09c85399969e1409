//! Follow-up calls: which closed cases a rule has chosen, how often somebody tried, what came of
//! it. What was said lies in the history of the case.

use huiyin_domain::access::Scope;
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A case that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub case: CaseId,
    pub kind: String,
    pub place: PlaceCode,
    pub chosen_at: Timestamp,
    /// A word of the caller: unjudged, share.
    pub why: String,
    pub tries: i64,
    pub tried_at: Option<Timestamp>,
    pub title: String,
    pub outcome: Option<String>,
}

statements! {
    CHOOSE = "INSERT INTO follow_ups (case_id, kind, place, chosen_at, why, tries) \
        VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (case_id) DO NOTHING";
    WAITS = "SELECT tries FROM follow_ups WHERE case_id = $1 AND done_at IS NULL";
    TRIED = "UPDATE follow_ups SET tries = tries + 1, tried_at = $1 \
        WHERE case_id = $2 AND done_at IS NULL";
    END = "UPDATE follow_ups SET done_at = $1, result = $2 \
        WHERE case_id = $3 AND done_at IS NULL";
    WAITING = "SELECT f.case_id, f.kind, f.place, f.chosen_at, f.why, f.tries, f.tried_at, \
        c.title, c.outcome \
        FROM follow_ups f JOIN cases c ON c.id = f.case_id \
        WHERE f.done_at IS NULL AND f.place >= $1 AND f.place < $2 \
        ORDER BY f.chosen_at, f.case_id LIMIT $3";
    RESULTS = "SELECT result, count(*) FROM follow_ups \
        WHERE done_at >= $1 AND place >= $2 AND place < $3 GROUP BY result ORDER BY result";
}

/// A case to be called about, unless it was chosen before.
pub fn choose(
    tx: &mut Tx<'_>,
    (case, kind): (CaseId, &str),
    place: &PlaceCode,
    why: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(&CHOOSE, vals![case, kind, place, at, why])
        .map(drop)
}

/// How often somebody tried, when the case waits for a call.
pub fn tries_of_waiting(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<i64>, DbError> {
    tx.query_one(&WAITS, vals![case], |row| row.get(0))
}

/// Nobody answered, this time.
pub fn tried(tx: &mut Tx<'_>, case: CaseId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&TRIED, vals![at, case])
}

/// The case waits no longer; whether it did.
pub fn end(tx: &mut Tx<'_>, case: CaseId, result: &str, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&END, vals![at, result, case])? > 0)
}

/// The cases in the scope that wait for a call, those that wait longest first.
pub fn waiting(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<FollowUp>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&WAITING, vals![&from, &to, limit], read)?);
    }
    found.sort_by_key(|row| (row.chosen_at, row.case));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// How often each result came since an instant, in the scope.
pub fn results(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, DbError> {
    let mut found = std::collections::BTreeMap::new();
    for (from, to) in ranges(scope) {
        let lines: Vec<(String, i64)> = tx.query(&RESULTS, vals![since, &from, &to], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        for (result, count) in lines {
            *found.entry(result).or_insert(0) += count;
        }
    }
    Ok(found.into_iter().collect())
}

fn read(row: &Row<'_>) -> Result<FollowUp, DbError> {
    Ok(FollowUp {
        case: row.get(0)?,
        kind: row.get(1)?,
        place: row.get(2)?,
        chosen_at: row.get(3)?,
        why: row.get(4)?,
        tries: row.get(5)?,
        tried_at: row.get(6)?,
        title: row.get(7)?,
        outcome: row.get(8)?,
    })
}
