//! Some of the papers of an errand, by their numbers; each is ticked by itself.

use super::{FieldWord, JsonShape, Table, Trouble, Value, few_and_different, wrong_type};

/// More papers than this no errand has.
const PAPERS_MAX: usize = 40;

/// Some of the papers of an errand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers;

impl FieldWord for Papers {
    const WORD: &'static str = "papers";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(_options: &Table<'_, '_>) -> Option<Papers> {
        Some(Papers)
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        self.check(Value::Choices(raw.to_vec()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Choices(numbers) = value else {
            return Err(wrong_type());
        };
        few_and_different(&numbers, PAPERS_MAX)?;
        let is_number = |text: &String| {
            let number = text.parse::<u32>();
            number.is_ok_and(|number| number > 0 && number.to_string() == *text)
        };
        match numbers.iter().all(is_number) {
            true => Ok(Value::Choices(numbers)),
            false => Err(Trouble::new("fault-not-paper")),
        }
    }
}
