//! Small things that pages of venues and activities share: chips, spans of time, choices.

use huiyin_app::activities::look::Line;
use huiyin_domain::calendar::Zone;
use huiyin_domain::venue::Opening;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::show::Look;
use crate::when::When;

/// Open until when, or shut until when.
pub fn opening_words(when: &When<'_>, opening: Opening) -> (String, Look) {
    let page = when.page;
    match opening {
        Opening::OpenUntil(until) => (
            page.ts("venue-open-until", "moment", &when.moment(until))
                .into_owned(),
            look("done", "clock"),
        ),
        Opening::ClosedUntil(Some(until)) => (
            page.ts("venue-shut-until", "moment", &when.moment(until))
                .into_owned(),
            look("quiet", "clock"),
        ),
        Opening::ClosedUntil(None) => (page.t("venue-shut").into_owned(), look("quiet", "clock")),
    }
}

fn look(tone: &'static str, sign: &'static str) -> Look {
    Look { tone, sign }
}

/// `today 14:00–16:00`, or both moments when they lie on two days.
pub fn span(when: &When<'_>, starts_at: Timestamp, ends_at: Timestamp) -> String {
    let day = |at: Timestamp| at.to_zoned(when.zone.clone()).date();
    let end = match day(starts_at) == day(ends_at) {
        true => when.clock(ends_at),
        false => when.moment(ends_at),
    };
    format!("{}–{end}", when.moment(starts_at))
}

/// A card of an activity.
pub struct ActivityCard {
    pub href: String,
    pub title: String,
    pub when: String,
    pub place: String,
    pub seats: String,
    pub tone: &'static str,
    pub sign: &'static str,
}

pub fn activity_card(when: &When<'_>, line: &Line, base: &str) -> ActivityCard {
    let activity = &line.activity;
    let (seats, look) = seats(when, line);
    ActivityCard {
        href: format!("{base}/{}", activity.id),
        title: activity.title.clone(),
        when: span(when, activity.starts_at, activity.ends_at),
        place: line.place.in_lang(when.page.lang.as_str()).to_owned(),
        seats,
        tone: look.tone,
        sign: look.sign,
    }
}

/// How many seats are free, or why none is to be had.
pub fn seats(when: &When<'_>, line: &Line) -> (String, Look) {
    let (page, activity) = (when.page, &line.activity);
    let said = |key: &str| page.t(key).into_owned();
    if activity.cancelled_at.is_some() {
        return (said("activity-is-off"), look("late", "ban"));
    }
    if activity.ends_at <= when.now {
        return (said("activity-is-over"), look("quiet", "check"));
    }
    if activity.sign_up_until <= when.now {
        return (said("activity-sign-up-over"), look("quiet", "clock"));
    }
    match line.free() {
        free if free > 0 => (
            page.tn("activity-free", "count", free).into_owned(),
            look("new", "ticket"),
        ),
        _ => (said("activity-full"), look("wait", "hourglass")),
    }
}

/// The choices of a list of words, each called `prefix-word`.
pub fn choices<'w>(
    page: &Page,
    prefix: &str,
    words: impl IntoIterator<Item = &'w str>,
    chosen: &str,
) -> Vec<Choice> {
    let choice = |word: &str| Choice {
        value: word.to_owned(),
        label: page.t(&format!("{prefix}-{word}")).into_owned(),
        chosen: word == chosen,
    };
    words.into_iter().map(choice).collect()
}

/// The instant of a day and a time that were typed, by the clocks of a place.
pub fn instant(zone: &Zone, day: &str, time: &str) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let (hour, minute) = time.split_once(':')?;
    let hour: u16 = hour.parse().ok().filter(|hour| *hour <= 24)?;
    let minute: u16 = minute.get(..2)?.parse().ok().filter(|min| *min < 60)?;
    zone.first(day, 60 * hour + minute)
}

/// A number that was typed; what is none is no number that any rule allows.
pub fn number(form: &Form, field: &str) -> i64 {
    form.text(field).parse().unwrap_or(-1)
}

/// The clocks of a zone, to tell time by.
pub fn clocks(zone: &Zone) -> jiff::tz::TimeZone {
    let clocks = jiff::tz::TimeZone::get(zone.name());
    clocks.unwrap_or(jiff::tz::TimeZone::UTC)
}
