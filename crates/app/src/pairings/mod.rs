//! Pairings: a household asks for somebody who comes by, the community finds a volunteer who
//! would, and the household reads every visit. It lasts only while the household wants it; when
//! a visit is missed or a helper leaves, the community is told. One more operation: its file and
//! a line here.

pub mod answer;
pub mod ask;
pub mod ask_for;
pub mod end;
pub mod look;
pub mod offer;
pub mod release;
pub mod see_to;
pub mod visit;
mod watch;

#[cfg(test)]
mod tests;

use huiyin_domain::access::Actor;
use huiyin_domain::id::{PairingId, PostId};
use huiyin_domain::names::Names;
use huiyin_domain::pairing::Pairing;
use huiyin_domain::telling::Importance;
use huiyin_domain::volunteer::Volunteer;
use huiyin_store::{Tx, pairings, places};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::Thing;
use crate::telling::tell::{Said, Title, tell};
use crate::volunteers::{post_at, tell_keepers};
use crate::{App, Error, Refusal};

pub(crate) use watch::sweep;

/// The longest address, and the longest word of what was done.
pub const ADDRESS_CHARS_MAX: usize = 80;
pub const WORDS_CHARS_MAX: usize = 200;

fn missing() -> Refusal {
    Refusal::NotFound(Thing::Pairing)
}

/// The pairing, with the post of whoever looks after it.
fn kept(tx: &mut Tx<'_>, actor: &Actor, id: PairingId) -> Result<(Pairing, PostId), Error> {
    let pairing = pairings::by_id(tx, id)?.ok_or_else(missing)?;
    let post = post_at(actor, &pairing.place, Thing::Pairing)?;
    Ok((pairing, post))
}

/// The pairing of a household whose helper the volunteer is, or is asked to be.
fn helped(tx: &mut Tx<'_>, own: &Volunteer, id: PairingId) -> Result<Pairing, Error> {
    let pairing = pairings::by_id(tx, id)?;
    let is_own = |pairing: &Pairing| pairing.helper.volunteer() == Some(own.id);
    pairing.filter(is_own).ok_or_else(|| missing().into())
}

/// The end of a day, as an instant that letters can tell.
fn end_of(app: &App, day: Date) -> Timestamp {
    let end = day.at(23, 59, 0, 0).to_zoned(app.config.time_zone.clone());
    end.map_or_else(|_| app.now(), |end| end.timestamp())
}

/// A letter about visits. It names the place, never the address.
fn said(
    tx: &mut Tx<'_>,
    pairing: &Pairing,
    (letter, page): (&'static str, &str),
    cause: String,
    at: Timestamp,
) -> Result<Said, Error> {
    let place = places::read(tx, &pairing.place)?;
    let names = place.map_or_else(|| Names::one("zh", ""), |place| place.names);
    Ok(Said {
        cause,
        letter,
        why: "letter-pairings-why",
        title: Title::Named(names),
        at,
        until: None,
        page: page.to_owned(),
        importance: Importance::Act,
        note: String::new(),
    })
}

/// Where the community looks at it.
fn desk_page(id: PairingId) -> String {
    format!("/desk/pairings/{id}")
}

/// A volunteer comes by no more: the household is told, and the community looks for somebody.
fn release(
    app: &App,
    tx: &mut Tx<'_>,
    (pairing, own): (&Pairing, &Volunteer),
    now: Timestamp,
) -> Result<(), Error> {
    if !pairings::release(tx, pairing.id, own.id)? {
        return Ok(());
    }
    let cause = format!("pairing-sought {} {now}", pairing.id);
    if pairing.helper.next().is_some() {
        let letter = ("letter-pairing-sought", "/my/pairing");
        let household = said(tx, pairing, letter, cause.clone(), now)?;
        tell(app, tx, pairing.person, &household, now)?;
    }
    let page = desk_page(pairing.id);
    let keepers = said(tx, pairing, ("letter-pairing-released", &page), cause, now)?;
    tell_keepers(app, tx, &pairing.place, &keepers, now)
}

/// Whoever is no volunteer of the community any more comes by nowhere; what they wrote of visits
/// goes with them.
pub(crate) fn release_all(
    app: &App,
    tx: &mut Tx<'_>,
    own: &Volunteer,
    now: Timestamp,
) -> Result<(), Error> {
    for pairing in pairings::of_volunteer(tx, own.id)? {
        release(app, tx, (&pairing, own), now)?;
    }
    Ok(pairings::forget_visits_of(tx, own.id)?)
}
