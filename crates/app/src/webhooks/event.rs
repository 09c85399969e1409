//! What addresses elsewhere are told of a step: CloudEvents 1.0 with the case, its kind, stage,
//! place, unit and times. Nothing that anybody wrote, nothing of whoever brought it in, and the
//! place no nearer than the public is told.

use huiyin_domain::case::{CaseView, Decision, Kind};
use huiyin_domain::id::{MessageId, WebhookId};
use huiyin_store::outbox::{self, Message};
use huiyin_store::webhooks::{self, Webhook};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::jobs::Job;
use crate::{App, Error};

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventType {
    Opened,
    Advanced,
    Closed,
    Reopened,
    /// Somebody tries the address.
    Tested,
}

impl EventType {
    /// Those that an address may ask for.
    pub const ALL: [EventType; 4] = [
        EventType::Opened,
        EventType::Advanced,
        EventType::Closed,
        EventType::Reopened,
    ];

    /// The type as CloudEvents name it.
    pub fn word(self) -> &'static str {
        match self {
            EventType::Opened => "cn.huiyin.case.opened.v1",
            EventType::Advanced => "cn.huiyin.case.advanced.v1",
            EventType::Closed => "cn.huiyin.case.closed.v1",
            EventType::Reopened => "cn.huiyin.case.reopened.v1",
            EventType::Tested => "cn.huiyin.webhook.tested.v1",
        }
    }

    fn of(kind: &Kind, decision: &Decision) -> EventType {
        let was_closed = decision
            .from
            .as_ref()
            .map(|from| kind.stage(from).is_some_and(|stage| stage.closed));
        match (was_closed, decision.after.closed_at) {
            (None, _) => EventType::Opened,
            (Some(false), Some(_)) => EventType::Closed,
            (Some(true), None) => EventType::Reopened,
            _ => EventType::Advanced,
        }
    }
}

impl std::str::FromStr for EventType {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = EventType::ALL.into_iter();
        all.find(|event| event.word() == text).ok_or(())
    }
}

/// Puts an event into the outbox for every address that asks for it, with the step itself.
pub(crate) fn tell(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    now: Timestamp,
) -> Result<(), Error> {
    let webhooks = webhooks::on(tx)?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let (event, case) = (EventType::of(kind, decision), &decision.after);
    let name = format!("{}-{}", case.id, case.version);
    let body = envelope(app, (event, &name), now, Some(&data(kind, decision)));
    for webhook in webhooks.iter().filter(|webhook| asks(webhook, event, case)) {
        put(app, tx, (webhook.id, &name), &body, now)?;
    }
    Ok(())
}

/// Whether an address is told of this event of this case.
fn asks(webhook: &Webhook, event: EventType, case: &CaseView) -> bool {
    let takes_part =
        |unit| case.owner.unit() == Some(unit) || case.calls.iter().any(|call| call.unit == unit);
    case.place.is_within(&webhook.place)
        && webhook.unit.is_none_or(takes_part)
        && (webhook.events.is_empty() || webhook.events.iter().any(|word| word == event.word()))
}

/// An event in its envelope.
pub(crate) fn envelope(
    app: &App,
    (event, name): (EventType, &str),
    now: Timestamp,
    data: Option<&Value>,
) -> String {
    let mut event = json!({
        "specversion": "1.0",
        "id": name,
        "source": app.config.base_url,
        "type": event.word(),
        "time": now.to_string(),
    });
    if let Some(data) = data {
        event["subject"] = data["id"].clone();
        event["datacontenttype"] = "application/json".into();
        event["data"] = data.clone();
    }
    event.to_string()
}

fn data(kind: &Kind, decision: &Decision) -> Value {
    let case = &decision.after;
    let place = case.place.at(kind.public.place);
    json!({
        "id": case.id,
        "kind": case.kind,
        "step": decision.step,
        "from": decision.from,
        "stage": case.stage,
        "version": case.version,
        "place": place.as_ref().unwrap_or(&case.place).as_str(),
        "item": case.item.as_ref().map(|item| item.as_str()),
        "unit": case.owner.unit(),
        "urgent": case.urgent,
        "opened_at": case.opened_at.to_string(),
        "due_at": decision.due_at().map(|at| at.to_string()),
        "closed_at": case.closed_at.map(|at| at.to_string()),
        "outcome": case.outcome,
    })
}

/// Puts one event for one address into the outbox; told twice, it stands there once.
pub(crate) fn put(
    app: &App,
    tx: &mut Tx<'_>,
    (target, name): (WebhookId, &str),
    body: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let id = MessageId::from_raw(app.mint());
    let message = Message {
        id,
        at: now,
        cause: format!("event {name} {target}"),
        channel: "webhook".to_owned(),
        recipient: String::new(),
        subject: String::new(),
        body: body.to_owned(),
        target: Some(target),
        quiet: None,
        sent_at: None,
    };
    match outbox::insert(tx, &message)? {
        true => Job::CallWebhook(id).enqueue(app, tx, now),
        false => Ok(()),
    }
}
