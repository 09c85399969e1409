//! What a window would be like before it is kept: the times of its next days, and how many would
//! lose the time that they have. Nothing is written.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::window::{DayPlan, Slot};
use huiyin_store::Tx;

use super::calendar_of;
use super::put::{Request, checked, faults, without_time};
use super::times::plans;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

/// The days that are shown, the first being today.
const DAYS: i32 = 7;

#[derive(Debug, Clone)]
pub struct Preview {
    pub days: Vec<Day>,
    /// How many are served at each time.
    pub seats: i64,
    /// How many would have to choose another time; none for a window that is not there yet.
    pub displaced: Option<usize>,
    pub is_shut: bool,
}

/// A day with the times that it would have, whoever has them already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub plan: DayPlan,
    pub slots: Vec<Slot>,
}

/// Refused as keeping it would be.
pub async fn preview(app: &App, actor: &Actor, request: Request) -> Result<Preview, Error> {
    let unit = post_for(actor, Action::WindowsKeep, &request.place)?.unit;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let (before, window) = checked(tx, (&actor, unit), &request, now)?;
        let displaced = match before {
            Some(_) => Some(without_time(&inner, tx, &window)?.len()),
            None => None,
        };
        let calendar = calendar_of(&inner, tx, &window)?;
        let today = calendar.zone().date(now);
        let minutes = window.setup.minutes;
        let days = plans(tx, (&window, &calendar), (today, DAYS))?;
        let day = |plan: DayPlan| Day {
            slots: plan.slots(minutes, &calendar),
            plan,
        };
        Ok::<_, Error>(Preview {
            days: days.into_iter().map(day).collect(),
            seats: window.setup.seats,
            displaced,
            is_shut: window.closed_at.is_some(),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
