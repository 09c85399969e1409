//! `merge = "into"`: another case answers for this one too; both get the same answer.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// The case follows another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub field: String,
}

impl EffectWord for Merge {
    const WORD: &'static str = "merge";

    fn parse(node: &Node<'_, '_>) -> Option<Merge> {
        node.text("merge").map(|field| Merge { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["case"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let after = &mut draft.decision.after;
        let Some(Value::Case(named)) = moment.values.get(&self.field) else {
            return Err(Refusal::TargetUnfit { why: "missing" });
        };
        let target = moment.facts.target.as_ref().filter(|target| target.id == *named);
        let why = match target {
            None => "missing",
            Some(target) if target.id == after.id => "itself",
            Some(target) if target.kind != after.kind => "other-kind",
            Some(target) if !target.is_open => "closed",
            Some(target) if target.merged_into.is_some() => "follows",
            Some(target) => {
                after.merged_into = Some(target.id);
                return Ok(());
            }
        };
        Err(Refusal::TargetUnfit { why })
    }
}
