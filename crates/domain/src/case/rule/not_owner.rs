//! `not_owner = true`: nobody judges their own work, in whichever capacity they come.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::access::Who;
use crate::case::{Owner, refusal::Args};

/// The actor is not the owner, and holds no post in the unit that is: not only the post by
/// which they act counts, but every one of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOwner;

impl RuleWord for NotOwner {
    const WORD: &'static str = "not_owner";

    fn parse(node: &Node<'_, '_>) -> Option<NotOwner> {
        node.one_way("not_owner").map(|()| NotOwner)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let is_theirs = match moment.case.map(|case| case.owner) {
            Some(Owner::Unit(unit)) => moment.facts.actor_posts.iter().any(|post| post.unit == unit),
            Some(Owner::Person(person)) => moment.actor.who == Who::Person(person),
            None => false,
        };
        match is_theirs {
            false => Ok(()),
            true => Err(Broken::Step(Class::NotPermitted, Args::new())),
        }
    }
}
