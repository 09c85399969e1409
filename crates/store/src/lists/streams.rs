//! The streams of which a list is the union: each walks one index in the order
//! of the list, from the cursor to the limit.

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use super::sql::{
    called, columns, concerns, filters, found, is_called, matches_postgres, matches_sqlite, newest,
    open, reached,
};
use super::{CaseRow, Cursor, Filter, Order, State, read};
use crate::places::street_of;
use crate::search::{self, Match};
use crate::statements::statements;
use crate::{DbError, Row, Statement, Tx, Val};

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) after: Option<Cursor>,
    pub(super) limit: i64,
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
}

/// One index to walk: the cases of a unit in one relation, of a place, or all.
#[derive(Debug, Clone)]
pub(super) enum Stream {
    Owner(UnitId),
    Opener(UnitId),
    Called(UnitId),
    /// Any relation, for lists newest first.
    Unit(UnitId),
    Place(PlaceCode),
    Everything,
}

pub(super) fn streams(scope: &Scope, filter: &Filter, order: Order) -> Vec<Stream> {
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

/// Reads lines or, if `T` is an id, ids only.
pub(super) fn by_due<T: Line>(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    window: Window,
    read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let limit = window.limit;
    let first = window
        .after
        .map_or([i64::MIN, 0], |after| [after.due_at, after.id]);
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
pub(super) trait Line {
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

pub(super) fn by_newest(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    window: Window,
) -> Result<Vec<CaseRow>, DbError> {
    let before = window.after.map_or(i64::MAX, |after| after.id);
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
    let limit = Val::Int(window.limit);
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
