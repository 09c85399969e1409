//! One line of the file, understood: the form that it fills in, and what does not fit there.

use csv::StringRecord;
use huiyin_domain::case::{
    Args, FieldType, Kind, PetitionerPart, Step, Target as Leads, Value, Values, Who,
};
use huiyin_domain::id::CaseId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::Read;

use super::source::Source;
use super::{Plan, Target, when};
use crate::import::LineFault;
use crate::{App, Refusal};

/// A line that can be brought in.
pub(super) struct Line {
    pub number: u64,
    /// What tells the line from all others of its sort: a hash of its own number.
    pub own: u64,
    pub id: CaseId,
    pub at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// What the opening step asks.
    pub opening: Values,
    /// What the field was too short for, in pieces that fit a further remark.
    pub remarks: Vec<String>,
    /// What the columns say beside that, for the steps that follow.
    pub more: Vec<(String, String)>,
}

const VALUE_CHARS_MAX: usize = 60;

impl Line {
    /// The line is left out, or stopped half-way, for this reason.
    pub fn fault(&self, key: &'static str) -> LineFault {
        fault(self.number, "", "", key)
    }

    /// What a refusal says of the line.
    pub fn refused(&self, refusal: &Refusal) -> LineFault {
        match refusal.faults().first() {
            Some(first) => LineFault {
                args: first.args.clone(),
                ..fault(self.number, &first.field, "", first.key)
            },
            None => LineFault {
                args: refusal.args(),
                ..fault(self.number, "", &refusal.key(), "fault-refused")
            },
        }
    }
}

fn fault(line: u64, column: &str, value: &str, key: &'static str) -> LineFault {
    LineFault {
        file: 0,
        line,
        column: column.to_owned(),
        value: value.chars().take(VALUE_CHARS_MAX).collect(),
        key,
        args: Args::new(),
    }
}

/// The step that takes up what was too long: whoever brought it in adds to it.
#[derive(Clone)]
pub(super) struct Remark<'k> {
    pub step: &'k Step,
    pub field: &'k str,
    max: usize,
}

impl<'k> Remark<'k> {
    /// The first step by which a petitioner adds a text and nothing moves.
    pub fn of(kind: &'k Kind) -> Option<Remark<'k>> {
        let Leads::Stage(first) = &kind.open.to else {
            return None;
        };
        kind.steps
            .iter()
            .filter(|step| step.to == Leads::Stay && step.by.contains(&Who::Petitioner))
            .filter(|step| step.from.contains(first))
            .find_map(|step| {
                let mut required = step.fields.iter().filter(|asked| asked.required);
                let asked = required.next().or(step.fields.first())?;
                let field = kind.field(&asked.field)?;
                match (&field.kind, required.next()) {
                    (FieldType::Text(text), None) => Some(Remark {
                        step,
                        field: &field.name,
                        max: text.max,
                    }),
                    _ => None,
                }
            })
    }
}

/// Understands the lines of one file.
pub(super) struct Reader<'i> {
    app: &'i App,
    kind: &'i Kind,
    plan: &'i Plan,
    remark: Option<Remark<'i>>,
}

