//! Somebody leaves: posts end, sessions end, invites hold no more. Their name stays in the
//! history of what they did.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::PersonId;
use huiyin_store::{Tx, invites, persons, posts, sessions};

use super::post;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn close(app: &App, actor: &Actor, id: PersonId) -> Result<(), Error> {
    permit(actor, Action::PeopleEdit)?;
    if actor.person() == Some(id) {
        return Err(Refusal::rule(Class::Conflict, "not-oneself").into());
    }
    let now = app.now();
    let record = Record::new(app, actor, "person-closed", id);
    let write = move |tx: &mut Tx<'_>| {
        let person = persons::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Person))?;
        if person.closed_at.is_some() {
            return Err(Refusal::NotFound(Thing::Person).into());
        }
        for held in posts::of_person(tx, id)? {
            post::check_last_security(tx, &held, now)?;
        }
        // --- everything is checked; from here on we write ---
        posts::end_of_person(tx, id, now)?;
        sessions::delete_of_person(tx, id, None)?;
        invites::withdraw(tx, id)?;
        persons::close(tx, id, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
