//! Entries: a case's history, numbered without gaps and chained by hash.
//! Triggers refuse every change but the erasure of a text.

use huiyin_domain::case::{Acting, EntryShape, Hash, entry_hash, text_hash};
use huiyin_domain::id::{CaseId, PersonId, PostId, UnitId};
use jiff::Timestamp;

use crate::archives;
use crate::cases::Loaded;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A line of history as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub case: CaseId,
    pub number: i64,
    pub at: Timestamp,
    pub step: String,
    /// In which capacity: `Acting::word`.
    pub acting: String,
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    /// Who acted, where no post did.
    pub person: Option<PersonId>,
    pub from: Option<String>,
    pub to: String,
    /// JSON, without any personal text.
    pub shape: String,
    pub hash: Hash,
    pub text_hash: Option<Hash>,
    pub salt: Option<Vec<u8>>,
    /// JSON of the values handed in; `None` when there were none or they
    /// were erased.
    pub text: Option<String>,
}

/// A line of history to be written.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    pub case: CaseId,
    /// The case's version after the step.
    pub number: i64,
    pub at: Timestamp,
    pub step: &'a str,
    pub acting: &'a Acting,
    pub from: Option<&'a str>,
    pub to: &'a str,
    pub shape: &'a str,
    pub text: Option<Text<'a>>,
}

/// What was handed in, as JSON, with the salt of its hash.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub salt: &'a [u8; 16],
    pub json: &'a str,
}

statements! {
    APPEND = "INSERT INTO entries (case_id, number, at, step, acting, post, unit, person, \
        from_stage, to_stage, shape, hash, text_hash, salt, text) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    LIST = "SELECT case_id, number, at, step, acting, post, unit, person, from_stage, to_stage, \
        shape, hash, text_hash, salt, text FROM entries WHERE case_id = $1 ORDER BY number";
    LIST_FROM = "SELECT case_id, number, at, step, acting, post, unit, person, from_stage, \
        to_stage, shape, hash, text_hash, salt, text FROM entries \
        WHERE case_id = $1 AND number >= $2 ORDER BY number";
    ERASE = "UPDATE entries SET text = NULL, salt = NULL WHERE case_id = $1 AND text IS NOT NULL";
}

/// Add the next line after the one with hash `before` (`FIRST` at opening);
/// gives the new line's hash.
pub fn append(tx: &mut Tx<'_>, entry: &NewEntry<'_>, before: &Hash) -> Result<Hash, DbError> {
    let (post, person) = match entry.acting {
        Acting::Post(held) => (Some(held.post), None),
        Acting::Person(person) => (None, Some(*person)),
        _ => (None, None),
    };
    let unit = entry.acting.unit();
    let text_hash = entry.text.map(|text| text_hash(text.salt, text.json));
    let hash = entry_hash(
        before,
        &EntryShape {
            case: entry.case,
            number: entry.number,
            at: entry.at,
            step: entry.step,
            acting: entry.acting.word(),
            post,
            unit,
            from: entry.from,
            to: entry.to,
            shape: entry.shape,
            text_hash,
        },
    );
    tx.execute_one(
        &APPEND,
        vals![
            entry.case,
            entry.number,
            entry.at,
            entry.step,
            entry.acting.word(),
            post,
            unit,
            person,
            entry.from,
            entry.to,
            entry.shape,
            &hash,
            text_hash.as_ref(),
            entry.text.map(|text| text.salt),
            entry.text.map(|text| text.json),
        ],
    )?;
    Ok(hash)
}

/// The fifteen columns of an entry.
pub(crate) fn read(row: &Row<'_>) -> Result<Entry, DbError> {
    Ok(Entry {
        case: row.get(0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        step: row.get(3)?,
        acting: row.get(4)?,
        post: row.get(5)?,
        unit: row.get(6)?,
        person: row.get(7)?,
        from: row.get(8)?,
        to: row.get(9)?,
        shape: row.get(10)?,
        hash: row.get(11)?,
        text_hash: row.get(12)?,
        salt: row.get(13)?,
        text: row.get(14)?,
    })
}

/// What of a history is in the database itself.
pub(crate) fn here(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Entry>, DbError> {
    tx.query(&LIST, vals![case], read)
}

/// The whole history of a case that the caller may see.
pub fn list(tx: &mut Tx<'_>, case: &Loaded) -> Result<Vec<Entry>, DbError> {
    let here = here(tx, case.view.id)?;
    archives::whole(tx, case.view.id, 1, here)
}

/// The history of a case that the caller may see, from an entry on.
pub fn list_from(tx: &mut Tx<'_>, case: &Loaded, number: i64) -> Result<Vec<Entry>, DbError> {
    let here = tx.query(&LIST_FROM, vals![case.view.id, number], read)?;
    archives::whole(tx, case.view.id, number.max(1), here)
}

/// Take all texts of a case away; numbers, shapes and hashes stay.
pub fn erase_texts(tx: &mut Tx<'_>, case: CaseId) -> Result<u64, DbError> {
    archives::forget(tx, case)?;
    tx.execute(&ERASE, vals![case])
}
