//! What a field can be: the closed list. One more: its variant here, its word in
//! [`FieldType::parse`], its check in the file of its family, and its drawing in `web/src/fields`.

mod choice;
mod contact;
mod reference;
mod scalar;
mod text;

use super::facts::Facts;
use super::refusal::FieldFault;
use super::value::Value;

pub use text::clean;

/// What a field can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// A text of at most `max` characters; one line or many.
    Text {
        max: usize,
        lines: Lines,
    },
    /// One of these.
    Choice(Vec<String>),
    /// Any of these.
    Choices(Vec<String>),
    /// A whole number between the two, both included.
    Number {
        min: i64,
        max: i64,
    },
    Date,
    /// A node of the area tree.
    Place,
    /// An item of the duty list.
    Item,
    Unit,
    Units,
    /// Pictures, at most so many.
    Photos {
        max: usize,
    },
    YesNo,
    /// One to five.
    Rating,
    /// Another case.
    Case,
    /// The units that the matter complains of; they are never made its owner.
    Accused,
    /// The name of whoever brings it in; sealed.
    Person,
    /// How to reach them; sealed.
    Phone,
    /// Where they live; sealed.
    Address,
}

/// How much room a text gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

impl FieldType {
    /// Every word that may stand after `type =`.
    pub const WORDS: [&'static str; 17] = [
        "text", "choice", "choices", "number", "date", "place", "item", "unit", "units", "photos",
        "yes-no", "rating", "case", "accused", "person", "phone", "address",
    ];

    /// The word of this type.
    pub fn word(&self) -> &'static str {
        match self {
            FieldType::Text { .. } => "text",
            FieldType::Choice(_) => "choice",
            FieldType::Choices(_) => "choices",
            FieldType::Number { .. } => "number",
            FieldType::Date => "date",
            FieldType::Place => "place",
            FieldType::Item => "item",
            FieldType::Unit => "unit",
            FieldType::Units => "units",
            FieldType::Photos { .. } => "photos",
            FieldType::YesNo => "yes-no",
            FieldType::Rating => "rating",
            FieldType::Case => "case",
            FieldType::Accused => "accused",
            FieldType::Person => "person",
            FieldType::Phone => "phone",
            FieldType::Address => "address",
        }
    }

    /// Whether the value belongs to the sealed record and to nothing else.
    pub fn is_personal(&self) -> bool {
        self.sealed_as().is_some()
    }

    /// Under which name the sealed record keeps the value.
    pub fn sealed_as(&self) -> Option<&'static str> {
        match self {
            FieldType::Person => Some("name"),
            FieldType::Phone => Some("contact"),
            FieldType::Address => Some("address"),
            _ => None,
        }
    }

    /// What may be chosen, for choices.
    pub fn choices(&self) -> &[String] {
        match self {
            FieldType::Choice(choices) | FieldType::Choices(choices) => choices,
            _ => &[],
        }
    }

    /// The value as it may be kept, or what is wrong with it.
    pub fn check(&self, name: &str, value: &Value, facts: &Facts) -> Result<Value, FieldFault> {
        match (self, value) {
            (FieldType::Text { max, lines }, Value::Text(text)) => {
                text::check(name, text, *max, *lines)
            }
            (FieldType::Person | FieldType::Address, Value::Text(text)) => {
                contact::check_line(name, text)
            }
            (FieldType::Phone, Value::Text(text)) => contact::check_contact(name, text),
            (FieldType::Choice(known), Value::Choice(choice)) => choice::one(name, known, choice),
            (FieldType::Choices(known), Value::Choices(choices)) => {
                choice::many(name, known, choices)
            }
            (FieldType::Number { min, max }, Value::Number(number)) => {
                scalar::number(name, *number, *min, *max)
            }
            (FieldType::Rating, Value::Rating(rating)) => scalar::rating(name, *rating),
            (FieldType::Date, Value::Date(_))
            | (FieldType::Place, Value::Place(_))
            | (FieldType::Item, Value::Item(_))
            | (FieldType::YesNo, Value::YesNo(_))
            | (FieldType::Case, Value::Case(_)) => Ok(value.clone()),
            (FieldType::Unit, Value::Unit(unit)) => reference::unit(name, *unit, facts),
            (FieldType::Units | FieldType::Accused, Value::Units(units)) => {
                reference::units(name, units, facts)
            }
            (FieldType::Photos { max }, Value::Files(files)) => reference::files(name, files, *max),
            _ => Err(FieldFault::new(name, "fault-wrong-type").with("type", self.word())),
        }
    }
}
