//! Open the seal on who booked: it needs a post at the window, and a purpose, and leaves a look
//! that the person can read.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{AppointmentId, LookId};
use huiyin_store::appointment_people::{self, Look};
use huiyin_store::{Tx, appointments};

use super::{known, permit_serve};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub use huiyin_store::appointment_people::Booker;

const PURPOSE_CHARS_MIN: usize = 2;
const PURPOSE_CHARS_MAX: usize = 200;

/// Who is asked for, and why, in the words that they will read.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: AppointmentId,
    pub purpose: String,
}

/// Opens the seal; none when it is nobody, or forgotten.
pub async fn unseal(app: &App, actor: &Actor, request: Request) -> Result<Option<Booker>, Error> {
    let purpose = request.purpose.trim().to_owned();
    if purpose.chars().count() < PURPOSE_CHARS_MIN {
        return Err(Refusal::field("purpose", "fault-required").into());
    }
    if purpose.chars().count() > PURPOSE_CHARS_MAX {
        return Err(Refusal::too_long("purpose", PURPOSE_CHARS_MAX).into());
    }
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let open = move |tx: &mut Tx<'_>| {
        let nothing = || Refusal::NotFound(Thing::Appointment);
        let one = appointments::read(tx, request.id)?.ok_or_else(nothing)?;
        let window = known(tx, one.window)?;
        permit_serve(&actor, &window).map_err(|_| nothing())?;
        let mut posts = actor.posts.iter();
        let post = posts.find(|post| post.unit == window.unit);
        let look = Look {
            id: LookId::from_raw(inner.mint()),
            at: now,
            of: one.id,
            person,
            post: post.map(|post| post.post),
            unit: Some(window.unit),
            purpose: purpose.clone(),
        };
        let booker = appointment_people::read(tx, one.id)?;
        // --- everything is checked; from here on we write ---
        if booker.is_some() {
            appointment_people::look(tx, &look)?;
        }
        Ok::<_, Error>(booker)
    };
    let key = request.id.get();
    app.store.write(key, open).await.map_err(Error::from)
}
