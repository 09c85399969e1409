//! Give a case to somebody.

use super::{Assignee, Draft};
use crate::case::decision::Acting;
use crate::case::refusal::Refusal;
use crate::case::value::Value;
use crate::case::view::Owner;

/// The first of the list that there is gets the case. A unit that the matter complains of
/// never does: named by a person it is refused, found by a rule it is passed over.
pub(super) fn assign(draft: &mut Draft<'_>, to: &[Assignee]) -> Result<(), Refusal> {
    for assignee in to {
        let Some(owner) = find(draft, assignee) else {
            continue;
        };
        let accused = owner
            .unit()
            .is_some_and(|unit| draft.accused.contains(&unit));
        match (accused, assignee) {
            (true, Assignee::Field(_)) => return Err(Refusal::UnitAccused),
            (true, _) => continue,
            (false, _) => {}
        }
        if owner != draft.after.owner {
            draft.after.previous_owner = Some(draft.after.owner);
            draft.after.owner = owner;
        }
        return Ok(());
    }
    Err(Refusal::NobodyToOwn)
}

fn find(draft: &Draft<'_>, assignee: &Assignee) -> Option<Owner> {
    match assignee {
        Assignee::Duty => draft.facts.duty.as_ref().map(|duty| Owner::Unit(duty.unit)),
        Assignee::Place => draft.facts.place_unit.map(Owner::Unit),
        Assignee::Above => draft.facts.above_unit.map(Owner::Unit),
        Assignee::Previous => draft.after.previous_owner,
        Assignee::ActorUnit => draft.acting.unit().map(Owner::Unit),
        Assignee::Actor => match draft.acting {
            Acting::Person(person) => Some(Owner::Person(*person)),
            _ => draft.acting.unit().map(Owner::Unit),
        },
        Assignee::Field(field) => match draft.says.get(field) {
            Some(Value::Unit(unit)) => Some(Owner::Unit(*unit)),
            _ => None,
        },
    }
}
