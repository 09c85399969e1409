//! Send a letter about a case to a person: whoever brought it in, or a volunteer.
//!
//! The letter is written in their language by the words of the case's kind, and goes to the
//! contact that they left. Whoever left none reads it on the case's own page.

use std::sync::Arc;

use huiyin_domain::access::Scope;
use huiyin_domain::case::{CaseView, FieldType, Kind, ReasonOf, Recipient, Values};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::NoticeId;
use huiyin_domain::words::{Lang, Value};
use huiyin_store::notices::{self, Notice};
use huiyin_store::{Tx, cases, entries, persons, petitioners, places, public_cases};
use jiff::Timestamp;

use crate::cases::{Reader, spoken};
use crate::outside::{Letter, SendError, TextMessage};
use crate::{App, Error};

/// A letter that is ready to go.
struct Ready {
    notice: Notice,
    case: CaseView,
    kind: Arc<Kind>,
    to: Contact,
    language: Lang,
    code: Option<TrackingCode>,
    owner: String,
    /// As much of the case's heading as its reader may know.
    title: String,
    place: String,
    /// What was said in the entry that the letter is about.
    said: String,
    moved: Moved,
}

/// Why a clock stands or runs longer, as the entry tells it.
#[derive(Default)]
struct Moved {
    /// The key of the reason's word.
    reason: Option<String>,
    until: Option<Timestamp>,
}

/// Sends the letter, unless it has gone out already or there is nowhere to send it.
pub(super) async fn run(app: &App, id: NoticeId) -> Result<(), Error> {
    let inner = app.clone();
    let find = move |tx: &mut Tx<'_>| ready(&inner, tx, id);
    if let Some(ready) = app.store.read(find).await.map_err(Error::from)? {
        let sent = send(app, &ready).await;
        sent.map_err(|fault| Error::broken("sending a letter", fault))?;
    }
    let now = app.now();
    let sent = move |tx: &mut Tx<'_>| notices::sent(tx, id, now);
    app.store.write(id.get(), sent).await.map_err(Error::from)
}

fn ready(app: &App, tx: &mut Tx<'_>, id: NoticeId) -> Result<Option<Ready>, Error> {
    let Some(notice) = notices::read(tx, id)?.filter(|notice| notice.sent_at.is_none()) else {
        return Ok(None);
    };
    let Some(held) = cases::load(tx, &Scope::for_the_house(), notice.case)? else {
        return Ok(None);
    };
    let (contact, language, code) = match notice.whom {
        Recipient::Unit(_) => return Ok(None),
        Recipient::Petitioner => match petitioners::to_deliver(tx, notice.case)? {
            Some(sealed) => (sealed.contact, sealed.language, sealed.code.parse().ok()),
            None => return Ok(None),
        },
        Recipient::Person(person) => match persons::by_id(tx, person)? {
            Some(person) => (person.contact, person.language, None),
            None => return Ok(None),
        },
    };
    let Some(to) = contact.and_then(|contact| contact.parse().ok()) else {
        return Ok(None);
    };
    let language = language.parse::<Lang>().unwrap_or(Lang::ZH);
    let atlas = app.atlas(tx)?;
    let owner = held.view.owner.unit().and_then(|unit| atlas.unit(unit));
    let owner = owner.map(|unit| unit.names.in_lang(language.as_str()).to_owned());
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let owner = owner.unwrap_or_default();
    let title = match notice.whom {
        Recipient::Petitioner => held.title.clone(),
        // A volunteer knows of a case what the public knows.
        _ => public_cases::read(tx, notice.case)?.map_or_else(String::new, |public| public.title),
    };
    let place = places::read(tx, &held.view.place)?;
    let place = place.map(|place| place.names.in_lang(language.as_str()).to_owned());
    let (kind, said, moved) = told(app, tx, &notice, (&held, kind))?;
    Ok(Some(Ready {
        title,
        place: place.unwrap_or_default(),
        said,
        moved,
        notice,
        case: held.view,
        kind,
        to,
        language,
        code,
        owner,
    }))
}

