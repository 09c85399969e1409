//! `papers_back = "papers_back"`: once those are back that are ticked here, no paper of the person
//! is in other hands.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::case::Value;

/// Nothing is missing among what comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersBack {
    pub field: String,
}

impl RuleWord for PapersBack {
    const WORD: &'static str = "papers_back";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<PapersBack> {
        node.text("papers_back").map(|field| PapersBack { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["papers"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let ticked = match moment.values.get(&self.field) {
            Some(Value::Choices(numbers)) => &numbers[..],
            _ => &[],
        };
        let errand = moment.facts.errand.as_ref();
        let papers = errand.into_iter().flat_map(|errand| &errand.papers);
        let missing = papers.filter(|(number, state)| {
            state.is_out() && !ticked.contains(&number.to_string())
        });
        match missing.count() {
            0 => Ok(()),
            count => {
                let fault = FieldFault::new(&self.field, "fault-papers-missing");
                Err(Broken::Field(fault.with("count", count)))
            }
        }
    }
}
