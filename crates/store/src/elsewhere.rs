//! The parts of histories that other installations keep: entries without their texts, sealed as
//! they are there. A source is the installation whose case it is, or the token with which one
//! that works for us brought them. Triggers refuse every change.

use huiyin_domain::case::{Head, Link};
use huiyin_domain::id::CaseId;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// An entry of another installation, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Far {
    /// The case that is the same matter here.
    pub case: CaseId,
    /// The number of the installation, or of the token.
    pub source: i64,
    /// The case as it is numbered there.
    pub theirs: CaseId,
    pub link: Link,
}

macro_rules! columns {
    () => {
        "case_id, source, theirs, number, at, step, acting, post, unit, from_stage, to_stage, \
        shape, hash, text_hash"
    };
}

statements! {
    INSERT = concat!("INSERT INTO elsewhere (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
    OF_CASE = concat!("SELECT ", columns!(), " FROM elsewhere WHERE case_id = $1 \
        ORDER BY source, number");
    BETWEEN = concat!("SELECT ", columns!(), " FROM elsewhere \
        WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, source, number");
    HEAD = "SELECT theirs, number, hash FROM elsewhere WHERE case_id = $1 AND source = $2 \
        ORDER BY number DESC LIMIT 1";
    HASH = "SELECT hash FROM elsewhere WHERE case_id = $1 AND source = $2 AND number = $3";
}

pub fn insert(tx: &mut Tx<'_>, far: &Far) -> Result<(), DbError> {
    let link = &far.link;
    tx.execute_one(
        &INSERT,
        vals![
            far.case,
            far.source,
            far.theirs,
            link.number,
            link.at,
            &link.step,
            &link.acting,
            link.post,
            link.unit,
            link.from.as_ref(),
            &link.to,
            &link.shape,
            &link.hash,
            link.text_hash.as_ref(),
        ],
    )
}

fn read(row: &Row<'_>) -> Result<Far, DbError> {
    Ok(Far {
        case: row.get(0)?,
        source: row.get(1)?,
        theirs: row.get(2)?,
        link: Link {
            number: row.get(3)?,
            at: row.get(4)?,
            step: row.get(5)?,
            acting: row.get(6)?,
            post: row.get(7)?,
            unit: row.get(8)?,
            from: row.get(9)?,
            to: row.get(10)?,
            shape: row.get(11)?,
            hash: row.get(12)?,
            text_hash: row.get(13)?,
        },
    })
}

/// What is known here of a case's parts elsewhere, each part from its first entry on.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Far>, DbError> {
    tx.query(&OF_CASE, vals![case], read)
}

/// The same for all cases after `last` up to `until`.
pub fn between(tx: &mut Tx<'_>, last: Option<CaseId>, until: CaseId) -> Result<Vec<Far>, DbError> {
    let last = last.map_or(0, CaseId::get);
    tx.query(&BETWEEN, vals![last, until], read)
}

/// As which case a source knows it, and how far its part is known here.
pub fn head(tx: &mut Tx<'_>, case: CaseId, source: i64) -> Result<Option<(CaseId, Head)>, DbError> {
    tx.query_one(&HEAD, vals![case, source], |row| {
        let head = Head {
            number: row.get(1)?,
            hash: row.get(2)?,
        };
        Ok((row.get(0)?, head))
    })
}

/// How an entry was sealed when it came here.
pub fn hash(
    tx: &mut Tx<'_>,
    case: CaseId,
    (source, number): (i64, i64),
) -> Result<Option<[u8; 32]>, DbError> {
    tx.query_one(&HASH, vals![case, source, number], |row| row.get(0))
}
