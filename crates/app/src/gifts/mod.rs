//! Gifts in money and in kind, and the public account of where each went.

pub mod enter;
pub mod forget;
pub mod give;
pub mod list;
pub mod read;

pub use huiyin_store::gifts::{Donor, Total};

use huiyin_domain::access::{Action, Actor, Who, scope};
use huiyin_domain::place::PlaceCode;

/// Whether this desk looks after the gifts of a place.
fn reaches(actor: &Actor, place: &PlaceCode) -> bool {
    let scope = scope(actor, Action::GiftsEdit);
    actor.who == Who::System || scope.places().iter().any(|wide| place.is_within(wide))
}
