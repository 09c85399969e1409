//! An item of the duty list; the operation looks whether it is there.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// An item of the duty list; the operation looks whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item;

impl FieldWord for Item {
    const WORD: &'static str = "item";

    fn parse(_options: &Table<'_, '_>) -> Option<Item> {
        Some(Item)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = single(raw)?.trim().parse();
        read.map(Value::Item).map_err(|_| Trouble::new("fault-not-item"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Item(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }
}
