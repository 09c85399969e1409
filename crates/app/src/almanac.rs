//! The almanac: the calendars of places and units, held in memory because every clock asks
//! them.
//!
//! Like the atlas it is read anew when its version in the database has moved, inside the
//! transaction that asks. A calendar is put together once, for all places and units that
//! share it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use huiyin_domain::calendar::{
    Calendar, Days, Nation, PlaceHours, SpecialDay, Whose, missing_year,
};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{DbError, Tx, calendars, settings};
use jiff::Timestamp;

/// The setting that moves whenever hours or special days change.
pub const VERSION: &str = "almanac-version";

/// What makes two calendars the same: the nearest place that has said something, and the
/// unit if it has days of its own.
type Key = (Option<PlaceCode>, Option<UnitId>);

/// Hours and special days as of one version.
#[derive(Debug, Default)]
pub struct Almanac {
    version: i64,
    hours: BTreeMap<PlaceCode, PlaceHours>,
    days: BTreeMap<Whose, Days>,
    made: RwLock<HashMap<Key, Arc<Calendar>>>,
}

impl Almanac {
    /// Orders what was read.
    pub fn new(
        version: i64,
        hours: Vec<(PlaceCode, PlaceHours)>,
        special: Vec<(Whose, SpecialDay)>,
    ) -> Almanac {
        let mut days: BTreeMap<Whose, Days> = BTreeMap::new();
        for (whose, day) in special {
            days.entry(whose).or_default().put(day);
        }
        Almanac {
            version,
            hours: hours.into_iter().collect(),
            days,
            made: RwLock::default(),
        }
    }

    /// The calendar that holds in a place, for a unit; everywhere when no place is named.
    pub fn calendar(&self, place: Option<&PlaceCode>, unit: Option<UnitId>) -> Arc<Calendar> {
        let says = |place: &PlaceCode| {
            self.hours.contains_key(place) || self.days.contains_key(&Whose::Place(place.clone()))
        };
        let near = place.and_then(|place| place.with_ancestors().into_iter().find(says));
        let unit = unit.filter(|unit| self.days.contains_key(&Whose::Unit(*unit)));
        let key = (near, unit);
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = made.get(&key) {
            return calendar.clone();
        }
        drop(made);
        let calendar = Arc::new(self.make(&key));
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        made.entry(key).or_insert(calendar).clone()
    }

    fn make(&self, (near, unit): &Key) -> Calendar {
        let around = near
            .as_ref()
            .map_or_else(Vec::new, PlaceCode::with_ancestors);
        let hours = around.iter().find_map(|place| self.hours.get(place));
        let hours = hours.cloned().unwrap_or_else(PlaceHours::usual);
        let of = |whose: Whose| self.days.get(&whose);
        let mut layers: Vec<&Days> = hours.nation.map(Nation::days).into_iter().collect();
        let wide_first = around.into_iter().rev();
        layers.extend(wide_first.filter_map(|place| of(Whose::Place(place))));
        layers.extend(unit.and_then(|unit| of(Whose::Unit(unit))));
        Calendar::new(hours.zone, hours.week, &layers)
    }

    /// The hours that hold in a place, and the place that has said so; none for the usual.
    pub fn hours(&self, place: &PlaceCode) -> Option<(&PlaceCode, &PlaceHours)> {
        let around = place.with_ancestors();
        around
            .iter()
            .find_map(|place| self.hours.get_key_value(place))
    }

    /// Special days of its own.
    pub fn days(&self, whose: &Whose) -> Option<&Days> {
        self.days.get(whose)
    }

    /// All places that have said something.
    pub fn places(&self) -> Vec<&PlaceCode> {
        let of_days = self.days.keys().filter_map(|whose| match whose {
            Whose::Place(place) => Some(place),
            Whose::Unit(_) => None,
        });
        let mut places: Vec<&PlaceCode> = self.hours.keys().chain(of_days).collect();
        places.sort();
        places.dedup();
        places
    }

    /// All units that have special days of their own.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        self.days.keys().filter_map(|whose| match whose {
            Whose::Place(_) => None,
            Whose::Unit(unit) => Some(*unit),
        })
    }

    /// Whether a place has hours of its own.
    pub fn has_hours(&self, place: &PlaceCode) -> bool {
        self.hours.contains_key(place)
    }

    /// The year whose public holidays are missing, in these places or in those that have
    /// hours of their own. Nothing is missed where the days come from a file only.
    pub fn missing_year(&self, now: Timestamp, widest: &[PlaceCode]) -> Option<i16> {
        let places = widest.iter().chain(self.hours.keys()).map(Some);
        let anywhere = widest.is_empty().then_some(None);
        let of = |place: Option<&PlaceCode>| {
            let hours = place.and_then(|place| self.hours(place));
            hours.map_or(Some(Nation::China), |(_, hours)| hours.nation)?;
            let calendar = self.calendar(place, None);
            missing_year(calendar.zone().date(now), |year| calendar.knows_year(year))
        };
        places.chain(anywhere).filter_map(of).min()
    }
}

