//! Looks: every time somebody looked behind the seal, with the reason. Whoever
//! brought the case in can read them.

use huiyin_domain::id::{CaseId, LookId, PersonId, PostId, UnitId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, FromColumn, Row, Statement, Tx, Val, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub id: LookId,
    pub at: Timestamp,
    pub case: CaseId,
    pub person: PersonId,
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    /// A word of the caller: petitioner, caller, …
    pub what: String,
    pub purpose: String,
}

macro_rules! columns {
    () => {
        "id, at, case_id, person, post, unit, what, purpose"
    };
}

statements! {
    INSERT = concat!("INSERT INTO looks (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    OF_CASE = concat!("SELECT ", columns!(), " FROM looks WHERE case_id = $1 ORDER BY id DESC");
    LATEST = concat!("SELECT ", columns!(), " FROM looks WHERE id < $1 ORDER BY id DESC LIMIT $2");
}

pub fn insert(tx: &mut Tx<'_>, look: &Look) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            look.id,
            look.at,
            look.case,
            look.person,
            look.post,
            look.unit,
            &look.what,
            &look.purpose,
        ],
    )
}

fn read_row(row: &Row<'_>) -> Result<Look, DbError> {
    Ok(Look {
        id: row.get(0)?,
        at: row.get(1)?,
        case: row.get(2)?,
        person: row.get(3)?,
        post: row.get(4)?,
        unit: row.get(5)?,
        what: row.get(6)?,
        purpose: row.get(7)?,
    })
}

/// Who looked, and why; for whoever brought the case in.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Look>, DbError> {
    tx.query(&OF_CASE, vals![case], read_row)
}

/// Newest first, for the auditor.
pub fn latest(tx: &mut Tx<'_>, before: Option<LookId>, limit: i64) -> Result<Vec<Look>, DbError> {
    tx.query(
        &LATEST,
        vals![before.map_or(i64::MAX, LookId::get), limit],
        read_row,
    )
}

/// A look behind a seal that keeps its looks in a table of its own, with these columns in this
/// order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAt<S> {
    pub id: LookId,
    pub at: Timestamp,
    /// What lies behind the seal.
    pub of: S,
    pub person: PersonId,
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    pub purpose: String,
}

pub(crate) fn keep<'v, S>(
    tx: &mut Tx<'_>,
    statement: &'static Statement,
    look: &'v LookAt<S>,
) -> Result<(), DbError>
where
    S: Copy + Into<Val<'v>>,
{
    let of: Val<'v> = look.of.into();
    tx.execute_one(
        statement,
        vals![
            look.id,
            look.at,
            of,
            look.person,
            look.post,
            look.unit,
            &look.purpose,
        ],
    )
}

/// Newest first, behind one of them.
pub(crate) fn latest_at<S: FromColumn>(
    tx: &mut Tx<'_>,
    statement: &'static Statement,
    (before, limit): (Option<LookId>, i64),
) -> Result<Vec<LookAt<S>>, DbError> {
    let before = before.map_or(i64::MAX, LookId::get);
    tx.query(statement, vals![before, limit], read_at)
}

pub(crate) fn read_at<S: FromColumn>(row: &Row<'_>) -> Result<LookAt<S>, DbError> {
    Ok(LookAt {
        id: row.get(0)?,
        at: row.get(1)?,
        of: row.get(2)?,
        person: row.get(3)?,
        post: row.get(4)?,
        unit: row.get(5)?,
        purpose: row.get(6)?,
    })
}
