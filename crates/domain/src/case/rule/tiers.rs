//! The three tiers of a whistle: the grid calls the community, the community the street, the
//! street the departments. Whoever stands higher may call everybody below that as well.

use super::Looked;
use crate::case::value::Value;
use crate::person::Role;
use crate::unit::UnitCategory;

pub(super) fn holds(looked: &Looked<'_>, field: &str) -> bool {
    let Some(Value::Units(units)) = looked.values.get(field) else {
        return true;
    };
    let reach = looked
        .actor
        .posts
        .iter()
        .map(|post| reach(post.role))
        .max()
        .unwrap_or(0);
    units.iter().all(|unit| {
        let category = looked.facts.units.get(unit).map(|unit| unit.category);
        category.is_some_and(|category| tier(category) <= reach)
    })
}

/// The highest tier that a post of this role may whistle for.
fn reach(role: Role) -> u8 {
    match role {
        Role::GridWorker => 1,
        Role::Community => 2,
        Role::Dispatcher | Role::Supervisor | Role::Office => 3,
        _ => 0,
    }
}

fn tier(category: UnitCategory) -> u8 {
    match category {
        UnitCategory::Community => 1,
        UnitCategory::Street => 2,
        UnitCategory::Department | UnitCategory::County | UnitCategory::Partner => 3,
        UnitCategory::Prefecture | UnitCategory::Hotline => 4,
    }
}
