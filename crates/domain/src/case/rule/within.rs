//! `within = { time = "30d", of = "closed" }`: not too long after it was opened or closed.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::calendar::Span;
use crate::case::time;

/// From when the time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Opened,
    Closed,
}

/// Not longer ago than this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    pub time: Span,
    pub since: Since,
}

impl RuleWord for Within {
    const WORD: &'static str = "within";

    fn parse(node: &Node<'_, '_>) -> Option<Within> {
        let table = node.table("within")?;
        let time = table.need("time", "\"30d\"").and_then(|node| node.span("time"));
        let words = [("opened", Since::Opened), ("closed", Since::Closed)];
        let since = table.need("of", "\"closed\"").and_then(|node| node.one_of("of", &words));
        table.done();
        Some(Within { time: time?, since: since? })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let since = moment.case.and_then(|case| match self.since {
            Since::Opened => Some(case.opened_at),
            Since::Closed => case.closed_at,
        });
        let calendar = moment.facts.calendar(None);
        match since.is_some_and(|since| moment.now <= time::due(calendar, since, self.time)) {
            true => Ok(()),
            false => {
                let days = match self.time {
                    Span::Natural { minutes } | Span::Working { minutes } => minutes / (24 * 60),
                    Span::WorkingDays { days } => days,
                };
                let args = vec![("days", days.to_string()), ("time", self.time.to_string())];
                Err(Broken::Step(Class::Gone, args))
            }
        }
    }
}
