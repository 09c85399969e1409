//! Turn off an address at which nothing arrived for a day, and tell whoever runs the house.

use huiyin_domain::access::Actor;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::MessageId;
use huiyin_domain::person::Role;
use huiyin_domain::telling::Quiet;
use huiyin_domain::words::{Lang, Value};
use huiyin_store::outbox::{self, Message};
use huiyin_store::persons::Person;
use huiyin_store::webhooks::{self, Webhook};
use huiyin_store::{DbError, Tx, persons, posts, preferences};
use jiff::Timestamp;

use crate::administration::Record;
use crate::jobs::Job;
use crate::{App, Error};

/// Turns it off, gives up what waits for it, and writes to every system administrator.
pub(crate) fn turn_off(
    app: &App,
    tx: &mut Tx<'_>,
    webhook: &Webhook,
    now: Timestamp,
) -> Result<(), Error> {
    if webhooks::turn_off(tx, webhook.id, now)? == 0 {
        return Ok(());
    }
    outbox::forget_of(tx, webhook.id)?;
    Record::new(app, &Actor::system(), "webhook-off", webhook.id).keep(tx)?;
    let mut told: Vec<_> = posts::of_role(tx, Role::System, now)?
        .into_iter()
        .filter(|post| post.starts_at <= now)
        .map(|post| post.person)
        .collect();
    told.sort_unstable();
    told.dedup();
    for person in told {
        if let Some(person) = persons::by_id(tx, person)? {
            write_to(app, tx, &person, (webhook, now))?;
        }
    }
    Ok(())
}

fn write_to(
    app: &App,
    tx: &mut Tx<'_>,
    person: &Person,
    (webhook, now): (&Webhook, Timestamp),
) -> Result<(), DbError> {
    let contact = person.contact.as_deref().and_then(|text| text.parse().ok());
    let channel = match &contact {
        Some(Contact::Mail(_)) => "mail",
        Some(Contact::Mobile(_)) => "sms",
        Some(Contact::Landline(_)) | None => return Ok(()),
    };
    let lang = person.language.parse().unwrap_or(Lang::ZH);
    let say = |part: &str| {
        let args = [
            ("name", Value::from(webhook.name.clone())),
            (
                "link",
                Value::from(format!("{}/admin/webhooks", app.config.base_url)),
            ),
            (
                "house",
                Value::from(app.config.name.in_lang(lang.as_str()).to_owned()),
            ),
        ];
        let key = format!("letter-webhook-off.{part}");
        app.words.get(lang, &key, &args).into_owned()
    };
    let (subject, body) = match channel {
        "mail" => (say("subject"), say("body")),
        _ => (String::new(), say("sms")),
    };
    let own = preferences::read(tx, person.id)?;
    let id = MessageId::from_raw(app.mint());
    let message = Message {
        id,
        at: now,
        cause: format!("webhook off {} {now} {}", webhook.id, person.id),
        channel: channel.to_owned(),
        recipient: person.contact.clone().unwrap_or_default(),
        subject,
        body,
        target: None,
        quiet: Some(own.map_or(Quiet::USUAL, |own| own.quiet)),
        sent_at: None,
    };
    match outbox::insert(tx, &message)? {
        true => Job::SendMessage(id).enqueue(app, tx, now),
        false => Ok(()),
    }
}
