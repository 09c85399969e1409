//! Tell an address elsewhere of an event that waits in the outbox: one after the other, in the
//! order in which they happened. An address that nobody answers at for a day is turned off, and
//! whoever runs the house is told so.

use huiyin_domain::id::{MessageId, WebhookId};
use huiyin_store::outbox::{self, Message};
use huiyin_store::{DbError, Tx, jobs, webhooks};
use jiff::{SignedDuration, Timestamp};

use super::Ran;
use crate::outside::{Call, SendError};
use crate::webhooks::off;
use crate::{App, Error};

/// An address that fails for so long is turned off.
const FAILS_MAX: SignedDuration = SignedDuration::from_hours(24);
/// Whatever waits for an earlier event looks again after so long, if nobody wakes it.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// What is called, and with what.
struct Ready {
    message: Message,
    target: WebhookId,
    url: String,
    secret: Vec<u8>,
}

pub(super) async fn run(app: &App, id: MessageId) -> Result<Ran, Error> {
    let find = move |tx: &mut Tx<'_>| ready(tx, id);
    let Some(ready) = app.store.read(find).await.map_err(Error::from)? else {
        return Ok(Ran::Done);
    };
    let target = ready.target;
    let behind = move |tx: &mut Tx<'_>| outbox::is_behind(tx, target, id);
    if app.store.read(behind).await.map_err(Error::from)? {
        return Ok(Ran::Behind { target, id });
    }
    let call = Call {
        id: id.get(),
        url: ready.url,
        secret: ready.secret,
        at: app.now(),
        body: ready.message.body,
    };
    match app.outside.webhooks.call(&call).await {
        Ok(()) => arrived(app, target, id).await.map(|()| Ran::Done),
        Err(fault) => {
            failed(app, target, &fault).await?;
            Err(Error::broken("calling an address elsewhere", fault))
        }
    }
}

fn ready(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Ready>, DbError> {
    let Some(message) = outbox::read(tx, id)?.filter(|message| message.sent_at.is_none()) else {
        return Ok(None);
    };
    let Some(target) = message.target else {
        return Ok(None);
    };
    let kept = webhooks::by_id(tx, target)?.filter(|webhook| webhook.off_at.is_none());
    let secret = webhooks::secret(tx, target)?;
    Ok(kept.zip(secret).map(|(webhook, secret)| Ready {
        message,
        target,
        url: webhook.url,
        secret,
    }))
}

/// It got through: the next one may go.
async fn arrived(app: &App, target: WebhookId, id: MessageId) -> Result<(), Error> {
    let (now, copies) = (app.now(), app.outside.webhooks.copies());
    let write = move |tx: &mut Tx<'_>| {
        webhooks::lock(tx, target)?;
        outbox::sent(tx, id, now, copies)?;
        webhooks::worked(tx, target)?;
        wake_next(tx, target, now)
    };
    app.store
        .write(target.get(), write)
        .await
        .map_err(Error::from)
}

/// It did not get through. After a day of that nothing more is tried.
async fn failed(app: &App, target: WebhookId, fault: &SendError) -> Result<(), Error> {
    let (inner, now, fault) = (app.clone(), app.now(), fault.to_string());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        webhooks::lock(tx, target)?;
        webhooks::failed(tx, target, &fault, now)?;
        let webhook = webhooks::by_id(tx, target)?;
        let since = webhook.as_ref().and_then(|webhook| webhook.failing_since);
        match webhook {
            Some(webhook) if since.is_some_and(|since| now >= since + FAILS_MAX) => {
                off::turn_off(&inner, tx, &webhook, now)
            }
            _ => Ok(()),
        }
    };
    app.store
        .write(target.get(), write)
        .await
        .map_err(Error::from)
}

/// The next event for this address is due now.
fn wake_next(tx: &mut Tx<'_>, target: WebhookId, now: Timestamp) -> Result<(), DbError> {
    match outbox::next_of(tx, target)? {
        Some(next) => jobs::wake(tx, jobs::CALL_WEBHOOK, next.get(), now),
        None => Ok(()),
    }
}

/// Lets a job wait for the events before its own, unless they have gone meanwhile.
pub(super) fn park(
    tx: &mut Tx<'_>,
    job: &jobs::Job,
    (target, id): (WebhookId, MessageId),
    now: Timestamp,
) -> Result<(), DbError> {
    webhooks::lock(tx, target)?;
    let until = match outbox::is_behind(tx, target, id)? {
        true => now.saturating_add(PATIENCE).unwrap_or(now),
        false => now,
    };
    jobs::retry(tx, job.id, until, (None, job.tries - 1))
}

/// An event that cannot be told is put aside, and those behind it go on.
pub(super) fn isolated(tx: &mut Tx<'_>, id: MessageId, now: Timestamp) -> Result<(), DbError> {
    let message = outbox::read(tx, id)?;
    match message.and_then(|message| message.target) {
        Some(target) => {
            webhooks::lock(tx, target)?;
            wake_next(tx, target, now)
        }
        None => Ok(()),
    }
}
