//! `differs = "unit"`: the unit named is not the one that has the case already.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::case::{Owner, Value};

/// The unit named is not the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub field: String,
}

impl RuleWord for Differs {
    const WORD: &'static str = "differs";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<Differs> {
        node.text("differs").map(|field| Differs { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["unit"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let owner = moment.case.map(|case| case.owner);
        match moment.values.get(&self.field) {
            Some(Value::Unit(unit)) if owner == Some(Owner::Unit(*unit)) => {
                Err(Broken::Field(FieldFault::new(&self.field, "fault-same-owner")))
            }
            _ => Ok(()),
        }
    }
}
