use jiff::civil::{Date, date};

use super::*;
use crate::calendar::{Calendar, Days, Nation, SpecialDay, Week, What, Zone};
use crate::names::Names;

fn china() -> Calendar {
    Calendar::new(Zone::china(), Week::usual(), &[Nation::China.days()])
}

fn plan(setup: &Setup, day: Date) -> DayPlan {
    DayPlan::of(setup, &china(), day, None)
}

/// The times of a day, as `09:00 usual`.
fn times(plan: &DayPlan, minutes: i64) -> Vec<String> {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let slots = plan.slots(minutes, &china());
    let told = slots.iter().map(|slot| {
        let at = slot.starts_at.to_zoned(zone.clone());
        format!("{} {}", at.strftime("%H:%M"), slot.service.word())
    });
    told.collect()
}

#[test]
fn a_workday_has_its_hours_and_midday_and_saturday_is_the_weekend() {
    let setup = Setup::usual();
    let monday = times(&plan(&setup, date(2026, 11, 30)), 60);
    let expected = [
        "09:00 usual",
        "10:00 usual",
        "11:00 usual",
        "12:00 midday",
        "13:00 midday",
        "14:00 usual",
        "15:00 usual",
        "16:00 usual",
    ];
    assert_eq!(monday, expected);
    let saturday = times(&plan(&setup, date(2026, 11, 28)), 60);
    let weekend = ["09:00 weekend", "10:00 weekend", "11:00 weekend"];
    assert_eq!(saturday, weekend);
    let sunday = plan(&setup, date(2026, 11, 29));
    assert_eq!(sunday.closed, Some(Closed::Weekday));
    // What is left over and too short is no time.
    assert_eq!(times(&plan(&setup, date(2026, 11, 28)), 50).len(), 3);
    assert_eq!(times(&plan(&setup, date(2026, 11, 28)), 120).len(), 1);
}

#[test]
fn holidays_close_it_and_swapped_workdays_open_it() {
    let setup = Setup::usual();
    let feast = plan(&setup, date(2026, 10, 1));
    assert!(matches!(feast.closed, Some(Closed::Holiday(ref names)) if !names.is_empty()));
    assert_eq!(times(&feast, 20), Vec::<String>::new());
    let swapped = Nation::China
        .days()
        .iter()
        .find(|day| day.date.year() == 2026 && day.what != What::Off);
    let swapped = plan(&setup, swapped.expect("there are some").date);
    let told = times(&swapped, 60);
    assert_eq!(told[0], "09:00 usual", "a workday, not the weekend");
    assert!(told.contains(&"12:00 midday".to_owned()), "{told:?}");
}

#[test]
fn a_place_may_shorten_a_day_and_staff_may_close_one() {
    let setup = Setup::usual();
    let day = date(2026, 11, 30);
    let own: Days = [SpecialDay {
        date: day,
        what: What::Working(Some("10-11".parse().unwrap())),
        names: Names::default(),
    }]
    .into_iter()
    .collect();
    let calendar = Calendar::new(Zone::china(), Week::usual(), &[&own]);
    let short = DayPlan::of(&setup, &calendar, day, None);
    assert_eq!(times(&short, 30), ["10:00 usual", "10:30 usual"]);
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let span = (at("2026-11-30T02:00:00Z"), at("2026-11-30T02:20:00Z"));
    let before = (at("2026-11-30T01:50:00Z"), at("2026-11-30T02:10:00Z"));
    assert!(short.covers(calendar.zone(), span));
    assert!(!short.covers(calendar.zone(), before));
    let whole = DayPlan::of(&setup, &china(), day, None);
    let noon = (at("2026-11-30T03:50:00Z"), at("2026-11-30T04:10:00Z"));
    assert!(
        whole.covers(calendar.zone(), noon),
        "across the beginning of midday"
    );
    let shut = DayPlan::of(&setup, &calendar, day, Some("training"));
    assert_eq!(shut.closed, Some(Closed::Once("training".to_owned())));
    assert!(shut.slots(20, &calendar).is_empty());
}

#[test]
fn what_cannot_be_set_up_is_told() {
    let mut setup = Setup::usual();
    assert_eq!(setup.faults(), []);
    setup.midday[0] = "11:30-14".parse().unwrap();
    setup.week[1] = "9:02-12".parse().unwrap();
    setup.minutes = 7;
    setup.seats = 0;
    setup.days_ahead = 61;
    use SetupFault as No;
    let expected = [
        No::Overlap(0),
        No::OffTheStep(1),
        No::Minutes,
        No::Seats,
        No::DaysAhead,
    ];
    assert_eq!(setup.faults(), expected);
    let never = Setup {
        week: [const { Hours::NONE }; 7],
        midday: [const { Hours::NONE }; 7],
        ..Setup::usual()
    };
    assert_eq!(never.faults(), [No::NeverOpen]);
    assert!(Setup::usual().does("anything"));
    let only = Setup {
        procedures: vec!["senior-card".to_owned()],
        ..Setup::usual()
    };
    assert!(only.does("senior-card") && !only.does("burial"));
}

#[test]
fn every_tap_leads_on_or_back_and_nothing_else_does() {
    use AppointmentState::*;
    let fresh = Before {
        arrived: false,
        called: false,
    };
    let there = Before {
        arrived: true,
        ..fresh
    };
    let called = Before {
        arrived: true,
        called: true,
    };
    let ways = [
        (Booked, Tap::Arrive, fresh, Some(Arrived)),
        (Arrived, Tap::Call, there, Some(Called)),
        (Called, Tap::Serve, called, Some(Served)),
        (Booked, Tap::Miss, fresh, Some(Missed)),
        (Called, Tap::Miss, called, Some(Missed)),
        (Served, Tap::Back, called, Some(Called)),
        (Missed, Tap::Back, called, Some(Called)),
        (Missed, Tap::Back, there, Some(Arrived)),
        (Missed, Tap::Back, fresh, Some(Booked)),
        (Called, Tap::Back, called, Some(Arrived)),
        (Arrived, Tap::Back, there, Some(Booked)),
        (Booked, Tap::Back, fresh, None),
        (Booked, Tap::Serve, fresh, None),
        (Served, Tap::Miss, called, None),
        (Cancelled, Tap::Back, fresh, None),
        (Displaced, Tap::Arrive, fresh, None),
    ];
    for (state, tap, before, after) in ways {
        assert_eq!(state.after(tap, before), after, "{state:?} {tap:?}");
    }
}

#[test]
fn the_wait_is_told_from_the_last_who_were_served() {
    for (took, waiting, seats, told) in [
        (vec![], 0, 1, None),
        (vec![], 1, 1, Some(20)),
        (vec![4, 6, 30], 3, 1, Some(20)),
        (vec![4, 6, 30], 3, 2, Some(10)),
        (vec![0, 0], 1, 1, Some(20)),
        (vec![1], 1, 5, Some(5)),
    ] {
        assert_eq!(wait_minutes(&took, 20, (waiting, seats)), told, "{took:?}");
    }
}

#[test]
fn a_time_takes_every_step_of_its_length() {
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let range = ticks(at("2026-11-30T01:00:00Z"), at("2026-11-30T01:20:00Z"));
    assert_eq!(range.count(), 4);
}
