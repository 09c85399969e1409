//! `not_owner = true`: nobody speaks for the petitioner about their own work.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::case::{Acting, Owner, refusal::Args};

/// The actor's unit is not the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOwner;

impl RuleWord for NotOwner {
    const WORD: &'static str = "not_owner";

    fn parse(node: &Node<'_, '_>) -> Option<NotOwner> {
        node.one_way("not_owner").map(|()| NotOwner)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let owner = moment.case.map(|case| case.owner);
        match moment.acting {
            Acting::Post(post) if owner == Some(Owner::Unit(post.unit)) => {
                Err(Broken::Step(Class::NotPermitted, Args::new()))
            }
            _ => Ok(()),
        }
    }
}
