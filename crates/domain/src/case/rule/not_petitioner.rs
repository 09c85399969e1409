//! `not_petitioner = true`: whoever brought it in does not do it themselves.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::access::Who;
use crate::case::refusal::Args;

/// The actor is not the petitioner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPetitioner;

impl RuleWord for NotPetitioner {
    const WORD: &'static str = "not_petitioner";

    fn parse(node: &Node<'_, '_>) -> Option<NotPetitioner> {
        node.one_way("not_petitioner").map(|()| NotPetitioner)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let brought_it = match moment.actor.who {
            Who::Petitioner(_) => true,
            Who::Person(person) => moment.facts.petitioner_person == Some(person),
            _ => false,
        };
        match brought_it {
            false => Ok(()),
            true => Err(Broken::Step(Class::NotPermitted, Args::new())),
        }
    }
}
