//! `reach = { field = "units", community = ["street"] }`: how far a whistle is heard: which
//! categories of units each role may call.

use std::collections::BTreeMap;

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::case::{Acting, Value};
use crate::person::Role;
use crate::unit::UnitCategory;

/// Each role calls only these categories of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub field: String,
    pub may_call: BTreeMap<Role, Vec<UnitCategory>>,
}

impl RuleWord for Reach {
    const WORD: &'static str = "reach";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<Reach> {
        let table = node.table("reach")?;
        let field = table.need("field", "\"units\"")?.text("field");
        let categories = UnitCategory::ALL.map(|category| (category.word(), category));
        let mut may_call = BTreeMap::new();
        for role in Role::ALL {
            if let Some(node) = table.get(role.word()) {
                let list = node.list("the categories").into_iter();
                let list = list.filter_map(|node| node.one_of("a category", &categories));
                may_call.insert(role, list.collect());
            }
        }
        table.done();
        Some(Reach { field: field?, may_call })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["units", "unit"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let units = match moment.values.get(&self.field) {
            Some(Value::Units(units)) => units.as_slice(),
            Some(Value::Unit(unit)) => std::slice::from_ref(unit),
            _ => return Ok(()),
        };
        let role = match moment.acting {
            Acting::Post(post) => self.may_call.get(&post.role),
            _ => None,
        };
        let heard = |unit| {
            let category = moment.facts.units.get(unit).map(|unit| unit.category);
            category.is_some_and(|category| role.is_some_and(|list| list.contains(&category)))
        };
        match units.iter().all(heard) {
            true => Ok(()),
            false => Err(Broken::Field(FieldFault::new(&self.field, "fault-out-of-reach"))),
        }
    }
}
