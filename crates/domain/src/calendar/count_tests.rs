//! What must be true of every calendar, and the examples that people would work out by hand.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::names::Names;

fn china() -> Calendar {
    Calendar::new(Zone::china(), Week::usual(), &[Nation::China.days()])
}

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

fn special(date: Date, what: What) -> SpecialDay {
    let names = Names::default();
    SpecialDay { date, what, names }
}

/// An instant written as clocks in China show it.
fn at(text: &str) -> Timestamp {
    format!("{text}:00+08:00").parse().unwrap()
}

#[test]
fn working_days_as_an_official_counts_them() {
    let calendar = china();
    for (from, days, end) in [
        // An ordinary week: the day of receipt is not counted.
        ("2026-11-24T09:30", 2, "2026-11-26T18:00"),
        ("2026-11-24T17:59", 5, "2026-12-01T18:00"),
        // On a day off, in the night, before opening: the next working day is the first.
        ("2026-11-21T10:00", 1, "2026-11-23T18:00"),
        ("2026-11-23T02:00", 1, "2026-11-24T18:00"),
        // Fifteen days over the National Day, with the swapped Sunday and Saturday.
        ("2026-09-18T10:00", 15, "2026-10-15T18:00"),
        // The last working day before the Spring Festival is a swapped Saturday.
        ("2026-02-13T16:00", 1, "2026-02-14T18:00"),
        ("2026-02-14T16:00", 1, "2026-02-24T18:00"),
        // A leap day is a day.
        ("2024-02-28T10:00", 1, "2024-02-29T18:00"),
        ("2026-11-24T09:30", 0, "2026-11-24T09:30"),
    ] {
        let due = calendar.add_working_days(at(from), days).unwrap();
        assert_eq!(due, at(end), "{from} + {days}");
        assert_eq!(calendar.working_days_between(at(from), due), Ok(days));
    }
}

#[test]
fn working_hours_stop_when_the_house_closes() {
    let calendar = china();
    for (from, limit, end) in [
        ("2026-11-24T09:00", "3wh", "2026-11-24T12:00"),
        ("2026-11-24T11:30", "1wh", "2026-11-24T14:30"),
        ("2026-11-24T17:30", "4wh", "2026-11-25T14:30"),
        ("2026-11-27T20:00", "7wh", "2026-11-30T18:00"),
        ("2026-02-14T17:00", "90wm", "2026-02-24T09:30"),
        ("2026-11-24T23:00", "30m", "2026-11-24T23:30"),
        ("2026-11-27T23:00", "3d", "2026-11-30T23:00"),
        ("2026-11-24T09:30", "15wd", "2026-12-15T18:00"),
    ] {
        let limit: Span = limit.parse().unwrap();
        assert_eq!(
            calendar.due(at(from), limit),
            Ok(at(end)),
            "{from} + {limit}"
        );
    }
}

#[test]
fn upper_layers_cover_lower_ones() {
    let (monday, saturday) = (date(2026, 11, 23), date(2026, 11, 21));
    let place = Days::from_iter([special(monday, What::Off)]);
    let unit = Days::from_iter([
        special(monday, What::Working(Some(hours("10-11")))),
        special(saturday, What::Working(None)),
    ]);
    let layers = [Nation::China.days(), &place, &unit];
    let of_place = Calendar::new(Zone::china(), Week::usual(), &layers[..2]);
    let of_unit = Calendar::new(Zone::china(), Week::usual(), &layers);
    assert!(!of_place.is_working(monday));
    assert_eq!(of_unit.day(monday).hours, &hours("10-11"));
    assert_eq!(of_unit.day(saturday).hours, &hours("9-12 14-18"));
    assert!(!of_unit.is_working(date(2026, 10, 1)));
    let named = of_unit.day(date(2026, 10, 1)).special.unwrap();
    assert_eq!(named.names.in_lang("zh"), "国庆节");
    assert!(of_unit.knows_year(2026) && !of_unit.knows_year(2027));
}

