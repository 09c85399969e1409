//! What rules and effects say of themselves when a kind is checked.

use super::definition::reader::suggest;
use super::kind::{Kind, Step};

/// One rule or effect of one step being checked.
pub struct Checking<'a> {
    pub kind: &'a Kind,
    pub step: &'a Step,
    /// What is wrong, and what to write instead.
    pub found: Vec<(String, Option<String>)>,
}

impl Checking<'_> {
    pub fn say(&mut self, what: String, instead: Option<String>) {
        self.found.push((what, instead));
    }

    /// The step must ask for a field of one of these types.
    pub fn asked(&mut self, field: &str, types: &[&str]) {
        if self.step.asks(field).is_none() {
            let asked: Vec<&str> = self.step.fields.iter().map(|a| a.field.as_str()).collect();
            let what = format!("the step does not ask for `{field}`");
            self.say(what, Some(suggest(field, &asked)));
        } else {
            self.typed(field, types);
        }
    }

    /// The step must ask for the field, or the matter keep it from an earlier step.
    pub fn known(&mut self, field: &str, types: &[&str]) {
        if self.step.asks(field).is_none() && !self.kind.field(field).is_some_and(|f| f.keep) {
            let what = format!("neither this step asks for `{field}` nor is it kept from before");
            let names: Vec<&str> = self.kind.fields.iter().map(|f| f.name.as_str()).collect();
            self.say(what, Some(suggest(field, &names)));
        } else {
            self.typed(field, types);
        }
    }

    /// The matter must keep the field.
    pub fn kept(&mut self, field: &str) {
        if !self.kind.field(field).is_some_and(|field| field.keep) {
            let kept = self.kind.fields.iter().filter(|field| field.keep);
            let names: Vec<&str> = kept.map(|field| field.name.as_str()).collect();
            let what = format!("the matter keeps no `{field}`");
            self.say(what, Some(suggest(field, &names)));
        }
    }

    fn typed(&mut self, field: &str, types: &[&str]) {
        let Some(found) = self.kind.field(field) else {
            return;
        };
        if !types.is_empty() && !types.contains(&found.kind.word()) {
            let what = format!("`{field}` is of the type {}", found.kind.word());
            self.say(
                what,
                Some(format!("use a field of the type {}", types.join(" or "))),
            );
        }
    }

    /// The step must exist.
    pub fn step(&mut self, step: &str) {
        if self.kind.step(step).is_none() {
            let names: Vec<&str> = self.kind.steps.iter().map(|s| s.name.as_str()).collect();
            self.say(
                format!("there is no step `{step}`"),
                Some(suggest(step, &names)),
            );
        }
    }

    /// A clock of calls must exist.
    pub fn call_clock(&mut self, clock: &str) {
        let clocks = self.kind.clocks.iter();
        let names: Vec<&str> = clocks
            .filter(|clock| clock.of == super::clock::ClockOf::Call)
            .map(|clock| clock.name.as_str())
            .collect();
        if !names.contains(&clock) {
            self.say(
                format!("there is no clock `{clock}` with of = \"call\""),
                Some(suggest(clock, &names)),
            );
        }
    }
}
