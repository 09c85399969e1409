//! What the community decided goes to the volunteer as a message of its own, by the way and in
//! the hours that they chose; on their own page it stands anyway.

use huiyin_domain::contact::Contact;
use huiyin_domain::id::MessageId;
use huiyin_domain::telling::{Audience, Channel, Importance, Pace, Preferences};
use huiyin_domain::volunteer::Volunteer;
use huiyin_domain::words::{Lang, Value};
use huiyin_store::outbox::{self, Message};
use huiyin_store::{Tx, persons, preferences};
use jiff::Timestamp;

use crate::jobs::Job;
use crate::{App, Error};

/// The community accepted them.
pub(super) fn accepted(
    app: &App,
    tx: &mut Tx<'_>,
    whom: &Volunteer,
    now: Timestamp,
) -> Result<(), Error> {
    tell(app, tx, whom, ("volunteer-accepted", ""), now)
}

/// The community did not accept them, for a reason.
pub(super) fn declined(
    app: &App,
    tx: &mut Tx<'_>,
    (whom, reason): (&Volunteer, &str),
    now: Timestamp,
) -> Result<(), Error> {
    tell(app, tx, whom, ("volunteer-declined", reason), now)
}

/// A service that they reported was confirmed, and counts.
pub(super) fn confirmed(
    app: &App,
    tx: &mut Tx<'_>,
    whom: &Volunteer,
    now: Timestamp,
) -> Result<(), Error> {
    tell(app, tx, whom, ("volunteer-service-counted", ""), now)
}

/// A service that they reported was not confirmed, for a reason.
pub(super) fn refused(
    app: &App,
    tx: &mut Tx<'_>,
    (whom, reason): (&Volunteer, &str),
    now: Timestamp,
) -> Result<(), Error> {
    tell(app, tx, whom, ("volunteer-service-refused", reason), now)
}

fn tell(
    app: &App,
    tx: &mut Tx<'_>,
    whom: &Volunteer,
    (key, reason): (&str, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let Some(person) = persons::by_id(tx, whom.person)? else {
        return Ok(());
    };
    let contact = person.contact.as_deref().and_then(|text| text.parse().ok());
    let (channel, recipient) = match contact {
        Some(Contact::Mail(address)) => (Channel::Mail, address),
        Some(Contact::Mobile(phone)) => (Channel::Sms, phone),
        Some(Contact::Landline(_)) | None => return Ok(()),
    };
    let said = preferences::read(tx, whom.person)?;
    let said = said.unwrap_or_else(|| Preferences::usual(Audience::Residents));
    if said.pace(Importance::Info, channel) == Pace::Never {
        return Ok(());
    }
    let lang: Lang = person.language.parse().unwrap_or(Lang::ZH);
    let house = app.config.name.in_lang(lang.as_str());
    let args = [
        ("name", Value::from(whom.offer.name.as_str())),
        ("house", Value::from(house)),
        ("reason", Value::from(reason)),
        ("link", format!("{}/volunteer", app.config.base_url).into()),
    ];
    let text = |part: &str| {
        let key = format!("{key}.{part}");
        app.words.get(lang, &key, &args).into_owned()
    };
    let id = MessageId::from_raw(app.mint());
    let message = Message {
        id,
        at: now,
        cause: format!("volunteer {}", id.get()),
        subject: match channel {
            Channel::Mail => text("subject"),
            Channel::Sms | Channel::Product => String::new(),
        },
        body: match channel {
            Channel::Mail => text("body"),
            Channel::Sms | Channel::Product => text("sms"),
        },
        channel: channel.word().to_owned(),
        recipient,
        target: None,
        quiet: (!app.config.demo.is_on()).then_some(said.quiet),
        sent_at: None,
    };
    if outbox::insert(tx, &message)? {
        Job::SendMessage(id).enqueue(app, tx, now)?;
    }
    Ok(())
}
