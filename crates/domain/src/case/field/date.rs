//! A day.

use super::{FieldWord, Table, Trouble, Value, single, wrong_type};

/// A day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date;

/// Days outside these years are slips.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

impl FieldWord for Date {
    const WORD: &'static str = "date";

    fn parse(_options: &Table<'_, '_>) -> Option<Date> {
        Some(Date)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let date = single(raw)?.trim().parse();
        date.map(Value::Date).map_err(|_| Trouble::new("fault-not-date"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Date(date) if YEARS.contains(&date.year()) => Ok(value),
            Value::Date(_) => Err(Trouble::new("fault-not-date")),
            _ => Err(wrong_type()),
        }
    }
}
