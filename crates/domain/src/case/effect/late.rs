//! `late = "summoned"`: a clock of calls ran out: every unit in this role that is still awaited
//! and past its time is noted as late. It must come all the same.

use super::{Draft, EffectWord, Moment, Node, Refusal};
use crate::case::view::CallRole;

/// Units are noted as late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub role: CallRole,
}

const ROLES: &[(&str, CallRole)] = &[
    ("summoned", CallRole::Summoned),
    ("assisting", CallRole::Assisting),
];

impl EffectWord for Late {
    const WORD: &'static str = "late";

    fn parse(node: &Node<'_, '_>) -> Option<Late> {
        node.one_of("late", ROLES).map(|role| Late { role })
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        for call in &mut draft.decision.after.calls {
            if call.role == self.role && call.is_overdue(moment.now) {
                call.late_at = Some(moment.now);
                call.due_at = None;
            }
        }
        Ok(())
    }
}
