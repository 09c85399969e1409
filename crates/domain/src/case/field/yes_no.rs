//! Yes or no.

use super::{FieldWord, JsonShape, Table, Trouble, Value, single, wrong_type};

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YesNo;

impl FieldWord for YesNo {
    const WORD: &'static str = "yes-no";
    const JSON: JsonShape = JsonShape::YesNo;

    fn parse(_options: &Table<'_, '_>) -> Option<YesNo> {
        Some(YesNo)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        match single(raw)?.trim() {
            "yes" => Ok(Value::YesNo(true)),
            "no" => Ok(Value::YesNo(false)),
            _ => Err(Trouble::new("fault-not-yes-no")),
        }
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::YesNo(_) => Ok(value),
            _ => Err(wrong_type()),
        }
    }

    fn words(&self) -> Vec<&str> {
        vec!["yes", "no"]
    }
}
