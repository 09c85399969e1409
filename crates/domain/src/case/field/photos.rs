//! Photographs, sent beforehand.

use super::{
    FieldWord, JsonShape, Table, Trouble, Value, few_and_different, max_option, wrong_type,
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
        let read = raw.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let read = read.map(str::parse).collect::<Result<_, _>>();
        read.map(Value::Files).map_err(|_| Trouble::new("fault-not-file"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Files(things) = &value else {
            return Err(wrong_type());
        };
        few_and_different(things, self.max).map(|()| value)
    }
}
