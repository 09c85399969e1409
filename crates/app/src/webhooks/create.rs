//! Register an address elsewhere. The secret with which its messages are signed is made here
//! and shown once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{UnitId, WebhookId};
use huiyin_domain::place::PlaceCode;
use huiyin_store::webhooks::{self, Webhook};
use huiyin_store::{Tx, places, units};

use super::event::EventType;
use crate::administration::{Record, permit};
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 80;
const URL_BYTES_MAX: usize = 500;
const WEBHOOKS_MAX: usize = 50;
const SECRET_BYTES: usize = 32;

/// An address to be registered.
#[derive(Debug, Clone)]
pub struct Request {
    pub name: String,
    pub url: String,
    /// None: all of them.
    pub events: Vec<EventType>,
    /// It is told of cases in this place.
    pub place: PlaceCode,
    /// And of this unit alone, if it is named.
    pub unit: Option<UnitId>,
}

/// An address just registered.
pub struct Made {
    pub id: WebhookId,
    /// As Standard Webhooks write it: `whsec_…`.
    pub secret: String,
}

pub async fn create(app: &App, actor: &Actor, request: Request) -> Result<Made, Error> {
    permit(actor, Action::WebhooksEdit)?;
    check(app, &request)?;
    let secret: [u8; SECRET_BYTES] = app.outside.entropy.bytes();
    let id = WebhookId::from_raw(app.mint());
    let webhook = Webhook {
        id,
        name: clean(&request.name),
        url: request.url.trim().to_owned(),
        events: request
            .events
            .iter()
            .map(|event| event.word().to_owned())
            .collect(),
        place: request.place,
        unit: request.unit,
        made_at: app.now(),
        fault: None,
        failing_since: None,
        off_at: None,
    };
    let record = Record::new(app, actor, "webhook-made", id);
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &webhook.place)?.is_none() {
            return Err(Error::from(Refusal::field("place", "fault-unknown")));
        }
        if let Some(unit) = webhook.unit
            && units::read(tx, unit)?.is_none()
        {
            return Err(Refusal::field("unit", "fault-unknown").into());
        }
        if webhooks::list(tx)?.len() >= WEBHOOKS_MAX {
            return Err(Refusal::field("name", "fault-webhooks-many").into());
        }
        // --- everything is checked; from here on we write ---
        webhooks::insert(tx, &webhook, &secret)?;
        record.keep(tx)
    };
    app.store
        .write(id.get(), write)
        .await
        .map_err(Error::from)?;
    let secret = format!("whsec_{}", BASE64.encode(secret));
    Ok(Made { id, secret })
}

fn check(app: &App, request: &Request) -> Result<(), Refusal> {
    let (name, url) = (clean(&request.name), request.url.trim());
    let fault = match () {
        () if name.is_empty() => Some(("name", "fault-required")),
        () if name.chars().count() > NAME_CHARS_MAX => Some(("name", "fault-too-long")),
        () if url.is_empty() => Some(("url", "fault-required")),
        () if url.len() > URL_BYTES_MAX => Some(("url", "fault-too-long")),
        () => app.outside.webhooks.fault(url).map(|fault| ("url", fault)),
    };
    match fault {
        Some((field, key)) => Err(Refusal::field(field, key)),
        None => Ok(()),
    }
}
