//! `new_reason = { field = "wait_why", of = "pause" }`: the clock was not paused (or extended:
//! `of = "extension"`) for this reason before. A supervisor may do it again. `as = "person"`
//! names the reason instead, where the step has only one.

use super::{Broken, Checking, FieldFault, Moment, Node, RuleWord};
use crate::case::{Acting, Value};
use crate::person::Role;

/// The reason is a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReason {
    pub field: String,
    pub reason: Option<String>,
    /// Of extensions; else of pauses.
    pub of_extension: bool,
}

impl RuleWord for NewReason {
    const WORD: &'static str = "new_reason";
    const NEEDS_INPUT: bool = true;

    fn parse(node: &Node<'_, '_>) -> Option<NewReason> {
        let table = node.table("new_reason")?;
        let field = table.need("field", "\"wait_why\"").and_then(|node| node.text("field"));
        let words = [("pause", false), ("extension", true)];
        let of = table.need("of", "\"pause\"").and_then(|node| node.one_of("of", &words));
        let reason = table.get("as").and_then(|node| node.text("as"));
        table.done();
        Some(NewReason { field: field?, reason, of_extension: of? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        if self.reason.is_none() {
            checking.known(&self.field, &["choice"]);
        }
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let supervises = matches!(
            moment.acting,
            Acting::Post(post) if matches!(post.role, Role::Supervisor | Role::Office)
        );
        let named = moment.value(&self.field).and_then(Value::word);
        let Some(reason) = self.reason.clone().or(named) else {
            return Ok(());
        };
        let used = moment.case.is_some_and(|case| match self.of_extension {
            true => case.memory.extended_for.contains(&reason),
            false => case.memory.paused_for.contains(&reason),
        });
        match used && !supervises {
            false => Ok(()),
            true if self.reason.is_some() => Err(Broken::conflict()),
            true => Err(Broken::Field(FieldFault::new(&self.field, "fault-reason-used"))),
        }
    }
}
