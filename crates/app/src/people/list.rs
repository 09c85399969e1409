//! People of the desk: those with a login or a post.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::PersonId;
use huiyin_domain::person::Post;
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons, posts};

use super::create::INVITED;
use crate::administration::permit;
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

/// How many people one page has.
pub const ROWS: usize = 100;
const TEXT_CHARS_MAX: usize = 60;

/// A person with all posts they hold, held or will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub person: Person,
    pub posts: Vec<Post>,
}

/// A page behind `after`, of those whose name or login holds `text`.
pub async fn list(
    app: &App,
    actor: &Actor,
    text: &str,
    after: Option<PersonId>,
) -> Result<Vec<Listed>, Error> {
    permit(actor, Action::PeopleEdit)?;
    let text: String = clean(text).chars().take(TEXT_CHARS_MAX).collect();
    let read = move |tx: &mut Tx<'_>| {
        let found = persons::staff(tx, &text, after, i64::try_from(ROWS).unwrap_or(i64::MAX))?;
        found
            .into_iter()
            .map(|person| listed(tx, person))
            .collect::<Result<Vec<_>, DbError>>()
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One person.
pub async fn one(app: &App, actor: &Actor, id: PersonId) -> Result<Listed, Error> {
    permit(actor, Action::PeopleEdit)?;
    let read = move |tx: &mut Tx<'_>| {
        let person = persons::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Person))?;
        listed(tx, person).map_err(Error::from)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A login that only holds the place of one is none.
fn listed(tx: &mut Tx<'_>, mut person: Person) -> Result<Listed, DbError> {
    person.login = person.login.filter(|login| !login.starts_with(INVITED));
    Ok(Listed {
        posts: posts::of_person(tx, person.id)?,
        person,
    })
}
