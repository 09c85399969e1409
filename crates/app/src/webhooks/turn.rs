//! Turn an address off and on, try it, take it away.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::{self, WebhookId};
use huiyin_store::{Tx, outbox, webhooks};

use super::event::{self, EventType};
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What becomes of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is told again, of what happens from now on.
    On,
    /// It is not told, and what waits for it is given up.
    Off,
    /// It gets an event that says nothing.
    Test,
    /// It goes, with what waits for it.
    End,
}

pub async fn turn(app: &App, actor: &Actor, id: WebhookId, to: Turn) -> Result<(), Error> {
    permit(actor, Action::WebhooksEdit)?;
    let act = match to {
        Turn::On => "webhook-on",
        Turn::Off => "webhook-off",
        Turn::Test => "webhook-tested",
        Turn::End => "webhook-ended",
    };
    let (inner, now) = (app.clone(), app.now());
    let record = Record::new(app, actor, act, id);
    let write = move |tx: &mut Tx<'_>| {
        webhooks::lock(tx, id)?;
        let webhook = webhooks::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Webhook))?;
        if to == Turn::Test && webhook.off_at.is_some() {
            return Err(Error::from(Refusal::rule(
                Class::Conflict,
                "webhook-is-off",
            )));
        }
        // --- everything is checked; from here on we write ---
        let touched = match to {
            Turn::On => webhooks::turn_on(tx, id)?,
            Turn::Off => {
                outbox::forget_of(tx, id)?;
                webhooks::turn_off(tx, id, now)?
            }
            Turn::End => {
                outbox::forget_of(tx, id)?;
                webhooks::end(tx, id, now)?
            }
            Turn::Test => {
                let name = format!("test-{}", id::encode(inner.mint()));
                let body = event::envelope(&inner, (EventType::Tested, &name), now, None);
                event::put(&inner, tx, (id, &name), &body, now)?;
                1
            }
        };
        match touched {
            0 => Ok(()),
            _ => record.keep(tx),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
