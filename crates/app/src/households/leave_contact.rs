//! The people of a door leave a contact: a telephone number or a mail address, for a year from
//! the day on which they agreed. Leaving it again begins the year anew.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::contact::Contact;
use huiyin_domain::household::kept_until;
use huiyin_domain::id::{HouseholdId, PostId};
use huiyin_store::Tx;
use huiyin_store::households::{self, LeftContact};
use jiff::civil::Date;

use super::{held, is_closed};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

/// Whether the people of the door agreed, as whoever writes it down says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    Yes,
    No,
}

#[derive(Debug, Clone)]
pub struct Request {
    pub id: HouseholdId,
    pub contact: String,
    pub agreed: Agreed,
}

pub async fn leave_contact(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::HouseholdsContact)?;
    let contact = good(&request.contact, request.agreed).map_err(Refusal::Invalid)?;
    let record = Record::new(app, actor, "household-contact-left", request.id);
    let (actor, id, today) = (actor.clone(), request.id, app.config.day(app.now()));
    let write = move |tx: &mut Tx<'_>| {
        let (household, post) = held(tx, &actor, (Action::HouseholdsContact, id))?;
        if household.closed_at.is_some() {
            return Err(is_closed().into());
        }
        // --- everything is checked; from here on we write ---
        households::leave(tx, &left(id, &contact, (post.post, today)))?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// The contact in its one form, or all that is wrong.
pub(super) fn good(text: &str, agreed: Agreed) -> Result<String, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let contact = text.parse::<Contact>();
    match (text.trim(), &contact) {
        ("", _) => faults.push(FieldFault::new("contact", "fault-required")),
        (_, Err(_)) => faults.push(FieldFault::new("contact", "fault-contact")),
        (_, Ok(_)) => {}
    }
    if agreed == Agreed::No {
        faults.push(FieldFault::new("agreed", "fault-household-agreed"));
    }
    match (contact, faults.is_empty()) {
        (Ok(contact), true) => Ok(contact.as_str().to_owned()),
        _ => Err(faults),
    }
}

pub(super) fn left(id: HouseholdId, contact: &str, (post, today): (PostId, Date)) -> LeftContact {
    LeftContact {
        household: id,
        contact: contact.to_owned(),
        agreed_on: today,
        kept_until: kept_until(today),
        post,
    }
}
