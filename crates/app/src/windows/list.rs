//! The windows for everybody: when they are open, how many wait, and where something is free
//! first. Numbers only: who waits is nobody's business.

use huiyin_domain::calendar::Zone;
use huiyin_domain::id::WindowId;
use huiyin_domain::names::Names;
use huiyin_domain::window::{AppointmentState, DayPlan, Setup, Slot, wait_minutes};
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::windows::{self, Window};
use huiyin_store::{Tx, places};

use super::calendar_of;
use super::times::{free_days, plans};
use crate::{App, Error};

/// So many are shown at once; whoever wants another types its name.
pub const SHOWN: usize = 20;
/// Every community of a prefecture has one, and some have more.
const WINDOWS_MAX: i64 = 5_000;
/// The wait is told from so many who were served last.
const SERVED_LAST: usize = 8;
/// So many days of a window are shown.
const DAYS: i32 = 7;

/// How many wait at a window, and how long that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wait {
    pub waiting: i64,
    /// None when nobody waits.
    pub minutes: Option<i64>,
    /// The numbers that were called last and are being served.
    pub called: Vec<i64>,
}

/// How it stands at a window with these on a day.
pub(crate) fn wait(setup: &Setup, day: &[Appointment]) -> Wait {
    let of = |state: AppointmentState| day.iter().filter(move |one| one.state == state);
    let waiting = i64::try_from(of(AppointmentState::Arrived).count()).unwrap_or(i64::MAX);
    let mut served: Vec<_> = of(AppointmentState::Served)
        .filter_map(|one| Some((one.ended_at?, one.called_at?)))
        .collect();
    served.sort_unstable();
    let last = served.iter().rev().take(SERVED_LAST);
    let took: Vec<i64> = last
        .map(|(ended, called)| ended.duration_since(*called).as_mins())
        .collect();
    Wait {
        waiting,
        minutes: wait_minutes(&took, setup.minutes, (waiting, setup.seats)),
        called: of(AppointmentState::Called).map(|one| one.number).collect(),
    }
}

/// A window in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub window: Window,
    pub place: Names,
    pub unit: Names,
    pub zone: Zone,
    pub today: DayPlan,
    pub wait: Wait,
    /// Of today: how many are booked and have not come, and how many were served.
    pub expected: usize,
    pub served: usize,
    /// The first time that is free; not looked for where nothing is to be booked.
    pub first: Option<Slot>,
}

/// Which windows.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Words of the name of the window or its unit.
    pub text: String,
    /// Those that do this, with the first time that is free.
    pub procedure: Option<String>,
}

impl Request {
    /// Those that do this.
    pub fn doing(slug: &str) -> Request {
        Request {
            procedure: Some(slug.to_owned()),
            ..Request::default()
        }
    }
}

/// What fits, and whether there is more than is shown.
pub async fn list(app: &App, request: Request) -> Result<(Vec<Line>, bool), Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let atlas = inner.atlas(tx)?;
        let text = request.text.trim().to_lowercase();
        let mut found = windows::open(tx, WINDOWS_MAX)?;
        found.retain(|window| {
            let unit = atlas.unit(window.unit);
            let names = window.names.0.values();
            let mut names = names.chain(unit.iter().flat_map(|unit| unit.names.0.values()));
            let does = request.procedure.as_ref();
            does.is_none_or(|slug| window.setup.does(slug))
                && (text.is_empty() || names.any(|name| name.to_lowercase().contains(&text)))
        });
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        let looks_for_time = request.procedure.is_some();
        let lines = found.into_iter().map(|window| {
            let mut line = line(&inner, tx, window)?;
            if looks_for_time {
                line.first = first(&inner, tx, &line.window)?;
            }
            Ok(line)
        });
        Ok::<_, Error>((lines.collect::<Result<Vec<_>, Error>>()?, more))
    };
    app.store.read(read).await.map_err(Error::from)
}

pub(crate) fn line(app: &App, tx: &mut Tx<'_>, window: Window) -> Result<Line, Error> {
    let calendar = calendar_of(app, tx, &window)?;
    let today = calendar.zone().date(app.now());
    let mut days = plans(tx, (&window, &calendar), (today, 1))?;
    let place = places::read(tx, &window.place)?;
    let day = appointments::of_day(tx, window.id, today)?;
    let count = |state| day.iter().filter(|one| one.state == state).count();
    let atlas = app.atlas(tx)?;
    let unit = atlas.unit(window.unit);
    Ok(Line {
        place: place.map(|place| place.names).unwrap_or_default(),
        unit: unit.map(|unit| unit.names.clone()).unwrap_or_default(),
        zone: calendar.zone().clone(),
        today: days.remove(0),
        wait: wait(&window.setup, &day),
        expected: count(AppointmentState::Booked),
        served: count(AppointmentState::Served),
        first: None,
        window,
    })
}

fn first(app: &App, tx: &mut Tx<'_>, window: &Window) -> Result<Option<Slot>, Error> {
    let calendar = calendar_of(app, tx, window)?;
    let days = free_days(tx, (window, &calendar), (app.now(), None, None))?;
    let mut free = days.iter().flat_map(|day| &day.free);
    Ok(free.next().copied())
}

/// One window with its next days.
#[derive(Debug, Clone)]
pub struct Shown {
    pub line: Line,
    pub days: Vec<DayPlan>,
}

pub async fn show(app: &App, id: WindowId) -> Result<Shown, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let window = super::open(tx, id)?;
        let calendar = calendar_of(&inner, tx, &window)?;
        let today = calendar.zone().date(inner.now());
        let days = plans(tx, (&window, &calendar), (today, DAYS))?;
        let line = line(&inner, tx, window)?;
        Ok::<_, Error>(Shown { line, days })
    };
    app.store.read(read).await.map_err(Error::from)
}
