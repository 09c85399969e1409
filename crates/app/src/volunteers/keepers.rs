//! Who looks after volunteers in a community, and how they are told what waits for them there.

use huiyin_domain::access::{Action, HeldPost, Thing as Standing, allows};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::{Tx, posts};
use jiff::Timestamp;

use crate::telling::tell::{Said, tell};
use crate::{App, Error};

/// Tells whoever looks after volunteers in the community of a place: somebody is always told.
pub(crate) fn tell_keepers(
    app: &App,
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    said: &Said,
    now: Timestamp,
) -> Result<(), Error> {
    let community = place.at(Level::Community).unwrap_or_else(|| place.clone());
    let standing = Standing::lying_in(place);
    let mut told = Vec::new();
    for post in posts::at_place(tx, &community, now)? {
        let person = post.person;
        let held = HeldPost {
            post: post.id,
            unit: post.unit,
            role: post.role,
            place: post.place,
            took_over: Vec::new(),
        };
        let keeps = allows(&held, Action::VolunteersKeep, Some(&standing));
        if keeps && !told.contains(&person) {
            tell(app, tx, person, said, now)?;
            told.push(person);
        }
    }
    Ok(())
}
