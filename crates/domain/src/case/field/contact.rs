//! A telephone number or a mail address of whoever brought it in: for the sealed record.

use crate::contact;

use super::{FieldWord, PetitionerPart, Table, Trouble, Value, single, text, wrong_type};

/// A telephone number or a mail address of whoever brought it in: for the sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact;

const CHARS_MAX: usize = 254;

impl FieldWord for Contact {
    const WORD: &'static str = "contact";

    fn parse(_options: &Table<'_, '_>) -> Option<Contact> {
        Some(Contact)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        let text = text::checked(&text, CHARS_MAX)?;
        match text.parse::<contact::Contact>() {
            _ if text.is_empty() => Ok(Value::Text(text)),
            Ok(contact) => Ok(Value::Text(contact.as_str().to_owned())),
            Err(_) => Err(Trouble::new("fault-not-contact")),
        }
    }

    fn petitioner_part(&self) -> Option<PetitionerPart> {
        Some(PetitionerPart::Contact)
    }
}