#[test]
fn around_the_clock_is_every_hour_also_when_clocks_change() {
    let week = Week::new(std::array::from_fn(|_| hours("0-24"))).unwrap();
    let calendar = Calendar::new("Europe/Berlin".parse().unwrap(), week, &[]);
    let from: Timestamp = "2026-03-28T12:00:00Z".parse().unwrap();
    let year = SignedDuration::from_hours(24 * 365);
    let between = calendar.working_between(from, from + year).unwrap();
    assert_eq!(between, year.unsigned_abs());
    let due = calendar.add_working_days(from, 1).unwrap();
    assert_eq!(due.to_string(), "2026-03-29T22:00:00Z");
    assert_eq!(calendar.working_days_between(from, due), Ok(1));
}

#[test]
fn what_is_too_far_is_said_and_nothing_panics() {
    let always_off = |years: std::ops::Range<i16>| -> Days {
        let days = years.flat_map(|year| {
            let begin = date(year, 1, 1);
            begin
                .series(jiff::Span::new().days(1))
                .take_while(move |day| day.year() == year)
        });
        days.map(|day| special(day, What::Off)).collect()
    };
    let calendar = Calendar::new(Zone::china(), Week::usual(), &[&always_off(2026..2050)]);
    let now = at("2026-11-24T09:30");
    assert_eq!(calendar.next_opening(now), Err(TooFar));
    assert_eq!(
        calendar.add_working(now, Duration::from_secs(1)),
        Err(TooFar)
    );
    assert_eq!(calendar.add_working_days(now, 1), Err(TooFar));
    let calendar = china();
    assert_eq!(calendar.add_working(now, Duration::MAX), Err(TooFar));
    assert_eq!(calendar.add_working_days(now, u32::MAX), Err(TooFar));
    for (from, to) in [(Timestamp::MIN, Timestamp::MAX), (now, Timestamp::MAX)] {
        assert_eq!(calendar.working_between(from, to), Err(TooFar));
        assert_eq!(calendar.working_days_between(from, to), Err(TooFar));
        assert_eq!(calendar.working_between(to, from), Ok(Duration::ZERO));
    }
    for edge in [Timestamp::MIN, Timestamp::MAX] {
        let day = Duration::from_secs(86_400);
        let _either = (
            calendar.is_open(edge),
            calendar.next_opening(edge),
            calendar.add_working(edge, day),
        );
        let _either = (
            calendar.add_working_days(edge, 3),
            calendar.due(edge, "3d".parse().unwrap()),
        );
    }
    assert_eq!(
        calendar.due(Timestamp::MAX, "1m".parse().unwrap()),
        Err(TooFar)
    );
}

/// Zones whose clocks go forward and back, by night and at midnight, by half an hour, and
/// one that once left out a day.
const ZONES: [&str; 7] = [
    "Asia/Shanghai",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "Pacific/Apia",
];

fn some_hours() -> impl Strategy<Value = Hours> {
    let minutes = prop::collection::btree_set(0..=24 * 60_u16, 0..=6);
    minutes.prop_map(|minutes| {
        let minutes: Vec<u16> = minutes.into_iter().collect();
        let text: Vec<String> = minutes
            .chunks_exact(2)
            .map(|pair| {
                format!(
                    "{}:{}-{}:{}",
                    pair[0] / 60,
                    pair[0] % 60,
                    pair[1] / 60,
                    pair[1] % 60
                )
            })
            .collect();
        hours(&text.join(" "))
    })
}

fn some_what() -> impl Strategy<Value = What> {
    let open = some_hours().prop_filter("open", |hours| !hours.is_empty());
    prop_oneof![
        Just(What::Off),
        Just(What::Working(None)),
        open.prop_map(|hours| What::Working(Some(hours))),
    ]
}

prop_compose! {
    fn some_calendar()(
        zone in prop::sample::select(&ZONES),
        week in prop::array::uniform7(some_hours()),
        days in prop::collection::vec((0..9000_i32, some_what()), 0..40),
        is_china in any::<bool>(),
    ) -> Calendar {
        let begin = date(2010, 1, 1);
        let days: Days = days
            .into_iter()
            .map(|(day, what)| special(begin.saturating_add(jiff::Span::new().days(day)), what))
            .collect();
        let week = Week::new(week).unwrap_or_else(|_| Week::usual());
        let nation = if is_china { Nation::China.days().clone() } else { Days::default() };
        Calendar::new(zone.parse().unwrap(), week, &[&nation, &days])
    }
}

