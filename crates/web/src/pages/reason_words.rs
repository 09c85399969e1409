//! Why somebody is asked, as a sentence: the reasons are data, the words are here.

use std::collections::BTreeMap;

use huiyin_app::proposals::Reason;
use huiyin_domain::names::Names;

use crate::layout::Page;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// All reasons in one sentence; empty when there are none.
pub fn sentence(page: &Page, reasons: &[Reason], skills: &BTreeMap<String, Names>) -> String {
    let said: Vec<String> = reasons
        .iter()
        // Where two stand on the same point, the narrowest place that both are in says it.
        .filter(|reason| !matches!(reason, Reason::Far { metres: 0 }))
        .map(|reason| said(page, reason, skills))
        .collect();
    match said.is_empty() {
        true => String::new(),
        false => page
            .ts(
                "proposals-why",
                "reasons",
                &said.join(&page.t("proposals-and")),
            )
            .into_owned(),
    }
}

fn said(page: &Page, reason: &Reason, skills: &BTreeMap<String, Names>) -> String {
    let key = format!("proposals-why-{}", reason.word());
    let named = |code: &String| {
        let names = skills.get(code);
        names.map_or_else(
            || code.clone(),
            |n| n.in_lang(page.lang.as_str()).to_owned(),
        )
    };
    let text = |name: &'static str, word: String| page.ts(&key, name, &word).into_owned();
    let count = |name: &'static str, count: u32| page.tn(&key, name, i64::from(count)).into_owned();
    match reason {
        Reason::Skill { skill } | Reason::SkillMissing { skill } => text("skill", named(skill)),
        Reason::Near { ring } => text("ring", ring.clone()),
        Reason::Far { metres } => text("distance", distance(page, *metres)),
        Reason::Free { day, part } => {
            let day = DAYS.get(usize::from(day.saturating_sub(1)) % 7).copied();
            let args = [
                ("day", day.unwrap_or_default().into()),
                ("part", part.clone().into()),
            ];
            page.ta(&key, &args).into_owned()
        }
        Reason::Speaks { language } => text("language", language.clone()),
        Reason::RatherNot { about } => text("about", about.clone()),
        Reason::Waited { days } => count("days", *days),
        Reason::Holds { cases } => count("cases", *cases),
        Reason::Asked { proposals } => count("proposals", *proposals),
        Reason::Missed { times } => count("times", *times),
        Reason::FreeTimeUnknown
        | Reason::LanguageUnknown
        | Reason::SameHelper
        | Reason::Urgent
        | Reason::ByHand => page.t(&key).into_owned(),
    }
}

fn distance(page: &Page, metres: u32) -> String {
    match metres {
        0..950 => {
            let tens = metres.div_ceil(50) * 50;
            page.tn("proposals-metres", "metres", i64::from(tens))
        }
        _ => {
            let kilometres = f64::from(metres) / 1000.0;
            page.ts(
                "proposals-kilometres",
                "kilometres",
                &format!("{kilometres:.1}"),
            )
        }
    }
    .into_owned()
}
