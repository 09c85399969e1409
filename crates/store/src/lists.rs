//! Lists, counts and searches of cases, all within a scope.
//!
//! Open cases come in the order in which they fall due; everything else, and
//! whatever is searched for, comes newest first. A scope is a union of places
//! and units, so a list merges one stream for each: every stream walks an
//! index in the order of the list and stops at the limit.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::case::Owner;
use huiyin_domain::id::{CaseId, PersonId, UnitId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use crate::cases::owner;
use crate::places::street_of;
use crate::search::{self, Match};
use crate::statements::statements;
use crate::{DbError, Row, Statement, Tx, Val, vals};

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

/// How one owner stands, for the supervision board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLine {
    pub unit: Option<UnitId>,
    pub open: i64,
    pub late: i64,
    /// Not late yet, but before the instant asked for.
    pub soon: i64,
}

/// Open cases that a board looks at; more are not counted.
const BOARD_CASES_MAX: i64 = 20_000;

macro_rules! columns {
    () => {
        "c.id, c.version, c.kind, c.stage, c.place, c.item, c.urgent_at, c.owner_unit, \
         c.owner_person, c.opened_unit, c.opened_at, c.changed_at, c.closed_at, c.outcome, \
         c.clock, c.clock_started_at, c.due_at, c.title"
    };
}
pub(crate) use columns;

/// Conditions $3 to $9, the same in every list.
macro_rules! filters {
    () => {
        " AND ($3 = '' OR c.kind = $3) AND ($4 = '' OR c.stage = $4) \
         AND ($5 = '' OR c.item = $5 OR (c.item >= $5 || '.' AND c.item < $5 || '/')) \
         AND (CAST($6 AS BIGINT) = 0 OR c.urgent_at IS NOT NULL) \
         AND ($7 = 9223372036854775807 OR c.due_at < $7) \
         AND c.place >= $8 AND c.place < $9 "
    };
}

macro_rules! open {
    ($what:expr, $from:expr, $anchor:expr, $limit:expr) => {
        concat!(
            "SELECT ",
            $what,
            " FROM ",
            $from,
            " WHERE c.closed_at IS NULL AND (c.due_at, c.id) > ($1, $2)",
            filters!(),
            $anchor,
            " ORDER BY c.due_at, c.id LIMIT ",
            $limit
        )
    };
}

macro_rules! newest {
    ($what:expr, $from:expr, $key:expr, $anchor:expr, $limit:expr) => {
        concat!(
            "SELECT ",
            $what,
            " FROM ",
            $from,
            " WHERE ",
            $key,
            " < $1",
            " AND ($2 = '' OR ($2 = 'open' AND c.closed_at IS NULL) \
              OR ($2 = 'closed' AND c.closed_at IS NOT NULL))",
            filters!(),
            $anchor,
            " ORDER BY ",
            $key,
            " DESC LIMIT ",
            $limit
        )
    };
}

macro_rules! called {
    () => {
        "calls k JOIN cases c ON c.id = k.case_id"
    };
}
macro_rules! reached {
    () => {
        "case_units u JOIN cases c ON c.id = u.case_id"
    };
}
macro_rules! found {
    () => {
        "search CROSS JOIN cases c"
    };
}
macro_rules! is_called {
    () => {
        "AND k.unit = $10 AND k.ended_at IS NULL"
    };
}
macro_rules! matches_sqlite {
    () => {
        "AND c.id = search.rowid AND search MATCH $10"
    };
}
macro_rules! matches_postgres {
    () => {
        "AND c.id = search.rowid AND search.words @@ CAST(CAST($10 AS TEXT) AS tsquery)"
    };
}
macro_rules! concerns {
    () => {
        " AND EXISTS (SELECT 1 FROM case_units u WHERE u.unit = $11 AND u.case_id = c.id)"
    };
}

