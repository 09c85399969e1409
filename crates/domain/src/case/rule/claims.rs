//! Who may take a case over: somebody else than the wisher, with a hand free.

use super::Looked;
use crate::access::Who;

pub(super) fn holds(looked: &Looked<'_>, max: u32) -> bool {
    looked.facts.actor_open_claims < max
}

pub(super) fn is_somebody_else(looked: &Looked<'_>) -> bool {
    match (looked.actor.who, looked.case) {
        (Who::Petitioner(own), Some(case)) => own != case.id,
        (Who::Person(person), _) => looked.facts.petitioner_person != Some(person),
        _ => true,
    }
}
