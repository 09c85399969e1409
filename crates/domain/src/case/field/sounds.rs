//! Voice notes, sent beforehand.

use super::{
    FieldWord, JsonShape, Table, Trouble, Value, few_files, files, max_option,
};

/// Voice notes, sent beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds {
    pub max: usize,
}

impl FieldWord for Sounds {
    const WORD: &'static str = "sounds";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(options: &Table<'_, '_>) -> Option<Sounds> {
        Some(Sounds {
            max: max_option(options, 1, 5),
        })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        files(raw)
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        few_files(value, self.max)
    }
}
