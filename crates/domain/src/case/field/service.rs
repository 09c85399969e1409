//! A line of a menu of services; the operation looks whether it can be ordered.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// A line of a menu of services; the operation looks whether it can be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service;

impl FieldWord for Service {
    const WORD: &'static str = "service";

    fn parse(_options: &Table<'_, '_>) -> Option<Service> {
        Some(Service)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = single(raw)?.trim().parse();
        read.map(Value::Service)
            .map_err(|_| Trouble::new("fault-not-service"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Service(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }
}
