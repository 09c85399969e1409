//! Field types: what can be asked.
//!
//! A new type is its own file with a struct that implements [`FieldWord`], and one line in the
//! list at the end of this file (and its `fields/` file in the pages, which draws it).

use super::definition::reader::{Node, Table, suggest};
use super::refusal::{Args, FieldFault};
use super::value::Value;

mod clean;

pub use clean::clean_text;

/// What is wrong with a value: the key of the sentence and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub key: &'static str,
    pub args: Args,
}

impl Trouble {
    fn new(key: &'static str) -> Trouble {
        Trouble {
            key,
            args: Args::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Trouble {
        self.args.push((name, value.to_string()));
        self
    }

    /// The fault of the field that has this trouble.
    pub fn of(self, field: &str) -> FieldFault {
        FieldFault {
            field: field.to_owned(),
            key: self.key,
            args: self.args,
        }
    }
}

/// The key of every sentence about a field, for the words.
pub const FAULT_KEYS: &[&str] = &[
    "fault-required",
    "fault-unknown-field",
    "fault-wrong-type",
    "fault-nul",
    "fault-too-long",
    "fault-too-many",
    "fault-twice",
    "fault-not-choice",
    "fault-not-number",
    "fault-out-of-range",
    "fault-not-date",
    "fault-not-place",
    "fault-not-item",
    "fault-not-unit",
    "fault-not-file",
    "fault-not-phone",
    "fault-not-contact",
    "fault-not-yes-no",
    "fault-not-rating",
    "fault-not-case",
    "fault-not-future",
    "fault-too-far",
    "fault-not-later",
    "fault-reason-used",
    "fault-consent",
    "fault-same-owner",
    "fault-unit-accused",
    "fault-out-of-reach",
    "fault-not-called",
    "fault-own-unit",
    "fault-not-service",
    "fault-day-past",
    "fault-not-procedure",
    "fault-not-paper",
    "fault-papers-missing",
];

/// Which part of the sealed record a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PetitionerPart {
    Name,
    Contact,
    Address,
    /// Whom to call when something happens.
    Emergency,
}

/// How a value is written in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonShape {
    Text,
    Number,
    YesNo,
    Texts,
}

/// What every field type can do.
pub trait FieldWord: Sized {
    /// Its word in `kind.toml`.
    const WORD: &'static str;
    const JSON: JsonShape = JsonShape::Text;

    /// Reads its options from the field's table.
    fn parse(options: &Table<'_, '_>) -> Option<Self>;

    /// Reads what somebody typed or chose; several texts where several can be chosen.
    fn read(&self, raw: &[String]) -> Result<Value, Trouble>;

    /// The value as it is kept, or what is wrong with it.
    fn check(&self, value: Value) -> Result<Value, Trouble>;

    /// What of the sealed record it is: such values never belong to the matter.
    fn petitioner_part(&self) -> Option<PetitionerPart> {
        None
    }

