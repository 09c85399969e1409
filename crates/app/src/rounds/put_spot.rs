//! Make a spot, name it anew, give it a place in the order of walking, or close it.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::SpotId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::SpotSort;
use huiyin_store::Tx;
use huiyin_store::checklists::{self, Spot};

use super::good_place;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

pub(super) const NAME_CHARS_MAX: usize = 60;

/// Whether rounds still come to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Open,
    Closed,
}

/// A spot as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form.
    pub id: SpotId,
    pub place: PlaceCode,
    pub sort: SpotSort,
    pub names: Names,
    pub position: Option<i64>,
    pub kept: Kept,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "spot-kept", request.id);
    let (id, actor, now) = (request.id, actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let before = checklists::spot(tx, request.id)?;
        let place = before.as_ref().map_or(&request.place, |spot| &spot.place);
        if post_for(&actor, Action::RoundsKeep, place).is_err() {
            return Err(match before {
                Some(_) => Refusal::NotFound(Thing::Spot).into(),
                None => Refusal::field("place", "fault-not-place").into(),
            });
        }
        let spot = Spot {
            id: request.id,
            place: place.clone(),
            sort: before.as_ref().map_or(request.sort, |spot| spot.sort),
            names: request.names.clone(),
            position: request.position,
            seen_at: None,
            closed_at: (request.kept == Kept::Closed).then_some(now),
        };
        if before.is_none() {
            good_place(tx, &spot.place)?;
        }
        // --- everything is checked; from here on we write ---
        match before {
            Some(_) => checklists::change_spot(tx, &spot)?,
            None => checklists::insert_spot(tx, &spot, now)?,
        }
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if request.names.is_empty() {
        faults.push(FieldFault::new("name", "fault-required"));
    }
    let is_long = |name: &String| name.chars().count() > NAME_CHARS_MAX;
    if request.names.0.values().any(is_long) {
        faults.push(FieldFault::new("name", "fault-too-long").with("max", NAME_CHARS_MAX));
    }
    if request.position.is_some_and(|at| !(1..=999).contains(&at)) {
        faults.push(FieldFault::new("position", "fault-position"));
    }
    faults
}
