//! Photographs, sent beforehand.

use super::{
    FieldWord, JsonShape, Table, Trouble, Value, few_files, files, max_option,
};

/// Photographs, sent beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photos {
    pub max: usize,
}

impl FieldWord for Photos {
    const WORD: &'static str = "photos";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(options: &Table<'_, '_>) -> Option<Photos> {
        Some(Photos {
            max: max_option(options, 6, 20),
        })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        files(raw)
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        few_files(value, self.max)
    }
}
