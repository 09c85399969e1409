//! `calls_answered = true`: no called unit is still awaited, and no objection open.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::case::CallState;

/// Nobody is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallsAnswered;

impl RuleWord for CallsAnswered {
    const WORD: &'static str = "calls_answered";

    fn parse(node: &Node<'_, '_>) -> Option<CallsAnswered> {
        node.one_way("calls_answered").map(|()| CallsAnswered)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let calls = moment.case.map_or(&[][..], |case| &case.calls);
        let open = calls
            .iter()
            .filter(|call| call.state.is_awaited() || call.state == CallState::Objecting)
            .count();
        match open {
            0 => Ok(()),
            open => Err(Broken::Step(Class::Conflict, vec![("open", open.to_string())])),
        }
    }
}
