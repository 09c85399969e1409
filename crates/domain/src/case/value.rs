//! What a field holds, and what somebody hands in with a step.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, FileId, MenuServiceId, UnitId};
use crate::place::PlaceCode;
use crate::unit::ItemCode;

/// The value of one field. JSON: `{"text": "…"}`, `{"yes-no": true}`, `{"units": ["…"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    Text(String),
    Choice(String),
    Choices(Vec<String>),
    Number(i64),
    Date(Date),
    Place(PlaceCode),
    Item(ItemCode),
    Unit(UnitId),
    Units(Vec<UnitId>),
    Files(Vec<FileId>),
    YesNo(bool),
    Rating(u8),
    Case(CaseId),
    Service(MenuServiceId),
}

impl Value {
    /// The text, for texts only.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the value says nothing: no text, nothing chosen, no file.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) | Value::Choice(text) => text.trim().is_empty(),
            Value::Choices(choices) => choices.is_empty(),
            Value::Units(units) => units.is_empty(),
            Value::Files(files) => files.is_empty(),
            _ => false,
        }
    }

    /// The word by which `when` and branches know this value: a choice, yes, no, a number.
    pub fn word(&self) -> Option<String> {
        match self {
            Value::Choice(choice) => Some(choice.clone()),
            Value::YesNo(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            Value::Rating(rating) => Some(rating.to_string()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// Values by the name of their field.
pub type Values = BTreeMap<String, Value>;

/// What somebody hands in with a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Input {
    pub values: Values,
}

impl Input {
    /// The same input with one more value.
    pub fn with(mut self, field: &str, value: Value) -> Input {
        self.values.insert(field.to_owned(), value);
        self
    }
}
