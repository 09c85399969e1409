//! Keep a window: make it, change it, close it or open it again. Whoever has booked a time that
//! there is no more is told, and chooses another.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{UnitId, WindowId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::window::{DAYS_AHEAD_MAX, MINUTES_MAX, SEATS_MAX, Setup, SetupFault};
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::windows::{self, Window};
use huiyin_store::{Tx, places, procedures};
use jiff::Timestamp;

use super::calendar_of;
use super::close_day::displace;
use super::times::plans;
use crate::administration::Record;
use crate::error::Thing;
use crate::procedures::PROCEDURES_MAX;
use crate::venues::post_for;
use crate::venues::put::Doors;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 80;
const LINE_CHARS_MAX: usize = 200;
/// More than one window has in front of it.
const AHEAD_MAX: i64 = 20_000;

/// A window as somebody filled it in. The id is made by whoever makes it, so that sending it twice
/// makes one.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: WindowId,
    pub place: PlaceCode,
    pub names: Names,
    pub setup: Setup,
    pub doors: Doors,
}

/// Keeps it; how many have to choose another time now.
pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<usize, Error> {
    let unit = post_for(actor, Action::WindowsKeep, &request.place)?.unit;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "window-put", request.id);
    let (inner, actor, key) = (app.clone(), actor.clone(), request.id.get());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        windows::lock(tx, request.id)?;
        let (before, window) = checked(tx, (&actor, unit), &request, now)?;
        let without = match before {
            Some(_) => without_time(&inner, tx, &window)?,
            None => Vec::new(),
        };
        // --- everything is checked; from here on we write ---
        windows::put(tx, &window)?;
        for one in &without {
            displace(&inner, tx, (one, &window), now)?;
        }
        record.keep(tx)?;
        Ok::<_, Error>(without.len())
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// The window as it stands, and as it would be kept.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    (actor, unit): (&Actor, UnitId),
    request: &Request,
    now: Timestamp,
) -> Result<(Option<Window>, Window), Error> {
    let before = windows::read(tx, request.id)?;
    let place = match &before {
        Some(before) => {
            post_for(actor, Action::WindowsKeep, &before.place)?;
            before.place.clone()
        }
        None => request.place.clone(),
    };
    if places::read(tx, &place)?.is_none() {
        return Err(Refusal::NotFound(Thing::Place).into());
    }
    for slug in &request.setup.procedures {
        if procedures::read(tx, slug)?.is_none() {
            return Err(Refusal::NotFound(Thing::Procedure).into());
        }
    }
    let closed_at = before.as_ref().and_then(|window| window.closed_at);
    let window = Window {
        id: request.id,
        place,
        unit: before.as_ref().map_or(unit, |window| window.unit),
        names: request.names.clone(),
        setup: request.setup.clone(),
        changed_at: now,
        closed_at: (request.doors == Doors::Shut).then(|| closed_at.unwrap_or(now)),
    };
    Ok((before, window))
}

/// Who has a time at which the window is not open any more, or comes for what is not done there any
/// more. It cannot be closed for good while somebody is there, or while nobody has said what
/// became of somebody who should have come.
pub(super) fn without_time(
    app: &App,
    tx: &mut Tx<'_>,
    window: &Window,
) -> Result<Vec<Appointment>, Error> {
    let calendar = calendar_of(app, tx, window)?;
    let now = app.now();
    let today = calendar.zone().date(now);
    let is_over = window.closed_at.is_some();
    let ahead = appointments::ahead(tx, window.id, today, AHEAD_MAX)?;
    let is_coming = |one: &Appointment| {
        one.arrived_at.is_none() && one.time.is_some_and(|time| time.starts_at > now)
    };
    let unfinished = !appointments::unfinished(tx, window.id, today, 1)?.is_empty();
    if is_over && (unfinished || !ahead.iter().all(is_coming)) {
        return Err(Refusal::rule(Class::Conflict, "window-unfinished").into());
    }
    let plans = plans(tx, (window, &calendar), (today, days_shown()))?;
    let is_open = |one: &Appointment| {
        let Some(time) = one.time else {
            return true;
        };
        let plan = plans.iter().find(|plan| plan.date == one.day);
        plan.is_some_and(|plan| plan.covers(calendar.zone(), (time.starts_at, time.ends_at)))
    };
    let coming = ahead.into_iter().filter(is_coming);
    let is_done = |one: &Appointment| {
        let procedure = one.procedure.as_ref();
        procedure.is_none_or(|(slug, _)| window.setup.does(slug))
    };
    let coming = coming.filter(|one| is_over || !is_open(one) || !is_done(one));
    Ok(coming.collect())
}

/// As many days as anybody may ever have booked ahead.
fn days_shown() -> i32 {
    i32::try_from(DAYS_AHEAD_MAX + 1).unwrap_or(i32::MAX)
}

pub(super) fn faults(request: &Request) -> Vec<FieldFault> {
    let setup = &request.setup;
    let mut faults = Vec::new();
    if request.names.is_empty() {
        faults.push(FieldFault::new("zh", "fault-required"));
    }
    if setup.location.trim().is_empty() {
        faults.push(FieldFault::new("location", "fault-required"));
    }
    let names = request.names.0.iter();
    let mut texts: Vec<(&str, &str, usize)> = names
        .map(|(lang, name)| (lang.as_str(), name.as_str(), NAME_CHARS_MAX))
        .collect();
    texts.push(("location", &setup.location, LINE_CHARS_MAX));
    texts.push(("contact", &setup.contact, LINE_CHARS_MAX));
    for (field, text, chars_max) in texts {
        if text.chars().count() > chars_max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", chars_max));
        }
    }
    if setup.procedures.len() > PROCEDURES_MAX {
        let fault = FieldFault::new("procedures", "fault-too-many");
        faults.push(fault.with("max", PROCEDURES_MAX));
    }
    faults.extend(setup.faults().into_iter().map(of_setup));
    faults
}

fn of_setup(fault: SetupFault) -> FieldFault {
    let range = |field: &str, min: i64, max: i64| {
        let fault = FieldFault::new(field, "fault-out-of-range");
        fault.with("min", min).with("max", max)
    };
    match fault {
        SetupFault::Overlap(day) => {
            FieldFault::new(&format!("midday-{}", day + 1), "fault-window-overlap")
        }
        SetupFault::OffTheStep(day) => {
            FieldFault::new(&format!("day-{}", day + 1), "fault-window-step")
        }
        SetupFault::NeverOpen => FieldFault::new("day-1", "fault-never-open"),
        SetupFault::Minutes => {
            FieldFault::new("minutes", "fault-window-minutes").with("max", MINUTES_MAX)
        }
        SetupFault::Seats => range("seats", 1, SEATS_MAX),
        SetupFault::DaysAhead => range("ahead", 1, DAYS_AHEAD_MAX),
    }
}