statements! {
    OPEN_OF_OWNER = open!(columns!(), "cases c", "AND c.owner_unit = $10", "$11");
    OPEN_OF_OPENER = open!(columns!(), "cases c", "AND c.opened_unit = $10", "$11");
    OPEN_OF_CALLED = open!(columns!(), called!(), is_called!(), "$11");
    OPEN_IN_STREET = open!(columns!(), "cases c", "AND c.street = $10", "$11");
    OPEN_ANYWHERE = open!(columns!(), "cases c", "", "$10");
    IDS_OF_OWNER = open!("c.id", "cases c", "AND c.owner_unit = $10", "$11");
    IDS_OF_OPENER = open!("c.id", "cases c", "AND c.opened_unit = $10", "$11");
    IDS_OF_CALLED = open!("c.id", called!(), is_called!(), "$11");
    IDS_IN_STREET = open!("c.id", "cases c", "AND c.street = $10", "$11");
    IDS_ANYWHERE = open!("c.id", "cases c", "", "$10");
    NEWEST = newest!(columns!(), "cases c", "c.id", "", "$10");
    NEWEST_OF_UNIT = newest!(columns!(), reached!(), "u.case_id", "AND u.unit = $10", "$11");
    FOUND = newest!(columns!(), found!(), "search.rowid", matches_sqlite!(), "$11"),
        postgres = newest!(columns!(), found!(), "search.rowid", matches_postgres!(), "$11");
    FOUND_OF_UNIT =
        newest!(columns!(), found!(), "search.rowid", concat!(matches_sqlite!(), concerns!()), "$12"),
        postgres =
        newest!(columns!(), found!(), "search.rowid", concat!(matches_postgres!(), concerns!()), "$12");
    CLAIMS = concat!("SELECT ", columns!(), " FROM cases c \
        WHERE c.closed_at IS NULL AND c.owner_person = $1 ORDER BY c.due_at, c.id LIMIT $2");
    BOARD = "SELECT b.owner_unit, count(*), \
        CAST(sum(CASE WHEN b.due_at < $1 THEN 1 ELSE 0 END) AS BIGINT), \
        CAST(sum(CASE WHEN b.due_at >= $1 AND b.due_at < $2 THEN 1 ELSE 0 END) AS BIGINT) \
        FROM (SELECT c.owner_unit, c.due_at FROM cases c \
            WHERE c.closed_at IS NULL AND c.place >= $3 AND c.place < $4 \
            ORDER BY c.due_at, c.id LIMIT $5) b \
        GROUP BY b.owner_unit ORDER BY b.owner_unit";
}

/// The eighteen columns of a line.
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
    })
}

/// One index to walk: the cases of a unit in one relation, of a place, or all.
#[derive(Debug, Clone)]
enum Stream {
    Owner(UnitId),
    Opener(UnitId),
    Called(UnitId),
    /// Any relation, for lists newest first.
    Unit(UnitId),
    Place(PlaceCode),
    Everything,
}

fn streams(scope: &Scope, filter: &Filter, order: Order) -> Vec<Stream> {
    let wanted = |relation| filter.via.is_none_or(|via| via == relation);
    let mut streams = Vec::new();
    if scope.is_everything() && filter.via.is_none_or(|via| via == Relation::Any) {
        streams.push(Stream::Everything);
    }
    let narrow = |place: &PlaceCode| match &filter.place {
        Some(inner) if inner.is_within(place) => Some(inner.clone()),
        Some(outer) if !place.is_within(outer) => None,
        _ => Some(place.clone()),
    };
    if wanted(Relation::Place) {
        streams.extend(scope.places().iter().filter_map(narrow).map(Stream::Place));
    }
    for &unit in scope.units() {
        if order == Order::Newest {
            streams.push(Stream::Unit(unit));
            continue;
        }
        if wanted(Relation::Own) {
            streams.push(Stream::Owner(unit));
        }
        if wanted(Relation::Opened) {
            streams.push(Stream::Opener(unit));
        }
        if wanted(Relation::Called) {
            streams.push(Stream::Called(unit));
        }
    }
    streams
}

