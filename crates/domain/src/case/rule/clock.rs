//! `clock = "running"`, or `"paused"`: the clock of the case runs, or stands.

use super::{Broken, Class, Moment, Node, RuleWord};

/// The clock runs, or stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockIs {
    pub is_running: bool,
}

impl RuleWord for ClockIs {
    const WORD: &'static str = "clock";

    fn parse(node: &Node<'_, '_>) -> Option<ClockIs> {
        let words = [("running", true), ("paused", false)];
        node.one_of("clock", &words).map(|is_running| ClockIs { is_running })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let clock = moment.case.and_then(|case| case.clock.as_ref());
        let holds = clock.is_some_and(|clock| match self.is_running {
            true => clock.paused.is_none() && !clock.has_run_out(moment.now),
            false => clock.paused.is_some(),
        });
        let is = if self.is_running { "running" } else { "paused" };
        match holds {
            true => Ok(()),
            false => Err(Broken::Step(Class::Conflict, vec![("is", is.to_owned())])),
        }
    }
}
