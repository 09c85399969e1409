//! Notices: letters to somebody about a case. The letter's words are made
//! when it is delivered or shown; here is only who gets which.

use huiyin_domain::case::Recipient;
use huiyin_domain::id::{CaseId, NoticeId, PersonId, UnitId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub case: CaseId,
    /// The entry that caused it.
    pub entry: i64,
    pub whom: Recipient,
    pub letter: String,
    pub made_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, case_id, entry, whom, unit, person, letter, made_at, sent_at, read_at"
    };
}

statements! {
    INSERT = "INSERT INTO notices (id, case_id, entry, whom, unit, person, letter, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    READ = concat!("SELECT ", columns!(), " FROM notices WHERE id = $1");
    UNSENT_BESIDE = concat!("SELECT ", columns!(), " FROM notices WHERE sent_at IS NULL \
        AND case_id = (SELECT n.case_id FROM notices n WHERE n.id = $1) \
        AND entry = (SELECT n.entry FROM notices n WHERE n.id = $1) ORDER BY id");
    SENT = "UPDATE notices SET sent_at = $1 WHERE id = $2";
}

#[expect(
    clippy::too_many_arguments,
    reason = "one for each column, no two of one type"
)]
pub fn insert(
    tx: &mut Tx<'_>,
    id: NoticeId,
    case: CaseId,
    entry: i64,
    whom: Recipient,
    letter: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let (word, unit, person) = match whom {
        Recipient::Petitioner => ("petitioner", None, None),
        Recipient::Unit(unit) => ("unit", Some(unit), None),
        Recipient::Person(person) => ("person", None, Some(person)),
    };
    tx.execute_one(
        &INSERT,
        vals![id, case, entry, word, unit, person, letter, now],
    )
}

fn read_row(row: &Row<'_>) -> Result<Notice, DbError> {
    let unit: Option<UnitId> = row.get(4)?;
    let person: Option<PersonId> = row.get(5)?;
    let whom = unit
        .map(Recipient::Unit)
        .or(person.map(Recipient::Person))
        .unwrap_or(Recipient::Petitioner);
    Ok(Notice {
        id: row.get(0)?,
        case: row.get(1)?,
        entry: row.get(2)?,
        whom,
        letter: row.get(6)?,
        made_at: row.get(7)?,
        sent_at: row.get(8)?,
        read_at: row.get(9)?,
    })
}

pub fn read(tx: &mut Tx<'_>, id: NoticeId) -> Result<Option<Notice>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Those of the entry that caused `id`, itself among them, whose readers have not been found.
pub fn unsent_beside(tx: &mut Tx<'_>, id: NoticeId) -> Result<Vec<Notice>, DbError> {
    tx.query(&UNSENT_BESIDE, vals![id], read_row)
}

/// Whoever it is for will be told.
pub fn sent(tx: &mut Tx<'_>, id: NoticeId, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&SENT, vals![now, id])
}