/// The filter's nine first parameters, with what they borrow from.
struct Bound {
    first: [i64; 2],
    state: &'static str,
    kind: String,
    stage: String,
    item: String,
    urgent: i64,
    due_before: i64,
    from: String,
    to: String,
}

impl Bound {
    fn new(filter: &Filter, first: [i64; 2], stream: &Stream) -> Self {
        let place = match stream {
            Stream::Place(place) => Some(place),
            _ => filter.place.as_ref(),
        };
        Self {
            first,
            state: match filter.state {
                State::Open => "open",
                State::Closed => "closed",
                State::All => "",
            },
            kind: filter.kind.clone().unwrap_or_default(),
            stage: filter.stage.clone().unwrap_or_default(),
            item: filter
                .item
                .as_ref()
                .map(ItemCode::to_string)
                .unwrap_or_default(),
            urgent: i64::from(filter.urgent_only),
            due_before: filter
                .due_before
                .map_or(i64::MAX, Timestamp::as_microsecond),
            from: place.map(PlaceCode::to_string).unwrap_or_default(),
            // Codes are digits, and the colon is what follows them.
            to: place.map_or_else(|| ":".to_owned(), PlaceCode::range_end),
        }
    }

    fn vals<'b>(&'b self, second: Val<'b>, rest: &[Val<'b>]) -> Vec<Val<'b>> {
        let mut vals = vec![
            self.first[0].into(),
            second,
            (&self.kind).into(),
            (&self.stage).into(),
            (&self.item).into(),
            self.urgent.into(),
            self.due_before.into(),
            (&self.from).into(),
            (&self.to).into(),
        ];
        vals.extend_from_slice(rest);
        vals
    }
}

/// A page of the cases in `scope`, at most `limit` long.
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page, DbError> {
    let order = match filter.order {
        Order::Due if filter.state == State::Open && filter.words.is_empty() => Order::Due,
        _ => Order::Newest,
    };
    let fetch = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut found = BTreeMap::new();
    for stream in streams(scope, filter, order) {
        let rows = match order {
            Order::Due => by_due(tx, &stream, filter, after, fetch, read)?,
            Order::Newest => by_newest(tx, &stream, filter, after, fetch)?,
        };
        for row in rows {
            let key = match order {
                Order::Due => (
                    row.due_at.map_or(0, Timestamp::as_microsecond),
                    row.id.get(),
                ),
                Order::Newest => (0, -row.id.get()),
            };
            found.insert(key, row);
        }
    }
    let more = found.len() > limit;
    let rows: Vec<CaseRow> = found.into_values().take(limit).collect();
    let next = rows.last().filter(|_| more).map(|last| Cursor {
        due_at: match order {
            Order::Due => last.due_at.map_or(0, Timestamp::as_microsecond),
            Order::Newest => 0,
        },
        id: last.id.get(),
    });
    Ok(Page { rows, next })
}

/// How many open cases the filter leaves in `scope`; `cap` means "or more".
pub fn count_open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    cap: i64,
) -> Result<i64, DbError> {
    let mut ids: BTreeSet<CaseId> = BTreeSet::new();
    for stream in streams(scope, filter, Order::Due) {
        ids.extend(by_due(tx, &stream, filter, None, cap, |row| {
            row.get::<CaseId>(0)
        })?);
    }
    Ok(i64::try_from(ids.len()).unwrap_or(cap).min(cap))
}

/// Reads lines or, if `T` is an id, ids only.
fn by_due<T: Line>(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
    read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let first = after.map_or([i64::MIN, 0], |after| [after.due_at, after.id]);
    let bound = Bound::new(filter, first, stream);
    let id = Val::Int(first[1]);
    let of_unit = |unit: &UnitId| bound.vals(id, &[unit.get().into(), limit.into()]);
    let (statement, vals) = match stream {
        Stream::Owner(unit) => (&T::STATEMENTS[0], of_unit(unit)),
        Stream::Opener(unit) | Stream::Unit(unit) => (&T::STATEMENTS[1], of_unit(unit)),
        Stream::Called(unit) => (&T::STATEMENTS[2], of_unit(unit)),
        Stream::Place(place) if place.level() >= Level::Street => (
            &T::STATEMENTS[3],
            bound.vals(id, &[street_of(place).into(), limit.into()]),
        ),
        Stream::Place(_) | Stream::Everything => {
            (&T::STATEMENTS[4], bound.vals(id, &[limit.into()]))
        }
    };
    tx.query(statement, &vals, read)
}

