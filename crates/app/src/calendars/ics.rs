//! Reading iCalendar files (RFC 5545) for the days they name.
//!
//! The file is cut into its events here, so that each fault has the line of an editor;
//! the `icalendar` crate reads an event, `rrule` works out the days on which it comes back.
//! Both speak of time in their own types; nothing of them leaves this file.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use huiyin_domain::calendar::{SpecialDay, What};
use huiyin_domain::names::Names;
use icalendar::parser::{Component, read_components, unfold};
use jiff::Span;
use jiff::civil::Date;

use crate::import::{LineFault, clean};

/// A holiday is not longer; a longer one is a mistake in its end.
const DAYS_MAX: i32 = 60;
/// An event that comes back more often in the years looked at is not a holiday.
const TIMES_MAX: u16 = 400;
const VALUE_CHARS_MAX: usize = 60;

/// The lines of one event, as an editor counts.
struct Block {
    line: u64,
    text: String,
}

/// Days by date, and for each the line of its event. Of days that repeat without an end,
/// those in `years` are taken.
pub fn read(
    file: usize,
    text: &str,
    years: &RangeInclusive<i16>,
    faults: &mut Vec<LineFault>,
) -> (usize, BTreeMap<Date, SpecialDay>) {
    let blocks = blocks(file, text, faults);
    // Some lists mark the days off and the swapped workdays among what is merely observed;
    // where one does, only what is marked counts.
    let marks = blocks.iter().any(|block| block.text.contains(MARK));
    let mut days: BTreeMap<Date, SpecialDay> = BTreeMap::new();
    for block in &blocks {
        match event(block, years, marks) {
            Ok(event) => {
                for day in event {
                    add(&mut days, day);
                }
            }
            Err(wrong) => faults.push(wrong.at(file, block)),
        }
    }
    (blocks.len(), days)
}

const MARK: &str = "X-APPLE-SPECIAL-DAY";

/// Two holidays may fall on one day: it bears both names.
fn add(days: &mut BTreeMap<Date, SpecialDay>, day: SpecialDay) {
    let Some(known) = days.get_mut(&day.date) else {
        days.insert(day.date, day);
        return;
    };
    for (lang, name) in day.names.0 {
        let names = known.names.0.entry(lang).or_default();
        if !names.split(" · ").any(|one| one == name) {
            *names = format!("{names} · {name}");
        }
    }
}

/// What is wrong with an event, and in which of its properties.
struct Wrong {
    property: &'static str,
    value: String,
    key: &'static str,
}

impl Wrong {
    fn at(self, file: usize, block: &Block) -> LineFault {
        let lines = block.text.lines();
        let before = lines.take_while(|line| !line.to_uppercase().starts_with(self.property));
        let within = if self.property.is_empty() {
            0
        } else {
            before.count()
        };
        // A property that is missing is told at the beginning of its event.
        let within = if within == block.text.lines().count() {
            0
        } else {
            within
        };
        LineFault {
            file,
            line: block.line + within as u64,
            column: self.property.to_owned(),
            value: self.value.chars().take(VALUE_CHARS_MAX).collect(),
            key: self.key,
            args: Vec::new(),
        }
    }
}

/// Cuts the events out of a file. An event that does not end is a fault of its own.
fn blocks(file: usize, text: &str, faults: &mut Vec<LineFault>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut unended = |block: Option<Block>| {
        let wrong = Wrong {
            property: "",
            value: "BEGIN:VEVENT".to_owned(),
            key: "fault-event-open",
        };
        faults.extend(block.map(|block| wrong.at(file, &block)));
    };
    for (line, text) in (1..).zip(text.lines()) {
        let word = text.trim().to_ascii_uppercase();
        if word == "BEGIN:VEVENT" {
            unended(open.replace(Block {
                line,
                text: String::new(),
            }));
        }
        if let Some(block) = &mut open {
            block.text.push_str(text.trim_end());
            block.text.push_str("\r\n");
        }
        if word == "END:VEVENT" {
            blocks.extend(open.take());
        }
    }
    unended(open);
    blocks
}

