//! What a case seems to be about, by its own words, until somebody has said so: one guess with
//! its reason, or none where the text speaks of several things.

use huiyin_domain::case::{CaseView, Kind};

use crate::atlas::{Atlas, SuggestedItem};

/// A guess needs this much to be believed: two telling words or one whole name of the item…
const SCORE_MIN: f32 = 2.0;
/// …and so much more than the next one.
const LEAD_MIN: f32 = 1.25;

/// The item that a text speaks of, when it speaks of one much more than of any other.
pub(crate) fn item_of(atlas: &Atlas, text: &str) -> Option<SuggestedItem> {
    let mut best = atlas.suggest_items(text, 2).into_iter();
    let first = best.next().filter(|first| first.score >= SCORE_MIN)?;
    let next = best.next().map_or(0.0, |next| next.score);
    (first.score >= next * LEAD_MIN).then_some(first)
}

/// The same for a case of which nobody has said it yet.
pub(crate) fn of_case(atlas: &Atlas, kind: &Kind, case: &CaseView) -> Option<SuggestedItem> {
    let is_open_question = case.item.is_none() && case.closed_at.is_none();
    if !is_open_question || kind.item_field.is_none() {
        return None;
    }
    let text = case.values.get(&kind.title_field)?.as_text()?;
    item_of(atlas, text)
}
