//! `consent = "photo_consent"`: somebody said yes. With `when` it is asked only where needed.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::case::Value;

/// Somebody said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub field: String,
}

impl RuleWord for Consent {
    const WORD: &'static str = "consent";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<Consent> {
        node.text("consent").map(|field| Consent { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.known(&self.field, &["yes-no"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        match moment.value(&self.field) {
            Some(Value::YesNo(true)) => Ok(()),
            _ => Err(Broken::Field(FieldFault::new(&self.field, "fault-consent"))),
        }
    }
}
