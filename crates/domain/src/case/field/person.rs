//! The name of whoever brought it in: for the sealed record.

use super::{FieldWord, PetitionerPart, Table, Trouble, Value, single, text, wrong_type};

/// The name of whoever brought it in: for the sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person;

const CHARS_MAX: usize = 80;

impl FieldWord for Person {
    const WORD: &'static str = "person";

    fn parse(_options: &Table<'_, '_>) -> Option<Person> {
        Some(Person)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        Ok(Value::Text(text::checked(&text, CHARS_MAX)?.replace(['\n', '\t'], " ")))
    }

    fn petitioner_part(&self) -> Option<PetitionerPart> {
        Some(PetitionerPart::Name)
    }
}
