//! The community asks for a household that told it so, by telephone or at the door. Whoever has
//! the mobile number or the mail address given can sign in by it, read every visit and end them,
//! as any other household can; with a landline they call the community.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::PersonId;
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::{Tx, pairings, persons};
use jiff::Timestamp;

use super::ask::{Request, begin, faults};
use super::said;
use crate::administration::Record;
use crate::error::Thing;
use crate::telling::tell::tell;
use crate::volunteers::post_at;
use crate::{App, Error, Refusal};

/// Asking again with the same id is done.
pub async fn ask_for(
    app: &App,
    actor: &Actor,
    (request, language): (Request, Lang),
) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let record = Record::new(app, &actor, "pairing-asked-for", request.id);
    let fresh = PersonId::from_raw(app.mint());
    let request = request.cleaned();
    let write = move |tx: &mut Tx<'_>| {
        let faults = faults(tx, &request)?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        post_at(&actor, &request.place, Thing::Place)?;
        if pairings::by_id(tx, request.id)?.is_some() {
            return Ok(());
        }
        let reached = request.contact.parse::<Contact>();
        let reached = reached.map_err(|_| Refusal::field("contact", "fault-not-contact"))?;
        let known = household(tx, &reached)?;
        if let Some(known) = &known
            && pairings::of_person(tx, known.id)?.is_some()
        {
            return Err(Refusal::rule(Class::Conflict, "pairing-known").into());
        }
        // --- everything is checked; from here on we write ---
        let person = match known {
            Some(known) => known.id,
            None => {
                persons::insert(tx, &somebody(fresh, &reached, language, now))?;
                fresh
            }
        };
        let pairing = begin(&inner, tx, (person, &request), now)?;
        let cause = format!("pairing-for-you {}", pairing.id);
        let letter = ("letter-pairing-for-you", "/my/pairing");
        let letter = said(tx, &pairing, letter, cause, now)?;
        tell(&inner, tx, person, &letter, now)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Whoever is known by this already.
fn household(tx: &mut Tx<'_>, reached: &Contact) -> Result<Option<Person>, Error> {
    let known = persons::by_contact(tx, reached.as_str())?;
    match known {
        Some(known) if known.closed_at.is_some() => {
            Err(Refusal::field("contact", "fault-contact").into())
        }
        known => Ok(known),
    }
}

fn somebody(id: PersonId, reached: &Contact, language: Lang, now: Timestamp) -> Person {
    Person {
        id,
        login: None,
        contact: Some(reached.as_str().to_owned()),
        name: reached.veiled(),
        language: language.as_str().to_owned(),
        made_at: now,
        closed_at: None,
    }
}
