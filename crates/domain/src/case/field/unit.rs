//! A unit; deciding looks whether it is among the facts.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// A unit; deciding looks whether it is among the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit;

impl FieldWord for Unit {
    const WORD: &'static str = "unit";

    fn parse(_options: &Table<'_, '_>) -> Option<Unit> {
        Some(Unit)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = single(raw)?.trim().parse();
        read.map(Value::Unit).map_err(|_| Trouble::new("fault-not-unit"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Unit(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }
}
