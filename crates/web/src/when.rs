//! Instants, days and durations in the reader's terms: weekdays beside dates, what is
//! left before what is the limit.
//!
//! To add a way to say a time: a function here and its lines in `words/when.*.ftl`.
//! Dates that are not near are told as letters tell them, by the application.

use huiyin_app::words::dates::{Dates, is_end_of_day};
use huiyin_domain::calendar::{Calendar, TooFar};
use huiyin_domain::case::{ClockView, Measure};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::layout::Page;
use crate::visit::Visit;

/// Tells time to one reader.
pub struct When<'p> {
    pub page: &'p Page,
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// A clock, as `ui::clock` and `ui::clock_line` draw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// `run`, `soon`, `late` or `done`.
    pub state: &'static str,
    pub words: String,
    /// The instant itself.
    pub by: String,
    /// How much of the time is used up, 0 to 100.
    pub share: i64,
    /// What was promised first, when that is not what is promised now.
    pub first: String,
}

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;
/// From this share of its time on a clock is nearly over.
const SOON_SHARE: i64 = 80;

impl<'p> When<'p> {
    /// Time as whoever asks should be told it.
    pub fn of(visit: &Visit, page: &'p Page) -> When<'p> {
        When {
            page,
            now: visit.state.now(),
            zone: visit.state.app.config.time_zone.clone(),
        }
    }

    /// `9月12日（周四）`, with the year when it is not this one.
    pub fn day(&self, day: Date) -> String {
        self.dates().day(day)
    }

    /// The day on which an instant falls here.
    pub fn day_of(&self, at: Timestamp) -> String {
        self.day(at.to_zoned(self.zone.clone()).date())
    }

    /// `9月12日（周四）18:00`; yesterday, today and tomorrow by these names. What is promised for
    /// a day runs to the end of it.
    pub fn moment(&self, at: Timestamp) -> String {
        let here = at.to_zoned(self.zone.clone());
        let today = self.now.to_zoned(self.zone.clone()).date();
        let near = match here.date() {
            day if day == today => "when-today",
            day if today.tomorrow().is_ok_and(|next| next == day) => "when-tomorrow",
            day if today.yesterday().is_ok_and(|last| last == day) => "when-yesterday",
            _ => return self.dates().moment(at),
        };
        if is_end_of_day(here.time()) {
            return self.page.t(&format!("{near}.end")).into_owned();
        }
        let clock = here.strftime("%H:%M").to_string();
        self.page.ts(near, "clock", &clock).into_owned()
    }

    /// `2 天 4 小时`: the largest unit, and hours beside the first days.
    pub fn span(&self, span: SignedDuration) -> String {
        let seconds = span.as_secs().abs();
        let (key, whole) = match seconds {
            s if s >= DAY_S => ("when-days", s / DAY_S),
            s if s >= HOUR_S => ("when-hours", s / HOUR_S),
            s => ("when-minutes", ((s + MINUTE_S - 1) / MINUTE_S).max(1)),
        };
        let first = self.page.tn(key, "count", whole).into_owned();
        let hours = seconds % DAY_S / HOUR_S;
        match (DAY_S..3 * DAY_S).contains(&seconds) && hours > 0 {
            true => format!("{first} {}", self.page.tn("when-hours", "count", hours)),
            false => first,
        }
    }

    /// How long ago, or the day when that is longer ago than a week.
    pub fn ago(&self, at: Timestamp) -> String {
        let past = self.now.duration_since(at);
        match past.as_secs() {
            s if s < MINUTE_S => self.page.t("when-just-now").into_owned(),
            s if s < 7 * DAY_S => {
                let span = self.span(past);
                self.page.ts("when-ago", "span", &span).into_owned()
            }
            _ => self.day_of(at),
        }
    }

    /// What is left on a clock, in natural time: from its beginning to its end.
    pub fn left(&self, clock: &ClockView) -> Left {
        let whole = clock.due_at.duration_since(clock.started_at).as_secs();
        let used = self.now.duration_since(clock.started_at).as_secs();
        let share = (used.saturating_mul(100) / whole.max(1)).clamp(0, 100);
        let span = self.span(clock.due_at.duration_since(self.now));
        self.told(clock, share, &span)
    }

    /// What is left on a clock as it counts: in working days and hours where it runs in working
    /// time, and standing still where it stands.
    pub fn left_by(&self, clock: &ClockView, calendar: &Calendar) -> Left {
        let left = match &clock.paused {
            Some(pause) => pause.left,
            None => clock.measure.between(calendar, self.now, clock.due_at),
        };
        let micros =
            |time: std::time::Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        let whole = micros(clock.whole).max(1);
        let share = 100 - (micros(left) / (whole / 100).max(1)).clamp(0, 100);
        let is_late = clock.paused.is_none() && clock.due_at <= self.now;
        let span = match clock.measure {
            _ if is_late => self.span(clock.due_at.duration_since(self.now)),
            Measure::Working => {
                let from = clock.paused.as_ref().map_or(self.now, |pause| pause.until);
                self.working(left, calendar.working_days_between(from, clock.due_at))
            }
            Measure::Natural => self.span(SignedDuration::try_from(left).unwrap_or_default()),
        };
        if let Some(pause) = &clock.paused {
            let moment = self.moment(pause.until);
            let args = [("span", span.into()), ("moment", moment.into())];
            return Left {
                state: "pause",
                words: self.page.t("when-paused").into_owned(),
                by: self.page.ta("when-paused-until", &args).into_owned(),
                share,
                first: String::new(),
            };
        }
        self.told(clock, share, &span)
    }

    /// Working days while it is more than today, else working hours and minutes.
    fn working(&self, left: std::time::Duration, days: Result<u32, TooFar>) -> String {
        let minutes = i64::try_from(left.as_secs() / 60).unwrap_or(i64::MAX);
        let (key, count) = match days {
            Ok(days) if days > 0 => ("when-working-days", i64::from(days)),
            _ if minutes >= 60 => ("when-working-hours", minutes / 60),
            _ => ("when-minutes", minutes.max(1)),
        };
        self.page.tn(key, "count", count).into_owned()
    }

    fn told(&self, clock: &ClockView, share: i64, span: &str) -> Left {
        let rest = clock.due_at.duration_since(self.now);
        let (state, key) = match rest.as_secs() {
            s if s <= 0 => ("late", "when-late"),
            _ if share >= SOON_SHARE => ("soon", "when-left"),
            _ => ("run", "when-left"),
        };
        let moment = self.moment(clock.due_at);
        Left {
            state,
            words: self.page.ts(key, "span", span).into_owned(),
            by: self.page.ts("when-by", "moment", &moment).into_owned(),
            share,
            first: String::new(),
        }
    }

    /// `18:00`.
    pub fn clock(&self, at: Timestamp) -> String {
        let here = at.to_zoned(self.zone.clone());
        here.strftime("%H:%M").to_string()
    }

    fn dates(&self) -> Dates<'_> {
        Dates {
            words: &self.page.words,
            lang: self.page.lang,
            now: self.now,
            zone: self.zone.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use huiyin_domain::case::Pause;
    use huiyin_domain::words::{Lang, Words};

    use super::*;

    fn told<T>(lang: Lang, tell: impl Fn(&When<'_>) -> T) -> T {
        let sources = huiyin_app::words::sources().chain(crate::words::sources());
        let words = Words::load(sources).unwrap();
        let page = Page::new(Arc::new(words), lang, "和静县".to_owned());
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        // A Thursday, four in the afternoon.
        let now = at("2024-09-12T08:00:00Z");
        tell(&When {
            page: &page,
            now,
            zone,
        })
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_have_weekdays() {
        let friday = |when: &When<'_>| when.moment(at("2024-09-20T10:00:00Z"));
        assert_eq!(told(Lang::ZH, friday), "9月20日（周五）18:00");
        assert_eq!(told(Lang::EN, friday), "Friday 20 September, 18:00");
        let today = |when: &When<'_>| when.moment(at("2024-09-12T10:00:00Z"));
        assert_eq!(told(Lang::ZH, today), "今天 18:00");
        let promised = |when: &When<'_>| when.moment(at("2024-09-13T15:59:00Z"));
        assert_eq!(told(Lang::EN, promised), "the end of tomorrow");
        let old = |when: &When<'_>| when.day_of(at("2023-01-02T10:00:00Z"));
        assert_eq!(told(Lang::EN, old), "Monday 2 January 2023");
    }

    #[test]
    fn durations_are_as_people_say_them() {
        let span =
            |lang, minutes: i64| told(lang, |when| when.span(SignedDuration::from_mins(minutes)));
        assert_eq!(span(Lang::ZH, 0), "1 分钟");
        assert_eq!(span(Lang::EN, 1), "1 minute");
        assert_eq!(span(Lang::EN, 90), "1 hour");
        assert_eq!(span(Lang::ZH, 28 * 60), "1 天 4 小时");
        assert_eq!(span(Lang::EN, 100 * 60), "4 days");
    }

    #[test]
    fn a_clock_says_what_is_left_and_says_plainly_when_it_is_late() {
        let left = |started: &str, due: &str| {
            let clock = ClockView::plain("answer", at(started), at(due));
            told(Lang::EN, |when| when.left(&clock))
        };
        let run = left("2024-09-11T08:00:00Z", "2024-09-16T08:00:00Z");
        assert_eq!((run.state, run.share), ("run", 20));
        assert_eq!(run.words, "4 days left");
        let late = left("2024-09-11T08:00:00Z", "2024-09-12T06:00:00Z");
        assert_eq!((late.state, late.share), ("late", 100));
        assert_eq!(late.words, "2 hours late");
    }

    #[test]
    fn working_time_is_told_in_working_days_and_a_clock_that_stands_says_until_when() {
        use huiyin_domain::calendar::{Week, Zone};
        let calendar = Calendar::new(Zone::china(), Week::usual(), &[]);
        // Thursday, four in the afternoon: two hours today, seven on Friday, then Monday.
        let clock = |due: &str| {
            let (started_at, due_at) = (at("2024-09-12T01:00:00Z"), at(due));
            ClockView {
                measure: Measure::Working,
                whole: Measure::Working.between(&calendar, started_at, due_at),
                ..ClockView::plain("handle", started_at, due_at)
            }
        };
        let left = |clock: &ClockView| told(Lang::EN, |when| when.left_by(clock, &calendar));
        let monday = left(&clock("2024-09-16T10:00:00Z"));
        assert_eq!(
            (monday.words.as_str(), monday.share),
            ("2 working days left", 24)
        );
        let today = left(&clock("2024-09-12T10:00:00Z"));
        assert_eq!(today.words, "2 working hours left");
        let mut still = clock("2024-09-17T10:00:00Z");
        still.paused = Some(Pause {
            since: at("2024-09-12T07:00:00Z"),
            until: at("2024-09-16T10:00:00Z"),
            why: "parts".to_owned(),
            left: std::time::Duration::from_secs(7 * 3600),
        });
        let still = left(&still);
        assert_eq!(still.state, "pause");
        assert!(
            still.by.contains("Monday 16 September, 18:00"),
            "{}",
            still.by
        );
        assert!(still.by.contains("1 working day"), "{}", still.by);
    }
}
