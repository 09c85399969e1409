//! What somebody writes in the form of one kind although it belongs into another: recognised by
//! the words of the kind and by the list of items, and offered before anything is kept. It is an
//! offer only: whoever stays with what they chose is not asked again.

use huiyin_domain::case::{Belongs, Kind};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;

use crate::atlas::Atlas;
use crate::{App, Error};

/// An offer needs less than a guess that fills a field: nothing follows from it but a question.
const SCORE_MIN: f32 = 1.5;

/// Another kind that fits better.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    pub to: String,
    /// The item of the duty list that it seems to be.
    pub item: Option<Names>,
    /// Who answers for that, where the place is known.
    pub unit: Option<Names>,
    /// The words that say so.
    pub because: Vec<String>,
}

/// What is offered to whoever writes this in the form of `kind`, if anything is.
pub async fn instead(
    app: &App,
    kind: &Kind,
    (text, place): (&str, Option<&PlaceCode>),
) -> Result<Option<Instead>, Error> {
    let other = kind.instead.as_ref().map(|instead| &instead.to);
    if other.is_none_or(|to| app.kinds().by_slug(to).is_none()) {
        return Ok(None);
    }
    let atlas = app.atlas_now().await?;
    Ok(offered(&atlas, kind, (text, place)))
}

fn offered(
    atlas: &Atlas,
    kind: &Kind,
    (text, place): (&str, Option<&PlaceCode>),
) -> Option<Instead> {
    let instead = kind.instead.as_ref()?;
    let belongs = instead.belongs(text);
    if belongs == Belongs::Here {
        return None;
    }
    // Groups of items are called by words that everybody uses: school, work, the old.
    let mut found = atlas.suggest_items(text, 5).into_iter();
    let found = found.find(|found| found.item.as_str().contains('.') && found.score >= SCORE_MIN);
    let because = match (&belongs, &found) {
        (_, Some(found)) => found.because.clone(),
        (Belongs::There(word), None) => vec![(*word).to_owned()],
        _ => return None,
    };
    let item = found.map(|found| found.item);
    let duty = item
        .as_ref()
        .zip(place)
        .and_then(|(item, place)| atlas.duty(item, place));
    let unit = duty.and_then(|duty| atlas.unit(duty.unit));
    Some(Instead {
        to: instead.to.clone(),
        unit: unit.map(|unit| unit.names.clone()),
        item: item
            .and_then(|item| atlas.item(&item))
            .map(|item| item.names.clone()),
        because,
    })
}
