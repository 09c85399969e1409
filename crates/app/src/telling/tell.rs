//! Tells a person something that is about no case: a seat, a booking, a meeting that is off.
//! It goes into the outbox with what causes it, by the way that their contact allows and in
//! their language; whoever wants no letters of this weight gets none, and their quiet hours
//! hold. On their own pages they find it in any case.

use huiyin_domain::contact::Contact;
use huiyin_domain::id::{MessageId, PersonId};
use huiyin_domain::names::Names;
use huiyin_domain::telling::{
    Audience, Channel, Circumstance, Importance, Moment, Pace, Preferences,
};
use huiyin_domain::words::{Lang, Value};
use huiyin_store::outbox::{self, Message};
use huiyin_store::{Tx, persons, preferences, shifts};
use jiff::Timestamp;

use crate::jobs::Job;
use crate::words::dates::Dates;
use crate::{App, Error};

/// What a letter is about.
#[derive(Debug, Clone)]
pub(crate) enum Title {
    /// As somebody wrote it, in whatever language.
    Written(String),
    /// In the language of whoever reads it.
    Named(Names),
}

/// What is said.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// What happened, as exactly as it must not be told twice.
    pub cause: String,
    /// The letter: its words are the attributes `.subject` and `.body`.
    pub letter: &'static str,
    /// The words that say why they get it, and how to get it otherwise.
    pub why: &'static str,
    /// What it is about.
    pub title: Title,
    /// The moment that it speaks of.
    pub at: Timestamp,
    /// Until when something is to be done.
    pub until: Option<Timestamp>,
    /// The page where it goes on, from the slash on.
    pub page: String,
    pub importance: Importance,
    /// What somebody adds in words of their own; mostly nothing.
    pub note: String,
}

pub(crate) fn tell(
    app: &App,
    tx: &mut Tx<'_>,
    person: PersonId,
    said: &Said,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(reader) = reader(tx, person)? else {
        return Ok(());
    };
    let own = preferences::read(tx, person)?;
    let own = own.unwrap_or_else(|| Preferences::usual(Audience::Residents));
    if own.pace(said.importance, reader.channel) == Pace::Never {
        return Ok(());
    }
    send(app, tx, (&reader, said), (&own, now))
}

/// The same to somebody at their work: when they want to be told, at once or once a day.
pub(crate) fn tell_staff(
    app: &App,
    tx: &mut Tx<'_>,
    person: PersonId,
    said: &Said,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(reader) = reader(tx, person)? else {
        return Ok(());
    };
    let own = preferences::read(tx, person)?;
    let own = own.unwrap_or_else(|| Preferences::usual(Audience::Staff));
    let circumstance = match shifts::is_on_duty(tx, person, now)? {
        true => Circumstance::OnDuty,
        false => Circumstance::Otherwise,
    };
    let moment = Moment {
        happened: now,
        now,
        zone: &app.config.time_zone,
    };
    match own.due((said.importance, reader.channel), circumstance, &moment) {
        Some(due) => send(app, tx, (&reader, said), (&own, due)),
        None => Ok(()),
    }
}

/// Somebody without an account, who left a contact for this one thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reached<'a> {
    pub contact: &'a str,
    pub language: &'a str,
}

/// Whether a message reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Message,
    /// A fixed line takes calls only.
    Nobody,
}

impl Reached<'_> {
    pub(crate) fn reach(&self) -> Reach {
        match self.way() {
            Some(_) => Reach::Message,
            None => Reach::Nobody,
        }
    }

    fn way(&self) -> Option<(Channel, Contact)> {
        way(self.contact)
    }
}

/// The same to somebody without an account, by the contact that they left, outside the hours in
/// which residents usually want peace.
pub(crate) fn tell_contact(
    app: &App,
    tx: &mut Tx<'_>,
    to: &Reached<'_>,
    said: &Said,
    now: Timestamp,
) -> Result<Reach, Error> {
    let Some((channel, contact)) = to.way() else {
        return Ok(Reach::Nobody);
    };
    let reader = Reader {
        key: "contact".to_owned(),
        channel,
        contact,
        lang: to.language.parse().unwrap_or(Lang::ZH),
    };
    let own = Preferences::usual(Audience::Residents);
    send(app, tx, (&reader, said), (&own, now))?;
    Ok(Reach::Message)
}

/// Somebody who can be told something outside the product.
struct Reader {
    /// What tells them from others who are told the same.
    key: String,
    channel: Channel,
    contact: Contact,
    lang: Lang,
}

fn reader(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Reader>, Error> {
    let known = persons::by_id(tx, person)?.filter(|known| known.closed_at.is_none());
    let Some(known) = known else {
        return Ok(None);
    };
    let Some((channel, contact)) = known.contact.as_deref().and_then(way) else {
        return Ok(None);
    };
    Ok(Some(Reader {
        key: person.to_string(),
        channel,
        contact,
        lang: known.language.parse().unwrap_or(Lang::ZH),
    }))
}

/// How a message reaches a contact.
fn way(contact: &str) -> Option<(Channel, Contact)> {
    match contact.parse().ok()? {
        contact @ Contact::Mail(_) => Some((Channel::Mail, contact)),
        contact @ Contact::Mobile(_) => Some((Channel::Sms, contact)),
        Contact::Landline(_) => None,
    }
}

/// Puts it into the outbox; it leaves at this instant, or after the quiet hours in which it lies.
fn send(
    app: &App,
    tx: &mut Tx<'_>,
    (reader, said): (&Reader, &Said),
    (own, at): (&Preferences, Timestamp),
) -> Result<(), Error> {
    let (subject, body) = written(app, reader.lang, said, at);
    let message = Message {
        id: MessageId::from_raw(app.mint()),
        at,
        cause: format!("{} {}", said.cause, reader.key),
        channel: reader.channel.word().to_owned(),
        recipient: reader.contact.as_str().to_owned(),
        subject,
        body,
        target: None,
        quiet: (!app.config.demo.is_on()).then_some(own.quiet),
        sent_at: None,
    };
    match outbox::insert(tx, &message)? {
        true => Ok(Job::SendMessage(message.id).enqueue(app, tx, at)?),
        false => Ok(()),
    }
}

fn written(app: &App, lang: Lang, said: &Said, now: Timestamp) -> (String, String) {
    let dates = Dates {
        words: &app.words,
        lang,
        now,
        zone: app.config.time_zone.clone(),
    };
    let base = &app.config.base_url;
    let until = said.until.map(|until| dates.moment(until));
    let title = match &said.title {
        Title::Written(title) => title.clone(),
        Title::Named(names) => names.in_lang(lang.as_str()).to_owned(),
    };
    let args = [
        ("title", Value::from(title)),
        ("moment", Value::from(dates.moment(said.at))),
        ("until", Value::from(until.unwrap_or_default())),
        ("note", Value::from(said.note.as_str())),
        ("link", Value::from(format!("{base}{}", said.page))),
        (
            "house",
            Value::from(app.config.name.in_lang(lang.as_str()).to_owned()),
        ),
        ("how", Value::from(format!("{base}/my/telling"))),
    ];
    let say = |key: &str| app.words.get(lang, key, &args).into_owned();
    let body = say(&format!("{}.body", said.letter));
    let why = say(said.why);
    (
        say(&format!("{}.subject", said.letter)),
        format!("{body}\n\n{why}"),
    )
}
