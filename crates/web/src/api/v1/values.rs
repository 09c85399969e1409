//! Values in their plain form: a text is a string, a number an integer, yes-no a boolean,
//! a day `"2026-11-22"`, a place, an item, a unit, a file or a case its code or id, several
//! of them an array. What a plain value means is said by the type of its field.
//!
//! A new type of field: its arm in [`meant`] and, if it is a new sort of value, in [`plain`].

use std::collections::BTreeMap;

use huiyin_domain::case::{FieldFault, FieldType, Kind, Trouble, Value, Values};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// The greatest number that every reader of JSON can hold.
const NUMBER_MAX: i64 = 9_007_199_254_740_991;
/// Nobody names more files or units than this in one field.
const MEMBERS_MAX: usize = 200;

/// One value in its plain form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Json")]
pub enum Plain {
    /// A boolean, for `yes-no`.
    YesNo(bool),
    /// An integer, for `number` and `rating`.
    Number(i64),
    /// A text, a choice, a day, a code or an id.
    Text(String),
    /// Several choices or ids.
    Many(Vec<String>),
}

/// Trying one variant after the other would word a complaint for each that does not fit.
impl TryFrom<Json> for Plain {
    type Error = &'static str;

    fn try_from(json: Json) -> Result<Plain, &'static str> {
        const WANTED: &str = "a boolean, an integer, a text or an array of texts";
        match json {
            Json::Bool(yes) => Ok(Plain::YesNo(yes)),
            Json::Number(number) => number.as_i64().map(Plain::Number).ok_or(WANTED),
            Json::String(text) => Ok(Plain::Text(text)),
            Json::Array(members) => {
                let texts = members.into_iter().map(|member| match member {
                    Json::String(text) => Ok(text),
                    _ => Err(WANTED),
                });
                texts.collect::<Result<_, _>>().map(Plain::Many)
            }
            Json::Null | Json::Object(_) => Err(WANTED),
        }
    }
}

impl ToSchema for Plain {}

impl PartialSchema for Plain {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let number = of(Type::Integer)
            .minimum(Some(-NUMBER_MAX))
            .maximum(Some(NUMBER_MAX));
        let many = ArrayBuilder::new()
            .items(of(Type::String))
            .max_items(Some(MEMBERS_MAX));
        OneOfBuilder::new()
            .description(Some(
                "The value of one field; its type says which of these it is",
            ))
            .item(of(Type::Boolean))
            .item(number)
            .item(of(Type::String))
            .item(many)
            .into()
    }
}

/// Plain values by the names of their fields.
pub type PlainValues = BTreeMap<String, Plain>;

/// What plain values mean for this kind; all faults at once.
pub fn read(kind: &Kind, plain: &PlainValues) -> Result<Values, Vec<FieldFault>> {
    let mut values = Values::new();
    let mut faults = Vec::new();
    for (name, value) in plain {
        let meant = match kind.field(name) {
            None => Err(FieldFault::new(name, "fault-unknown-field")),
            Some(field) => meant(&field.kind, value).map_err(|trouble| trouble.of(name)),
        };
        match meant {
            Ok(value) => drop(values.insert(name.clone(), value)),
            Err(fault) => faults.push(fault),
        }
    }
    match faults.is_empty() {
        true => Ok(values),
        false => Err(faults),
    }
}

fn meant(kind: &FieldType, plain: &Plain) -> Result<Value, Trouble> {
    let json = match plain {
        Plain::YesNo(yes) => Json::Bool(*yes),
        Plain::Number(number) => Json::from(*number),
        Plain::Text(text) => Json::from(text.as_str()),
        Plain::Many(texts) => Json::from(texts.as_slice()),
    };
    kind.read_json(&json)
}

/// Values in their plain form.
pub fn plain(values: &Values) -> PlainValues {
    values
        .iter()
        .map(|(name, value)| (name.clone(), plain_one(value)))
        .collect()
}

fn plain_one(value: &Value) -> Plain {
    fn many<T: ToString>(ids: &[T]) -> Plain {
        Plain::Many(ids.iter().map(ToString::to_string).collect())
    }
    match value {
        Value::Text(text) | Value::Choice(text) => Plain::Text(text.clone()),
        Value::Choices(choices) => Plain::Many(choices.clone()),
        Value::Number(number) => Plain::Number(*number),
        Value::Rating(rating) => Plain::Number(i64::from(*rating)),
        Value::YesNo(yes) => Plain::YesNo(*yes),
        Value::Date(day) => Plain::Text(day.to_string()),
        Value::Place(code) => Plain::Text(code.to_string()),
        Value::Item(code) => Plain::Text(code.to_string()),
        Value::Unit(id) => Plain::Text(id.to_string()),
        Value::Case(id) => Plain::Text(id.to_string()),
        Value::Service(id) => Plain::Text(id.to_string()),
        Value::Units(ids) => many(ids),
        Value::Files(ids) => many(ids),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_of_value_has_one_plain_form() {
        let id = "0000000000001";
        let ids = || vec![id.parse().unwrap()];
        for (value, json) in [
            (Value::Text("水".to_owned()), r#""水""#),
            (Value::Choice("a".to_owned()), r#""a""#),
            (Value::Choices(vec!["a".to_owned()]), r#"["a"]"#),
            (Value::Number(-7), "-7"),
            (Value::Rating(5), "5"),
            (Value::YesNo(true), "true"),
            (
                Value::Date("2026-11-22".parse().unwrap()),
                r#""2026-11-22""#,
            ),
            (Value::Place("990121".parse().unwrap()), r#""990121""#),
            (
                Value::Item("heating.indoor".parse().unwrap()),
                r#""heating.indoor""#,
            ),
            (Value::Unit(id.parse().unwrap()), r#""0000000000001""#),
            (Value::Units(ids()), r#"["0000000000001"]"#),
            (
                Value::Files(vec![id.parse().unwrap()]),
                r#"["0000000000001"]"#,
            ),
            (Value::Case(id.parse().unwrap()), r#""0000000000001""#),
            (Value::Service(id.parse().unwrap()), r#""0000000000001""#),
        ] {
            let plain = plain_one(&value);
            assert_eq!(serde_json::to_string(&plain).unwrap(), json);
            assert_eq!(serde_json::from_str::<Plain>(json).unwrap(), plain);
        }
    }

    #[test]
    fn what_is_no_value_at_all_is_not_even_read() {
        for json in [
            "null",
            "{}",
            "1.5",
            "[1]",
            "[[\"a\"]]",
            "1e400",
            "9223372036854775808",
        ] {
            assert!(serde_json::from_str::<Plain>(json).is_err(), "{json}");
        }
    }
}
