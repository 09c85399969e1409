//! The board: how owners stand with what is open.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use huiyin_domain::access::Scope;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, PlaceCode};
use jiff::Timestamp;

use crate::places::street_of;
use crate::statements::statements;
use crate::{DbError, Statement, Tx, Val, vals};

/// How one owner stands with one kind in one street, for the supervision board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLine {
    pub unit: Option<UnitId>,
    pub kind: String,
    /// The street, or the wider place where the cases lie.
    pub street: PlaceCode,
    pub open: i64,
    pub urgent: i64,
    pub late: i64,
    /// Not late yet, but before each of the instants asked for.
    pub soon: [i64; 3],
}

/// Until when a board looks: three instants, each later than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizons(pub [Timestamp; 3]);

/// Open cases that a board looks at; more are not counted.
pub const BOARD_CASES_MAX: i64 = 20_000;

/// What is open among the cases that fit, those that fall due first, each with the number of the
/// instants after which it falls due.
macro_rules! first_due {
    ($fits:expr, $limit:expr) => {
        concat!(
            "SELECT c.owner_unit, c.kind, c.street, c.urgent_at, \
            CASE WHEN c.due_at < $1 THEN 0 WHEN c.due_at < $2 THEN 1 WHEN c.due_at < $3 THEN 2 \
            WHEN c.due_at < $4 THEN 3 ELSE 4 END AS due FROM cases c \
            WHERE c.closed_at IS NULL AND ",
            $fits,
            " ORDER BY c.due_at, c.id LIMIT ",
            $limit
        )
    };
}

/// SQLite would sort them to count them, which takes as long as the walk: there they are counted
/// here. PostgreSQL counts them without sorting, and need not send each.
macro_rules! of_sqlite {
    ($fits:expr, $limit:expr) => {
        concat!(
            "SELECT b.owner_unit, b.kind, b.street, b.due, 1, b.urgent_at IS NOT NULL FROM (",
            first_due!($fits, $limit),
            ") b"
        )
    };
}

macro_rules! of_postgres {
    ($fits:expr, $limit:expr) => {
        concat!(
            "SELECT b.owner_unit, b.kind, b.street, CAST(b.due AS BIGINT), count(*), \
            count(b.urgent_at) FROM (",
            first_due!($fits, $limit),
            ") b GROUP BY b.owner_unit, b.kind, b.street, b.due"
        )
    };
}

statements! {
    BOARD = of_sqlite!("c.place >= $5 AND c.place < $6", "$7"),
        postgres = of_postgres!("c.place >= $5 AND c.place < $6", "$7");
    BOARD_IN_STREET = of_sqlite!("c.street = $5 AND c.place >= $6 AND c.place < $7", "$8"),
        postgres = of_postgres!("c.street = $5 AND c.place >= $6 AND c.place < $7", "$8");
    BOARD_OF_OWNER = of_sqlite!("c.owner_unit = $5", "$6"),
        postgres = of_postgres!("c.owner_unit = $5", "$6");
}

/// How the owners of open cases stand, as far as `scope` has places: of the cases that fall
/// due first, so many that the walk ends.
pub fn board(
    tx: &mut Tx<'_>,
    scope: &Scope,
    now: Timestamp,
    Horizons([first, second, third]): Horizons,
) -> Result<Vec<BoardLine>, DbError> {
    if scope.is_everything() {
        let vals = vals![now, first, second, third, "", ":", BOARD_CASES_MAX];
        return counted(tx, &BOARD, vals);
    }
    let mut lines = Vec::new();
    for place in scope.places() {
        let (from, to) = (place.as_str(), place.range_end());
        lines.extend(if place.level() < Level::Street {
            let vals = vals![now, first, second, third, from, &to, BOARD_CASES_MAX];
            counted(tx, &BOARD, vals)?
        } else {
            let street = street_of(place);
            let vals = vals![
                now,
                first,
                second,
                third,
                street,
                from,
                &to,
                BOARD_CASES_MAX
            ];
            counted(tx, &BOARD_IN_STREET, vals)?
        });
    }
    Ok(lines)
}

/// The same for what a unit owns, wherever it lies.
pub fn board_of_unit(
    tx: &mut Tx<'_>,
    unit: UnitId,
    now: Timestamp,
    Horizons([first, second, third]): Horizons,
) -> Result<Vec<BoardLine>, DbError> {
    let vals = vals![now, first, second, third, unit, BOARD_CASES_MAX];
    counted(tx, &BOARD_OF_OWNER, vals)
}

/// A line for each owner, kind and street, in their order.
fn counted(
    tx: &mut Tx<'_>,
    statement: &Statement,
    vals: &[Val<'_>],
) -> Result<Vec<BoardLine>, DbError> {
    let mut lines: HashMap<(Option<UnitId>, String, String), BoardLine> = HashMap::new();
    tx.each(statement, vals, |row| {
        let (unit, kind, street) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let line = match lines.entry((unit, kind, street)) {
            Entry::Occupied(line) => line.into_mut(),
            Entry::Vacant(line) => {
                let (unit, kind) = (line.key().0, line.key().1.clone());
                line.insert(BoardLine {
                    unit,
                    kind,
                    street: row.get(2)?,
                    open: 0,
                    urgent: 0,
                    late: 0,
                    soon: [0; 3],
                })
            }
        };
        line.add(row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(())
    })?;
    let mut lines: Vec<BoardLine> = lines.into_values().collect();
    let key = |line: &BoardLine| (line.unit, line.kind.clone(), line.street.clone());
    lines.sort_by_cached_key(key);
    Ok(lines)
}

impl BoardLine {
    /// Counts cases that fall due before the instant of this number: now, or one of the horizons.
    fn add(&mut self, due: i64, open: i64, urgent: i64) {
        self.open += open;
        self.urgent += urgent;
        match usize::try_from(due) {
            Ok(0) => self.late += open,
            Ok(next) => self
                .soon
                .iter_mut()
                .skip(next - 1)
                .for_each(|soon| *soon += open),
            Err(_) => {}
        }
    }
}
