//! `refill = "handle"`: a clock that goes on with what was left is whole again. A ruling that
//! the case was sent to the wrong unit, so only somebody who stands above may say it.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::who::{Relation, Who};
use crate::person::Role;

/// A clock is whole again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refill {
    pub clock: String,
}

impl EffectWord for Refill {
    const WORD: &'static str = "refill";

    fn parse(node: &Node<'_, '_>) -> Option<Refill> {
        node.text("refill").map(|clock| Refill { clock })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        let clock = checking.kind.clock(&self.clock);
        if clock.is_none_or(|clock| clock.keeps.is_none()) {
            let kept = checking.kind.clocks.iter().filter(|clock| clock.keeps.is_some());
            let kept: Vec<&str> = kept.map(|clock| clock.name.as_str()).collect();
            let what = format!("`{}` is no clock that keeps what is left", self.clock);
            checking.say(what, Some(super::suggest(&self.clock, &kept)));
        }
        let rules = |who: &Who| {
            matches!(
                who,
                Who::Post(Role::Supervisor | Role::Office, _)
                    | Who::Post(Role::Dispatcher, Relation::Own | Relation::Above)
            )
        };
        if !checking.step.by.iter().all(rules) {
            let what = "only who stands above may give time back".to_owned();
            let instead = "let supervisors and offices take this step, or dispatchers @own, @above";
            checking.say(what, Some(instead.to_owned()));
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.orders.refill.insert(self.clock.clone());
        Ok(())
    }
}