prop_compose! {
    /// From 2010 to 2034, half of them near to where clocks or years change.
    fn some_instant()(
        free in 1_262_304_000..2_019_686_400_i64,
        near in prop::sample::select(&[
            "2011-12-30T10:00:00Z",
            "2024-02-29T00:00:00Z",
            "2026-03-08T07:00:00Z",
            "2026-03-29T01:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-11-01T06:00:00Z",
            "2018-11-04T03:00:00Z",
            "2018-02-18T02:00:00Z",
            "2026-02-14T04:00:00Z",
            "2026-10-09T20:00:00Z",
        ]),
        away in -200_000..200_000_i64,
        is_near in any::<bool>(),
    ) -> Timestamp {
        let near: Timestamp = near.parse().unwrap();
        let second = if is_near { near.as_second() + away } else { free };
        Timestamp::from_second(second).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_added_lies_between(
        calendar in some_calendar(),
        from in some_instant(),
        seconds in 0..400_000_u64,
    ) {
        let working = Duration::from_secs(seconds);
        let Ok(end) = calendar.add_working(from, working) else { return Ok(()) };
        prop_assert!(end >= from);
        prop_assert_eq!(calendar.working_between(from, end), Ok(working));
        // No earlier instant would do.
        if working > Duration::ZERO {
            let before = end - SignedDuration::from_nanos(1);
            prop_assert!(calendar.working_between(from, before).unwrap() < working);
        }
    }

    #[test]
    fn in_two_goes_it_is_the_same(
        calendar in some_calendar(),
        from in some_instant(),
        first in 0..100_000_u64,
        second in 0..100_000_u64,
    ) {
        let add = |from, seconds| calendar.add_working(from, Duration::from_secs(seconds));
        if let Ok(whole) = add(from, first + second) {
            prop_assert_eq!(add(add(from, first).unwrap(), second), Ok(whole));
        }
    }

    #[test]
    fn more_time_and_a_later_start_never_end_earlier(
        calendar in some_calendar(),
        early in some_instant(),
        later in (0..40_000_000_i64, 0..40_000_000_i64),
        seconds in (0..300_000_u64, 0..300_000_u64),
        days in (0..40_u32, 0..40_u32),
    ) {
        let middle = early + SignedDuration::from_secs(later.0);
        let late = middle + SignedDuration::from_secs(later.1);
        let length = |seconds: u64| Duration::from_secs(seconds);
        let (less, more) = (seconds.0.min(seconds.1), seconds.0.max(seconds.1));
        if let Ok(end) = calendar.add_working(late, length(more)) {
            prop_assert!(calendar.add_working(early, length(less)).unwrap() <= end);
        }
        let (few, many) = (days.0.min(days.1), days.0.max(days.1));
        if let Ok(end) = calendar.add_working_days(late, many) {
            // None at all end where they begin; otherwise a later start ends no earlier.
            if few > 0 {
                prop_assert!(calendar.add_working_days(early, few).unwrap() <= end);
            }
        }
        // Parts add up.
        if let Ok(whole) = calendar.working_between(early, late) {
            let parts = [(early, middle), (middle, late)];
            let sum: Duration = parts.iter().map(|&(a, b)| calendar.working_between(a, b).unwrap()).sum();
            prop_assert_eq!(sum, whole);
        }
    }

    #[test]
    fn the_next_opening_is_open_and_nothing_before_it_is(
        calendar in some_calendar(),
        from in some_instant(),
    ) {
        let Ok(open) = calendar.next_opening(from) else { return Ok(()) };
        prop_assert!(open >= from);
        prop_assert!(calendar.is_open(open));
        prop_assert_eq!(calendar.working_between(from, open), Ok(Duration::ZERO));
        prop_assert_eq!(calendar.is_open(from), open == from);
        prop_assert_eq!(calendar.next_opening(open), Ok(open));
    }

    #[test]
    fn added_working_days_are_counted_back(
        calendar in some_calendar(),
        from in some_instant(),
        days in 1..60_u32,
    ) {
        let Ok(end) = calendar.add_working_days(from, days) else { return Ok(()) };
        prop_assert!(end > from);
        prop_assert_eq!(calendar.working_days_between(from, end), Ok(days));
        prop_assert!(calendar.is_open(end - SignedDuration::from_nanos(1)));
    }
}
