//! `urgent = false`: the case is (not) urgent already.

use super::{Broken, Moment, Node, RuleWord};

/// The case is, or is not, urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgent {
    pub is_urgent: bool,
}

impl RuleWord for Urgent {
    const WORD: &'static str = "urgent";

    fn parse(node: &Node<'_, '_>) -> Option<Urgent> {
        node.flag("urgent").map(|is_urgent| Urgent { is_urgent })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        match moment.case.is_some_and(|case| case.urgent) == self.is_urgent {
            true => Ok(()),
            false => Err(Broken::conflict()),
        }
    }
}
