//! A text of one or more lines.

use super::{FieldWord, JsonShape, Table, Trouble, Value, clean_text, max_option, single, wrong_type};

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// In characters.
    pub max: usize,
    /// Whether it usually has several lines.
    pub is_long: bool,
}

/// Without a `max` of its own.
const CHARS_MAX: usize = 2000;

impl FieldWord for Text {
    const WORD: &'static str = "text";
    const JSON: JsonShape = JsonShape::Text;

    fn parse(options: &Table<'_, '_>) -> Option<Text> {
        let lines = options.get("lines").and_then(|node| {
            node.one_of("lines", &[("one", false), ("many", true)])
        });
        Some(Text {
            max: max_option(options, CHARS_MAX, 100_000),
            is_long: lines.unwrap_or(true),
        })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Text(single(raw)?.to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Text(text) = value else {
            return Err(wrong_type());
        };
        checked(&text, self.max).map(Value::Text)
    }
}

/// A clean text of at most so many characters.
pub(super) fn checked(text: &str, max: usize) -> Result<String, Trouble> {
    let text = clean_text(text)?;
    match text.chars().count() > max {
        true => Err(Trouble::new("fault-too-long").with("max", max)),
        false => Ok(text),
    }
}
