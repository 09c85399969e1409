//! The times that are free at a window, day by day. Who has the others is not said.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::calendar::{Calendar, Zone};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::{DayPlan, Setup, Slot};
use huiyin_store::appointments::{self, Held};
use huiyin_store::windows::{self, Window};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::calendar_of;
use crate::{App, Error};

/// A day with the times that are free on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDay {
    pub plan: DayPlan,
    pub free: Vec<Slot>,
}

/// A window, and its days from one on.
#[derive(Debug, Clone)]
pub struct Times {
    pub window: Window,
    pub zone: Zone,
    pub days: Vec<FreeDay>,
    /// Where the days after these begin; none when booking ends before them.
    pub next: Option<Date>,
}

/// Up to `count` days on which something is free, from a day on; today when none is named.
pub async fn times(
    app: &App,
    id: WindowId,
    from: Option<Date>,
    count: usize,
) -> Result<Times, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let window = super::open(tx, id)?;
        let calendar = calendar_of(&inner, tx, &window)?;
        let now = inner.now();
        let mut days = free_days(tx, (&window, &calendar), (now, from, None))?;
        days.retain(|day| !day.free.is_empty());
        let next = days.get(count).map(|day| day.plan.date);
        days.truncate(count);
        Ok::<_, Error>(Times {
            zone: calendar.zone().clone(),
            window,
            days,
            next,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The week of a window from today on, as everybody reads it: open or not.
pub(crate) fn plans(
    tx: &mut Tx<'_>,
    (window, calendar): (&Window, &Calendar),
    (from, count): (Date, i32),
) -> Result<Vec<DayPlan>, DbError> {
    let last = from.saturating_add((count - 1).days());
    let closures = windows::closures(tx, window.id, (from, last))?;
    let days = from.series(1.day()).take_while(|day| *day <= last);
    let plan = |day: Date| {
        let once = closures.iter().find(|(closed, _)| *closed == day);
        let once = once.map(|(_, reason)| reason.as_str());
        DayPlan::of(&window.setup, calendar, day, once)
    };
    Ok(days.map(plan).collect())
}

/// The last day on which one may book.
pub(crate) fn last_day(window: &Window, calendar: &Calendar, now: Timestamp) -> Date {
    let today = calendar.zone().date(now);
    today.saturating_add(window.setup.days_ahead.days())
}

/// Every day on which one may book, with what is free. `but` is an appointment whose own minutes
/// are free to it.
pub(crate) fn free_days(
    tx: &mut Tx<'_>,
    (window, calendar): (&Window, &Calendar),
    (now, from, but): (Timestamp, Option<Date>, Option<AppointmentId>),
) -> Result<Vec<FreeDay>, DbError> {
    let today = calendar.zone().date(now);
    let last = last_day(window, calendar, now);
    let from = from.map_or(today, |from| from.max(today));
    let count = from.until(last).map_or(0, |span| span.get_days()) + 1;
    if count <= 0 {
        return Ok(Vec::new());
    }
    let mut taken: BTreeMap<Date, Vec<Held>> = BTreeMap::new();
    for held in appointments::taken(tx, window.id, (from, last), but)? {
        let day = calendar.zone().date(held.starts_at);
        taken.entry(day).or_default().push(held);
    }
    let plans = plans(tx, (window, calendar), (from, count))?;
    let days = plans.into_iter().map(|plan| {
        let slots = plan.slots(window.setup.minutes, calendar).into_iter();
        let taken = taken.get(&plan.date).map_or(&[][..], Vec::as_slice);
        let free = slots
            .filter(|slot| slot.starts_at > now && seat_for(&window.setup, slot, taken).is_some());
        let free = free.collect();
        FreeDay { plan, free }
    });
    Ok(days.collect())
}

/// The seat that is free for a time; none when as many are served then as can be.
pub(crate) fn seat_for(setup: &Setup, slot: &Slot, taken: &[Held]) -> Option<i64> {
    let held = taken
        .iter()
        .filter(|held| held.starts_at < slot.ends_at && held.ends_at > slot.starts_at);
    let used: BTreeSet<i64> = held.map(|held| held.seat).collect();
    let are_left = i64::try_from(used.len()).is_ok_and(|used| used < setup.seats);
    let mut seats = 1..=setup.seats;
    seats.find(|seat| are_left && !used.contains(seat))
}
