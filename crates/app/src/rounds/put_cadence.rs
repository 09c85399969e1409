//! Say that rounds with a checklist come to a place by themselves, or that they no longer do.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{CadenceId, ChecklistId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::Every;
use huiyin_store::Tx;
use huiyin_store::checklists::{self, Cadence};
use jiff::civil::Date;

use super::good_place;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

/// A cadence as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form: sent twice, it is one.
    pub id: CadenceId,
    pub checklist: ChecklistId,
    pub place: PlaceCode,
    pub every: Every,
    pub first_on: Date,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let Ok(post) = post_for(actor, Action::RoundsKeep, &request.place) else {
        return Err(Refusal::field("place", "fault-not-place").into());
    };
    let unit = post.unit;
    let now = app.now();
    if request.first_on < app.config.day(now) {
        return Err(Refusal::field("first_on", "fault-day-past").into());
    }
    let record = Record::new(app, actor, "cadence-made", request.id);
    let (id, actor) = (request.id, actor.clone());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(before) = checklists::cadence(tx, request.id)? {
            return match (before.unit, before.checklist) == (unit, request.checklist) {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let checklist = checklists::read(tx, request.checklist)?;
        let checklist = checklist.filter(|one| one.closed_at.is_none());
        let checklist = checklist.ok_or_else(|| Refusal::field("checklist", "fault-required"))?;
        if post_for(&actor, Action::RoundsKeep, &checklist.place).is_err() {
            return Err(Refusal::NotFound(Thing::Checklist).into());
        }
        good_place(tx, &request.place)?;
        // --- everything is checked; from here on we write ---
        let cadence = Cadence {
            id: request.id,
            checklist: request.checklist,
            unit,
            place: request.place.clone(),
            every: request.every,
            first_on: request.first_on,
            next_on: (request.every != Every::Storm).then_some(request.first_on),
            closed_at: None,
        };
        checklists::insert_cadence(tx, &cadence, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// No more rounds come of it; those that are begun stay.
pub async fn end(app: &App, actor: &Actor, id: CadenceId) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let record = Record::new(app, actor, "cadence-ended", id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let held = checklists::lock_cadence(tx, id)?;
        let held = held.ok_or(Refusal::NotFound(Thing::Cadence))?;
        if post_for(&actor, Action::RoundsKeep, &held.place).is_err() {
            return Err(Refusal::NotFound(Thing::Cadence).into());
        }
        if held.closed_at.is_some() {
            return Ok(());
        }
        // --- everything is checked; from here on we write ---
        checklists::close_cadence(tx, id, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