impl<'i> Reader<'i> {
    pub fn new(app: &'i App, kind: &'i Kind, plan: &'i Plan) -> Reader<'i> {
        Reader {
            app,
            kind,
            plan,
            remark: Remark::of(kind),
        }
    }

    /// Understands one line.
    pub fn line<R: Read>(
        &self,
        source: &Source<R>,
        record: &StringRecord,
    ) -> Result<Line, LineFault> {
        let number = record.position().map_or(0, csv::Position::line);
        let mut line = Line {
            number,
            own: 0,
            id: CaseId::from_raw(0),
            at: self.app.now(),
            answered_at: None,
            opening: Values::new(),
            remarks: Vec::new(),
            more: Vec::new(),
        };
        let mut own_number = String::new();
        let mut texts: Vec<(&str, String)> = Vec::new();
        for (column, target) in &self.plan.map {
            let text = source.get(record, column).trim();
            match target {
                Target::Source => own_number = text.to_owned(),
                Target::At => {
                    line.at = self
                        .instant(text)
                        .ok_or_else(|| fault(number, column, text, "fault-not-date"))?
                }
                Target::AnsweredAt if text.is_empty() => {}
                Target::AnsweredAt => {
                    let at = self
                        .instant(text)
                        .ok_or_else(|| fault(number, column, text, "fault-not-date"))?;
                    line.answered_at = Some(at.max(line.at));
                }
                Target::Field(field) => match texts.iter_mut().find(|(name, _)| name == field) {
                    Some((_, before)) => *before = joined(before, &tidy(text)),
                    None => texts.push((field, tidy(text))),
                },
            }
        }
        if line.at.max(line.answered_at.unwrap_or(line.at)) > self.app.now() {
            return Err(line.fault("fault-in-future"));
        }
        if own_number.is_empty() {
            own_number = record.iter().collect::<Vec<_>>().join("\u{1f}");
        }
        line.own = own(&self.plan.kind, &own_number);
        line.id = id(line.own, line.at);
        for (field, text) in texts {
            self.put(&mut line, field, text)?;
        }
        let place = &self.kind.place_field;
        let here = || Value::Place(self.plan.place.clone());
        line.opening.entry(place.clone()).or_insert_with(here);
        Ok(line)
    }

    fn instant(&self, text: &str) -> Option<Timestamp> {
        when::parse(text, &self.app.config.time_zone)
    }

    fn put(&self, line: &mut Line, name: &str, text: String) -> Result<(), LineFault> {
        let no_field = || fault(line.number, name, "", "fault-unknown-field");
        let field = self.kind.field(name).ok_or_else(no_field)?;
        if self.kind.open.asks(name).is_none() {
            line.more.push((name.to_owned(), text));
            return Ok(());
        }
        if text.is_empty() {
            return Ok(());
        }
        let text = match &field.kind {
            FieldType::Text(kind) if text.chars().count() > kind.max => {
                let (head, rest) = cut(&text, kind.max);
                let remark = self.remark.as_ref();
                let remark =
                    remark.ok_or_else(|| fault(line.number, name, "", "fault-too-long"))?;
                let mut rest = rest;
                while !rest.is_empty() {
                    let (piece, after) = cut(rest, remark.max);
                    line.remarks.push(piece.to_owned());
                    rest = after;
                }
                head.to_owned()
            }
            _ => text,
        };
        let told = match field.kind.petitioner_part() {
            Some(
                PetitionerPart::Name
                | PetitionerPart::Contact
                | PetitionerPart::Address
                | PetitionerPart::Emergency,
            )
            | None => field.kind.read(std::slice::from_ref(&text)),
        };
        let value = told.map_err(|trouble| LineFault {
            args: trouble.args,
            ..fault(line.number, name, &text, trouble.key)
        })?;
        line.opening.insert(name.to_owned(), value);
        Ok(())
    }
}

fn own(kind: &str, number: &str) -> u64 {
    let hash = Sha256::new()
        .chain_update(kind)
        .chain_update([0])
        .chain_update(number)
        .finalize();
    u64::from_be_bytes(hash[..8].try_into().expect("a hash has eight bytes"))
}

/// The id of the case of a line: its time from the file, so that the order of ids is that of
/// time, and the rest from its own number. The same line leads to the same id wherever and
/// whenever it is read.
fn id(own: u64, at: Timestamp) -> CaseId {
    let us = at.as_microsecond() - IDS_BEGIN_US;
    // Ids cannot tell times before 2020; what is older lies close together in its first days.
    let (us, second_us) = match us >= 0 {
        true => (us, 1_000_000),
        false => ((us + OLDER_US).max(0) / 1_000, 1_000),
    };
    let us = us + i64::try_from((own >> 10) % second_us).expect("less than a million");
    CaseId::from_raw((us << 10) | i64::try_from(own & 1_023).expect("ten bits"))
}

/// 2020-01-01T00:00:00Z, where ids begin.
const IDS_BEGIN_US: i64 = 1_577_836_800_000_000;
/// Twenty years.
const OLDER_US: i64 = 20 * 365 * 86_400 * 1_000_000;

impl Line {
    /// Another id, for the rare line whose first one another line of the file has.
    pub fn step_aside(&mut self) {
        self.id = CaseId::from_raw(self.id.get() + 1);
    }
}

/// Each line without the tabs and spaces around it, none that is empty at either end.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

fn joined(before: &str, text: &str) -> String {
    match (before.is_empty(), text.is_empty()) {
        (true, _) => text.to_owned(),
        (_, true) => before.to_owned(),
        _ => format!("{before}\n{text}"),
    }
}

/// The part that fits, ended with a sentence where there is one, and the rest; nothing lost.
fn cut(text: &str, max: usize) -> (&str, &str) {
    let Some((end, _)) = text.char_indices().nth(max) else {
        return (text, "");
    };
    let (fits, _) = text.split_at(end);
    let late = fits.len() - fits.len() / 4;
    let stop = fits
        .char_indices()
        .filter(|(_, c)| matches!(c, '。' | '！' | '？' | '\n' | '；' | '.'))
        .map(|(at, c)| at + c.len_utf8())
        .rfind(|&at| at >= late);
    text.split_at(stop.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_in_cutting() {
        let text = "一二三四五六七八。九十一二三四五";
        for max in 1..20 {
            let mut rest = text;
            let mut pieces = Vec::new();
            while !rest.is_empty() {
                let (piece, after) = cut(rest, max);
                assert!(piece.chars().count() <= max && !piece.is_empty());
                pieces.push(piece);
                rest = after;
            }
            assert_eq!(pieces.concat(), text);
        }
        assert_eq!(cut(text, 10), ("一二三四五六七八。", "九十一二三四五"));
    }

    #[test]
    fn the_same_line_leads_to_the_same_id_and_later_lines_to_later_ones() {
        let zone = jiff::tz::TimeZone::UTC;
        let at = |text| when::parse(text, &zone).unwrap();
        let times = [
            "2003-05-05",
            "2019-01-01 08:00",
            "2019-12-31",
            "2020-01-09",
            "2026-11-02",
        ];
        let ids = times.map(|time| id(own("a", "188006"), at(time)));
        assert_eq!(ids, times.map(|time| id(own("a", "188006"), at(time))));
        assert!(ids.is_sorted(), "{ids:?}");
        let same_second: std::collections::BTreeSet<CaseId> = (0..200)
            .map(|n| id(own("a", &n.to_string()), at("2019-01-01")))
            .collect();
        assert_eq!(same_second.len(), 200);
        assert_ne!(own("a", "1"), own("b", "1"));
    }

    #[test]
    fn tabs_around_lines_go() {
        assert_eq!(tidy("\n\t\t\t一行\t\n\t\t 二行\n\t\n"), "一行\n二行");
        assert_eq!(joined("题", ""), "题");
        assert_eq!(joined("题", "文"), "题\n文");
    }
}
