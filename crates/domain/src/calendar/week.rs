//! The hours of a week, when nothing special is on.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::hours::Hours;

/// Hours for each weekday, Monday first. At least one weekday is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[Hours; 7]", into = "[Hours; 7]")]
pub struct Week([Hours; 7]);

/// A week in which nobody ever works: whatever runs in its working time would never end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a week must be open on at least one weekday")]
pub struct BadWeek;

impl Week {
    /// Refuses a week that is never open.
    pub fn new(days: [Hours; 7]) -> Result<Week, BadWeek> {
        match days.iter().all(Hours::is_empty) {
            true => Err(BadWeek),
            false => Ok(Week(days)),
        }
    }

    /// Monday to Friday, 09:00 to 12:00 and 14:00 to 18:00: what holds where nobody has
    /// said otherwise.
    pub fn usual() -> Week {
        let day: Hours = "09:00-12:00 14:00-18:00".parse().expect("these are hours");
        let mut days = [const { Hours::NONE }; 7];
        days[..5].fill(day);
        Week(days)
    }

    /// The hours of a weekday.
    pub fn on(&self, weekday: Weekday) -> &Hours {
        &self.0[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    /// All seven, Monday first.
    pub fn days(&self) -> &[Hours; 7] {
        &self.0
    }

    /// The hours that a rest day has when it is swapped for a workday: its own if it has
    /// any, else those of the first open weekday, which is Monday nearly everywhere.
    pub fn worked(&self, weekday: Weekday) -> &Hours {
        let own = self.on(weekday);
        let open = std::iter::once(own)
            .chain(&self.0)
            .find(|hours| !hours.is_empty());
        open.expect("a week has an open weekday")
    }
}

impl TryFrom<[Hours; 7]> for Week {
    type Error = BadWeek;
    fn try_from(days: [Hours; 7]) -> Result<Week, BadWeek> {
        Week::new(days)
    }
}

impl From<Week> for [Hours; 7] {
    fn from(week: Week) -> [Hours; 7] {
        week.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_that_is_never_open_is_refused() {
        assert_eq!(Week::new([const { Hours::NONE }; 7]), Err(BadWeek));
        let never = r#"["","","","","","",""]"#;
        assert!(serde_json::from_str::<Week>(never).is_err());
        let text = serde_json::to_string(&Week::usual()).unwrap();
        assert_eq!(serde_json::from_str::<Week>(&text).unwrap(), Week::usual());
    }

    #[test]
    fn a_swapped_rest_day_has_the_hours_of_a_workday() {
        let mut days = Week::usual().0;
        days[0] = Hours::NONE;
        days[6] = "10-11".parse().unwrap();
        let week = Week::new(days).unwrap();
        assert_eq!(week.worked(Weekday::Saturday), week.on(Weekday::Tuesday));
        assert_eq!(week.worked(Weekday::Sunday).minutes(), 60);
        assert!(week.on(Weekday::Monday).is_empty());
    }
}
