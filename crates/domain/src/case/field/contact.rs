//! Name, contact and address of whoever brings something in: for the sealed record.

use super::super::refusal::FieldFault;
use super::super::value::Value;
use super::Lines;
use crate::contact::Contact;

const LINE_CHARS_MAX: usize = 120;

pub(super) fn check_line(name: &str, text: &str) -> Result<Value, FieldFault> {
    super::text::check(name, text, LINE_CHARS_MAX, Lines::One)
}

/// One form for each number and address, so that people find their cases again.
pub(super) fn check_contact(name: &str, text: &str) -> Result<Value, FieldFault> {
    if text.trim().is_empty() {
        return Ok(Value::Text(String::new()));
    }
    let contact: Contact = text
        .parse()
        .map_err(|_| FieldFault::new(name, "fault-no-contact"))?;
    Ok(Value::Text(contact.as_str().to_owned()))
}
