//! `future = { field = "until", at_most = "30d" }`: the day is not past, and not too far off;
//! with `today = true` it may be today.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::calendar::Span;
use crate::case::Value;
use crate::case::time;

/// The first day that may be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    Today,
    Tomorrow,
}

/// The day is after today (or today), and not too far off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Future {
    pub field: String,
    pub at_most: Option<Span>,
    pub first: First,
}

impl RuleWord for Future {
    const WORD: &'static str = "future";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<Future> {
        let table = node.table("future")?;
        let field = table.need("field", "\"until\"")?.text("field");
        let at_most = table.get("at_most").and_then(|node| node.span("at_most"));
        let today = table.get("today").and_then(|node| node.flag("today"));
        table.done();
        let first = match today.unwrap_or(false) {
            true => First::Today,
            false => First::Tomorrow,
        };
        Some(Future {
            field: field?,
            at_most,
            first,
        })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["date"]);
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let Some(Value::Date(date)) = moment.values.get(&self.field) else {
            return Ok(());
        };
        let calendar = moment.facts.calendar(None);
        let last = self
            .at_most
            .map(|limit| time::due(calendar, moment.now, limit));
        let last = last.map(|last| moment.day_of(last));
        let today = moment.day_of(moment.now);
        let fault = match self.first {
            First::Today => (*date < today).then_some("fault-day-past"),
            First::Tomorrow => (*date <= today).then_some("fault-not-future"),
        };
        if let Some(fault) = fault {
            return Err(Broken::Field(FieldFault::new(&self.field, fault)));
        }
        match last {
            Some(last) if *date > last => Err(Broken::Field(
                FieldFault::new(&self.field, "fault-too-far").with("date", last),
            )),
            _ => Ok(()),
        }
    }
}
