//! A telephone number of whoever brought it in: for the sealed record.

use crate::contact;

use super::{FieldWord, PetitionerPart, Table, Trouble, Value, single, text, wrong_type};

/// A telephone number of whoever brought it in: for the sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone;

const CHARS_MAX: usize = 40;

impl FieldWord for Phone {
    const WORD: &'static str = "phone";

    fn parse(_options: &Table<'_, '_>) -> Option<Phone> {
        Some(Phone)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        let text = text::checked(&text, CHARS_MAX)?;
        match text.parse() {
            _ if text.is_empty() => Ok(Value::Text(text)),
            Ok(contact::Contact::Mobile(phone) | contact::Contact::Landline(phone)) => {
                Ok(Value::Text(phone))
            }
            _ => Err(Trouble::new("fault-not-phone")),
        }
    }

    fn petitioner_part(&self) -> Option<PetitionerPart> {
        Some(PetitionerPart::Contact)
    }
}
