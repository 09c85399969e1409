//! Partner units: paired with a community, what was agreed for the year, what was done of it,
//! what they can lend or give, and which volunteers are theirs. Each sees its own year, the
//! community sees all of its partners' in the order in which they came; nobody is ranked.

pub mod agree;
pub mod confirm;
pub mod lend;
pub mod list;
pub mod members;
pub mod pair;
pub mod report;
pub mod year;

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Standing, post_for};
use huiyin_domain::id::{PartnerId, UnitId};
use huiyin_domain::partner::Partner;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, partners};
use jiff::civil::{Date, date};

use year::Seat;

use crate::error::Thing;
use crate::import::clean;
use crate::volunteers::WORDS_CHARS_MAX;
use crate::{Error, Refusal};

/// How the actor stands to a pairing, with the post that says so.
enum Side {
    /// Somebody of the unit.
    Unit(HeldPost),
    /// Somebody of the community.
    Community(HeldPost),
}

impl Side {
    fn seat(&self) -> Seat {
        match self {
            Side::Unit(_) => Seat::Unit,
            Side::Community(_) => Seat::Community,
        }
    }
}

/// The post with which the actor speaks for a unit.
fn speaks_for(actor: &Actor, unit: UnitId) -> Option<HeldPost> {
    post_for(actor, Action::PartnerSpeak, &unit_standing(unit)).cloned()
}

/// The post with which the actor looks after partners at a place.
fn keeps(actor: &Actor, place: &PlaceCode) -> Option<HeldPost> {
    post_for(actor, Action::VolunteersKeep, &Standing::lying_in(place)).cloned()
}

fn unit_standing(unit: UnitId) -> Standing {
    Standing {
        place: "0000".parse().expect("four digits are the code of a place"),
        owner_unit: Some(unit),
        opened_unit: None,
        called_units: Vec::new(),
    }
}

/// A pairing that has not ended, and from which side the actor sees it. To anybody else it does
/// not exist.
fn seen(tx: &mut Tx<'_>, actor: &Actor, id: PartnerId) -> Result<(Partner, Side), Error> {
    let missing = || Refusal::NotFound(Thing::Partner);
    let partner = partners::by_id(tx, id)?.filter(|partner| partner.ended_at.is_none());
    let partner = partner.ok_or_else(missing)?;
    let side = match speaks_for(actor, partner.unit) {
        Some(post) => Side::Unit(post),
        None => Side::Community(keeps(actor, &partner.place).ok_or_else(missing)?),
    };
    Ok((partner, side))
}

/// A few words that are needed.
fn words(field: &str, text: &str) -> Result<String, Refusal> {
    let text = clean(text);
    match text.chars().count() {
        0 => Err(Refusal::field(field, "fault-required")),
        count if count > WORDS_CHARS_MAX => Err(Refusal::too_long(field, WORDS_CHARS_MAX)),
        _ => Ok(text),
    }
}

/// The first and the last day of a year.
fn days_of(year: i16) -> (Date, Date) {
    let year = year.clamp(2000, 9999);
    (date(year, 1, 1), date(year, 12, 31))
}
