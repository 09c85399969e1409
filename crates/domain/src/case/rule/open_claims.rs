//! `open_claims = { at_most = 2 }`: nobody takes on more than they can carry.

use super::{Broken, Class, Moment, Node, RuleWord};

/// The person owns fewer cases than this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenClaims {
    pub at_most: u32,
}

impl RuleWord for OpenClaims {
    const WORD: &'static str = "open_claims";

    fn parse(node: &Node<'_, '_>) -> Option<OpenClaims> {
        let table = node.table("open_claims")?;
        let number = table.need("at_most", "2").and_then(|node| node.number("at_most", 1..=100));
        table.done();
        u32::try_from(number?).ok().map(|at_most| OpenClaims { at_most })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        match moment.facts.actor_open_claims < self.at_most {
            true => Ok(()),
            false => Err(Broken::Step(Class::TooMany, vec![("max", self.at_most.to_string())])),
        }
    }
}