/// What the statements of [`by_due`] select.
trait Line {
    /// Of owner, opener, called; in a street; anywhere.
    const STATEMENTS: [&'static Statement; 5];
}

impl Line for CaseRow {
    const STATEMENTS: [&'static Statement; 5] = [
        &OPEN_OF_OWNER,
        &OPEN_OF_OPENER,
        &OPEN_OF_CALLED,
        &OPEN_IN_STREET,
        &OPEN_ANYWHERE,
    ];
}

impl Line for CaseId {
    const STATEMENTS: [&'static Statement; 5] = [
        &IDS_OF_OWNER,
        &IDS_OF_OPENER,
        &IDS_OF_CALLED,
        &IDS_IN_STREET,
        &IDS_ANYWHERE,
    ];
}

fn by_newest(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<CaseRow>, DbError> {
    let before = after.map_or(i64::MAX, |after| after.id);
    let bound = Bound::new(filter, [before, 0], stream);
    let place = match stream {
        Stream::Place(place) => Some(place),
        _ => filter.place.as_ref(),
    };
    let text = Match {
        words: &filter.words,
        kind: filter.kind.as_deref(),
        place,
    };
    let is_indexed = !filter.words.is_empty() || matches!(stream, Stream::Place(_));
    let text = if is_indexed {
        search::query(&text, tx.engine())
    } else {
        String::new()
    };
    if is_indexed && text.is_empty() {
        return Ok(Vec::new());
    }
    let state = Val::Text(bound.state);
    let limit = Val::Int(limit);
    match (stream, is_indexed) {
        (Stream::Unit(unit), false) => tx.query(
            &NEWEST_OF_UNIT,
            &bound.vals(state, &[(*unit).into(), limit]),
            read,
        ),
        (Stream::Unit(unit), true) => {
            let rest = [(&text).into(), (*unit).into(), limit];
            tx.query(&FOUND_OF_UNIT, &bound.vals(state, &rest), read)
        }
        (_, true) => tx.query(&FOUND, &bound.vals(state, &[(&text).into(), limit]), read),
        (_, false) => tx.query(&NEWEST, &bound.vals(state, &[limit]), read),
    }
}

/// The open cases that a person owns: the claims of a volunteer.
pub fn claims_of(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<Vec<CaseRow>, DbError> {
    tx.query(&CLAIMS, vals![person, limit], read)
}

/// How the owners of open cases stand, as far as `scope` has places.
pub fn board(
    tx: &mut Tx<'_>,
    scope: &Scope,
    now: Timestamp,
    soon: Timestamp,
) -> Result<Vec<BoardLine>, DbError> {
    let mut lines: BTreeMap<Option<UnitId>, BoardLine> = BTreeMap::new();
    let mut ranges: Vec<_> = scope
        .places()
        .iter()
        .map(|place| (place.to_string(), place.range_end()))
        .collect();
    if scope.is_everything() {
        ranges = vec![(String::new(), ":".to_owned())];
    }
    for (from, to) in ranges {
        tx.each(
            &BOARD,
            vals![now, soon, &from, &to, BOARD_CASES_MAX],
            |row| {
                let unit = row.get(0)?;
                let line = lines.entry(unit).or_insert(BoardLine {
                    unit,
                    open: 0,
                    late: 0,
                    soon: 0,
                });
                line.open += row.get::<i64>(1)?;
                line.late += row.get::<i64>(2)?;
                line.soon += row.get::<i64>(3)?;
                Ok(())
            },
        )?;
    }
    Ok(lines.into_values().collect())
}
