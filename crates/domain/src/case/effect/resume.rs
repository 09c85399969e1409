//! `resume = true`: a clock that stands goes on, with exactly what was left. The kind lets the
//! clock take such a step, too: at the end of a pause it goes on by itself.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Target;

/// The clock goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume;

impl EffectWord for Resume {
    const WORD: &'static str = "resume";

    fn parse(node: &Node<'_, '_>) -> Option<Resume> {
        node.one_way("resume").map(|()| Resume)
    }

    fn check(&self, checking: &mut Checking<'_>) {
        if checking.step.to != Target::Stay {
            let what = "a clock goes on where it stood".to_owned();
            checking.say(what, Some("leave `to` out".to_owned()));
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.orders.resume = true;
        Ok(())
    }
}
