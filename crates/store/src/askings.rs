//! How asking went, for a community: counts by state and by reason, never by person; and what
//! waits for somebody.

use huiyin_domain::access::Scope;
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    WAITING = "SELECT c.id, c.title, c.place, c.opened_at, \
        (SELECT count(*) FROM proposals o WHERE o.case_id = c.id AND o.state = 'open') \
        FROM public_cases p JOIN cases c ON c.id = p.id \
        WHERE p.kind = $1 AND p.closed_on IS NULL AND p.stage = $2 \
        AND p.place >= $3 AND p.place < $4 ORDER BY p.id LIMIT $5";
    DECLINED = "SELECT COALESCE(why, ''), count(*) FROM proposals \
        WHERE state = 'declined' AND community >= $1 AND community < $2 AND ended_at >= $3 \
        GROUP BY COALESCE(why, '') ORDER BY COALESCE(why, '')";
    ENDED = "SELECT state, count(*) FROM proposals \
        WHERE community >= $1 AND community < $2 AND made_at >= $3 GROUP BY state ORDER BY state";
}

/// A case that has found nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub case: CaseId,
    pub title: String,
    pub place: PlaceCode,
    pub opened_at: Timestamp,
    /// How many are asked now.
    pub asked: i64,
}

/// Cases of a kind at a stage in the scope, the oldest first.
pub fn waiting(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (kind, stage): (&str, &str),
    limit: i64,
) -> Result<Vec<Waiting>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        let page = tx.query(&WAITING, vals![kind, stage, &from, &to, limit], |row| {
            Ok(Waiting {
                case: row.get(0)?,
                title: row.get(1)?,
                place: row.get(2)?,
                opened_at: row.get(3)?,
                asked: row.get(4)?,
            })
        })?;
        found.extend(page);
    }
    Ok(found)
}

/// How often each reason was given for declining, in the scope since an instant. Without a
/// reason: an empty word.
pub fn declined(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, DbError> {
    counted(tx, &DECLINED, scope, since)
}

/// How many proposals made since an instant stand how, in the scope.
pub fn ended(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, DbError> {
    counted(tx, &ENDED, scope, since)
}

fn counted(
    tx: &mut Tx<'_>,
    statement: &'static crate::Statement,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, DbError> {
    let mut found = std::collections::BTreeMap::new();
    for (from, to) in ranges(scope) {
        let lines: Vec<(String, i64)> = tx.query(statement, vals![&from, &to, since], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        for (word, count) in lines {
            *found.entry(word).or_insert(0) += count;
        }
    }
    Ok(found.into_iter().collect())
}