    /// The words between which one can choose, if they are few and known.
    fn words(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The one text that was sent; none at all is an empty one.
fn single(raw: &[String]) -> Result<&str, Trouble> {
    match raw {
        [] => Ok(""),
        [one] => Ok(one),
        _ => Err(Trouble::new("fault-too-many").with("max", 1)),
    }
}

/// The files that were named; they have come ahead.
fn files(raw: &[String]) -> Result<Value, Trouble> {
    let named = raw.iter().map(|text| text.trim());
    let named = named.filter(|text| !text.is_empty());
    let read = named.map(str::parse).collect::<Result<_, _>>();
    read.map(Value::Files)
        .map_err(|_| Trouble::new("fault-not-file"))
}

fn wrong_type() -> Trouble {
    Trouble::new("fault-wrong-type")
}

/// The option that limits a length or a number of things.
fn max_option(options: &Table<'_, '_>, default: usize, most: usize) -> usize {
    let Some(node) = options.get("max") else {
        return default;
    };
    let most = i64::try_from(most).expect("limits are small");
    let read = node.number("max", 1..=most).unwrap_or(1);
    usize::try_from(read).unwrap_or(default)
}

/// The choices of a field: short lower-case words.
fn choices_option(options: &Table<'_, '_>) -> Option<Vec<String>> {
    let node = options.need("choices", r#"["one", "other"]"#)?;
    let mut choices: Vec<String> = Vec::new();
    for choice in node.list("choices") {
        let Some(word) = choice.text("a choice") else {
            continue;
        };
        if !super::definition::is_name(&word) {
            let fault = format!("the choice `{word}` is not a name");
            choice.reader.error(
                &choice.at,
                fault,
                Some(super::definition::NAME_RULE.to_owned()),
            );
        } else if choices.contains(&word) {
            choice.reader.error(
                &choice.at,
                format!("the choice `{word}` stands twice"),
                None,
            );
        } else {
            choices.push(word);
        }
    }
    (!choices.is_empty()).then_some(choices)
}

/// Each at most once, and not more than so many.
fn few_and_different<T: Ord + Clone>(things: &[T], max: usize) -> Result<(), Trouble> {
    if things.len() > max {
        return Err(Trouble::new("fault-too-many").with("max", max));
    }
    let mut sorted = things.to_vec();
    sorted.sort();
    match sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        true => Err(Trouble::new("fault-twice")),
        false => Ok(()),
    }
}

/// Files, each at most once, and not more than so many.
fn few_files(value: Value, max: usize) -> Result<Value, Trouble> {
    let Value::Files(things) = &value else {
        return Err(wrong_type());
    };
    few_and_different(things, max).map(|()| value)
}

macro_rules! field_types {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$name;)+

        /// The type of a field, with its options.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum FieldType { $($name($name)),+ }

        impl FieldType {
            /// The words of all types.
            pub const WORDS: &'static [&'static str] = &[$($name::WORD),+];

            /// Reads the type and its options from a field's table.
            pub(super) fn parse(table: &Table<'_, '_>) -> Option<FieldType> {
                let node = table.need("type", "\"text\"")?;
                let word = node.text("the type")?;
                match word.as_str() {
                    $($name::WORD => $name::parse(table).map(FieldType::$name),)+
                    _ => unknown(&node, &word, FieldType::WORDS),
                }
            }

            /// Its word in `kind.toml`.
            pub fn word(&self) -> &'static str {
                match self { $(FieldType::$name(_) => $name::WORD),+ }
            }

            /// Reads what somebody typed or chose in a form.
            pub fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
                match self { $(FieldType::$name(it) => it.read(raw)),+ }
            }

            /// The value as it is kept, or what is wrong with it.
            pub fn check(&self, value: Value) -> Result<Value, Trouble> {
                match self { $(FieldType::$name(it) => it.check(value)),+ }
            }

            /// How its value is written in JSON.
            pub fn json(&self) -> JsonShape {
                match self { $(FieldType::$name(_) => $name::JSON),+ }
            }

            /// What of the sealed record it is, if it is.
            pub fn petitioner_part(&self) -> Option<PetitionerPart> {
                match self { $(FieldType::$name(it) => it.petitioner_part()),+ }
            }

            /// The words between which one can choose, if they are few and known.
            pub fn words(&self) -> Vec<&str> {
                match self { $(FieldType::$name(it) => it.words()),+ }
            }
        }
    };
}

fn unknown<T>(node: &Node<'_, '_>, word: &str, known: &[&str]) -> Option<T> {
    let fault = format!("there is no type `{word}`");
    node.reader
        .error(&node.at, fault, Some(suggest(word, known)));
    None
}

impl FieldType {
    /// Reads a value from plain JSON: a text, a number, true or false, or a list of texts.
    pub fn read_json(&self, json: &serde_json::Value) -> Result<Value, Trouble> {
        use serde_json::Value as Json;
        let raw = match (self.json(), json) {
            (JsonShape::Text, Json::String(text)) => vec![text.clone()],
            (JsonShape::Number, Json::Number(number)) => vec![number.to_string()],
            (JsonShape::YesNo, Json::Bool(yes)) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            (JsonShape::Texts, Json::Array(list)) => {
                let texts = list.iter().map(|part| part.as_str().map(str::to_owned));
                texts.collect::<Option<Vec<_>>>().ok_or_else(wrong_type)?
            }
            _ => return Err(wrong_type()),
        };
        self.read(&raw)
    }
}

field_types! {
    text::Text,
    choice::Choice,
    choices::Choices,
    number::Number,
    date::Date,
    place::Place,
    item::Item,
    unit::Unit,
    units::Units,
    photos::Photos,
    sounds::Sounds,
    signature::Signature,
    yes_no::YesNo,
    rating::Rating,
    case::Case,
    person::Person,
    phone::Phone,
    contact::Contact,
    address::Address,
    emergency::Emergency,
    service::Service,
    procedure::Procedure,
    papers::Papers,
}

#[cfg(test)]
mod tests;
