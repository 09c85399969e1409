//! Somebody just comes: they get the next number of the day, and are nobody here.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::AppointmentState;
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::{Tx, windows};

use super::{calendar_of, moved_on, permit_serve};
use crate::{App, Error, Refusal};

/// The id is made by the form, so that sending it twice draws one number.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub id: AppointmentId,
    pub window: WindowId,
}

/// The number.
pub async fn walk_in(app: &App, actor: &Actor, request: Request) -> Result<i64, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        windows::lock(tx, request.window)?;
        let window = super::open(tx, request.window)?;
        permit_serve(&actor, &window)?;
        if let Some(before) = appointments::read(tx, request.id)? {
            return match before.window == window.id && before.time.is_none() {
                true => Ok(before.number),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let day = calendar_of(&inner, tx, &window)?.zone().date(now);
        let one = Appointment {
            id: request.id,
            window: window.id,
            day,
            number: appointments::next_number(tx, window.id, day)?,
            procedure: None,
            time: None,
            state: AppointmentState::Arrived,
            made_at: now,
            changed_at: now,
            arrived_at: Some(now),
            called_at: None,
            ended_at: None,
            reminded_at: None,
        };
        // --- everything is checked; from here on we write ---
        appointments::insert(tx, &one).map_err(moved_on)?;
        Ok::<_, Error>(one.number)
    };
    let key = request.window.get();
    app.store.write(key, write).await.map_err(Error::from)
}
