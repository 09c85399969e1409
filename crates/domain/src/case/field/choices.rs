//! Any of a few words.

use super::{
    FieldWord, JsonShape, Table, Trouble, Value, choices_option, few_and_different, wrong_type,
};

/// Any of a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub choices: Vec<String>,
}

impl FieldWord for Choices {
    const WORD: &'static str = "choices";
    const JSON: JsonShape = JsonShape::Texts;

    fn parse(options: &Table<'_, '_>) -> Option<Choices> {
        choices_option(options).map(|choices| Choices { choices })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        let words = raw.iter().map(|word| word.trim().to_owned());
        Ok(Value::Choices(words.filter(|word| !word.is_empty()).collect()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        let Value::Choices(words) = value else {
            return Err(wrong_type());
        };
        few_and_different(&words, self.choices.len())?;
        match words.iter().all(|word| self.choices.contains(word)) {
            true => Ok(Value::Choices(words)),
            false => Err(Trouble::new("fault-not-choice")),
        }
    }

    fn words(&self) -> Vec<&str> {
        self.choices.iter().map(String::as_str).collect()
    }
}
