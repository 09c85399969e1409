//! One to five.

use super::{FieldWord, JsonShape, Table, Trouble, Value, single, wrong_type};

/// One to five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating;

impl FieldWord for Rating {
    const WORD: &'static str = "rating";
    const JSON: JsonShape = JsonShape::Number;

    fn parse(_options: &Table<'_, '_>) -> Option<Rating> {
        Some(Rating)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let rating = single(raw)?.trim().parse();
        rating.map(Value::Rating).map_err(|_| Trouble::new("fault-not-rating"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Rating(1..=5) => Ok(value),
            Value::Rating(_) => Err(Trouble::new("fault-not-rating")),
            _ => Err(wrong_type()),
        }
    }
}
