//! Calendars that other programs read: iCalendar (RFC 5545). Small on purpose: events with one
//! beginning and one end in UTC, so no time zones have to be described. Lines are folded at 75
//! octets and end as the standard says.

use jiff::Timestamp;

/// The longest line, in octets.
const LINE_BYTES_MAX: usize = 75;

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Confirmed,
    /// It is asked for, or somebody waits for a seat.
    Tentative,
    Cancelled,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What stays the same however the event changes.
    pub uid: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// When it was changed last; a program takes the later of two.
    pub changed_at: Timestamp,
    pub title: String,
    pub text: String,
    pub location: String,
    pub link: String,
    pub status: Status,
}

/// Writes a calendar.
pub fn write(name: &str, events: &[Event], now: Timestamp) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Huiyin//Huiyin//ZH");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("NAME", name);
    out.text("X-WR-CALNAME", name);
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    for event in events {
        out.event(event, now);
    }
    out.line("END:VCALENDAR");
    out.0
}

struct Lines(String);

impl Lines {
    fn event(&mut self, event: &Event, now: Timestamp) {
        self.line("BEGIN:VEVENT");
        self.text("UID", &event.uid);
        self.line(&format!("DTSTAMP:{}", utc(now)));
        self.line(&format!("LAST-MODIFIED:{}", utc(event.changed_at)));
        self.line(&format!("SEQUENCE:{}", sequence(event.changed_at)));
        self.line(&format!("DTSTART:{}", utc(event.starts_at)));
        self.line(&format!("DTEND:{}", utc(event.ends_at)));
        self.text("SUMMARY", &event.title);
        for (property, text) in [("DESCRIPTION", &event.text), ("LOCATION", &event.location)] {
            if !text.is_empty() {
                self.text(property, text);
            }
        }
        self.line(&format!("URL:{}", event.link));
        let status = match event.status {
            Status::Confirmed => "CONFIRMED",
            Status::Tentative => "TENTATIVE",
            Status::Cancelled => "CANCELLED",
        };
        self.line(&format!("STATUS:{status}"));
        self.line("END:VEVENT");
    }

    fn text(&mut self, property: &str, text: &str) {
        self.line(&format!("{property}:{}", escaped(text)));
    }

    /// Folds between characters: a line that goes on begins with a blank.
    fn line(&mut self, line: &str) {
        let mut bytes = 0;
        for sign in line.chars().filter(|sign| !sign.is_control()) {
            if bytes + sign.len_utf8() > LINE_BYTES_MAX {
                self.0.push_str("\r\n ");
                bytes = 1;
            }
            self.0.push(sign);
            bytes += sign.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Grows with every change and fits the 32 bits that programs keep: seconds since 2020.
fn sequence(changed_at: Timestamp) -> i64 {
    (changed_at.as_second() - 1_577_836_800).max(0)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(sign);
            }
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn lines_are_folded_between_characters_and_texts_cannot_begin_a_line() {
        let event = Event {
            uid: "0000000000001@huiyin".to_owned(),
            starts_at: at("2026-11-03T10:00:00+08:00"),
            ends_at: at("2026-11-03T11:00:00+08:00"),
            changed_at: at("2026-11-01T10:00:00+08:00"),
            title: "包饺子，聊家常；".repeat(12),
            text: "带上围裙\r\nEND:VEVENT\n, ; \\".to_owned(),
            location: String::new(),
            link: "https://huiyin.example/activities/0000000000001".to_owned(),
            status: Status::Cancelled,
        };
        let text = write("老渡口", &[event], at("2026-11-02T00:00:00Z"));
        assert!(text.lines().all(|line| line.len() <= LINE_BYTES_MAX));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches("\r\nEND:VEVENT").count(), 1);
        assert!(text.contains("DTSTART:20261103T020000Z\r\n"));
        assert!(text.contains("STATUS:CANCELLED\r\n"));
        assert!(text.contains("DESCRIPTION:带上围裙\\nEND:VEVENT\\n\\, \\; \\\\\r\n"));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&"包饺子，聊家常；".repeat(12)));
    }
}
