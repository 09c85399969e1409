//! Occasions: many cases are brought together on one day. The community makes the day, puts cases
//! on it, packs, ticks off what was handed over, and tells afterwards how it was.
//!
//! A case on an occasion stays what it is: it keeps its stage, its owner and its clock until it
//! is handed over by a step of its own kind. So the promise holds whatever becomes of the day.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod cancel;
pub mod end;
pub mod look;
pub mod make;
pub mod off;
pub mod pack;
pub mod put;
pub mod tick;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Scope};
use huiyin_domain::case::{CaseView, Class, Input, Kind, Occasion as Own, Owner, Value};
use huiyin_domain::id::{CaseId, OccasionId};
use huiyin_store::occasions::{self, Line, Occasion};
use huiyin_store::{Tx, cases};

pub use huiyin_store::occasions::LineState;

use crate::cases::advance::{Advanced, Judged, Request};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

/// So many cases are on one occasion.
pub const CASES_MAX: usize = 200;

/// The occasion, with nobody else moving anything on it until the transaction ends.
fn locked(tx: &mut Tx<'_>, actor: &Actor, id: OccasionId) -> Result<Occasion, Error> {
    occasions::lock(tx, id)?;
    let occasion = occasions::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Occasion))?;
    if post_for(actor, Action::OccasionsRun, &occasion.place).is_err() {
        return Err(Refusal::NotFound(Thing::Occasion).into());
    }
    Ok(occasion)
}

/// The same, when it is neither over nor called off.
fn open(tx: &mut Tx<'_>, actor: &Actor, id: OccasionId) -> Result<Occasion, Error> {
    let occasion = locked(tx, actor, id)?;
    match occasion.is_open() {
        true => Ok(occasion),
        false => Err(Refusal::rule(Class::Gone, "occasion-over").into()),
    }
}

/// A case, and what its kind says of occasions.
struct Held {
    view: CaseView,
    kind: Arc<Kind>,
    own: Own,
}

/// The case, when it lies where the occasion is and its kind goes on occasions.
fn held(app: &App, tx: &mut Tx<'_>, occasion: &Occasion, case: CaseId) -> Result<Held, Error> {
    let held = cases::load(tx, &Scope::for_the_house(), case)?;
    let held = held.filter(|held| held.view.place.is_within(&occasion.place));
    let view = held.ok_or(Refusal::NotFound(Thing::Case))?.view;
    let kind = app.kind_of(tx, view.kind_hash)?;
    let own = kind.occasion.clone();
    let own = own.ok_or_else(|| Refusal::rule(Class::Conflict, "occasion-kind"))?;
    Ok(Held { view, kind, own })
}

/// One step of an occasion, in the caller's transaction.
fn step(app: &App, actor: &Actor, held: &Held, (name, says): (&str, &str)) -> Advanced {
    let mut input = Input::default();
    if let Some(step) = held.kind.step(name) {
        if let Some(field) = step.says(&held.kind) {
            input = input.with(field, Value::Text(says.to_owned()));
        }
        if step.asks(&held.own.others).is_some() {
            let others = is_others(actor, held.view.owner);
            input = input.with(&held.own.others, Value::YesNo(others));
        }
    }
    Advanced {
        app: app.clone(),
        actor: actor.clone(),
        now: app.now(),
        request: Arc::new(Request {
            id: held.view.id,
            version: None,
            step: name.to_owned(),
            input,
            key: None,
            at: None,
        }),
        meaning: None,
    }
}

/// Whether somebody else than whoever runs the occasion brings it along.
fn is_others(actor: &Actor, owner: Owner) -> bool {
    match owner {
        Owner::Person(_) => true,
        Owner::Unit(unit) => actor.posts.iter().all(|post| post.unit != unit),
    }
}

/// A case that comes off an occasion, with the step that says so where it can be taken.
type ComesOff = (Line, Option<(Advanced, Judged)>);

/// What is still on an occasion, each with the step that takes it off, where its kind allows it.
/// What has moved on meanwhile, or may no longer be touched from here, is left where it is.
fn taking_off(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, occasion): (&Actor, &Occasion),
    why: &str,
) -> Result<Vec<ComesOff>, Error> {
    let lines = occasions::lines(tx, occasion.id)?.into_iter();
    let mut off = Vec::new();
    for line in lines.filter(|line| line.state == LineState::On) {
        off.push((
            line.clone(),
            take_off(app, tx, (actor, occasion), (&line, why))?,
        ));
    }
    Ok(off)
}

fn take_off(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, occasion): (&Actor, &Occasion),
    (line, why): (&Line, &str),
) -> Result<Option<(Advanced, Judged)>, Error> {
    let held = match held(app, tx, occasion, line.case) {
        Ok(held) if held.own.takes(&held.view.stage) => held,
        Ok(_) | Err(Error::Refused(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let taken = step(app, actor, &held, (&held.own.off, why));
    match taken.judge(tx) {
        Ok(judged) => Ok(Some((taken, judged))),
        Err(Error::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Writes what [`taking_off`] found.
fn off(
    tx: &mut Tx<'_>,
    (occasion, now): (&Occasion, jiff::Timestamp),
    found: &[ComesOff],
) -> Result<(), Error> {
    for (line, taken) in found {
        if let Some((step, judged)) = taken {
            step.take(tx, judged)?;
        }
        occasions::settle(tx, (occasion.id, line.case), LineState::Off, now)?;
    }
    Ok(())
}
