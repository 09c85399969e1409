//! Many doors of a house at once: so many on each floor, of each entrance. They are shown first;
//! those that are there already stay as they are.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::household::{Door, Household, RUN_MAX, Run, RunFault};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households};

use super::{living, post_at};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

#[derive(Debug, Clone)]
pub struct Request {
    pub place: PlaceCode,
    pub run: Run,
}

/// What becomes of a door of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    New,
    There,
    /// It is there, and closed.
    Closed,
}

/// The doors in their order; nothing is kept.
pub async fn look_over(
    app: &App,
    actor: &Actor,
    request: Request,
) -> Result<Vec<(Door, State)>, Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let doors = request.run.doors().map_err(refused)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        post_at(&actor, Action::HouseholdsKeep, &request.place)?;
        let mut seen = Vec::with_capacity(doors.len());
        for door in doors.clone() {
            let state = match households::by_door(tx, &request.place, &door)? {
                None => State::New,
                Some(there) if there.closed_at.is_none() => State::There,
                Some(_) => State::Closed,
            };
            seen.push((door, state));
        }
        Ok::<_, Error>(seen)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Adds those that are not there; how many that were.
pub async fn run(app: &App, actor: &Actor, request: Request) -> Result<usize, Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let doors = request.run.doors().map_err(refused)?;
    let record = Record::new(app, actor, "households-added", &request.place);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let place = living(tx, &request.place)?;
        post_at(&actor, Action::HouseholdsKeep, &place)?;
        // --- everything is checked; from here on we write ---
        let mut added = 0;
        for door in &doors {
            let household = Household {
                id: HouseholdId::from_raw(inner.mint()),
                place: place.clone(),
                door: door.clone(),
                closed_at: None,
            };
            added += usize::from(households::insert_if_new(tx, &household, inner.now())?);
        }
        if added > 0 {
            let shape = serde_json::json!({ "added": added });
            record.clone().shaped(&shape).keep(tx)?;
        }
        Ok::<_, Error>(added)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn refused(faults: Vec<RunFault>) -> Refusal {
    let fault = |fault| match fault {
        RunFault::Entrances => FieldFault::new("entrances", "fault-household-span"),
        RunFault::Floors => FieldFault::new("floors", "fault-household-span"),
        RunFault::Doors => FieldFault::new("doors", "fault-household-count"),
        RunFault::TooMany => FieldFault::new("doors", "fault-household-many").with("max", RUN_MAX),
    };
    Refusal::Invalid(faults.into_iter().map(fault).collect())
}
