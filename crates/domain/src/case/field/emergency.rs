//! Whom to call when something happens: for the sealed record.

use super::{FieldWord, PetitionerPart, Table, Trouble, Value, single, text, wrong_type};

/// Whom to call when something happens: for the sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency;

const CHARS_MAX: usize = 120;

impl FieldWord for Emergency {
    const WORD: &'static str = "emergency";

    fn parse(_options: &Table<'_, '_>) -> Option<Emergency> {
        Some(Emergency)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        Ok(Value::Text(
            text::checked(&text, CHARS_MAX)?.replace(['\n', '\t'], " "),
        ))
    }

    fn petitioner_part(&self) -> Option<PetitionerPart> {
        Some(PetitionerPart::Emergency)
    }
}
