//! The streams of which a list is the union: each walks one index in the order
//! of the list, from the cursor to the limit.

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use super::sql::{
    called, columns, concerns, every_id, filters, head, ids_found_postgres, ids_found_sqlite,
    ids_of_unit, ids_tried_postgres, ids_tried_sqlite, is_called, newest, open, span,
};
use super::{CaseRow, Cursor, Filter, Head, Order, State, read};
use crate::places::street_of;
use crate::search::{self, Match};
use crate::statements::statements;
use crate::{DbError, Row, Statement, Tx, Val, vals};

/// Cases looked at for one page of a list newest first. Whoever asks for what
/// is rare among what is common gets a short page and a cursor to go on.
const LOOKED_AT_MAX: i64 = 20_000;
/// A unit with no more cases than this has each of them tried when it looks
/// for words; a larger one has its cases picked out of what is found.
const TRIED_MAX: i64 = 400;

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
    HEADS_OF_OWNER = open!(head!(), "cases c", "AND c.owner_unit = $10", "$11");
    HEADS_OF_OPENER = open!(head!(), "cases c", "AND c.opened_unit = $10", "$11");
    HEADS_OF_CALLED = open!(head!(), called!(), is_called!(), "$11");
    HEADS_IN_STREET = open!(head!(), "cases c", "AND c.street = $10", "$11");
    HEADS_ANYWHERE = open!(head!(), "cases c", "", "$10");
    NEWEST = newest!(every_id!(), "", " LIMIT $13"),
        postgres = newest!(every_id!(), "", " ORDER BY f.id DESC LIMIT $13");
    NEWEST_OF_UNIT = newest!(ids_of_unit!(), "", " LIMIT $13"),
        postgres = newest!(ids_of_unit!(), "", " ORDER BY f.id DESC LIMIT $13");
    FOUND = newest!(ids_found_sqlite!(), "", " LIMIT $13"),
        postgres = newest!(ids_found_postgres!(), "", " ORDER BY f.id DESC LIMIT $13");
    FOUND_OF_UNIT = newest!(ids_found_sqlite!(), concerns!(), " LIMIT $14"),
        postgres = newest!(ids_found_postgres!(), concerns!(), " ORDER BY f.id DESC LIMIT $14");
    TRIED_OF_UNIT = newest!(ids_tried_sqlite!(), "", " LIMIT $13"),
        postgres = newest!(ids_tried_postgres!(), "", " ORDER BY f.id DESC LIMIT $13");
    SPAN = span!(every_id!());
    SPAN_OF_UNIT = span!(ids_of_unit!());
    SPAN_FOUND = span!(ids_found_sqlite!()), postgres = span!(ids_found_postgres!());
}

/// One index to walk: the cases of a unit in one relation, of a place, or all.
#[derive(Debug, Clone)]
pub(super) enum Stream {
    Owner(UnitId),
    /// What the unit owns in a place.
    OwnerIn(UnitId, PlaceCode),
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
        // What falls due in a street has an index of its own.
        let inside = filter.place.as_ref().filter(|_| order == Order::Due);
        let inside = inside.filter(|place| place.level() >= Level::Street);
        streams.push(inside.map_or(Stream::Everything, |place| Stream::Place(place.clone())));
    }
    let narrow = |place: &PlaceCode| match &filter.place {
        Some(inner) if inner.is_within(place) => Some(inner.clone()),
        Some(outer) if !place.is_within(outer) => None,
        _ => Some(place.clone()),
    };
    if let Some(unit) = filter.owner.filter(|_| order == Order::Due) {
        if scope.is_everything() || scope.reaches(unit, Relation::Own) {
            return vec![Stream::Owner(unit)];
        }
        let places = scope.places().iter().filter_map(narrow);
        return places.map(|place| Stream::OwnerIn(unit, place)).collect();
    }
    if wanted(Relation::Place) {
        streams.extend(scope.places().iter().filter_map(narrow).map(Stream::Place));
    }
    for &unit in scope.units() {
        let reaches = |relation| scope.reaches(unit, relation);
        if order == Order::Newest {
            streams.push(match reaches(Relation::Own) || reaches(Relation::Called) {
                true => Stream::Unit(unit),
                false => Stream::Opener(unit),
            });
            continue;
        }
        if wanted(Relation::Own) && reaches(Relation::Own) {
            streams.push(Stream::Owner(unit));
        }
        if wanted(Relation::Opened) && reaches(Relation::Opened) {
            streams.push(Stream::Opener(unit));
        }
        if wanted(Relation::Called) && reaches(Relation::Called) {
            streams.push(Stream::Called(unit));
        }
    }
    streams
}

/// The parameters of a filter, owned so that statements can borrow them.
struct Bound {
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
    fn new(filter: &Filter, stream: &Stream) -> Self {
        let place = match stream {
            Stream::Place(place) | Stream::OwnerIn(_, place) => Some(place),
            _ => filter.place.as_ref(),
        };
        Self {
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

    /// `first`, the seven conditions, `rest`.
    fn vals<'b>(&'b self, first: &[Val<'b>], rest: &[Val<'b>]) -> Vec<Val<'b>> {
        let conditions: [Val<'b>; 7] = [
            (&self.kind).into(),
            (&self.stage).into(),
            (&self.item).into(),
            self.urgent.into(),
            self.due_before.into(),
            (&self.from).into(),
            (&self.to).into(),
        ];
        [first, &conditions, rest].concat()
    }
}

