//! Saved views: filters of the inbox that a person gave a name. They are the person's own;
//! nobody else sees or changes them.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{PersonId, ViewId};
use huiyin_store::{DbError, Tx, views};

pub use huiyin_store::views::SavedView;

use crate::{App, Error, Refusal};

/// More than these nobody would find again.
const VIEWS_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 40;
const QUERY_BYTES_MAX: usize = 1_000;

/// The views of whoever asks, by name.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<SavedView>, Error> {
    let person = own(actor)?;
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> { views::of_person(tx, person) };
    app.store.read(read).await.map_err(Error::from)
}

/// Keeps a filter under a name; one of the same name is replaced.
pub async fn save(app: &App, actor: &Actor, name: &str, query: &str) -> Result<(), Error> {
    let person = own(actor)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::field("name", "fault-required").into());
    }
    if name.chars().count() > NAME_CHARS_MAX || query.len() > QUERY_BYTES_MAX {
        return Err(Refusal::too_long("name", NAME_CHARS_MAX).into());
    }
    let id = ViewId::from_raw(app.mint());
    let view = SavedView {
        id,
        person,
        name,
        query: query.to_owned(),
    };
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let held = views::of_person(tx, person)?;
        let replaces = held.iter().any(|other| other.name == view.name);
        if !replaces && held.len() >= VIEWS_MAX {
            return Err(Refusal::too_many("name", VIEWS_MAX).into());
        }

        // --- everything is checked; from here on we write ---
        Ok(views::put(tx, &view)?)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

/// Forgets a view; one that is not there any more is no mistake.
pub async fn remove(app: &App, actor: &Actor, id: ViewId) -> Result<(), Error> {
    let person = own(actor)?;
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        match views::remove(tx, person, id) {
            Ok(()) | Err(DbError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

fn own(actor: &Actor) -> Result<PersonId, Refusal> {
    actor.person().ok_or(Refusal::SignInNeeded)
}
