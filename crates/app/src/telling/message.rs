//! One message of several letters: in full when they are few, as lines when they are many or
//! come once a day. Its last line says why it comes and where to change that.

use huiyin_domain::access::Scope;
use huiyin_domain::contact::Contact;
use huiyin_domain::telling::{Channel, Circumstance, Importance, Pace, Preferences, Quiet};
use huiyin_domain::words::{Lang, Value};
use huiyin_store::tellings::{Telling, Waiting};
use huiyin_store::{Tx, cases, entries, notices};

use super::book::Book;
use super::letter::{self, AsWhom, Written};
use super::readers::{self, Reader};
use crate::{App, Error};

/// So many letters are told in full.
const IN_FULL_MAX: usize = 5;

/// A message that is ready for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Composed {
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// The hours in which it waits should it not go out at once.
    pub quiet: Option<Quiet>,
}

/// Puts what a reader is to be told into one message; none when there is nothing to say to them
/// any more, or nowhere to say it.
pub(crate) fn compose(
    app: &App,
    tx: &mut Tx<'_>,
    who: Waiting,
    tellings: &[Telling],
) -> Result<Option<Composed>, Error> {
    let mut book = Book::new(app.now());
    let mut letters: Vec<Written> = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for telling in tellings {
        let Some(notice) = notices::read(tx, telling.notice)? else {
            continue;
        };
        let Some(held) = cases::load(tx, &Scope::for_the_house(), notice.case)? else {
            continue;
        };
        let reader = readers::one(tx, &notice, (&held.view, telling.person), &mut book)?;
        let Some(reader) = reader.filter(|reader| fits(who.channel, reader)) else {
            continue;
        };
        let entry = notice.entry;
        if let Some(written) = letter::write(app, tx, notice, reader.to.clone())? {
            letters.push(written);
            sources.push(Source {
                importance: telling.importance,
                entry,
                held,
                reader,
            });
        }
    }
    let quiet = quiet(app, tx, &sources, &mut book)?;
    let Some(Source { reader, .. }) = sources.pop() else {
        return Ok(None);
    };
    let text = Text {
        app,
        lang: reader.to.language,
    };
    let (subject, body) = match who.channel {
        Channel::Sms => (String::new(), text.sms(&letters, &reader)),
        Channel::Mail | Channel::Product => text.mail(&letters, who.pace, &reader),
    };
    let contact = reader.contact.as_ref().map(Contact::as_str);
    Ok(Some(Composed {
        recipient: contact.unwrap_or_default().to_owned(),
        subject,
        body,
        quiet,
    }))
}

/// Whether the reader can still be told by this way.
fn fits(channel: Channel, reader: &Reader) -> bool {
    matches!(
        (channel, &reader.contact),
        (Channel::Mail, Some(Contact::Mail(_))) | (Channel::Sms, Some(Contact::Mobile(_)))
    )
}

/// Where a letter of a message comes from.
struct Source {
    importance: Importance,
    /// The number of the entry that caused it.
    entry: i64,
    held: cases::Loaded,
    reader: Reader,
}

impl Source {
    /// Whether it may come in quiet hours: it answers what the reader did a moment ago, or is
    /// urgent to whoever is on duty.
    fn is_let_through(&self, tx: &mut Tx<'_>, book: &mut Book) -> Result<bool, Error> {
        let entries = entries::list(tx, &self.held)?;
        let entry = entries.iter().find(|entry| entry.number == self.entry);
        let circumstance = match entry {
            Some(entry) => readers::circumstance(tx, &self.reader, entry, book)?,
            None => None,
        };
        Ok(match circumstance {
            Some(Circumstance::Answering) => true,
            Some(Circumstance::OnDuty) => self.importance == Importance::Urgent,
            Some(Circumstance::Otherwise) | None => false,
        })
    }
}

