//! `within = { time = "30d", of = "closed" }`: not too long after it was opened or closed.

use super::{Broken, Class, Moment, Node, RuleWord};
use crate::case::duration;
use crate::case::moment::after_minutes;

/// From when the time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Opened,
    Closed,
}

/// Not longer ago than this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    pub minutes: i64,
    pub since: Since,
}

impl RuleWord for Within {
    const WORD: &'static str = "within";

    fn parse(node: &Node<'_, '_>) -> Option<Within> {
        let table = node.table("within")?;
        let minutes = table.need("time", "\"30d\"").and_then(|node| node.minutes("time"));
        let words = [("opened", Since::Opened), ("closed", Since::Closed)];
        let since = table.need("of", "\"closed\"").and_then(|node| node.one_of("of", &words));
        table.done();
        Some(Within { minutes: minutes?, since: since? })
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let since = moment.case.and_then(|case| match self.since {
            Since::Opened => Some(case.opened_at),
            Since::Closed => case.closed_at,
        });
        match since.is_some_and(|since| moment.now <= after_minutes(since, self.minutes)) {
            true => Ok(()),
            false => {
                let days = (self.minutes / (24 * 60)).to_string();
                let time = duration::in_words(self.minutes);
                Err(Broken::Step(Class::Gone, vec![("days", days), ("time", time)]))
            }
        }
    }
}
