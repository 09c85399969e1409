use jiff::civil::date;

use super::*;
use crate::calendar::Hours;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Every day from nine to nine.
fn about() -> About {
    let day: Hours = "9-21".parse().unwrap();
    About {
        address: String::new(),
        text: String::new(),
        contact: String::new(),
        access: vec![Access::Step],
        week: Week::new(std::array::from_fn(|_| day.clone())).unwrap(),
        holidays: Holidays::Open,
    }
}

#[test]
fn it_says_until_when_it_is_open_and_when_it_opens() {
    let calendar = about().calendar(Zone::china());
    let open = opening(&calendar, at("2026-11-02T10:00:00+08:00"));
    assert_eq!(open, Opening::OpenUntil(at("2026-11-02T21:00:00+08:00")));
    let shut = opening(&calendar, at("2026-11-02T21:00:00+08:00"));
    let morning = at("2026-11-03T09:00:00+08:00");
    assert_eq!(shut, Opening::ClosedUntil(Some(morning)));
    let keeps = About {
        holidays: Holidays::Closed,
        ..about()
    };
    let feast = at("2026-10-01T10:00:00+08:00");
    assert!(calendar.is_open(feast));
    assert!(!keeps.calendar(Zone::china()).is_open(feast));
}

#[test]
fn each_rule_of_a_room_refuses_what_it_is_there_for() {
    let calendar = about().calendar(Zone::china());
    let rules = Rules::default();
    let known = Known {
        now: at("2026-11-02T08:00:00+08:00"),
        calendar: &calendar,
        seats: 20,
        own_open: Some(0),
    };
    let ask = |from: &str, to: &str| Ask {
        starts_at: at(from),
        ends_at: at(to),
        heads: 10,
    };
    let fits = ask("2026-11-03T10:00:00+08:00", "2026-11-03T11:45:00+08:00");
    assert_eq!(check(&rules, &fits, &known), Ok(()));
    use BookingRefusal as No;
    let cases = [
        (
            ask("2026-11-02T07:00:00+08:00", "2026-11-02T09:00:00+08:00"),
            No::Over,
        ),
        (
            ask("2026-11-03T10:10:00+08:00", "2026-11-03T11:00:00+08:00"),
            No::OffTheQuarter,
        ),
        (
            ask("2026-11-03T11:00:00+08:00", "2026-11-03T11:00:00+08:00"),
            No::OffTheQuarter,
        ),
        (
            ask("2026-11-03T10:00:00+08:00", "2026-11-03T12:15:00+08:00"),
            No::TooLong { minutes_max: 120 },
        ),
        (
            ask("2026-12-03T10:00:00+08:00", "2026-12-03T11:00:00+08:00"),
            No::TooFar { days_max: 30 },
        ),
        (
            ask("2026-11-03T20:00:00+08:00", "2026-11-03T21:15:00+08:00"),
            No::Shut,
        ),
        (Ask { heads: 21, ..fits }, No::TooMany { seats: 20 }),
    ];
    for (ask, refusal) in cases {
        assert_eq!(check(&rules, &ask, &known), Err(refusal), "{ask:?}");
    }
    let busy = Known {
        own_open: Some(3),
        ..known
    };
    let enough = Err(No::HasEnough { open_max: 3 });
    assert_eq!(check(&rules, &fits, &busy), enough);
    let staff = Known {
        own_open: None,
        ..known
    };
    let only = Rules {
        who: Who::Staff,
        ..rules
    };
    assert_eq!(check(&only, &fits, &known), Err(No::StaffOnly));
    let long = ask("2026-11-03T10:00:00+08:00", "2026-11-03T18:00:00+08:00");
    assert_eq!(
        check(&only, &long, &staff),
        Ok(()),
        "staff may keep it all day"
    );
}

#[test]
fn slots_are_quarters_of_an_hour_without_the_last() {
    let range = slots(
        at("2026-11-03T10:00:00+08:00"),
        at("2026-11-03T11:00:00+08:00"),
    );
    assert_eq!(range.clone().count(), 4);
    assert_eq!(slot_of(at("2026-11-03T10:59:59+08:00")), range.end - 1);
}

#[test]
fn what_comes_back_skips_months_that_lack_the_day() {
    let monthly = Repeat::new(Pattern::Monthly, 3).unwrap();
    let days = monthly.days(date(2026, 12, 31));
    let expected = [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)];
    assert_eq!(days, expected);
    let second = Repeat::new(Pattern::Fortnightly, 2).unwrap();
    assert_eq!(
        second.days(date(2026, 11, 3)),
        [date(2026, 11, 3), date(2026, 11, 17)]
    );
    assert_eq!(second.rrule(), "FREQ=WEEKLY;INTERVAL=2;COUNT=2");
    assert_eq!(Repeat::new(Pattern::Weekly, 1), None);
    assert_eq!(Repeat::new(Pattern::Weekly, 27), None);
}
