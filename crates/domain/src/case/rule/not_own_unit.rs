//! `not_own_unit = { field = "unit", except = ["grid-worker"] }`: nobody judges a unit in which
//! they hold a post themselves.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::access::HeldPost;
use crate::case::Value;
use crate::id::UnitId;
use crate::person::Role;

/// The actor holds no post in the unit named, but in these roles: who belongs to a unit and is
/// still the one to judge it, as those at the doors judge whoever they called from its office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOwnUnit {
    pub field: String,
    pub except: Vec<Role>,
}

impl NotOwnUnit {
    /// Whether one of these posts is in the unit and counts, whichever one they act by.
    pub fn is_theirs(&self, posts: &[HeldPost], unit: UnitId) -> bool {
        let counts = |role: &Role| !self.except.contains(role);
        let mut posts = posts.iter();
        posts.any(|post| post.unit == unit && counts(&post.role))
    }
}

impl RuleWord for NotOwnUnit {
    const WORD: &'static str = "not_own_unit";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<NotOwnUnit> {
        let table = node.table("not_own_unit")?;
        let field = table.need("field", "\"unit\"").and_then(|node| node.text("field"));
        let roles = Role::ALL.map(|role| (role.word(), role));
        let except = table.get("except").map(|node| node.list("the roles"));
        let except = except.into_iter().flatten();
        let except = except.filter_map(|node| node.one_of("a role", &roles)).collect();
        table.done();
        Some(NotOwnUnit { field: field?, except })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["unit", "units"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let units = match moment.values.get(&self.field) {
            Some(Value::Units(units)) => units.as_slice(),
            Some(Value::Unit(unit)) => std::slice::from_ref(unit),
            _ => return Ok(()),
        };
        match units.iter().any(|&unit| self.is_theirs(&moment.facts.actor_posts, unit)) {
            false => Ok(()),
            true => Err(Broken::Field(FieldFault::new(&self.field, "fault-own-unit"))),
        }
    }
}
