//! Pairings: a household that asked for somebody who comes by, and the volunteer who does. It
//! lasts only while the household wants it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::id::{PairingId, PersonId, VisitId, VolunteerId};
use crate::place::PlaceCode;
use crate::series::Every;
use crate::worded::worded;

/// So many days a visit may be late before the community is told, unless it says otherwise.
pub const TOLERANCE_USUAL: i64 = 2;
pub const TOLERANCE_MAX: i64 = 30;
/// More households than this nobody can visit.
pub const HOUSEHOLDS_MAX: usize = 12;

worded! {
    /// Who ended a pairing.
    EndedBy {
        Household = "household",
        Community = "community",
    }
}

/// When somebody comes by, and from when on it counts as missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    pub day: Date,
    pub missed_from: Date,
}

impl Next {
    pub fn on(day: Date, tolerance: i64) -> Next {
        let missed_from = day.saturating_add((tolerance + 1).days());
        Next { day, missed_from }
    }
}

/// Who comes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// The community looks for somebody.
    Sought,
    /// Somebody is asked whether they would.
    Asked {
        volunteer: VolunteerId,
        at: Timestamp,
    },
    Comes {
        volunteer: VolunteerId,
        since: Timestamp,
        next: Next,
    },
}

impl Helper {
    pub fn volunteer(&self) -> Option<VolunteerId> {
        match self {
            Helper::Sought => None,
            Helper::Asked { volunteer, .. } | Helper::Comes { volunteer, .. } => Some(*volunteer),
        }
    }

    /// The next visit of whoever comes by.
    pub fn next(&self) -> Option<Next> {
        match self {
            Helper::Comes { next, .. } => Some(*next),
            _ => None,
        }
    }
}

/// A household that asked, and has not ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    pub id: PairingId,
    /// Who asked, and reads every visit.
    pub person: PersonId,
    /// A community, or a grid of it.
    pub place: PlaceCode,
    pub address: String,
    pub contact: String,
    pub rhythm: Every,
    /// So many days a visit may be late.
    pub tolerance: i64,
    pub asked_at: Timestamp,
    pub helper: Helper,
}

impl Pairing {
    /// When somebody comes by after a day on which they did.
    pub fn after_visit(&self, day: Date) -> Next {
        Next::on(self.rhythm.after(day, day), self.tolerance)
    }

    /// When somebody comes by after a visit that was missed: in the rhythm, from `today` on.
    pub fn after_miss(&self, due: Date, today: Date) -> Next {
        let yesterday = today.saturating_sub(1.days());
        let next = self.rhythm.after(due, due.max(yesterday));
        Next::on(next, self.tolerance)
    }
}

/// One visit, as the household reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visit {
    #[serde(skip)]
    pub id: VisitId,
    #[serde(skip)]
    pub pairing: PairingId,
    #[serde(skip)]
    pub volunteer: VolunteerId,
    pub day: Date,
    pub what: String,
}

/// A visit that did not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    pub pairing: PairingId,
    pub due_on: Date,
    pub told_at: Timestamp,
    /// When the community said what it did, and what.
    pub seen: Option<(Timestamp, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn pairing(rhythm: Every) -> Pairing {
        Pairing {
            id: PairingId::from_raw(1),
            person: PersonId::from_raw(1),
            place: "652901001001".parse().unwrap(),
            address: String::new(),
            contact: String::new(),
            rhythm,
            tolerance: 2,
            asked_at: Timestamp::UNIX_EPOCH,
            helper: Helper::Sought,
        }
    }

    #[test]
    fn the_next_visit_follows_the_last_one_and_a_missed_one_is_not_made_up_for() {
        let weekly = pairing(Every::Week);
        let next = weekly.after_visit(day("2026-11-02"));
        assert_eq!(next.day, day("2026-11-09"));
        assert_eq!(next.missed_from, day("2026-11-12"), "two days are borne");
        let later = weekly.after_miss(day("2026-11-09"), day("2026-11-12"));
        assert_eq!(later.day, day("2026-11-16"));
        let long_after = weekly.after_miss(day("2026-11-09"), day("2026-12-07"));
        assert_eq!(
            long_after.day,
            day("2026-12-07"),
            "told once, not five times"
        );
        let monthly = pairing(Every::Month);
        assert_eq!(
            monthly.after_visit(day("2026-01-31")).day,
            day("2026-02-28")
        );
    }
}
