//! Collections: lists of many cases that a unit brought at once, line by line.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CaseId, CollectionId, PersonId, UnitId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A list that a unit brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    pub id: CollectionId,
    pub unit: UnitId,
    pub person: PersonId,
    pub place: PlaceCode,
    pub kind: String,
    pub title: String,
    pub brought_at: Timestamp,
    pub line_count: i64,
}

macro_rules! columns {
    () => {
        "id, unit, person, place, kind, title, brought_at, line_count"
    };
}

statements! {
    INSERT = concat!("INSERT INTO collections (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    READ = concat!("SELECT ", columns!(), " FROM collections WHERE id = $1");
    WITHIN = concat!("SELECT ", columns!(), " FROM collections \
        WHERE place >= $1 AND place < $2 ORDER BY id DESC LIMIT $3");
    ADD_LINE = "INSERT INTO collection_lines (collection, line, case_id, print) \
        VALUES ($1, $2, $3, $4)";
    LINES = "SELECT line, case_id FROM collection_lines WHERE collection = $1 ORDER BY line";
    OF_PRINT = "SELECT collection FROM collection_lines WHERE print = $1";
    MISCOUNTED = "SELECT c.id FROM collections c WHERE c.line_count <> \
        (SELECT count(*) FROM collection_lines l WHERE l.collection = c.id) LIMIT 1";
}

pub fn insert(tx: &mut Tx<'_>, collection: &Collection) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            collection.id,
            collection.unit,
            collection.person,
            &collection.place,
            &collection.kind,
            &collection.title,
            collection.brought_at,
            collection.line_count,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: CollectionId) -> Result<Option<Collection>, DbError> {
    tx.query_one(&READ, vals![id], row)
}

/// What was brought in the places of a scope, the newest first.
pub fn in_scope(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Collection>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&WITHIN, vals![&from, &to, limit], row)?);
    }
    found.sort_by_key(|collection| std::cmp::Reverse(collection.id));
    found.dedup_by_key(|collection| collection.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// Notes that a line became this case.
pub fn add_line(
    tx: &mut Tx<'_>,
    (collection, line): (CollectionId, i64),
    case: CaseId,
    print: &str,
) -> Result<(), DbError> {
    tx.execute_one(&ADD_LINE, vals![collection, line, case, print])
}

/// The lines by their numbers, each with its case.
pub fn lines(tx: &mut Tx<'_>, id: CollectionId) -> Result<Vec<(i64, CaseId)>, DbError> {
    tx.query(&LINES, vals![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The list in which this very line was brought before.
pub fn of_print(tx: &mut Tx<'_>, print: &str) -> Result<Option<CollectionId>, DbError> {
    tx.query_one(&OF_PRINT, vals![print], |row| row.get(0))
}

/// Whether every list has as many lines as it says.
pub fn are_whole(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let wrong: Option<CollectionId> = tx.query_one(&MISCOUNTED, &[], |row| row.get(0))?;
    Ok(wrong.is_none())
}

fn row(row: &Row<'_>) -> Result<Collection, DbError> {
    Ok(Collection {
        id: row.get(0)?,
        unit: row.get(1)?,
        person: row.get(2)?,
        place: row.get(3)?,
        kind: row.get(4)?,
        title: row.get(5)?,
        brought_at: row.get(6)?,
        line_count: row.get(7)?,
    })
}
