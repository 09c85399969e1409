//! A procedure of the catalogue; the operation looks whether it is in it.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};
use crate::procedure::is_slug;

/// A procedure of the catalogue; the operation looks whether it is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure;

impl FieldWord for Procedure {
    const WORD: &'static str = "procedure";

    fn parse(_options: &Table<'_, '_>) -> Option<Procedure> {
        Some(Procedure)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let slug = single(raw)?.trim();
        self.check(Value::Choice(slug.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Choice(slug) if slug.is_empty() || is_slug(&slug) => Ok(Value::Choice(slug)),
            Value::Choice(_) => Err(Trouble::new("fault-not-procedure")),
            _ => Err(wrong_type()),
        }
    }
}
