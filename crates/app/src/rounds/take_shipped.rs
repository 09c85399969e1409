//! Take over the checklists that come with the product, as a beginning.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::ChecklistId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Line, SpotSort};
use huiyin_store::Tx;
use huiyin_store::checklists::{self, Checklist};
use serde::Deserialize;

use super::good_place;
use crate::administration::{Record, permit};
use crate::venues::post_for;
use crate::{App, Error};

/// A checklist of the file.
#[derive(Debug, Deserialize)]
struct Shipped {
    sort: SpotSort,
    names: Names,
    lines: Vec<Line>,
}

fn shipped() -> Vec<Shipped> {
    serde_json::from_str(include_str!("shipped.json")).expect("the file is tested")
}

/// For which sorts of spots there is a ready one.
pub fn sorts() -> Vec<SpotSort> {
    shipped().into_iter().map(|one| one.sort).collect()
}

/// Every line of every one of them.
#[cfg(test)]
pub(super) fn lines() -> Vec<Line> {
    shipped().into_iter().flat_map(|one| one.lines).collect()
}

/// The checklists for sorts of spots for which the place has none yet; how many were taken.
pub async fn take_shipped(app: &App, actor: &Actor, place: PlaceCode) -> Result<usize, Error> {
    permit(actor, Action::RoundsKeep)?;
    let unit = post_for(actor, Action::RoundsKeep, &place)?.unit;
    let record = Record::new(app, actor, "checklists-taken", &place);
    let (inner, now) = (app.clone(), app.now());
    let scope = huiyin_domain::access::scope(actor, Action::RoundsKeep);
    let write = move |tx: &mut Tx<'_>| -> Result<usize, Error> {
        good_place(tx, &place)?;
        let known = checklists::within(tx, &scope, super::look::KEPT_MAX)?;
        let is_known = |sort| {
            let mut known = known.iter();
            known.any(|one| one.place == place && one.sort == sort)
        };
        let new: Vec<Shipped> = shipped()
            .into_iter()
            .filter(|one| !is_known(one.sort))
            .collect();
        // --- everything is checked; from here on we write ---
        for one in &new {
            let checklist = Checklist {
                id: ChecklistId::from_raw(inner.mint()),
                unit,
                place: place.clone(),
                sort: one.sort,
                version: 1,
                names: one.names.clone(),
                lines: one.lines.clone(),
                closed_at: None,
            };
            checklists::insert(tx, &checklist, now)?;
        }
        if !new.is_empty() {
            record.keep(tx)?;
        }
        Ok(new.len())
    };
    app.store.write(0, write).await.map_err(Error::from)
}
