//! List and count the cases that an actor may see: the inbox, the search, the exports.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Relation, Scope, scope};
use huiyin_domain::id::{PersonId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_insight::query_words;
use huiyin_store::lists;
use huiyin_store::{DbError, Tx};
use jiff::{SignedDuration, Timestamp};

use super::names::named_places;
use crate::supervision::board::horizons;
use crate::{App, Error, Refusal};

use huiyin_store::lists::Head;
pub use huiyin_store::lists::{
    BOARD_CASES_MAX, BoardLine, CaseRow, Cursor, Filter, Horizons, Order, State,
};

/// How many rows one page may have.
pub const ROWS_MAX: usize = 200;
/// At the top of a list so many are counted, those that fall due first, and then "or more".
pub const COUNT_MAX: i64 = 500;

/// What list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub filter: Filter,
    /// What somebody typed into the search box.
    pub text: String,
    pub after: Option<Cursor>,
    pub limit: usize,
}

/// A page of a list, with the names that its rows speak of.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<CaseRow>,
    pub next: Option<Cursor>,
    pub units: BTreeMap<UnitId, Names>,
    /// With what each is told by, see [`PlaceCode::told_by`].
    pub places: BTreeMap<PlaceCode, Names>,
}

/// Lists the cases that the actor may see.
pub async fn list(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    let scope = permit(actor)?;
    let mut filter = request.filter;
    filter.words.extend(query_words(&request.text));
    if filter.words.is_empty() && !request.text.trim().is_empty() {
        return Ok(Reply::default());
    }
    let limit = request.limit.clamp(1, ROWS_MAX);
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let page = lists::list(tx, &scope, &filter, request.after, limit)?;
        named(&inner, tx, page.rows, page.next)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The open cases that a volunteer has taken over.
pub async fn claims(app: &App, person: PersonId) -> Result<Reply, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let rows = lists::claims_of(tx, person, i64::try_from(ROWS_MAX).unwrap_or(i64::MAX))?;
        named(&inner, tx, rows, None)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Adds the names of the units and places that the rows speak of.
pub(crate) fn named(
    app: &App,
    tx: &mut Tx<'_>,
    rows: Vec<CaseRow>,
    next: Option<Cursor>,
) -> Result<Reply, DbError> {
    let atlas = app.atlas(tx)?;
    let ids = rows
        .iter()
        .flat_map(|row| row.owner.unit().into_iter().chain(row.opened_unit));
    let units = ids
        .filter_map(|id| atlas.unit(id).map(|unit| (id, unit.names.clone())))
        .collect();
    let codes: Vec<PlaceCode> = rows.iter().flat_map(|row| row.place.told_by()).collect();
    let places = named_places(tx, &codes)?;
    let places = places
        .into_iter()
        .map(|place| (place.code, place.names))
        .collect();
    Ok(Reply {
        rows,
        next,
        units,
        places,
    })
}

/// How much is open, among the cases that fall due first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub late: i64,
    /// Not late yet, but within a day.
    pub soon: i64,
    pub urgent: i64,
    /// Whether there may be more than was counted.
    pub is_capped: bool,
}

/// Counts the open cases that the actor may see; at most `cap`, those that fall due first.
pub async fn counts(app: &App, actor: &Actor, filter: Filter, cap: i64) -> Result<Counts, Error> {
    let scope = permit(actor)?;
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| -> Result<Counts, DbError> {
        let soon = now
            .saturating_add(SignedDuration::from_hours(24))
            .unwrap_or(now);
        let base = Filter {
            state: State::Open,
            order: Order::Due,
            words: Vec::new(),
            ..filter
        };
        let heads = lists::heads(tx, &scope, &base, cap)?;
        let count = |fits: &dyn Fn(&Head) -> bool| {
            let count = heads.iter().filter(|head| fits(head)).count();
            i64::try_from(count).unwrap_or(cap)
        };
        let before = |head: &Head, end| head.due_at.is_some_and(|due| due < end);
        Ok(Counts {
            open: count(&|_| true),
            late: count(&|head| before(head, now)),
            soon: count(&|head| before(head, soon) && !before(head, now)),
            urgent: count(&|head| head.urgent),
            is_capped: count(&|_| true) >= cap,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// How the owners of open cases stand, in the places that the actor looks after; for whoever looks
/// after no place, how their own units stand.
pub async fn board(app: &App, actor: &Actor) -> Result<Vec<BoardLine>, Error> {
    let scope = scope(actor, Action::FiguresRead);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let now = app.now();
    let horizons = horizons(&app.config, now);
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        let mut lines = lists::board(tx, &scope, now, horizons)?;
        if scope.places().is_empty() {
            for &unit in scope.units() {
                if scope.reaches(unit, Relation::Own) {
                    lines.extend(lists::board_of_unit(tx, unit, now, horizons)?);
                }
            }
        }
        Ok(lines)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn permit(actor: &Actor) -> Result<Scope, Refusal> {
    let scope = scope(actor, Action::CaseList);
    match scope.is_nothing() {
        true => Err(Refusal::NotPermitted),
        false => Ok(scope),
    }
}

/// Whether the clock of a row has run out.
pub fn is_late(row: &CaseRow, now: Timestamp) -> bool {
    row.closed_at.is_none() && row.due_at.is_some_and(|due| due < now)
}