/// The kind of which the case was when the letter was due, and the sentences of the entry that
/// caused it, as far as its reader may see them.
fn told(
    app: &App,
    tx: &mut Tx<'_>,
    notice: &Notice,
    (held, kind): (&cases::Loaded, Arc<Kind>),
) -> Result<(Arc<Kind>, String, Moved), Error> {
    let entries = entries::list(tx, held)?;
    let kinds = spoken::kinds(app, &kind, &entries)?;
    let mut written = kinds.into_iter().zip(entries);
    let entry = written.find(|(_, entry)| entry.number == notice.entry);
    let Some((kind, entry)) = entry else {
        return Ok((kind, String::new(), Moved::default()));
    };
    let moved = moved(&kind, &entry.shape);
    let Some(text) = entry.text else {
        return Ok((kind, String::new(), moved));
    };
    let all: Values = serde_json::from_str(&text)
        .map_err(|fault| Error::broken("reading an entry's text", fault))?;
    let reader = match notice.whom {
        Recipient::Person(_) => Reader::Owner,
        Recipient::Petitioner | Recipient::Unit(_) => Reader::Petitioner,
    };
    let seen = reader.visible(&kind, &all);
    // In the order in which the kind asks for them.
    let said = kind
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldType::Text(_)))
        .filter_map(|field| seen.get(&field.name)?.as_text());
    let said = said.collect::<Vec<_>>().join("\n");
    Ok((kind, said, moved))
}

fn moved(kind: &Kind, shape: &str) -> Moved {
    let shape: serde_json::Value = serde_json::from_str(shape).unwrap_or_default();
    let said = |key: &str, of: ReasonOf| {
        let part = shape.get(key)?;
        let until = part.get("until").and_then(serde_json::Value::as_i64);
        Some(Moved {
            reason: part
                .get("why")?
                .as_str()
                .map(|why| kind.reason_key(of, why)),
            until: until.and_then(|until| Timestamp::from_microsecond(until).ok()),
        })
    };
    said("pause", ReasonOf::Pause)
        .or_else(|| said("extended", ReasonOf::Extension))
        .unwrap_or_default()
}

async fn send(app: &App, ready: &Ready) -> Result<(), SendError> {
    let letter = |part: &str| {
        let key = format!("{}-letter-{}.{part}", ready.kind.slug, ready.notice.letter);
        say(app, ready, &key)
    };
    match &ready.to {
        Contact::Mail(to) => {
            let letter = Letter {
                id: ready.notice.id.get(),
                to: to.clone(),
                subject: letter("subject"),
                body: letter("body"),
            };
            app.outside.mail.send(&letter).await
        }
        Contact::Mobile(to) => {
            let message = TextMessage {
                id: ready.notice.id.get(),
                phone: to.clone(),
                text: letter("sms"),
            };
            app.outside.sms.send(&message).await
        }
        // A landline takes no text messages: somebody will call, or the person will.
        Contact::Landline(_) => Ok(()),
    }
}

/// A part of the letter, with what letters may speak of: the heading, the place, what was said,
/// the outcome, the code, the link, the owner, the day by which something is promised.
fn say(app: &App, ready: &Ready, key: &str) -> String {
    let code = ready
        .code
        .as_ref()
        .map(TrackingCode::in_fours)
        .unwrap_or_default();
    let link = match &ready.code {
        Some(code) => format!("{}/t/{}", app.config.base_url, code.as_str()),
        None => app.config.base_url.clone(),
    };
    let due = ready
        .case
        .clock
        .as_ref()
        .map(|clock| app.config.day(clock.due_at).to_string());
    let house = app.config.name.in_lang(ready.language.as_str()).to_owned();
    let outcome = ready.case.outcome.as_ref().map(|outcome| {
        let key = format!("{}-outcome-{outcome}", ready.kind.slug);
        app.words.get(ready.language, &key, &[]).into_owned()
    });
    let outcome = outcome.unwrap_or_default();
    let until = ready
        .moved
        .until
        .map(|until| app.config.day(until).to_string());
    let reason = ready.moved.reason.as_ref();
    let reason = reason.map(|key| app.words.get(ready.language, key, &[]).into_owned());
    let args = [
        ("code", Value::from(code)),
        ("link", Value::from(link)),
        ("owner", Value::from(ready.owner.clone())),
        ("due", Value::from(due.unwrap_or_default())),
        ("until", Value::from(until.unwrap_or_default())),
        ("reason", Value::from(reason.unwrap_or_default())),
        ("house", Value::from(house)),
        ("title", Value::from(ready.title.clone())),
        ("place", Value::from(ready.place.clone())),
        ("said", Value::from(ready.said.clone())),
        ("outcome", Value::from(outcome)),
    ];
    app.words.get(ready.language, key, &args).into_owned()
}
