//! `needs = "why"`, with `when`: a field that is required only in certain answers.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};

/// The field is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    pub field: String,
}

impl RuleWord for Needs {
    const WORD: &'static str = "needs";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<Needs> {
        node.text("needs").map(|field| Needs { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &[]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        match moment.values.contains_key(&self.field) {
            true => Ok(()),
            false => Err(Broken::Field(FieldFault::new(&self.field, "fault-required"))),
        }
    }
}
