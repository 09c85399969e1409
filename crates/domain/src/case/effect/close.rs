//! Closing and the way back.

use super::{Draft, OutcomeFrom};
use crate::case::refusal::{FieldFault, Refusal};
use crate::case::value::Value;

/// Closes the case with an outcome that its kind knows.
pub(super) fn close(draft: &mut Draft<'_>, from: &OutcomeFrom) -> Result<(), Refusal> {
    let outcome = match from {
        OutcomeFrom::Named(name) => Some(name.clone()),
        OutcomeFrom::Kept => draft.after.outcome.clone(),
        OutcomeFrom::Field(field) => match draft.says.get(field) {
            Some(Value::Choice(choice)) => Some(choice.clone()),
            _ => None,
        },
    };
    let known = outcome.filter(|name| draft.kind.outcome(name).is_some());
    let Some(outcome) = known else {
        let field = match from {
            OutcomeFrom::Field(field) => field,
            _ => "outcome",
        };
        return Err(Refusal::Invalid(vec![FieldFault::new(
            field,
            "fault-no-such-choice",
        )]));
    };
    draft.after.outcome = Some(outcome);
    draft.after.closed_at = Some(draft.now);
    Ok(())
}

/// Names the outcome of an answer that is still to be judged.
pub(super) fn answer(draft: &mut Draft<'_>, field: &str) -> Result<(), Refusal> {
    match draft.says.get(field) {
        Some(Value::Choice(choice)) if draft.kind.outcome(choice).is_some() => {
            draft.after.outcome = Some(choice.clone());
            Ok(())
        }
        _ => Err(Refusal::Invalid(vec![FieldFault::new(
            field,
            "fault-no-such-choice",
        )])),
    }
}

pub(super) fn reopen(draft: &mut Draft<'_>) {
    draft.after.closed_at = None;
    draft.after.outcome = None;
}