/// The almanac of this process; every transaction that uses it looks whether it is still
/// true.
#[derive(Debug, Default)]
pub struct AlmanacShelf(RwLock<Arc<Almanac>>);

impl AlmanacShelf {
    /// The almanac as of this transaction.
    pub fn current(&self, tx: &mut Tx<'_>) -> Result<Arc<Almanac>, DbError> {
        let version = version(tx)?;
        let held = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        // Version 0 is the empty one that every process begins with.
        if held.version == version {
            return Ok(held);
        }
        let fresh = Almanac::new(version, calendars::read_all(tx)?, calendars::read_days(tx)?);
        let fresh = Arc::new(fresh);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok(fresh)
    }

    /// Says that hours or special days have changed, in the transaction that changes them.
    pub fn touch(tx: &mut Tx<'_>) -> Result<(), DbError> {
        settings::bump(tx, VERSION)
    }
}

fn version(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let kept = settings::get(tx, VERSION)?;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use huiyin_domain::calendar::{Week, What};
    use huiyin_domain::names::Names;
    use jiff::civil::date;

    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().unwrap()
    }

    fn off(whose: Whose, day: jiff::civil::Date) -> (Whose, SpecialDay) {
        let names = Names::one("zh", "自定");
        (
            whose,
            SpecialDay {
                date: day,
                what: What::Off,
                names,
            },
        )
    }

    fn almanac() -> Almanac {
        let berlin = PlaceHours {
            zone: "Europe/Berlin".parse().unwrap(),
            nation: None,
            week: Week::usual(),
        };
        let days = vec![
            off(Whose::Place(code("6529")), date(2026, 11, 24)),
            off(Whose::Unit(UnitId::from_raw(3)), date(2026, 11, 25)),
        ];
        Almanac::new(1, vec![(code("652902"), berlin)], days)
    }

    #[test]
    fn the_nearest_hours_hold_and_all_days_around() {
        let almanac = almanac();
        let here = code("652901001001");
        let (own, other) = (Some(UnitId::from_raw(3)), Some(UnitId::from_raw(4)));
        let works = |place: &str, unit, day| {
            let calendar = almanac.calendar(Some(&code(place)), unit);
            calendar.is_working(date(2026, 11, day))
        };
        assert!(!works("652901001001", None, 24));
        assert!(works("6530", None, 24));
        assert!(!works("652901001001", own, 25));
        assert!(works("652901001001", other, 25));
        let berlin = almanac.calendar(Some(&code("652902007")), None);
        assert_eq!(berlin.zone().name(), "Europe/Berlin");
        assert!(!berlin.is_working(date(2026, 11, 24)));
        assert!(
            berlin.is_working(date(2026, 10, 1)),
            "no nation, no national days"
        );
        assert_eq!(almanac.hours(&here), None);
        assert_eq!(almanac.places(), [&code("6529"), &code("652902")]);
    }

    #[test]
    fn a_calendar_is_made_once_for_all_that_share_it() {
        let almanac = almanac();
        let of = |place: &str| almanac.calendar(Some(&code(place)), None);
        assert!(Arc::ptr_eq(&of("652901001001"), &of("652903")));
        assert!(!Arc::ptr_eq(&of("652901001001"), &of("652902")));
        assert!(Arc::ptr_eq(&of("6530"), &almanac.calendar(None, None)));
    }

    #[test]
    fn a_year_is_missed_until_its_new_year_is_known() {
        let now = "2026-11-24T09:00:00+08:00".parse().unwrap();
        let widest = [code("6529")];
        assert_eq!(almanac().missing_year(now, &widest), Some(2027));
        assert_eq!(Almanac::default().missing_year(now, &[]), Some(2027));
        let early = "2026-10-24T09:00:00+08:00".parse().unwrap();
        assert_eq!(almanac().missing_year(early, &widest), None);
        let brought = off(Whose::Place(code("6529")), date(2027, 1, 1));
        assert_eq!(
            Almanac::new(1, vec![], vec![brought]).missing_year(now, &widest),
            None
        );
        assert_eq!(almanac().missing_year(now, &[code("652902")]), None);
    }
}
