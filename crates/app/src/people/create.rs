//! Make a person, with a first post if wanted, and invite them.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::contact::Contact;
use huiyin_domain::id::PersonId;
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::{Tx, persons};

use super::post::{self, NewPost};
use crate::administration::{Record, permit};
use crate::identity::Secret;
use crate::identity::invite::{self, Invitation};
use crate::import::clean;
use crate::{App, Error, Refusal};

/// No login that a person may choose holds a colon.
pub(super) const INVITED: &str = "invited:";
pub(super) const NAME_CHARS_MAX: usize = 60;

/// A person of the desk.
pub struct Request {
    pub name: String,
    /// Empty for none.
    pub contact: String,
    pub language: Lang,
    pub post: Option<NewPost>,
}

/// The person made, and the link that is shown once.
#[derive(Debug, Clone)]
pub struct Created {
    pub person: PersonId,
    pub invitation: Invitation,
}

pub async fn create(app: &App, actor: &Actor, request: Request) -> Result<Created, Error> {
    permit(actor, Action::PeopleEdit)?;
    let now = app.now();
    let person = Person {
        id: PersonId::from_raw(app.mint()),
        login: None,
        contact: good_contact(&request.contact)?,
        name: good_name(&request.name)?,
        language: request.language.as_str().to_owned(),
        made_at: now,
        closed_at: None,
    };
    let post = request.post.map(|post| post.made(app, person.id));
    let record = Record::new(app, actor, "person-made", person.id);
    let token = Secret::make(&*app.outside.entropy);
    let write = move |tx: &mut Tx<'_>| {
        check_contact(tx, &person)?;
        if let Some(post) = &post {
            post::check(tx, post, now)?;
        }
        // --- everything is checked; from here on we write ---
        insert(tx, &person)?;
        if let Some(post) = &post {
            post::keep(tx, post)?;
        }
        record.keep(tx)?;
        Ok::<_, Error>(Created {
            person: person.id,
            invitation: invite::put(tx, person.id, &token, now)?,
        })
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Until the invite is accepted, a login that nobody can sign in with holds the place of
/// the real one: who belongs to the desk has a login, and a one-time code is no way in.
pub(super) fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<(), Error> {
    let person = Person {
        login: Some(format!("{INVITED}{}", person.id)),
        ..person.clone()
    };
    Ok(persons::insert(tx, &person)?)
}

pub(super) fn good_name(name: &str) -> Result<String, Refusal> {
    let name = clean(name);
    match name.chars().count() {
        0 => Err(Refusal::field("name", "fault-required")),
        n if n > NAME_CHARS_MAX => Err(Refusal::too_long("name", NAME_CHARS_MAX)),
        _ => Ok(name),
    }
}

pub(super) fn good_contact(text: &str) -> Result<Option<String>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse::<Contact>() {
            Ok(contact) => Ok(Some(contact.as_str().to_owned())),
            Err(_) => Err(Refusal::field("contact", "fault-contact")),
        },
    }
}

/// A contact is one person's.
pub(super) fn check_contact(tx: &mut Tx<'_>, person: &Person) -> Result<(), Error> {
    let Some(contact) = &person.contact else {
        return Ok(());
    };
    match persons::by_contact(tx, contact)? {
        Some(other) if other.id != person.id => {
            Err(Refusal::field("contact", "fault-contact-taken").into())
        }
        _ => Ok(()),
    }
}
