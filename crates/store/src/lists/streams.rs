//! The streams of which a list is the union: each walks one index in the order
//! of the list, from the cursor to the limit.

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use super::sql::{called, columns, filters, head, is_called, open};
use super::{CaseRow, Cursor, Filter, Head, Order, State};
use crate::places::street_of;
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
    HEADS_OF_OWNER = open!(head!(), "cases c", "AND c.owner_unit = $10", "$11");
    HEADS_OF_OPENER = open!(head!(), "cases c", "AND c.opened_unit = $10", "$11");
    HEADS_OF_CALLED = open!(head!(), called!(), is_called!(), "$11");
    HEADS_IN_STREET = open!(head!(), "cases c", "AND c.street = $10", "$11");
    HEADS_ANYWHERE = open!(head!(), "cases c", "", "$10");
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
pub(super) struct Bound {
    pub(super) state: &'static str,
    kind: String,
    stage: String,
    item: String,
    urgent: i64,
    due_before: i64,
    from: String,
    to: String,
}

impl Bound {
    pub(super) fn new(filter: &Filter, stream: &Stream) -> Self {
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
    pub(super) fn vals<'b>(&'b self, first: &[Val<'b>], rest: &[Val<'b>]) -> Vec<Val<'b>> {
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
