//! `call_state = ["waiting", "coming"]`: how far the actor's own unit has come.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::case::CallState;

/// The actor's unit was called and is in one of these states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallStateIs {
    pub states: Vec<CallState>,
}

impl RuleWord for CallStateIs {
    const WORD: &'static str = "call_state";

    fn parse(node: &Node<'_, '_>) -> Option<CallStateIs> {
        let states = parse_states(node);
        (!states.is_empty()).then_some(CallStateIs { states })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let unit = moment.acting.unit();
        let call = unit.and_then(|unit| moment.case.and_then(|case| case.call_of(unit)));
        match call {
            Some(call) if self.states.contains(&call.state) => Ok(()),
            Some(call) => Err(Broken::Step(
                Class::Conflict,
                vec![("state", call.state.word().to_owned())],
            )),
            None => Err(Broken::conflict()),
        }
    }
}

/// A list of states of calls.
pub fn parse_states(node: &Node<'_, '_>) -> Vec<CallState> {
    let words: Vec<_> = CallState::ALL.iter().map(|&state| (state.word(), state)).collect();
    let list = node.list("the states").into_iter();
    list.filter_map(|node| node.one_of("a state", &words)).collect()
}
