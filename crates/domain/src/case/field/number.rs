//! A whole number.

use super::{FieldWord, JsonShape, Table, Trouble, Value, single, wrong_type};

/// A whole number between two others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub min: i64,
    pub max: i64,
}

/// Without limits of its own; every number within is exact in JSON, too.
const NUMBER_MAX: i64 = 1_000_000_000_000;

impl FieldWord for Number {
    const WORD: &'static str = "number";
    const JSON: JsonShape = JsonShape::Number;

    fn parse(options: &Table<'_, '_>) -> Option<Number> {
        let limit = |key: &'static str| match options.get(key) {
            Some(node) => node.number(key, -NUMBER_MAX..=NUMBER_MAX),
            None => None,
        };
        let (min, max) = (limit("min").unwrap_or(0), limit("max").unwrap_or(NUMBER_MAX));
        if min > max {
            options.reader.error(&options.at, "min is greater than max", None);
        }
        Some(Number { min, max })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let number = single(raw)?.trim().parse();
        number.map(Value::Number).map_err(|_| Trouble::new("fault-not-number"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Number(number) if (self.min..=self.max).contains(&number) => Ok(value),
            Value::Number(_) => Err(Trouble::new("fault-out-of-range")
                .with("min", self.min)
                .with("max", self.max)),
            _ => Err(wrong_type()),
        }
    }
}
