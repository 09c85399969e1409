//! Hours of places and special days of places and units, as they are kept.

use huiyin_domain::calendar::{Nation, PlaceHours, SpecialDay, Week, What, Whose};
use jiff::civil::date;

use super::*;
use crate::calendars;

#[test]
fn hours_of_a_place_are_kept_and_removed() {
    in_town(|store| {
        let test = |tx: &mut Tx<'_>| -> Result<(), DbError> {
            let week = r#"["","09:30-12:00 15:00-19:00","","","","00:00-24:00",""]"#;
            let berlin = PlaceHours {
                zone: "Europe/Berlin".parse().unwrap(),
                nation: None,
                week: serde_json::from_str::<Week>(week).unwrap(),
            };
            let usual = PlaceHours::usual();
            assert_eq!(usual.nation, Some(Nation::China));
            calendars::put(tx, &place(COMMUNITY), &berlin)?;
            calendars::put(tx, &place("6529"), &berlin)?;
            calendars::put(tx, &place("6529"), &usual)?;
            let all = calendars::read_all(tx)?;
            assert_eq!(all, [(place("6529"), usual), (place(COMMUNITY), berlin)]);
            calendars::remove(tx, &place(COMMUNITY))?;
            assert!(calendars::remove(tx, &place(COMMUNITY)).is_err());
            assert_eq!(calendars::read_all(tx)?.len(), 1);
            Ok(())
        };
        store.write_blocking(0, test).unwrap();
    });
}

#[test]
fn a_day_is_somebodys_and_there_is_one_of_each_date() {
    in_town(|store| {
        let test = |tx: &mut Tx<'_>| -> Result<(), DbError> {
            let day = |day, what| SpecialDay {
                date: date(2026, 8, day),
                what,
                names: Names::one("zh", "赶集"),
            };
            let (of_place, of_unit) = (Whose::Place(place(COMMUNITY)), Whose::Unit(HEATING));
            let short = What::Working(Some("9-12".parse().unwrap()));
            calendars::put_day(tx, 1, &of_place, &day(2, What::Off))?;
            calendars::put_day(tx, 2, &of_place, &day(2, short.clone()))?;
            calendars::put_day(tx, 3, &of_unit, &day(2, What::Working(None)))?;
            calendars::put_day(tx, 4, &of_unit, &day(1, What::Off))?;
            let all = calendars::read_days(tx)?;
            let expected = [
                (of_unit.clone(), day(1, What::Off)),
                (of_place.clone(), day(2, short)),
                (of_unit.clone(), day(2, What::Working(None))),
            ];
            assert_eq!(all, expected);
            assert!(calendars::remove_day(tx, &of_place, date(2026, 8, 2))?);
            assert!(!calendars::remove_day(tx, &of_place, date(2026, 8, 2))?);
            assert_eq!(calendars::read_days(tx)?.len(), 2);
            Ok(())
        };
        store.write_blocking(0, test).unwrap();
    });
}
