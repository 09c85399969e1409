//! Errands: the version of a procedure under which a case goes on, and where each paper is.

use huiyin_domain::case::PaperMoved;
use huiyin_domain::id::CaseId;
use huiyin_domain::procedure::PaperState;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    BEGIN = "INSERT INTO errands (case_id, procedure, version) VALUES ($1, $2, $3)";
    LIST = "INSERT INTO errand_papers (case_id, number, name, state, changed_at) \
        VALUES ($1, $2, $3, $4, $5)";
    READ = "SELECT procedure, version FROM errands WHERE case_id = $1";
    PAPERS = "SELECT number, name, state, changed_at FROM errand_papers \
        WHERE case_id = $1 ORDER BY number";
    PUT = "UPDATE errand_papers SET state = $1, changed_at = $2 \
        WHERE case_id = $3 AND number = $4";
    MOVE = "INSERT INTO errand_paper_moves (case_id, number, turn, entry, state, at) \
        SELECT $1, $2, COALESCE(max(turn), 0) + 1, $3, $4, $5 FROM errand_paper_moves \
        WHERE case_id = $1 AND number = $2";
    MOVES = "SELECT number, state, at FROM errand_paper_moves \
        WHERE case_id = $1 ORDER BY at, entry, number, turn";
    FORGET = "UPDATE errand_papers SET name = NULL WHERE case_id = $1 AND name IS NOT NULL";
    OUT_OF_CLOSED = "SELECT p.case_id FROM errand_papers p JOIN cases c ON c.id = p.case_id \
        WHERE p.state IN ('held', 'filed') AND c.closed_at IS NOT NULL LIMIT 1";
    NOT_AS_MOVED = "SELECT p.case_id FROM errand_papers p WHERE p.state <> COALESCE(\
        (SELECT m.state FROM errand_paper_moves m WHERE m.case_id = p.case_id \
        AND m.number = p.number ORDER BY m.turn DESC LIMIT 1), 'listed') LIMIT 1";
}

/// A paper of an errand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub number: u32,
    /// What came out of the errand; the papers of the procedure are named by its version.
    pub name: Option<String>,
    pub state: PaperState,
    pub changed_at: Timestamp,
}

/// A paper changed hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub number: u32,
    pub state: PaperState,
    pub at: Timestamp,
}

fn number(row: &Row<'_>, position: usize) -> Result<u32, DbError> {
    let number: i64 = row.get(position)?;
    u32::try_from(number).map_err(|_| DbError::Column {
        position,
        what: "no number of a paper".to_owned(),
    })
}

/// A case goes on under a version of a procedure, which asks for so many papers.
pub fn begin(
    tx: &mut Tx<'_>,
    case: CaseId,
    (procedure, version): (&str, i64),
    papers: u32,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&BEGIN, vals![case, procedure, version])?;
    for number in 1..=papers {
        let listed = PaperState::Listed;
        let nameless: Option<&String> = None;
        tx.execute_one(&LIST, vals![case, i64::from(number), nameless, listed, at])?;
    }
    Ok(())
}

/// The procedure of a case with its version, if it is an errand.
pub fn read(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<(String, i64)>, DbError> {
    tx.query_one(&READ, vals![case], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub fn papers(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Paper>, DbError> {
    tx.query(&PAPERS, vals![case], |row| {
        Ok(Paper {
            number: number(row, 0)?,
            name: row.get(1)?,
            state: row.get(2)?,
            changed_at: row.get(3)?,
        })
    })
}

/// Every move, in the order in which they happened.
pub fn moves(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Moved>, DbError> {
    tx.query(&MOVES, vals![case], |row| {
        Ok(Moved {
            number: number(row, 0)?,
            state: row.get(1)?,
            at: row.get(2)?,
        })
    })
}

/// A paper is in other hands from here on.
pub fn put(
    tx: &mut Tx<'_>,
    (case, entry): (CaseId, i64),
    moved: &PaperMoved,
    at: Timestamp,
) -> Result<(), DbError> {
    let (number, word) = (i64::from(moved.paper), moved.to);
    tx.execute_one(&PUT, vals![word, at, case, number])?;
    tx.execute_one(&MOVE, vals![case, number, entry, word, at])
}

/// Something came out of it, and whoever fetched it holds it.
pub fn receive(
    tx: &mut Tx<'_>,
    (case, entry): (CaseId, i64),
    (number, name): (u32, &str),
    at: Timestamp,
) -> Result<(), DbError> {
    let (number, held) = (i64::from(number), PaperState::Held);
    tx.execute_one(&LIST, vals![case, number, Some(name), held, at])?;
    tx.execute_one(&MOVE, vals![case, number, entry, held, at])
}

/// What was personal in it is gone.
pub fn forget(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute(&FORGET, vals![case]).map(drop)
}

/// Whether every paper is where its moves say, and none is out of a case that is closed.
pub fn are_accounted_for(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    for fault in [&OUT_OF_CLOSED, &NOT_AS_MOVED] {
        let found: Option<CaseId> = tx.query_one(fault, &[], |row| row.get(0))?;
        if found.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}
