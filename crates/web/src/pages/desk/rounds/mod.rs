//! Rounds at the desk and outdoors: what lies before somebody today, how all rounds stand, one
//! round with a form for each spot, and what the community keeps for them.

pub mod board;
pub mod checklist;
pub mod line;
pub mod round;
pub mod setup;
pub mod spot;
mod spot_form;
pub mod spots;
pub mod today;

use std::sync::Arc;

use huiyin_app::rounds::look::{self, Listed, PlaceNames, stands};
use huiyin_domain::case::{Finding, Kind};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::Standing;
use jiff::civil::Date;

use super::inbox::Choice;
use super::show;
use super::tasks::Chip;
use crate::layout::Page;
use crate::when::When;

/// A round in a list.
pub struct RoundRow {
    pub href: String,
    pub name: String,
    pub place: String,
    /// The place alone, without what it lies in.
    pub at: String,
    pub every: String,
    pub day: String,
    pub until: String,
    pub stands: Chip,
    /// `3 / 12`, and the share of a hundred.
    pub seen: String,
    pub share: i64,
    /// How many faults were seen, in a sentence; empty for none.
    pub faults: String,
}

fn round_row(when: &When<'_>, listed: &Listed, places: &PlaceNames, today: Date) -> RoundRow {
    let (page, round) = (when.page, &listed.round);
    let faults = match listed.faults {
        0 => String::new(),
        count => page.tn("round-faults", "count", count).into_owned(),
    };
    RoundRow {
        href: format!("/desk/rounds/{}", round.id),
        name: listed.names.in_lang(page.lang.as_str()).to_owned(),
        place: place_word(page, &round.place, places),
        at: places
            .get(&round.place)
            .map(|names| names.in_lang(page.lang.as_str()).to_owned())
            .unwrap_or_default(),
        every: page
            .t(&format!("round-every-{}", listed.every.word()))
            .into_owned(),
        day: when.day(round.day),
        until: page
            .ts("round-until", "day", &when.day(round.until))
            .into_owned(),
        stands: stands_chip(page, stands(listed, today)),
        seen: format!("{} / {}", listed.settled, listed.spots),
        share: 100 * listed.settled / listed.spots.max(1),
        faults,
    }
}

fn place_word(page: &Page, place: &PlaceCode, places: &PlaceNames) -> String {
    show::place_word(page, place, |code| places.get(code))
}

fn stands_chip(page: &Page, stands: Standing) -> Chip {
    let (tone, sign, key) = match stands {
        Standing::Open => ("work", "progress", "round-is-open"),
        Standing::Missed => ("late", "alert-triangle", "round-is-missed"),
        Standing::Done => ("done", "circle-check", "round-is-done"),
    };
    Chip {
        tone,
        sign,
        word: page.t(key).into_owned(),
    }
}

/// A case that was found on a round.
pub struct FoundRow {
    pub href: String,
    pub title: String,
    pub spot: String,
    pub stage: Chip,
    pub is_back: bool,
}

fn found_row(page: &Page, kinds: &huiyin_domain::case::Kinds, one: &look::Standing) -> FoundRow {
    let kind = kinds.by_slug(&one.kind).map(Arc::as_ref);
    let look = show::stage_look(kind, &one.stage);
    FoundRow {
        href: format!("/desk/cases/{}", one.finding.case),
        title: one.title.clone(),
        spot: one.spot.in_lang(page.lang.as_str()).to_owned(),
        stage: Chip {
            tone: look.tone,
            sign: look.sign,
            word: show::stage_word(page, &one.kind, &one.stage),
        },
        is_back: one.finding.back_of.is_some(),
    }
}

/// How serious something can be, in the words of the kind that takes findings.
fn weights(page: &Page, finding: Option<&(Arc<Kind>, Finding)>, chosen: &str) -> Vec<Choice> {
    let Some((kind, own)) = finding else {
        return Vec::new();
    };
    let field = kind.field(&own.weight);
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    let choice = |word: &str| Choice {
        label: page.t(&kind.choice_key(&own.weight, word)).into_owned(),
        chosen: word == chosen,
        value: word.to_owned(),
    };
    words.into_iter().map(choice).collect()
}
