//! Photos of venues and activities, for everybody to see: hung by whoever keeps the one or runs
//! the other, when all who can be recognised have agreed, and taken down the moment one of them
//! thinks again.

pub mod hang;
pub mod look;
pub mod take_down;
#[cfg(test)]
mod tests;

pub use huiyin_store::pictures::{Of, Picture};

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::names::Names;
use huiyin_store::{Tx, activities, venues};

use crate::error::Thing;
use crate::venues::{permit_unit, post_for};
use crate::{Error, Refusal};

/// What a picture of this is permitted by.
fn action(of: Of) -> Action {
    match of {
        Of::Venue(_) => Action::VenuesEdit,
        Of::Activity(_) => Action::ActivitiesRun,
    }
}

/// What it is of, in the log of administration.
fn subject(of: Of) -> String {
    match of {
        Of::Venue(id) => id.to_string(),
        Of::Activity(id) => id.to_string(),
    }
}

/// What the pictures are of, as it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    Venue(Names),
    Activity(String),
}

/// What it is called; refused unless the actor keeps the venue, or runs the activity.
fn permit(tx: &mut Tx<'_>, actor: &Actor, of: Of) -> Result<Called, Error> {
    match of {
        Of::Venue(id) => {
            let venue = venues::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Venue))?;
            post_for(actor, action(of), &venue.place)?;
            Ok(Called::Venue(venue.names))
        }
        Of::Activity(id) => {
            let held = activities::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Activity))?;
            permit_unit(actor, action(of), (held.unit, &held.place))?;
            Ok(Called::Activity(held.title))
        }
    }
}
