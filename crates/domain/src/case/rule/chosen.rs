//! `chosen = true`: the rule of the house has picked this case for a follow-up call, and nobody
//! has been reached yet. Whoever calls does not choose whom.

use super::{Broken, Moment, Node, RuleWord};

/// The case waits for a follow-up call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen;

impl RuleWord for Chosen {
    const WORD: &'static str = "chosen";

    fn parse(node: &Node<'_, '_>) -> Option<Chosen> {
        node.one_way("chosen").map(|()| Chosen)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        match moment.facts.awaits_call {
            true => Ok(()),
            false => Err(Broken::conflict()),
        }
    }
}
