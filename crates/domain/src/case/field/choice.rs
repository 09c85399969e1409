//! Choices: only what the kind offers.

use super::super::refusal::FieldFault;
use super::super::value::Value;

pub(super) fn one(name: &str, known: &[String], choice: &String) -> Result<Value, FieldFault> {
    match known.contains(choice) {
        true => Ok(Value::Choice(choice.clone())),
        false => Err(FieldFault::new(name, "fault-no-such-choice")),
    }
}

pub(super) fn many(name: &str, known: &[String], choices: &[String]) -> Result<Value, FieldFault> {
    let mut chosen: Vec<String> = Vec::new();
    for choice in choices {
        one(name, known, choice)?;
        if !chosen.contains(choice) {
            chosen.push(choice.clone());
        }
    }
    Ok(Value::Choices(chosen))
}
