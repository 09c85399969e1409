//! Samples: photos that a checklist or a procedure shows, for as long as any version does.

use huiyin_domain::id::{ChecklistId, FileId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What shows a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Checklist(ChecklistId),
    Procedure(String),
}

impl Of {
    fn parts(&self) -> (Option<ChecklistId>, Option<&str>) {
        match self {
            Of::Checklist(id) => (Some(*id), None),
            Of::Procedure(slug) => (None, Some(slug)),
        }
    }
}

statements! {
    KEEP = "INSERT INTO samples (file, checklist, procedure, kept_at) VALUES ($1, $2, $3, $4)";
    OF = "SELECT checklist, procedure FROM samples WHERE file = $1";
    COUNT_OF_CHECKLIST = "SELECT count(*) FROM samples WHERE checklist = $1";
    COUNT_OF_PROCEDURE = "SELECT count(*) FROM samples WHERE procedure = $1";
}

/// A photo that is kept already is [`DbError::Conflict`].
pub fn keep(tx: &mut Tx<'_>, of: &Of, file: FileId, now: Timestamp) -> Result<(), DbError> {
    let (checklist, procedure) = of.parts();
    tx.execute_one(&KEEP, vals![file, checklist, procedure, now])
}

/// What shows this photo; none when it is no sample.
pub fn of(tx: &mut Tx<'_>, file: FileId) -> Result<Option<Of>, DbError> {
    let read = |row: &Row<'_>| {
        let (checklist, procedure): (Option<ChecklistId>, Option<String>) =
            (row.get(0)?, row.get(1)?);
        Ok(match (checklist, procedure) {
            (Some(id), _) => Of::Checklist(id),
            (None, slug) => Of::Procedure(slug.unwrap_or_default()),
        })
    };
    tx.query_one(&OF, vals![file], read)
}

/// How many photos something shows or ever showed.
pub fn count(tx: &mut Tx<'_>, of: &Of) -> Result<i64, DbError> {
    let count = match of {
        Of::Checklist(id) => tx.query_one(&COUNT_OF_CHECKLIST, vals![*id], |row| row.get(0))?,
        Of::Procedure(slug) => tx.query_one(&COUNT_OF_PROCEDURE, vals![slug], |row| row.get(0))?,
    };
    Ok(count.unwrap_or(0))
}
