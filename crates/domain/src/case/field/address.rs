//! Where whoever brought it in lives: for the sealed record.

use super::{FieldWord, PetitionerPart, Table, Trouble, Value, single, text, wrong_type};

/// Where whoever brought it in lives: for the sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address;

const CHARS_MAX: usize = 300;

impl FieldWord for Address {
    const WORD: &'static str = "address";

    fn parse(_options: &Table<'_, '_>) -> Option<Address> {
        Some(Address)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        text::checked(&text, CHARS_MAX).map(Value::Text)
    }

    fn petitioner_part(&self) -> Option<PetitionerPart> {
        Some(PetitionerPart::Address)
    }
}
