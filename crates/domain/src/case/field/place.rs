//! A node of the tree of places; the operation looks whether it is there.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// A node of the tree of places; the operation looks whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place;

impl FieldWord for Place {
    const WORD: &'static str = "place";

    fn parse(_options: &Table<'_, '_>) -> Option<Place> {
        Some(Place)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = single(raw)?.trim().parse();
        read.map(Value::Place).map_err(|_| Trouble::new("fault-not-place"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Place(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }
}
