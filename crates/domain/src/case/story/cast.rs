//! Who is always there in stories: units, desks, people without a post.

use crate::case::facts::ServiceFacts;
use crate::id::MenuServiceId;
use crate::menu::{Pairs, Venue};
use crate::person::Role;
use crate::unit::UnitCategory;

/// Every unit that is always there: name, category, place.
pub(super) const UNITS: &[(&str, UnitCategory, &str)] = &[
    ("prefecture", UnitCategory::Prefecture, "6529"),
    ("county", UnitCategory::County, "652901"),
    ("street", UnitCategory::Street, "652901001"),
    ("community", UnitCategory::Community, "652901001001"),
    ("hotline", UnitCategory::Hotline, "652901"),
    ("school", UnitCategory::Partner, "652901001"),
    ("factory", UnitCategory::Partner, "652901001"),
];

/// For whom each role works, unless the story says otherwise.
pub(super) const DESKS: &[(Role, &str)] = &[
    (Role::Operator, "hotline"),
    (Role::GridWorker, "community"),
    (Role::Community, "community"),
    (Role::Dispatcher, "street"),
    (Role::Partner, "school"),
    (Role::Supervisor, "county"),
    (Role::Office, "prefecture"),
];

/// People without a post.
pub(super) const PEOPLE: &[&str] = &["resident", "neighbour", "volunteer", "other volunteer"];

/// What is on the menu of the community: name, where it is done, whether helpers come in twos.
pub(super) const SERVICES: &[(&str, Venue, Pairs)] = &[
    ("visit", Venue::Home, Pairs::Never),
    ("care", Venue::Home, Pairs::First),
    ("company", Venue::Home, Pairs::Always),
    ("lesson", Venue::Community, Pairs::Never),
];

/// The service that a story names; one that it made up is on no menu.
pub(super) fn service_named_so(name: &str) -> MenuServiceId {
    let at = SERVICES.iter().position(|(known, ..)| *known == name);
    MenuServiceId::from_raw(at.map_or(0, |at| at as i64 + 1))
}

pub(super) fn service(id: MenuServiceId) -> Option<ServiceFacts> {
    let at = usize::try_from(id.get() - 1).ok()?;
    let (_, venue, pairs): (_, Venue, Pairs) = *SERVICES.get(at)?;
    Some(ServiceFacts { venue, pairs })
}
