//! The pages of a volunteer: what they offer, what they did, their certificates; and the page on
//! which anybody checks one.

pub mod certificate;
pub mod check;
pub mod mine;
pub mod offer;
mod offer_parts;
pub mod pairings;
pub mod pledges;
pub mod report;

use std::collections::BTreeMap;

use huiyin_app::places::look;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::{DayPart, FreeWeek, Offer, Reach, Skill, SkillCode};

use crate::layout::Page;
use crate::pages::desk::show;
use crate::problem::Problem;
use crate::visit::Visit;

/// What places are called, looked up once for a page.
#[derive(Default)]
pub(crate) struct PlaceWords(BTreeMap<PlaceCode, String>);

impl PlaceWords {
    /// The name of a place, with what tells it from others of its name.
    pub async fn of(
        &mut self,
        visit: &Visit,
        page: &Page,
        code: &PlaceCode,
    ) -> Result<String, Problem> {
        if let Some(word) = self.0.get(code) {
            return Ok(word.clone());
        }
        let found = look::path(&visit.state.app, code.clone()).await?;
        let word = found.map_or_else(|| code.to_string(), |found| show::found_word(page, &found));
        self.0.insert(code.clone(), word.clone());
        Ok(word)
    }
}

/// What a skill is called; its code when nobody knows it any more.
pub(crate) fn skill_word(page: &Page, skills: &[Skill], code: &SkillCode) -> String {
    let known = skills.iter().find(|skill| skill.code == *code);
    known.map_or_else(
        || code.to_string(),
        |skill| skill.names.in_lang(page.lang.as_str()).to_owned(),
    )
}

/// How far somebody goes, in words.
pub(crate) fn reach_word(page: &Page, reach: Reach) -> String {
    match reach {
        Reach::Km(km) => page
            .tn("volunteer-reach-km", "km", i64::from(km))
            .into_owned(),
        other => page
            .t(&format!("volunteer-reach-{}", other.word()))
            .into_owned(),
    }
}

/// The parts of the week in which somebody is free, day by day.
pub(crate) fn free_words(page: &Page, offer: &Offer) -> Vec<String> {
    let day = |(number, &day): (usize, _)| {
        let free = offer.free.on(day);
        let parts = DayPart::ALL.iter().filter(|part| free.has(**part));
        let words: Vec<String> = parts
            .map(|part| {
                page.t(&format!("volunteer-part-{}", part.word()))
                    .into_owned()
            })
            .collect();
        let name = page.t(&format!("when-weekday-{}", number + 1)).into_owned();
        let args = [("day", name.into()), ("parts", joined(page, &words).into())];
        (!words.is_empty()).then(|| page.ta("volunteer-free-day", &args).into_owned())
    };
    FreeWeek::DAYS.iter().enumerate().filter_map(day).collect()
}

/// Words beside each other, as the language lists them.
pub(crate) fn joined(page: &Page, words: &[String]) -> String {
    words.join(&page.t("volunteer-joint"))
}

/// `1.5 hours`, as people say it.
pub(crate) fn hours_word(page: &Page, minutes: i64) -> String {
    page.ts("volunteer-hours", "hours", &hours(minutes))
        .into_owned()
}

/// `1.5`: hours with at most one figure behind the point.
pub(crate) fn hours(minutes: i64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// Reads hours as people type them, as minutes: `1.5` or `1,5`.
pub(crate) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().replace([',', '，', '。'], ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
    let is_short = whole.len() <= 3 && (1..=2).contains(&rest.len());
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_short || !is_plain(whole) || !is_plain(rest) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let scale = if rest.len() == 1 { 10 } else { 100 };
    let rest: u32 = rest.parse().ok()?;
    Some(whole * 60 + rest * 60 / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_told() {
        for (typed, read) in [
            ("1", Some(60)),
            ("1.5", Some(90)),
            ("0,5", Some(30)),
            (" 2.25 ", Some(135)),
            ("", None),
            ("1.", None),
            ("-1", None),
            ("1e3", None),
            ("9999", None),
            ("1.555", None),
        ] {
            assert_eq!(minutes(typed), read, "{typed}");
        }
        for (given, told) in [(60, "1"), (90, "1.5"), (100, "1.7"), (5, "0.1"), (0, "0")] {
            assert_eq!(hours(given), told, "{given}");
        }
    }
}
