//! The figures of a month, for everybody: places, kinds and units, never groups of people.
//! A published cell stands for at least ten cases.

use std::collections::BTreeMap;

use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::rollups::{self, Sum};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;

use crate::cases::figures::measure;
use crate::cases::names::named_places;
use crate::{App, Error};

/// Below this a cell is not shown.
pub const CELL_MIN: i64 = 10;

/// What happened in a month, in one cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    pub opened: i64,
    pub closed: i64,
    pub solved: i64,
}

impl Cell {
    fn add(&mut self, sum: &Sum) {
        match sum.measure.as_str() {
            measure::OPENED => self.opened += sum.amount,
            measure::CLOSED => self.closed += sum.amount,
            measure::SOLVED => self.solved += sum.amount,
            _ => {}
        }
    }

    /// The cell, when enough cases stand behind it.
    fn published(self) -> Option<Cell> {
        (self.opened.max(self.closed) >= CELL_MIN).then_some(self)
    }

    /// Solved of closed, in whole per cent; none when nothing was closed.
    pub fn solved_percent(&self) -> Option<i64> {
        (self.closed > 0).then(|| (self.solved * 100 + self.closed / 2) / self.closed)
    }
}

/// The figures of a month. None in a cell: fewer than ten cases.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub total: Option<Cell>,
    pub by_kind: BTreeMap<String, Option<Cell>>,
    pub by_street: BTreeMap<PlaceCode, Option<Cell>>,
    pub places: BTreeMap<PlaceCode, Names>,
}

/// The figures of the month in which `day` lies.
pub async fn figures(app: &App, day: Date) -> Result<Figures, Error> {
    let (first, last) = (day.first_of_month(), day.last_of_month());
    let read = move |tx: &mut Tx<'_>| -> Result<Figures, DbError> {
        let sums = rollups::sums(tx, [first, last], None)?;
        let mut total = Cell::default();
        let mut kinds: BTreeMap<String, Cell> = BTreeMap::new();
        let mut streets: BTreeMap<PlaceCode, Cell> = BTreeMap::new();
        for sum in &sums {
            total.add(sum);
            kinds.entry(sum.kind.clone()).or_default().add(sum);
            streets.entry(sum.street.clone()).or_default().add(sum);
        }
        let codes: Vec<PlaceCode> = streets.keys().cloned().collect();
        let named = named_places(tx, &codes)?;
        Ok(Figures {
            total: total.published(),
            by_kind: kinds
                .into_iter()
                .map(|(kind, cell)| (kind, cell.published()))
                .collect(),
            by_street: streets
                .into_iter()
                .map(|(at, cell)| (at, cell.published()))
                .collect(),
            places: named
                .into_iter()
                .map(|place| (place.code, place.names))
                .collect(),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_nine_is_not_published() {
        let cell = |opened, closed| Cell {
            opened,
            closed,
            solved: 0,
        };
        assert_eq!(cell(9, 0).published(), None);
        assert_eq!(cell(10, 0).published(), Some(cell(10, 0)));
        assert_eq!(cell(3, 12).published(), Some(cell(3, 12)));
        assert_eq!(
            Cell {
                opened: 0,
                closed: 3,
                solved: 2
            }
            .solved_percent(),
            Some(67)
        );
        assert_eq!(cell(10, 0).solved_percent(), None);
    }
}
