//! A window for whoever serves there: who comes when today, what of earlier days nobody has said
//! the end of, and who has to choose another time. Numbers only; names lie behind the seal.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::calendar::Zone;
use huiyin_domain::id::WindowId;
use huiyin_domain::names::Names;
use huiyin_domain::window::DayPlan;
use huiyin_store::appointments;
pub use huiyin_store::appointments::Appointment;
use huiyin_store::windows::{self, Window};
use huiyin_store::{Tx, appointment_people, procedures};
use jiff::civil::Date;

pub use crate::telling::tell::Reach;

use super::list::{Line, Wait, line, wait};
use super::times::plans;
use super::{calendar_of, known, permit_serve, reach_of};
use crate::procedures::understood;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const WINDOWS_MAX: i64 = 300;
const ROWS_MAX: i64 = 200;
/// So many days ahead are shown where a day can be closed.
const DAYS: i32 = 15;

/// A window in the list of the desk.
#[derive(Debug, Clone)]
pub struct Kept {
    pub line: Line,
    pub serves: Serves,
}

/// Whether the one who looks serves at the window, or only keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    Yes,
    No,
}

/// The windows in the actor's places, those of other units among them.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Kept>, Error> {
    let scope = scope(actor, Action::WindowsServe);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let mut kept = Vec::new();
        for window in windows::in_scope(tx, &scope, WINDOWS_MAX)? {
            let serves = match permit_serve(&actor, &window) {
                Ok(()) => Serves::Yes,
                Err(_) => Serves::No,
            };
            kept.push(Kept {
                line: line(&inner, tx, window)?,
                serves,
            });
        }
        Ok::<_, Error>(kept)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Somebody whose time fell away.
#[derive(Debug, Clone)]
pub struct Displaced {
    pub appointment: Appointment,
    /// Whether a message reached them, or staff has to call.
    pub reach: Reach,
}

/// One window on its day.
#[derive(Debug, Clone)]
pub struct Today {
    pub window: Window,
    pub zone: Zone,
    pub day: Date,
    pub plan: DayPlan,
    pub wait: Wait,
    pub rows: Vec<Appointment>,
    pub earlier: Vec<Appointment>,
    pub displaced: Vec<Displaced>,
    /// What the procedures of the rows are called.
    pub names: BTreeMap<String, Names>,
    pub keeps: Keeps,
}

/// Whether the one who looks may set the window up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    Yes,
    No,
}

pub async fn today(app: &App, actor: &Actor, id: WindowId) -> Result<Today, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let window = known(tx, id)?;
        permit_serve(&actor, &window)?;
        let calendar = calendar_of(&inner, tx, &window)?;
        let day = calendar.zone().date(inner.now());
        let rows = appointments::of_day(tx, id, day)?;
        let earlier = appointments::unfinished(tx, id, day, ROWS_MAX)?;
        let mut displaced = Vec::new();
        for appointment in appointments::displaced(tx, id, ROWS_MAX)? {
            let booker = appointment_people::read(tx, appointment.id)?;
            displaced.push(Displaced {
                reach: reach_of(booker.as_ref()),
                appointment,
            });
        }
        let all = rows.iter().chain(&earlier);
        let all = all.chain(displaced.iter().map(|one| &one.appointment));
        let names = names(tx, all)?;
        let mut plans = plans(tx, (&window, &calendar), (day, 1))?;
        Ok::<_, Error>(Today {
            zone: calendar.zone().clone(),
            plan: plans.remove(0),
            wait: wait(&window.setup, &rows),
            keeps: match post_for(&actor, Action::WindowsKeep, &window.place) {
                Ok(_) => Keeps::Yes,
                Err(_) => Keeps::No,
            },
            window,
            day,
            rows,
            earlier,
            displaced,
            names,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn names<'a>(
    tx: &mut Tx<'_>,
    all: impl Iterator<Item = &'a Appointment>,
) -> Result<BTreeMap<String, Names>, Error> {
    let mut names = BTreeMap::new();
    for (slug, _) in all.filter_map(|one| one.procedure.as_ref()) {
        if !names.contains_key(slug)
            && let Some(kept) = procedures::read(tx, slug)?
        {
            let procedure = understood(slug, &kept.text)?;
            names.insert(slug.clone(), procedure.names);
        }
    }
    Ok(names)
}

/// A window for whoever sets it up, with its next days.
#[derive(Debug, Clone)]
pub struct ForKeeper {
    pub window: Window,
    pub days: Vec<DayPlan>,
}

pub async fn for_keeper(app: &App, actor: &Actor, id: WindowId) -> Result<ForKeeper, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let window = known(tx, id)?;
        post_for(&actor, Action::WindowsKeep, &window.place)?;
        let calendar = calendar_of(&inner, tx, &window)?;
        let today = calendar.zone().date(inner.now());
        let days = plans(tx, (&window, &calendar), (today, DAYS))?;
        Ok::<_, Error>(ForKeeper { window, days })
    };
    app.store.read(read).await.map_err(Error::from)
}
