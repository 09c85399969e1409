//! Several units; deciding looks whether they are among the facts.

use super::{
    FieldWord, JsonShape, Table, Trouble, Value, few_and_different, max_option, wrong_type,
};

/// Several units; deciding looks whether they are among the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    pub max: usize,
}

impl FieldWord for Units {
    const WORD: &'static str = "units";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(options: &Table<'_, '_>) -> Option<Units> {
        Some(Units {
            max: max_option(options, 10, 50),
        })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let read = raw.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let read = read.map(str::parse).collect::<Result<_, _>>();
        read.map(Value::Units).map_err(|_| Trouble::new("fault-not-unit"))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Units(things) = &value else {
            return Err(wrong_type());
        };
        few_and_different(things, self.max).map(|()| value)
    }
}
