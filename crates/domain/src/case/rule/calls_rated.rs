//! `calls_rated = true`: every summoned unit that had to come has a rating.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::case::{CallRole, CallState};

/// Everybody who was summoned is rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallsRated;

impl RuleWord for CallsRated {
    const WORD: &'static str = "calls_rated";

    fn parse(node: &Node<'_, '_>) -> Option<CallsRated> {
        node.one_way("calls_rated").map(|()| CallsRated)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let calls = moment.case.map_or(&[][..], |case| &case.calls);
        let unrated = calls
            .iter()
            .filter(|call| call.role == CallRole::Summoned && call.state != CallState::Released)
            .filter(|call| call.rating.is_none())
            .count();
        match unrated {
            0 => Ok(()),
            open => Err(Broken::Step(Class::Conflict, vec![("open", open.to_string())])),
        }
    }
}
