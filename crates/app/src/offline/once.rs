//! Apply a form once, whatever it is: the first delivery runs, and every other one is told that
//! it was done. A delivery that is refused, or does not write anything, counts for nothing.

use std::future::Future;
use std::sync::Arc;

use huiyin_domain::access::Actor;
use huiyin_store::applied::{self, Applied};
use huiyin_store::{Ticket, Tx, Use, with_ticket};
use jiff::SignedDuration;

use super::{Token, person};
use crate::{App, Error};

/// No phone keeps anything longer; a longer span is none.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A form as it is delivered.
#[derive(Debug, Clone)]
pub struct Request {
    pub token: Token,
    /// Of everything that was handed in.
    pub request_hash: [u8; 32],
    /// How long ago it was written down, by the phone's own clock at both ends: one that is
    /// wrong does no harm.
    pub age: SignedDuration,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome<T> {
    /// This delivery applied it.
    Applied(T),
    /// This delivery wrote nothing: it was refused, or there was nothing to do.
    Nothing(T),
    /// An earlier delivery applied it; perhaps as it read before it was mended.
    Before(Mended),
}

/// Whether what was applied is what is delivered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mended {
    Same,
    Since,
}

/// Runs the handler of a form unless an earlier delivery has applied it.
pub async fn once<T>(
    app: &App,
    actor: &Actor,
    request: Request,
    handler: impl Future<Output = T>,
) -> Result<Outcome<T>, Error> {
    let person = person(actor)?;
    if let Some(before) = find(app, actor, &request.token).await? {
        return Ok(Outcome::Before(mended(&before, &request)));
    }
    let now = app.now();
    let ticket = Arc::new(Ticket::new(Applied {
        person,
        token: request.token.as_str().to_owned(),
        request_hash: request.request_hash,
        made_at: now - request.age.clamp(SignedDuration::ZERO, AGE_MAX),
        applied_at: now,
    }));
    let answer = with_ticket(Arc::clone(&ticket), handler).await;
    Ok(match ticket.used() {
        Use::Applied => Outcome::Applied(answer),
        Use::Unused => Outcome::Nothing(answer),
        Use::Repeated => {
            let before = find(app, actor, &request.token).await?;
            let mended = before.map_or(Mended::Same, |before| mended(&before, &request));
            Outcome::Before(mended)
        }
    })
}

async fn find(app: &App, actor: &Actor, token: &Token) -> Result<Option<Applied>, Error> {
    let (person, token) = (person(actor)?, token.clone());
    let read = move |tx: &mut Tx<'_>| applied::read(tx, person, token.as_str());
    // Where it is written: a copy of the database may be behind.
    let found = app.store.write_aside(person.get(), read).await;
    found.map_err(Error::from)
}

fn mended(before: &Applied, request: &Request) -> Mended {
    match before.request_hash == request.request_hash {
        true => Mended::Same,
        false => Mended::Since,
    }
}
