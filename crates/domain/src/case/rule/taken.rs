//! `taken = { step = "send_back", at_most = 0 }`: how often a step was taken before; of a list of
//! steps, all of them together.

use super::{Broken, Checking, Class, Moment, Node, RuleWord};
use crate::case::CaseView;

/// A step, or several together, was taken at least, or at most, so often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub steps: Vec<String>,
    pub at_least: u32,
    pub at_most: u32,
}

impl RuleWord for Taken {
    const WORD: &'static str = "taken";

    fn parse(node: &Node<'_, '_>) -> Option<Taken> {
        let table = node.table("taken")?;
        let steps = table.need("step", "\"send_back\"")?.list("step");
        let steps: Vec<String> = steps.iter().filter_map(|node| node.text("step")).collect();
        let limit = |key: &'static str| {
            let number = table.get(key)?.number(key, 0..=1000)?;
            u32::try_from(number).ok()
        };
        let (at_least, at_most) = (limit("at_least"), limit("at_most"));
        if at_least.is_none() && at_most.is_none() {
            let instead = Some("write at_least or at_most".to_owned());
            node.reader.error(&node.at, "taken has no limit", instead);
        }
        table.done();
        (!steps.is_empty()).then_some(Taken {
            steps,
            at_least: at_least.unwrap_or(0),
            at_most: at_most.unwrap_or(u32::MAX),
        })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        self.steps.iter().for_each(|step| checking.step(step));
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let times = |case: &CaseView| self.steps.iter().map(|step| case.times(step)).sum();
        let times: u32 = moment.case.map_or(0, times);
        match (self.at_least..=self.at_most).contains(&times) {
            true => Ok(()),
            false => Err(Broken::Step(
                Class::Conflict,
                vec![("step", self.steps.join(", ")), ("times", times.to_string())],
            )),
        }
    }
}