/// The days of one event.
fn event(
    block: &Block,
    years: &RangeInclusive<i16>,
    marks: bool,
) -> Result<Vec<SpecialDay>, Wrong> {
    let text = unfold(&block.text);
    let unreadable = || Wrong {
        property: "",
        value: String::new(),
        key: "fault-event",
    };
    let components = read_components(&text).map_err(|_| unreadable())?;
    let event = components.first().ok_or_else(unreadable)?;
    let value = |name: &str| event.find_prop(name).map(|found| found.val.to_string());
    let mark = value(MARK);
    if marks && mark.is_none() {
        return Ok(Vec::new());
    }
    let start = day(event, "DTSTART")?.ok_or_else(|| Wrong {
        property: "DTSTART",
        value: String::new(),
        key: "fault-required",
    })?;
    let long = length(event, start)?;
    let names = names(event)?;
    let what = match mark.as_deref() {
        Some("ALTERNATE-WORKDAY") => What::Working(None),
        _ => What::Off,
    };
    let begins = match value("RRULE") {
        None => vec![start],
        Some(rule) => repeated(start, &rule, years)?,
    };
    let except: Vec<Date> = value("EXDATE")
        .iter()
        .flat_map(|dates| dates.split(','))
        .filter_map(date)
        .collect();
    let begins = begins.into_iter().filter(|begin| !except.contains(begin));
    let all = begins.flat_map(|begin| {
        let days = begin.series(Span::new().days(1));
        days.take(long)
    });
    Ok(all
        .map(|date| SpecialDay {
            date,
            what: what.clone(),
            names: names.clone(),
        })
        .collect())
}

/// `20270101`; what comes after it, such as the hour, is not looked at.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = text
        .get(..8)
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    Date::strptime("%Y%m%d", digits).ok()
}

/// A date property that names a whole day; none when it is not there.
fn day(event: &Component<'_>, property: &'static str) -> Result<Option<Date>, Wrong> {
    let Some(found) = event.find_prop(property) else {
        return Ok(None);
    };
    let value = found.val.to_string();
    let wrong = |key| Wrong {
        property,
        value: value.clone(),
        key,
    };
    match date(&value) {
        Some(day) if value.trim().len() == 8 => Ok(Some(day)),
        Some(_) => Err(wrong("fault-event-hours")),
        None => Err(wrong("fault-event-date")),
    }
}

/// How many days; the end that a file names is the day after the last.
fn length(event: &Component<'_>, start: Date) -> Result<usize, Wrong> {
    let Some(end) = day(event, "DTEND")? else {
        return Ok(1);
    };
    let days = start.until(end).map_or(0, |span| span.get_days());
    // Some programs write the same day as the end of a day.
    let days = if end == start { 1 } else { days };
    match usize::try_from(days) {
        Ok(long) if (1..=DAYS_MAX).contains(&days) => Ok(long),
        _ => Err(Wrong {
            property: "DTEND",
            value: end.to_string(),
            key: "fault-event-end",
        }),
    }
}

/// What the event is called, in the language it says, else in none in particular.
fn names(event: &Component<'_>) -> Result<Names, Wrong> {
    let summary = event.find_prop("SUMMARY");
    let name = summary.map_or_else(String::new, |found| {
        clean(found.val.clone().unescape_text().as_str())
    });
    if name.is_empty() {
        return Err(Wrong {
            property: "SUMMARY",
            value: name,
            key: "fault-name",
        });
    }
    let of = summary.and_then(|found| found.params.iter().find(|param| param.key == "LANGUAGE"));
    let tag = of
        .and_then(|param| param.val.as_ref())
        .map(ToString::to_string);
    let lang = tag.as_deref().and_then(|tag| tag.split(['-', '_']).next());
    let lang = lang.filter(|lang| !lang.is_empty()).unwrap_or("und");
    Ok(Names::one(&lang.to_lowercase(), &name))
}

/// The days within the years on which a rule brings an event back.
fn repeated(start: Date, rule: &str, years: &RangeInclusive<i16>) -> Result<Vec<Date>, Wrong> {
    let wrong = || Wrong {
        property: "RRULE",
        value: rule.to_owned(),
        key: "fault-event-rule",
    };
    // Whole days are reckoned at midnight in one zone; a rule that ends on a day includes it.
    let parts = rule
        .trim()
        .split(';')
        .map(|part| match part.split_once('=') {
            Some((name, until)) if name.eq_ignore_ascii_case("UNTIL") && until.len() == 8 => {
                format!("UNTIL={until}T000000Z")
            }
            _ => part.to_owned(),
        });
    let rule = parts.collect::<Vec<_>>().join(";");
    let set = format!("DTSTART:{}T000000Z\nRRULE:{rule}", start.strftime("%Y%m%d"));
    let set: rrule::RRuleSet = set.parse().map_err(|_| wrong())?;
    let mut dates = Vec::new();
    for found in &set {
        let at = jiff::Timestamp::from_second(found.timestamp()).map_err(|_| wrong())?;
        let date = jiff::tz::TimeZone::UTC.to_datetime(at).date();
        if date.year() > *years.end() {
            break;
        }
        if date.year() >= *years.start() {
            dates.push(date);
        }
        if dates.len() > usize::from(TIMES_MAX) {
            return Err(wrong());
        }
    }
    Ok(dates)
}
