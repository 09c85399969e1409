//! Change what a person is called and how they are reached.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::PersonId;
use huiyin_domain::words::Lang;
use huiyin_store::Tx;
use huiyin_store::persons::{self, Person};

use super::create::{check_contact, good_contact, good_name};
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub struct Request {
    pub person: PersonId,
    pub name: String,
    /// Empty for none.
    pub contact: String,
    pub language: Lang,
}

pub async fn edit(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::PeopleEdit)?;
    let (name, contact) = (good_name(&request.name)?, good_contact(&request.contact)?);
    let record = Record::new(app, actor, "person-edited", request.person);
    let write = move |tx: &mut Tx<'_>| {
        let known = persons::by_id(tx, request.person)?.ok_or(Refusal::NotFound(Thing::Person))?;
        let person = Person {
            name: name.clone(),
            contact: contact.clone(),
            language: request.language.as_str().to_owned(),
            ..known
        };
        if person.contact.is_none() && person.login.is_none() {
            return Err(Refusal::field("contact", "fault-required").into());
        }
        check_contact(tx, &person)?;
        // --- everything is checked; from here on we write ---
        persons::update(tx, &person)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