/// Reads lines or, if `T` is a head, only what is counted.
pub(super) fn by_due<T: Line>(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    window: Window,
    read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let bound = Bound::new(filter, stream);
    let (due_at, id) = window
        .after
        .map_or((i64::MIN, 0), |after| (after.due_at, after.id));
    let first = [Val::Int(due_at), Val::Int(id)];
    let limit = Val::Int(window.limit);
    let of_unit = |unit: &UnitId| bound.vals(&first, &[(*unit).into(), limit]);
    let (statement, vals) = match stream {
        Stream::Owner(unit) | Stream::OwnerIn(unit, _) => (&T::STATEMENTS[0], of_unit(unit)),
        Stream::Opener(unit) | Stream::Unit(unit) => (&T::STATEMENTS[1], of_unit(unit)),
        Stream::Called(unit) => (&T::STATEMENTS[2], of_unit(unit)),
        Stream::Place(place) if place.level() >= Level::Street => (
            &T::STATEMENTS[3],
            bound.vals(&first, &[street_of(place).into(), limit]),
        ),
        Stream::Place(_) | Stream::Everything => (&T::STATEMENTS[4], bound.vals(&first, &[limit])),
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

impl Line for Head {
    const STATEMENTS: [&'static Statement; 5] = [
        &HEADS_OF_OWNER,
        &HEADS_OF_OPENER,
        &HEADS_OF_CALLED,
        &HEADS_IN_STREET,
        &HEADS_ANYWHERE,
    ];
}

/// What a stream gave for a list newest first.
pub(super) struct Walked {
    pub(super) rows: Vec<CaseRow>,
    /// How far it was looked at, if that is not to the end.
    pub(super) looked_to: Option<i64>,
}

/// Walk a stream from the cursor down, but not below `floor`.
pub(super) fn by_newest(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    window: Window,
    floor: i64,
) -> Result<Walked, DbError> {
    let before = window.after.map_or(i64::MAX, |after| after.id);
    let place = match stream {
        Stream::Place(place) => Some(place),
        _ => filter.place.as_ref(),
    };
    let wanted = Match {
        words: &filter.words,
        kind: filter.kind.as_deref(),
        place,
    };
    let is_search = !filter.words.is_empty() || matches!(stream, Stream::Place(_));
    let text = if is_search {
        search::query(&wanted, tx.engine())
    } else {
        String::new()
    };
    if is_search && text.is_empty() {
        return Ok(Walked {
            rows: Vec::new(),
            looked_to: None,
        });
    }
    let (by, span): (Val<'_>, _) = match (stream, is_search) {
        (_, true) => ((&text).into(), &SPAN_FOUND),
        (Stream::Unit(unit) | Stream::Opener(unit), false) => ((*unit).into(), &SPAN_OF_UNIT),
        (_, false) => ("".into(), &SPAN),
    };
    let ids = [before.into(), floor.into(), by, LOOKED_AT_MAX.into()];
    let bound = Bound::new(filter, stream);
    let limit = Val::Int(window.limit);
    let mut first = ids.to_vec();
    first.push(bound.state.into());
    let (statement, vals) = match (stream, is_search) {
        (Stream::Unit(unit) | Stream::Opener(unit), true) if is_small(tx, *unit)? => {
            first[3] = (*unit).into();
            let rows = tx.query(&TRIED_OF_UNIT, &bound.vals(&first, &[limit]), read)?;
            return Ok(of_stream(stream, rows, None, window));
        }
        (Stream::Unit(unit) | Stream::Opener(unit), true) => {
            (&FOUND_OF_UNIT, bound.vals(&first, &[(*unit).into(), limit]))
        }
        (Stream::Unit(_) | Stream::Opener(_), false) => {
            (&NEWEST_OF_UNIT, bound.vals(&first, &[limit]))
        }
        (_, true) => (&FOUND, bound.vals(&first, &[limit])),
        (_, false) => (&NEWEST, bound.vals(&first, &[limit])),
    };
    let rows = tx.query(statement, &vals, read)?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|length| length >= window.limit);
    let looked_to = if is_full {
        None
    } else {
        end_of(tx, span, &ids)?
    };
    Ok(of_stream(stream, rows, looked_to, window))
}

/// Of the cases that stand in any relation to a unit, those of the stream. A page of which
/// some fall out is a short one, and the next begins where it was looked to.
fn of_stream(
    stream: &Stream,
    mut rows: Vec<CaseRow>,
    looked_to: Option<i64>,
    window: Window,
) -> Walked {
    let Stream::Opener(unit) = stream else {
        return Walked { rows, looked_to };
    };
    let is_full = i64::try_from(rows.len()).is_ok_and(|length| length >= window.limit);
    let last = rows.last().map(|row| row.id.get()).filter(|_| is_full);
    rows.retain(|row| row.opened_unit == Some(*unit));
    Walked {
        rows,
        looked_to: looked_to.or(last),
    }
}

fn is_small(tx: &mut Tx<'_>, unit: UnitId) -> Result<bool, DbError> {
    let all = vals![i64::MAX, i64::MIN, unit, TRIED_MAX + 1];
    let count: Option<i64> = tx.query_one(&SPAN_OF_UNIT, all, |row| row.get(0))?;
    Ok(count.unwrap_or_default() <= TRIED_MAX)
}

/// Where a stream was cut off, if it was.
fn end_of(tx: &mut Tx<'_>, span: &Statement, ids: &[Val<'_>]) -> Result<Option<i64>, DbError> {
    let looked: Option<(i64, Option<i64>)> =
        tx.query_one(span, ids, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(looked.and_then(|(count, lowest)| lowest.filter(|_| count == LOOKED_AT_MAX)))
}
