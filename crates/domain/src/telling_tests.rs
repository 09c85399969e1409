//! Who is told when: a table of the rules, and that they hold at every hour of every zone.

use proptest::prelude::*;

use super::*;

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

fn at(text: &str) -> Timestamp {
    format!("{text}:00+08:00").parse().unwrap()
}

/// When it is due if it is asked as it happens.
fn due(
    own: &Preferences,
    weight: (Importance, Channel),
    circumstance: Circumstance,
    now: Timestamp,
) -> Option<Timestamp> {
    let moment = Moment {
        happened: now,
        now,
        zone: &zone(),
    };
    own.due(weight, circumstance, &moment)
}

#[test]
fn what_is_found_out_late_is_not_told_at_night() {
    let moment = Moment {
        happened: at("2026-03-02T20:00"),
        now: at("2026-03-02T22:00"),
        zone: &zone(),
    };
    let weight = (Importance::Act, Channel::Mail);
    let got = staff().due(weight, Circumstance::Otherwise, &moment);
    assert_eq!(got, Some(at("2026-03-03T08:00")));
}

fn staff() -> Preferences {
    Preferences::usual(Audience::Staff)
}

#[test]
fn nobody_is_disturbed_at_night_but_whoever_is_on_duty() {
    use Circumstance::{Answering, OnDuty, Otherwise};
    use Importance::{Act, Info, Urgent};
    let night = at("2026-03-02T23:30");
    let day = at("2026-03-02T14:00");
    for (importance, circumstance, now, wanted) in [
        (Urgent, Otherwise, night, "2026-03-03T08:00"),
        (Urgent, OnDuty, night, "2026-03-02T23:30"),
        (Act, OnDuty, night, "2026-03-03T08:00"),
        (Act, Otherwise, night, "2026-03-03T08:00"),
        (Act, Answering, night, "2026-03-02T23:30"),
        (Urgent, Otherwise, day, "2026-03-02T14:00"),
        (Act, Otherwise, day, "2026-03-02T14:03"),
        (Info, Otherwise, day, "2026-03-03T08:30"),
        (Act, Otherwise, at("2026-03-02T20:58"), "2026-03-03T08:00"),
    ] {
        let got = due(&staff(), (importance, Channel::Mail), circumstance, now);
        assert_eq!(
            got,
            Some(at(wanted)),
            "{importance:?} {circumstance:?} {now}"
        );
    }
}

#[test]
fn what_nobody_wants_does_not_come() {
    let mut own = staff();
    own.set_pace(Importance::Act, Channel::Mail, Pace::Never);
    let ask = |importance, channel| {
        let now = at("2026-03-02T14:00");
        due(&own, (importance, channel), Circumstance::OnDuty, now)
    };
    assert_eq!(ask(Importance::Act, Channel::Mail), None);
    assert!(ask(Importance::Act, Channel::Sms).is_some());
    assert_eq!(ask(Importance::Info, Channel::Sms), None);
}

#[test]
fn a_daily_message_that_would_come_at_night_comes_in_the_morning() {
    let mut own = staff();
    own.daily_at = Time::constant(23, 0, 0, 0);
    let got = due(
        &own,
        (Importance::Info, Channel::Mail),
        Circumstance::Otherwise,
        at("2026-03-02T14:00"),
    );
    assert_eq!(got, Some(at("2026-03-03T08:00")));
}

#[test]
fn the_same_end_twice_is_no_quiet_at_all() {
    let noon = Time::constant(12, 0, 0, 0);
    let none = Quiet {
        from: noon,
        until: noon,
    };
    assert!(!none.holds(noon) && !none.holds(Time::midnight()));
    let nap = Quiet {
        from: noon,
        until: Time::constant(14, 0, 0, 0),
    };
    assert!(nap.holds(noon) && !nap.holds(Time::constant(14, 0, 0, 0)));
}

#[test]
fn an_end_of_quiet_hours_that_clocks_skip_wakes_nobody() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let quiet = Quiet {
        from: Time::constant(2, 22, 0, 0),
        until: Time::constant(2, 0, 0, 0),
    };
    let own = Preferences { quiet, ..staff() };
    let before: Timestamp = "2026-03-29T00:30:00+01:00".parse().unwrap();
    let next_day: Timestamp = "2026-03-30T02:00:00+02:00".parse().unwrap();
    assert_eq!(own.waking(before, &zone), next_day);
}

#[test]
fn preferences_are_kept_as_they_were_said() {
    let mut own = staff();
    own.daily_at = Time::constant(17, 45, 0, 0);
    own.set_pace(Importance::Info, Channel::Product, Pace::Never);
    let kept = serde_json::to_string(&own).unwrap();
    assert_eq!(serde_json::from_str::<Preferences>(&kept).unwrap(), own);
}

fn time() -> impl Strategy<Value = Time> {
    (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0))
}

proptest! {
    /// Also where clocks are put forward and back.
    #[test]
    fn nothing_is_due_in_quiet_hours(
        minute in 0_i64..366 * 24 * 60,
        (from, until, daily_at) in (time(), time(), time()),
        named in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
        importance in prop::sample::select(Importance::ALL),
        channel in prop::sample::select(Channel::ALL),
        pace in prop::sample::select(Pace::ALL),
        (on_duty, late) in (any::<bool>(), 0_i64..2_000),
    ) {
        let zone = TimeZone::get(named).unwrap();
        let now = at("2026-01-01T00:00") + SignedDuration::from_mins(minute);
        let mut own = Preferences { daily_at, quiet: Quiet { from, until }, ..staff() };
        own.set_pace(importance, channel, pace);
        let circumstance = match on_duty {
            true => Circumstance::OnDuty,
            false => Circumstance::Otherwise,
        };
        let moment = Moment { happened: now - SignedDuration::from_mins(late), now, zone: &zone };
        let due = own.due((importance, channel), circumstance, &moment);
        prop_assert_eq!(due.is_none(), pace == Pace::Never);
        if let Some(due) = due {
            prop_assert!(due >= now);
            // A day until it is told, one until it is no longer quiet, and one when clocks skip that.
            prop_assert!(due <= now + SignedDuration::from_hours(75));
            let passes = on_duty && importance == Importance::Urgent && pace == Pace::Now;
            let time = due.to_zoned(zone).time();
            prop_assert!(passes || !own.quiet.holds(time), "{} is quiet", time);
        }
    }
}
