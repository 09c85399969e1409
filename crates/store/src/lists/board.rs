//! The board: how owners stand with what is open.

use huiyin_domain::access::Scope;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, PlaceCode};
use jiff::Timestamp;

use crate::places::street_of;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

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

/// What is open among the cases that fit, those that fall due first.
macro_rules! board {
    ($fits:expr, $limit:expr) => {
        concat!(
            "SELECT b.owner_unit, b.kind, b.street, count(*), count(b.urgent_at), \
            CAST(sum(CASE WHEN b.due_at < $1 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(sum(CASE WHEN b.due_at >= $1 AND b.due_at < $2 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(sum(CASE WHEN b.due_at >= $1 AND b.due_at < $3 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(sum(CASE WHEN b.due_at >= $1 AND b.due_at < $4 THEN 1 ELSE 0 END) AS BIGINT) \
            FROM (SELECT c.owner_unit, c.kind, c.street, c.due_at, c.urgent_at FROM cases c \
                WHERE c.closed_at IS NULL AND ",
            $fits,
            " ORDER BY c.due_at, c.id LIMIT ",
            $limit,
            ") b GROUP BY b.owner_unit, b.kind, b.street ORDER BY b.owner_unit, b.kind, b.street"
        )
    };
}

statements! {
    BOARD = board!("c.place >= $5 AND c.place < $6", "$7");
    BOARD_IN_STREET = board!("c.street = $5 AND c.place >= $6 AND c.place < $7", "$8");
    BOARD_OF_OWNER = board!("c.owner_unit = $5", "$6");
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
        return tx.query(&BOARD, vals, read_board);
    }
    let mut lines = Vec::new();
    for place in scope.places() {
        let (from, to) = (place.as_str(), place.range_end());
        lines.extend(if place.level() < Level::Street {
            let vals = vals![now, first, second, third, from, &to, BOARD_CASES_MAX];
            tx.query(&BOARD, vals, read_board)?
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
            tx.query(&BOARD_IN_STREET, vals, read_board)?
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
    tx.query(&BOARD_OF_OWNER, vals, read_board)
}

fn read_board(row: &Row<'_>) -> Result<BoardLine, DbError> {
    Ok(BoardLine {
        unit: row.get(0)?,
        kind: row.get(1)?,
        street: row.get(2)?,
        open: row.get(3)?,
        urgent: row.get(4)?,
        late: row.get(5)?,
        soon: [row.get(6)?, row.get(7)?, row.get(8)?],
    })
}
