//! Numbers and ratings: within their bounds.

use super::super::refusal::FieldFault;
use super::super::value::Value;

pub(super) fn number(name: &str, number: i64, min: i64, max: i64) -> Result<Value, FieldFault> {
    match (min..=max).contains(&number) {
        true => Ok(Value::Number(number)),
        false => Err(FieldFault::new(name, "fault-out-of-range")
            .with("min", min)
            .with("max", max)),
    }
}

pub(super) fn rating(name: &str, rating: u8) -> Result<Value, FieldFault> {
    match (1..=5).contains(&rating) {
        true => Ok(Value::Rating(rating)),
        false => Err(FieldFault::new(name, "fault-out-of-range")
            .with("min", 1)
            .with("max", 5)),
    }
}
