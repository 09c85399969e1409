//! Public cases: what everybody may see. The table has no personal column;
//! place and time are made coarse before they come here, as the kind says.

use huiyin_domain::case::Values;
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use jiff::civil::Date;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCase {
    pub id: CaseId,
    pub kind: String,
    pub stage: String,
    pub place: PlaceCode,
    pub item: Option<ItemCode>,
    pub title: String,
    /// The values of the kind's public fields.
    pub values: Values,
    pub opened_on: Date,
    pub changed_on: Date,
    pub closed_on: Option<Date>,
    pub outcome: Option<String>,
    /// What sort of thing it is: the first of its public choices.
    pub sort: Option<String>,
}

/// Which public cases a page wants.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub kind: String,
    pub open_only: bool,
    pub stage: Option<String>,
    pub place: Option<PlaceCode>,
    pub item: Option<ItemCode>,
    /// Only this sort of thing.
    pub sort: Option<String>,
    /// Older than this one; for the next page.
    pub before: Option<CaseId>,
}

macro_rules! columns {
    () => {
        "id, kind, stage, place, item, title, fields, opened_on, changed_on, closed_on, outcome, sort"
    };
}
macro_rules! wanted {
    () => {
        " FROM public_cases WHERE kind = $1 AND id < $2 AND ($3 = '' OR stage = $3) \
         AND place >= $4 AND place < $5 \
         AND ($6 = '' OR item = $6 OR (item >= $6 || '.' AND item < $6 || '/')) \
         AND ($7 = '' OR sort = $7) "
    };
}

statements! {
    PUT = concat!("INSERT INTO public_cases (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, stage = excluded.stage, \
        place = excluded.place, item = excluded.item, title = excluded.title, \
        fields = excluded.fields, opened_on = excluded.opened_on, \
        changed_on = excluded.changed_on, closed_on = excluded.closed_on, \
        outcome = excluded.outcome, sort = excluded.sort");
    REMOVE = "DELETE FROM public_cases WHERE id = $1";
    READ = concat!("SELECT ", columns!(), " FROM public_cases WHERE id = $1");
    LIST = concat!("SELECT ", columns!(), wanted!(), "ORDER BY id DESC LIMIT $8");
    LIST_OPEN = concat!("SELECT ", columns!(), wanted!(),
        "AND closed_on IS NULL ORDER BY id DESC LIMIT $8");
    COUNT_OPEN = "SELECT sort, count(*) FROM public_cases WHERE kind = $1 \
        AND place >= $2 AND place < $3 AND closed_on IS NULL GROUP BY sort ORDER BY sort";
}

/// Show a case, or show it as it is now.
pub fn put(tx: &mut Tx<'_>, public: &PublicCase) -> Result<(), DbError> {
    tx.execute_one(
        &PUT,
        vals![
            public.id,
            &public.kind,
            &public.stage,
            &public.place,
            public.item.as_ref(),
            &public.title,
            &json(&public.values)?,
            public.opened_on,
            public.changed_on,
            public.closed_on,
            public.outcome.as_ref(),
            public.sort.as_ref(),
        ],
    )
}

/// Show a case no longer; harmless when it was not shown.
pub fn remove(tx: &mut Tx<'_>, id: CaseId) -> Result<(), DbError> {
    tx.execute(&REMOVE, vals![id]).map(drop)
}

fn read_row(row: &Row<'_>) -> Result<PublicCase, DbError> {
    Ok(PublicCase {
        id: row.get(0)?,
        kind: row.get(1)?,
        stage: row.get(2)?,
        place: row.get(3)?,
        item: row.get(4)?,
        title: row.get(5)?,
        values: row.json(6)?,
        opened_on: row.get(7)?,
        changed_on: row.get(8)?,
        closed_on: row.get(9)?,
        outcome: row.get(10)?,
        sort: row.get(11)?,
    })
}

pub fn read(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<PublicCase>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Newest first, at most `limit`.
pub fn list(tx: &mut Tx<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<PublicCase>, DbError> {
    let place = wanted.place.as_ref();
    let from = place.map(PlaceCode::to_string).unwrap_or_default();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    let statement = if wanted.open_only { &LIST_OPEN } else { &LIST };
    tx.query(
        statement,
        vals![
            &wanted.kind,
            wanted.before.map_or(i64::MAX, CaseId::get),
            wanted.stage.as_deref().unwrap_or_default(),
            &from,
            &to,
            wanted.item.as_ref().map_or("", ItemCode::as_str),
            wanted.sort.as_deref().unwrap_or_default(),
            limit,
        ],
        read_row,
    )
}

/// How many open cases of a kind are shown in a place (or anywhere), by the sort of thing.
pub fn count_open(
    tx: &mut Tx<'_>,
    kind: &str,
    place: Option<&PlaceCode>,
) -> Result<Vec<(Option<String>, i64)>, DbError> {
    let from = place.map(PlaceCode::to_string).unwrap_or_default();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    tx.query(&COUNT_OPEN, vals![kind, &from, &to], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
