//! Days and moments as people say them: never without the day of the week.

use huiyin_domain::words::{Lang, Value, Words};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Tells dates in one language, to somebody who reads them about now.
pub struct Dates<'w> {
    pub words: &'w Words,
    pub lang: Lang,
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// What is promised for a day runs to this minute of it; nobody would say the minute.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

impl Dates<'_> {
    /// `9月12日（周四）`, with the year when it is not this one.
    pub fn day(&self, day: Date) -> String {
        let key = match day.year() == self.today().year() {
            true => "when-day",
            false => "when-day-of-year",
        };
        self.said(key, day, "")
    }

    /// `9月12日（周四）18:00`; the last minute of a day is the end of it.
    pub fn moment(&self, at: Timestamp) -> String {
        let here = at.to_zoned(self.zone.clone());
        let is_this_year = here.year() == self.today().year();
        let key = match (is_end_of_day(here.time()), is_this_year) {
            (true, true) => "when-end",
            (true, false) => "when-end-of-year",
            (false, true) => "when-moment",
            (false, false) => "when-moment-of-year",
        };
        self.said(key, here.date(), &here.strftime("%H:%M").to_string())
    }

    fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    fn said(&self, key: &str, day: Date, clock: &str) -> String {
        let word = |key: String| self.words.get(self.lang, &key, &[]).into_owned();
        let weekday = day.weekday().to_monday_one_offset();
        let args = [
            ("year", Value::from(day.year().to_string())),
            (
                "month",
                Value::from(word(format!("when-month-{}", day.month()))),
            ),
            ("day", Value::from(day.day().to_string())),
            (
                "weekday",
                Value::from(word(format!("when-weekday-{weekday}"))),
            ),
            ("clock", Value::from(clock.to_owned())),
        ];
        self.words.get(self.lang, key, &args).into_owned()
    }
}

/// Whether the end of the day is meant rather than this minute of it.
pub fn is_end_of_day(time: Time) -> bool {
    time == LAST_MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn told(lang: Lang, when: &str) -> String {
        let words = Words::load(crate::words::sources()).unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let now = at("2024-09-12T08:00:00Z");
        let dates = Dates {
            words: &words,
            lang,
            now,
            zone,
        };
        dates.moment(at(when))
    }

    #[test]
    fn a_moment_has_its_weekday_in_the_language_of_the_reader() {
        let friday = "2024-09-20T10:00:00Z";
        assert_eq!(told(Lang::ZH, friday), "9月20日（周五）18:00");
        assert_eq!(told(Lang::EN, friday), "Friday 20 September, 18:00");
        let next_year = "2025-01-02T01:05:00Z";
        assert_eq!(told(Lang::ZH, next_year), "2025年1月2日（周四）09:05");
        assert_eq!(told(Lang::EN, next_year), "Thursday 2 January 2025, 09:05");
    }

    #[test]
    fn what_is_promised_for_a_day_is_said_as_a_day() {
        let night = "2024-09-20T15:59:00Z";
        assert_eq!(told(Lang::ZH, night), "9月20日（周五）24:00");
        assert_eq!(told(Lang::EN, night), "Friday 20 September");
    }
}
