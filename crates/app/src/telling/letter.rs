//! A letter about a case to a person: whoever brought it in, a volunteer, or staff of a unit.
//!
//! It is written in their language by the words of the case's kind, and says as much of the
//! case as they may know.

use std::sync::Arc;

use huiyin_domain::access::Scope;
use huiyin_domain::case::{CaseView, FieldType, Kind, Owner, ReasonOf, Values};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::{Lang, Value};
use huiyin_store::notices::Notice;
use huiyin_store::{Tx, cases, entries, places, public_cases};
use jiff::Timestamp;

use crate::cases::{Reader, Seal, spoken};
use crate::words::dates::Dates;
use crate::{App, Error};

/// For whom a letter is written.
#[derive(Debug, Clone)]
pub(crate) struct Addressee {
    pub as_whom: AsWhom,
    pub language: Lang,
}

/// As what somebody gets a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AsWhom {
    /// As whoever brought the case in, with the code that opens it.
    Petitioner(Option<TrackingCode>),
    /// As somebody who took it on for themselves.
    Helper,
    /// As somebody who is asked whether they do.
    Asked,
    /// As staff of this unit.
    Staff(UnitId),
}

/// A letter in all its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub subject: String,
    pub body: String,
    pub sms: String,
    /// Where the case can be looked at.
    pub link: String,
}

/// What a letter is made of.
struct Ready {
    notice: Notice,
    case: CaseView,
    kind: Arc<Kind>,
    to: Addressee,
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

/// Writes the letter of a notice; none when the case is gone.
pub(crate) fn write(
    app: &App,
    tx: &mut Tx<'_>,
    notice: Notice,
    to: Addressee,
) -> Result<Option<Written>, Error> {
    let Some(ready) = ready(app, tx, notice, to)? else {
        return Ok(None);
    };
    let part = |part: &str| {
        let key = format!("{}-letter-{}.{part}", ready.kind.slug, ready.notice.letter);
        say(app, &ready, &key)
    };
    Ok(Some(Written {
        subject: part("subject"),
        body: part("body"),
        sms: part("sms"),
        link: link(app, &ready),
    }))
}

fn ready(
    app: &App,
    tx: &mut Tx<'_>,
    notice: Notice,
    to: Addressee,
) -> Result<Option<Ready>, Error> {
    let Some(held) = cases::load(tx, &Scope::for_the_house(), notice.case)? else {
        return Ok(None);
    };
    let language = to.language;
    let atlas = app.atlas(tx)?;
    let owner = held.view.owner.unit().and_then(|unit| atlas.unit(unit));
    let owner = owner.map(|unit| unit.names.in_lang(language.as_str()).to_owned());
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let owner = owner.unwrap_or_default();
    let title = match to.as_whom {
        AsWhom::Petitioner(_) | AsWhom::Staff(_) => held.title.clone(),
        // A volunteer knows of a case what the public knows.
        AsWhom::Helper | AsWhom::Asked => {
            public_cases::read(tx, notice.case)?.map_or_else(String::new, |public| public.title)
        }
    };
    let known = match to.as_whom {
        AsWhom::Asked => held.view.place.at(kind.public.place),
        _ => Some(held.view.place.clone()),
    };
    let place = match known {
        Some(place) => place_in_words(tx, &place, language)?,
        None => String::new(),
    };
    let (kind, said, moved) = told(app, tx, (&notice, &to.as_whom), (&held, kind))?;
    Ok(Some(Ready {
        title,
        place,
        said,
        moved,
        notice,
        case: held.view,
        kind,
        to,
        owner,
    }))
}

/// The name of a place with as much around it as tells it from others of the same name.
fn place_in_words(tx: &mut Tx<'_>, place: &PlaceCode, language: Lang) -> Result<String, Error> {
    let mut names = Vec::new();
    for code in place.told_by() {
        let known = places::read(tx, &code)?;
        names.extend(known.map(|place| place.names.in_lang(language.as_str()).to_owned()));
    }
    Ok(names.join(" · "))
}

/// The kind of which the case was when the letter was due, and the sentences of the entry that
/// caused it, as far as its reader may see them.
fn told(
    app: &App,
    tx: &mut Tx<'_>,
    (notice, as_whom): (&Notice, &AsWhom),
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
    let reader = match as_whom {
        // Nothing that was said is for them yet.
        AsWhom::Asked => return Ok((kind, String::new(), moved)),
        AsWhom::Helper => Reader::Owner,
        AsWhom::Petitioner(_) => Reader::Petitioner,
        AsWhom::Staff(unit) if held.view.owner == Owner::Unit(*unit) => Reader::Owner,
        AsWhom::Staff(_) => Reader::Handler,
    };
    let seen = reader.visible(&kind, &all, Seal::Closed);
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
        let why = part.get("why")?.as_str();
        Some(Moved {
            reason: why.map(|why| kind.reason_key(of, why)),
            until: until.and_then(|until| Timestamp::from_microsecond(until).ok()),
        })
    };
    said("pause", ReasonOf::Pause)
        .or_else(|| said("extended", ReasonOf::Extension))
        .unwrap_or_default()
}

/// Where the reader looks at the case.
fn link(app: &App, ready: &Ready) -> String {
    let (base, case) = (&app.config.base_url, ready.case.id);
    match &ready.to.as_whom {
        AsWhom::Petitioner(Some(code)) => format!("{base}/t/{}", code.as_str()),
        AsWhom::Petitioner(None) | AsWhom::Helper => format!("{base}/my/{case}"),
        AsWhom::Asked => format!("{base}/my/proposals"),
        AsWhom::Staff(_) => format!("{base}/desk/cases/{case}"),
    }
}

/// A part of the letter, with what letters may speak of: the heading, the place, what was said,
/// the outcome, the code, the link, the owner, until when something is promised.
fn say(app: &App, ready: &Ready, key: &str) -> String {
    let code = match &ready.to.as_whom {
        AsWhom::Petitioner(Some(code)) => code.in_fours(),
        _ => String::new(),
    };
    let link = link(app, ready);
    let dates = Dates {
        words: &app.words,
        lang: ready.to.language,
        now: app.now(),
        zone: app.config.time_zone.clone(),
    };
    let clock = ready.case.clock.as_ref();
    let due = clock.map(|clock| dates.moment(clock.due_at));
    let until = ready.moved.until.map(|until| dates.moment(until));
    let reason = ready.moved.reason.as_ref();
    let reason = reason.map(|key| app.words.get(ready.to.language, key, &[]).into_owned());
    let house = app
        .config
        .name
        .in_lang(ready.to.language.as_str())
        .to_owned();
    let outcome = ready.case.outcome.as_ref().map(|outcome| {
        let key = format!("{}-outcome-{outcome}", ready.kind.slug);
        app.words.get(ready.to.language, &key, &[]).into_owned()
    });
    let outcome = outcome.unwrap_or_default();
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
    app.words.get(ready.to.language, key, &args).into_owned()
}