/// The reader's quiet hours, unless something in the message is let through them. What was due
/// by day and is put together at night, because the house stood still meanwhile, waits for the
/// morning. In the played town nobody sleeps.
fn quiet(
    app: &App,
    tx: &mut Tx<'_>,
    sources: &[Source],
    book: &mut Book,
) -> Result<Option<Quiet>, Error> {
    let person = sources.last().and_then(|source| source.reader.person);
    let said = match person {
        Some(person) => book.preferences(tx, person)?,
        None => None,
    };
    let quiet = said.map_or(Quiet::USUAL, |own: Preferences| own.quiet);
    if app.config.demo.is_on() {
        return Ok(None);
    }
    if quiet.holds(book.now.to_zoned(app.config.time_zone.clone()).time()) {
        for source in sources {
            if source.is_let_through(tx, book)? {
                return Ok(None);
            }
        }
    }
    Ok(Some(quiet))
}

/// Writes in one language.
struct Text<'a> {
    app: &'a App,
    lang: Lang,
}

impl Text<'_> {
    fn t(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.app.words.get(self.lang, key, args).into_owned()
    }

    fn mail(&self, letters: &[Written], pace: Pace, reader: &Reader) -> (String, String) {
        let line = |letter: &Written| format!("· {}\n  {}", letter.subject, letter.link);
        let full = |letter: &Written| format!("{}\n{}", letter.subject, letter.body);
        let args = [
            ("count", count(letters)),
            ("first", Value::from(letters[0].subject.clone())),
        ];
        let (subject, body) = match (pace, letters) {
            (Pace::Daily, _) => {
                let lines: Vec<String> = letters.iter().map(line).collect();
                let lead = self.t("telling-daily.body", &args);
                let body = format!("{lead}\n\n{}", lines.join("\n"));
                (self.t("telling-daily.subject", &args), body)
            }
            (_, [letter]) => (letter.subject.clone(), letter.body.clone()),
            _ => {
                let body = match letters.len() <= IN_FULL_MAX {
                    true => letters.iter().map(full).collect::<Vec<_>>().join("\n\n"),
                    false => letters.iter().map(line).collect::<Vec<_>>().join("\n"),
                };
                (self.t("telling-several.subject", &args), body)
            }
        };
        let why = self.why(reader, "mail");
        (subject, format!("{body}\n\n{why}"))
    }

    /// The last letter, and how many there are besides.
    fn sms(&self, letters: &[Written], reader: &Reader) -> String {
        let last = &letters[letters.len() - 1];
        let why = self.why(reader, "sms");
        match letters.len() - 1 {
            0 => format!("{}\n{why}", last.sms),
            more => {
                let args = [
                    ("last", Value::from(last.sms.clone())),
                    ("more", Value::from(i64::try_from(more).unwrap_or(i64::MAX))),
                    ("link", Value::from(self.list(reader))),
                ];
                format!("{}\n{why}", self.t("telling-several.sms", &args))
            }
        }
    }

    /// Where the reader finds everything they were told.
    fn list(&self, reader: &Reader) -> String {
        let page = match reader.to.as_whom {
            AsWhom::Staff(_) => "/desk/notices",
            AsWhom::Petitioner(_) | AsWhom::Helper => "/my",
            AsWhom::Asked => "/my/proposals",
        };
        format!("{}{page}", self.app.config.base_url)
    }

    /// Why it comes, and where to change that.
    fn why(&self, reader: &Reader, form: &str) -> String {
        let (whom, page) = match reader.to.as_whom {
            AsWhom::Petitioner(_) => ("petitioner", "/my/telling"),
            AsWhom::Helper | AsWhom::Asked => ("helper", "/my/telling"),
            AsWhom::Staff(_) => ("staff", "/desk/me/telling"),
        };
        let house = self.app.config.name.in_lang(self.lang.as_str()).to_owned();
        let link = format!("{}{page}", self.app.config.base_url);
        let args = [("house", Value::from(house)), ("link", Value::from(link))];
        self.t(&format!("telling-why-{whom}.{form}"), &args)
    }
}

fn count(letters: &[Written]) -> Value<'static> {
    Value::from(i64::try_from(letters.len()).unwrap_or(i64::MAX))
}
