//! A signature: drawn on the screen, or a photo of the paper that was signed. Whoever signs is
//! named in a field of its own, so that a name stands there also when nobody can draw.

use super::{FieldWord, JsonShape, Table, Trouble, Value, few_files, files};

/// A signature, sent beforehand as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The text field that says who signs.
    pub name: String,
}

impl FieldWord for Signature {
    const WORD: &'static str = "signature";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(options: &Table<'_, '_>) -> Option<Signature> {
        let node = options.need("name", "\"signed_name\"")?;
        let name = node.text("name")?;
        Some(Signature { name })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        files(raw)
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        few_files(value, 1)
    }
}
