//! One of a few words.

use super::{FieldWord, Table, Trouble, Value, choices_option, single, wrong_type};

/// One of a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub choices: Vec<String>,
}

impl FieldWord for Choice {
    const WORD: &'static str = "choice";

    fn parse(options: &Table<'_, '_>) -> Option<Choice> {
        choices_option(options).map(|choices| Choice { choices })
    }

    fn read(&self, raw: &[String]) -> Result<Value, Trouble> {
        Ok(Value::Choice(single(raw)?.trim().to_owned()))
    }

    fn check(&self, value: Value) -> Result<Value, Trouble> {
        match value {
            Value::Choice(word) if word.is_empty() || self.choices.contains(&word) => {
                Ok(Value::Choice(word))
            }
            Value::Choice(_) => Err(Trouble::new("fault-not-choice")),
            _ => Err(wrong_type()),
        }
    }

    fn words(&self) -> Vec<&str> {
        self.choices.iter().map(String::as_str).collect()
    }
}
