//! Who reads a notice: whoever brought the case in, whoever took it on for themselves, or the
//! staff of a unit, as far as their posts let them see the case.

use huiyin_domain::access::{Action, Actor, HeldPost, Who, may};
use huiyin_domain::case::{CaseView, PROPOSED, Recipient};
use huiyin_domain::contact::Contact;
use huiyin_domain::id::{PersonId, UnitId};
use huiyin_domain::telling::{Audience, Circumstance};
use huiyin_domain::words::Lang;
use huiyin_store::entries::Entry;
use huiyin_store::notices::Notice;
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, petitioners, posts};
use jiff::SignedDuration;

use super::book::Book;
use super::letter::{Addressee, AsWhom};
use crate::cases::advance::standing;

/// Whoever did something longer ago than this no longer waits for an answer, and may be asleep.
const A_MOMENT: SignedDuration = SignedDuration::from_hours(1);

/// Somebody who is told of a notice.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    /// The person, or the case when whoever brought it in has no account: what is told to one
    /// reader is told together.
    pub key: i64,
    pub person: Option<PersonId>,
    pub contact: Option<Contact>,
    pub to: Addressee,
}

impl Reader {
    /// What is usual for them.
    pub fn audience(&self) -> Audience {
        match self.to.as_whom {
            AsWhom::Staff(_) => Audience::Staff,
            AsWhom::Petitioner(_) | AsWhom::Helper | AsWhom::Asked => Audience::Residents,
        }
    }
}

/// Everybody whom the notice is for.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    notice: &Notice,
    case: &CaseView,
    book: &mut Book,
) -> Result<Vec<Reader>, DbError> {
    let Recipient::Unit(unit) = notice.whom else {
        return Ok(one(tx, notice, (case, None), book)?.into_iter().collect());
    };
    let mut readers = Vec::new();
    for person in book.of_unit(tx, unit)? {
        readers.extend(staff(tx, person, (unit, case), book)?);
    }
    Ok(readers)
}

/// One of those whom the notice is for, as they are now: `person` names whom of the staff.
pub(crate) fn one(
    tx: &mut Tx<'_>,
    notice: &Notice,
    (case, person): (&CaseView, Option<PersonId>),
    book: &mut Book,
) -> Result<Option<Reader>, DbError> {
    match (notice.whom, person) {
        (Recipient::Petitioner, _) => petitioner(tx, notice),
        (Recipient::Person(person), _) => helper(tx, person, &notice.letter, book),
        (Recipient::Unit(unit), Some(person)) => staff(tx, person, (unit, case), book),
        (Recipient::Unit(_), None) => Ok(None),
    }
}

fn petitioner(tx: &mut Tx<'_>, notice: &Notice) -> Result<Option<Reader>, DbError> {
    let Some(sealed) = petitioners::to_deliver(tx, notice.case)? else {
        return Ok(None);
    };
    let person = petitioners::person_of(tx, notice.case)?;
    Ok(Some(Reader {
        key: person.map_or(notice.case.get(), PersonId::get),
        person,
        contact: parsed(sealed.contact.as_deref()),
        to: Addressee {
            as_whom: AsWhom::Petitioner(sealed.code.parse().ok()),
            language: spoken(&sealed.language),
        },
    }))
}

/// Somebody who took it on, or is asked whether they do.
fn helper(
    tx: &mut Tx<'_>,
    person: PersonId,
    letter: &str,
    book: &mut Book,
) -> Result<Option<Reader>, DbError> {
    let as_whom = match letter {
        PROPOSED => AsWhom::Asked,
        _ => AsWhom::Helper,
    };
    let person = book.person(tx, person)?;
    Ok(person.map(|person| known(&person, as_whom)))
}

/// Somebody of a unit, if they hold a post there that lets them see the case. Whoever
/// administers the house sees none.
fn staff(
    tx: &mut Tx<'_>,
    person: PersonId,
    (unit, case): (UnitId, &CaseView),
    book: &mut Book,
) -> Result<Option<Reader>, DbError> {
    let mut held = book.held(tx, person)?;
    held.retain(|post: &HeldPost| post.unit == unit);
    let actor = Actor {
        who: Who::Person(person),
        posts: held,
    };
    if !may(&actor, Action::CaseRead, Some(&standing(case))) {
        return Ok(None);
    }
    let person = book
        .person(tx, person)?
        .filter(|person| person.closed_at.is_none());
    Ok(person.map(|person| known(&person, AsWhom::Staff(unit))))
}

fn known(person: &Person, as_whom: AsWhom) -> Reader {
    Reader {
        key: person.id.get(),
        person: Some(person.id),
        contact: parsed(person.contact.as_deref()),
        to: Addressee {
            as_whom,
            language: spoken(&person.language),
        },
    }
}

fn parsed(contact: Option<&str>) -> Option<Contact> {
    contact.and_then(|contact| contact.parse().ok())
}

fn spoken(language: &str) -> Lang {
    language.parse().unwrap_or(Lang::ZH)
}

/// What speaks for telling a reader at once, or at all: none when they did it themselves and
/// need no answer.
pub(crate) fn circumstance(
    tx: &mut Tx<'_>,
    reader: &Reader,
    entry: &Entry,
    book: &mut Book,
) -> Result<Option<Circumstance>, DbError> {
    let author = match entry.post {
        Some(post) => posts::by_id(tx, post)?.map(|post| post.person),
        None => entry.person,
    };
    let is_own = author.is_some() && author == reader.person;
    let is_fresh = book.now.duration_since(entry.at) <= A_MOMENT;
    Ok(match reader.to.as_whom {
        AsWhom::Petitioner(_)
            if is_fresh && (is_own || matches!(&*entry.acting, "petitioner" | "anyone")) =>
        {
            Some(Circumstance::Answering)
        }
        AsWhom::Helper if is_fresh && is_own => Some(Circumstance::Answering),
        AsWhom::Petitioner(_) | AsWhom::Helper | AsWhom::Asked => Some(Circumstance::Otherwise),
        AsWhom::Staff(_) if is_own => None,
        AsWhom::Staff(_) => match reader.person {
            Some(person) if book.is_on_duty(tx, person)? => Some(Circumstance::OnDuty),
            _ => Some(Circumstance::Otherwise),
        },
    })
}
