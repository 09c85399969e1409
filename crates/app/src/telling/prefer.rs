//! How somebody wants to be told: everybody says it for themselves.

use huiyin_domain::access::Actor;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::PersonId;
use huiyin_domain::telling::{Audience, Channel, Importance, Pace, Preferences};
use huiyin_store::{Tx, persons, preferences};

use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What holds for somebody now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub preferences: Preferences,
    /// The way that their contact allows besides the product, with the contact itself, veiled.
    pub outside: Option<(Channel, String)>,
}

/// Whom somebody is as a reader: staff at their work, or for themselves.
fn audience(actor: &Actor) -> Audience {
    match actor.is_staff() {
        true => Audience::Staff,
        false => Audience::Residents,
    }
}

fn person(actor: &Actor) -> Result<PersonId, Refusal> {
    actor.person().ok_or(Refusal::SignInNeeded)
}

pub async fn read(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let (person, audience) = (person(actor)?, audience(actor));
    let read = move |tx: &mut Tx<'_>| {
        let known = persons::by_id(tx, person)?.ok_or(Refusal::NotFound(Thing::Person))?;
        let said = preferences::read(tx, person)?;
        let contact = known.contact.and_then(|contact| contact.parse().ok());
        let outside = contact.and_then(|contact: Contact| match contact {
            Contact::Mail(_) => Some((Channel::Mail, contact.veiled())),
            Contact::Mobile(_) => Some((Channel::Sms, contact.veiled())),
            Contact::Landline(_) => None,
        });
        Ok::<_, Error>(Reply {
            preferences: said.unwrap_or_else(|| Preferences::usual(audience)),
            outside,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Keeps what somebody wants. On a page of the product there is no once a day: it stands there.
pub async fn set(app: &App, actor: &Actor, mut wanted: Preferences) -> Result<(), Error> {
    let (person, now) = (person(actor)?, app.now());
    for &importance in Importance::ALL {
        if wanted.pace(importance, Channel::Product) == Pace::Daily {
            wanted.set_pace(importance, Channel::Product, Pace::Now);
        }
    }
    let write = move |tx: &mut Tx<'_>| preferences::put(tx, person, &wanted, now);
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
