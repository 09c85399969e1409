//! `followers = "answer_with"`: the cases merged into this one take that step, by the system,
//! with what was said here.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::who::Who;

/// The cases that follow this one take a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followers {
    pub step: String,
}

impl EffectWord for Followers {
    const WORD: &'static str = "followers";

    fn parse(node: &Node<'_, '_>) -> Option<Followers> {
        node.text("followers").map(|step| Followers { step })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.step(&self.step);
        let Some(step) = checking.kind.step(&self.step) else {
            return;
        };
        if !step.by.contains(&Who::System) {
            let instead = Some(format!("add \"system\" to by of the step `{}`", self.step));
            checking.say(format!("the system may not take `{}`", self.step), instead);
        }
        let lacks = step.fields.iter().find(|asked| {
            asked.required && !checking.step.asks(&asked.field).is_some_and(|asked| asked.required)
        });
        if let Some(asked) = lacks {
            let what = format!("`{}` needs `{}`, which this step does not ask for", self.step, asked.field);
            checking.say(what, None);
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.followers = Some(self.step.clone());
        Ok(())
    }
}
