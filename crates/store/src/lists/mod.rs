//! Lists, counts and searches of cases, all within a scope.
//!
//! Open cases come in the order in which they fall due; everything else, and
//! whatever is searched for, comes newest first. A scope is a union of places
//! and units, so a list merges one stream for each: every stream walks an
//! index in the order of the list and stops at the limit.

mod board;
mod lying;
mod newest;
mod past;
mod sql;
mod streams;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::case::Owner;
use huiyin_domain::id::{CaseId, PersonId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

pub(crate) use self::board::ALL as BOARDS;
pub use self::board::{BOARD_CASES_MAX, BoardLine, Horizons, board, board_of_unit};
pub(crate) use self::lying::ALL as LYING;
pub use self::lying::{Lying, lying};
pub(crate) use self::newest::ALL as NEWEST;
use self::newest::by_newest;
pub(crate) use self::past::ALL as PASTS;
pub use self::past::{Past, pasts};
pub(crate) use self::sql::columns;
pub(crate) use self::streams::ALL as STREAMS;
use self::streams::{Window, by_due, streams};
use crate::cases::owner;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A case as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    pub id: CaseId,
    pub version: i64,
    pub kind: String,
    pub stage: String,
    pub place: PlaceCode,
    pub item: Option<ItemCode>,
    pub urgent: bool,
    pub owner: Owner,
    pub opened_unit: Option<UnitId>,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub clock: Option<String>,
    pub clock_started_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub title: String,
    /// Until when its clock stands, if it does.
    pub paused_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Open,
    Closed,
    All,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What falls due first; for open cases without a search.
    #[default]
    Due,
    Newest,
}

/// What a list is narrowed to; by default all open cases.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: State,
    pub order: Order,
    pub kind: Option<String>,
    pub stage: Option<String>,
    /// With everything below it.
    pub item: Option<ItemCode>,
    /// With everything within it.
    pub place: Option<PlaceCode>,
    pub urgent_only: bool,
    /// Only what fell due before this instant.
    pub due_before: Option<Timestamp>,
    /// Only cases that stand in this relation to the scope's units or places
    /// (in the order of due only).
    pub via: Option<Relation>,
    /// Only what this unit owns (in the order of due only).
    pub owner: Option<UnitId>,
    /// All of these words; see `huiyin_insight::query_words`.
    pub words: Vec<String>,
}

/// Where the next page begins: behind this place in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When it falls due, in microseconds; zero in lists newest first.
    pub due_at: i64,
    pub id: i64,
}

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub rows: Vec<CaseRow>,
    pub next: Option<Cursor>,
}

statements! {
    CLAIMS = concat!("SELECT ", columns!(), " FROM cases c \
        WHERE c.closed_at IS NULL AND c.owner_person = $1 ORDER BY c.due_at, c.id LIMIT $2");
}

/// How many columns a line has.
pub(crate) const COLUMNS: usize = 19;

/// The columns of a line.
pub(crate) fn read(row: &Row<'_>) -> Result<CaseRow, DbError> {
    let id: CaseId = row.get(0)?;
    Ok(CaseRow {
        id,
        version: row.get(1)?,
        kind: row.get(2)?,
        stage: row.get(3)?,
        place: row.get(4)?,
        item: row.get(5)?,
        urgent: row.get::<Option<i64>>(6)?.is_some(),
        owner: owner(row.get(7)?, row.get(8)?)
            .ok_or_else(|| DbError::Broken(format!("case {id} has no owner")))?,
        opened_unit: row.get(9)?,
        opened_at: row.get(10)?,
        changed_at: row.get(11)?,
        closed_at: row.get(12)?,
        outcome: row.get(13)?,
        clock: row.get(14)?,
        clock_started_at: row.get(15)?,
        due_at: row.get(16)?,
        title: row.get(17)?,
        paused_until: row.get(18)?,
    })
}

/// A page of the cases in `scope`, at most `limit` long. A page may be short,
/// or even empty, and still have a next one: then much was looked at in vain.
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page, DbError> {
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let window = Window {
        after,
        limit: one_more,
    };
    match filter.order {
        Order::Due if filter.state == State::Open && filter.words.is_empty() => {
            list_by_due(tx, scope, filter, window)
        }
        _ => list_by_newest(tx, scope, filter, window),
    }
}

fn list_by_due(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    window: Window,
) -> Result<Page, DbError> {
    let mut found = BTreeMap::new();
    for stream in streams(scope, filter, Order::Due) {
        for row in by_due(tx, &stream, filter, window, read)? {
            found.insert(
                (row.due_at.map_or(0, Timestamp::as_microsecond), row.id),
                row,
            );
        }
    }
    let limit = usize::try_from(window.limit - 1).unwrap_or(usize::MAX);
    let is_more = found.len() > limit;
    let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().take(limit).unzip();
    let last = keys.last().filter(|_| is_more);
    Ok(Page {
        rows,
        next: last.map(|(due_at, id)| Cursor {
            due_at: *due_at,
            id: id.get(),
        }),
    })
}

fn list_by_newest(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    window: Window,
) -> Result<Page, DbError> {
    let limit = usize::try_from(window.limit - 1).unwrap_or(usize::MAX);
    let mut found: BTreeMap<Reverse<CaseId>, CaseRow> = BTreeMap::new();
    let mut horizon: Option<i64> = None;
    for stream in streams(scope, filter, Order::Newest) {
        // What the streams before gave is a full page down to here.
        let floor = found
            .keys()
            .nth(limit)
            .map_or(i64::MIN, |last| last.0.get());
        let walked = by_newest(tx, &stream, filter, window, floor)?;
        horizon = horizon.max(walked.looked_to);
        found.extend(walked.rows.into_iter().map(|row| (Reverse(row.id), row)));
    }
    // Below the horizon some stream was not looked at, so nothing can be said.
    found.retain(|id, _| horizon.is_none_or(|horizon| id.0.get() >= horizon));
    let is_more = found.len() > limit;
    let rows: Vec<CaseRow> = found.into_values().take(limit).collect();
    let last = if is_more {
        rows.last().map(|row| row.id.get())
    } else {
        horizon
    };
    Ok(Page {
        rows,
        next: last.map(|id| Cursor { due_at: 0, id }),
    })
}

/// An open case, as far as it is counted; in the order in which they fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    pub due_at: Option<Timestamp>,
    pub id: CaseId,
    pub urgent: bool,
}

/// The open cases in `scope` that fall due first, at most `cap`: enough to say how many are
/// open, late and urgent, by one walk that ends.
pub fn heads(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    cap: i64,
) -> Result<Vec<Head>, DbError> {
    let window = Window {
        after: None,
        limit: cap,
    };
    let mut heads: BTreeSet<Head> = BTreeSet::new();
    for stream in streams(scope, filter, Order::Due) {
        heads.extend(by_due(tx, &stream, filter, window, |row| {
            Ok(Head {
                id: row.get(0)?,
                due_at: row.get(1)?,
                urgent: row.get::<Option<i64>>(2)?.is_some(),
            })
        })?);
    }
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    Ok(heads.into_iter().take(cap).collect())
}

/// The open cases that a person owns: the claims of a volunteer.
pub fn claims_of(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<Vec<CaseRow>, DbError> {
    tx.query(&CLAIMS, vals![person, limit], read)
}
