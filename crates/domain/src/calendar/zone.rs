//! Time zones by their names, from the table that is built in: the same on every machine.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone that has a name, such as `Asia/Shanghai`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// No time zone has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no time zone of this name")]
pub struct BadZone;

impl std::str::FromStr for Zone {
    type Err = BadZone;

    fn from_str(text: &str) -> Result<Zone, BadZone> {
        let rules = ZONES.get(text.trim()).map_err(|_| BadZone)?;
        let name = rules.iana_name().ok_or(BadZone)?.to_owned();
        Ok(Zone { name, rules })
    }
}

impl Zone {
    /// The one time zone of China.
    pub fn china() -> Zone {
        "Asia/Shanghai".parse().expect("the table has it")
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day that it is.
    pub fn date(&self, at: Timestamp) -> Date {
        self.rules.to_datetime(at).date()
    }

    /// The first instant at which the clocks show this minute of this day, or a later one.
    ///
    /// Where clocks go forward, a minute that is skipped comes when they do; where they go
    /// back, a minute that comes twice comes the first time. So a later minute never comes
    /// before an earlier one, and a day off the clock is an empty one. None at the end of
    /// what can be written as an instant.
    pub fn first(&self, date: Date, minute: u16) -> Option<Timestamp> {
        let (date, minute) = match minute {
            1440.. => (date.tomorrow().ok()?, 0),
            minute => (date, minute),
        };
        let hour = i8::try_from(minute / 60).expect("less than 24");
        let clock = date.at(hour, i8::try_from(minute % 60).expect("less than 60"), 0, 0);
        match self.rules.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(clock).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(clock).ok(),
            AmbiguousOffset::Gap { before, .. } => {
                let after = before.to_timestamp(clock).ok()?;
                let after = after
                    .checked_add(jiff::SignedDuration::from_nanos(1))
                    .ok()?;
                let changed = self.rules.preceding(after).next()?;
                Some(changed.timestamp())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn zones_have_names() {
        assert_eq!(Zone::china().name(), "Asia/Shanghai");
        assert_eq!(
            "europe/berlin".parse::<Zone>().unwrap().name(),
            "Europe/Berlin"
        );
        for wrong in ["", "Shanghai", "+08:00", "Asia/../Shanghai"] {
            assert_eq!(wrong.parse::<Zone>(), Err(BadZone), "{wrong}");
        }
    }

    #[test]
    fn skipped_and_repeated_minutes_come_in_order() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let at = |day, minute| berlin.first(day, minute).unwrap().to_string();
        // Forward at 02:00 on 29 March 2026, back at 03:00 on 25 October.
        let (spring, autumn) = (date(2026, 3, 29), date(2026, 10, 25));
        assert_eq!(at(spring, 119), "2026-03-29T00:59:00Z");
        assert_eq!(at(spring, 150), "2026-03-29T01:00:00Z");
        assert_eq!(at(spring, 180), "2026-03-29T01:00:00Z");
        assert_eq!(at(autumn, 150), "2026-10-25T00:30:00Z");
        assert_eq!(at(autumn, 180), "2026-10-25T02:00:00Z");
        assert_eq!(at(autumn, 1440), "2026-10-25T23:00:00Z");
        // Samoa had no 30 December in 2011.
        let samoa: Zone = "Pacific/Apia".parse().unwrap();
        let gone = date(2011, 12, 30);
        assert_eq!(samoa.first(gone, 540), samoa.first(gone, 1440));
        assert_eq!(samoa.first(Date::MAX, 1440), None);
    }
}
