//! Another case; deciding looks whether it is the target among the facts.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// Another case; deciding looks whether it is the target among the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case;

impl FieldWord for Case {
    const WORD: &'static str = "case";

    fn parse(_options: &Table<'_, '_>) -> Option<Case> {
        Some(Case)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = single(raw)?.trim().parse();
        read.map(Value::Case).map_err(|_| Trouble::new("fault-not-case"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Case(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }
}
