//! What is asked of whoever signs up: a text, a choice, yes or no. Nothing more: an activity
//! needs no dossier of its guests.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a question takes, with what it needs for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    Text,
    Choice(Vec<String>),
    YesNo,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub says: String,
    pub sort: Sort,
}

/// One answer, as it was given.
pub type Answer = String;

/// What somebody answered: number of the question → answer; `team` holds the team's name and
/// `members` how many they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub given: BTreeMap<usize, Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<i64>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerFault {
    Missing,
    TooLong,
    NoSuchChoice,
}

impl Question {
    pub const CHARS_MAX: usize = 200;
    pub const COUNT_MAX: usize = 8;
    const CHOICES_MAX: usize = 12;

    /// Reads a line such as `Vegetarian? | yes-no`, `Size | S, M, L` or `What do you bring?`.
    pub fn read(line: &str) -> Option<Question> {
        let (says, rest) = match line.split_once(['|', '｜']) {
            Some((says, rest)) => (says.trim(), rest.trim()),
            None => (line.trim(), ""),
        };
        let sort = match rest {
            "" | "text" | "文字" => Sort::Text,
            "yes-no" | "是否" => Sort::YesNo,
            list => {
                let choices = list.split([',', '，', '、']).map(str::trim);
                let choices = choices.filter(|choice| !choice.is_empty());
                let choices: Vec<String> = choices.map(str::to_owned).collect();
                if !(2..=Question::CHOICES_MAX).contains(&choices.len()) {
                    return None;
                }
                Sort::Choice(choices)
            }
        };
        let fits = !says.is_empty() && line.chars().count() <= Question::CHARS_MAX;
        fits.then(|| Question {
            says: says.to_owned(),
            sort,
        })
    }

    /// The line that [`Question::read`] reads.
    pub fn line(&self) -> String {
        match &self.sort {
            Sort::Text => self.says.clone(),
            Sort::YesNo => format!("{} | yes-no", self.says),
            Sort::Choice(choices) => format!("{} | {}", self.says, choices.join(", ")),
        }
    }

    fn check(&self, answer: &str) -> Result<(), AnswerFault> {
        match &self.sort {
            _ if answer.is_empty() => Err(AnswerFault::Missing),
            Sort::Text if answer.chars().count() > Question::CHARS_MAX => Err(AnswerFault::TooLong),
            Sort::Text => Ok(()),
            Sort::YesNo if matches!(answer, "yes" | "no") => Ok(()),
            Sort::Choice(choices) if choices.iter().any(|choice| choice == answer) => Ok(()),
            Sort::YesNo | Sort::Choice(_) => Err(AnswerFault::NoSuchChoice),
        }
    }
}

/// The answers to all questions, or what is wrong with which of them.
pub fn read_answers(
    questions: &[Question],
    answer: impl Fn(usize) -> String,
) -> Result<BTreeMap<usize, Answer>, Vec<(usize, AnswerFault)>> {
    let mut given = BTreeMap::new();
    let mut faults = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        let answer = answer(number);
        match question.check(answer.trim()) {
            Ok(()) => drop(given.insert(number, answer.trim().to_owned())),
            Err(fault) => faults.push((number, fault)),
        }
    }
    match faults.is_empty() {
        true => Ok(given),
        false => Err(faults),
    }
}
