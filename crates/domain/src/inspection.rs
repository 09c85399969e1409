//! Which answers somebody reads over 质检, and what they ask of each. What a program noticed goes
//! first; of the rest a rule chooses, by a number made from the id, so that nobody can pick.

use serde::{Deserialize, Serialize};

use crate::follow_up::number_of;
use crate::id::CaseId;
use crate::names::Names;

/// One question of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub names: Names,
}

/// The rules of inspections as they hold from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectionRules {
    /// Of a hundred answers, so many.
    pub percent: u32,
    /// Of a hundred in which a program noticed something, so many.
    pub flagged_percent: u32,
    pub questions: Vec<Question>,
}

/// No checklist is longer than this.
const QUESTIONS_MAX: usize = 20;

impl Default for InspectionRules {
    fn default() -> InspectionRules {
        let question = |key: &str, zh, en| Question {
            key: key.to_owned(),
            names: Names::both(zh, en),
        };
        InspectionRules {
            percent: 2,
            flagged_percent: 20,
            questions: vec![
                question("1", "说清楚反映的是什么事", "It names what was asked"),
                question("2", "说清楚做了什么", "It says what was done"),
                question("3", "说清楚什么时候", "It says when"),
                question("4", "说清楚依据或者原因", "It says why, or by what rule"),
                question("5", "说清楚还能找谁", "It says whom to turn to"),
                question("6", "话说得让人听得懂", "It can be understood"),
            ],
        }
    }
}

/// Whether a program noticed something in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    Something,
    Nothing,
}

impl InspectionRules {
    /// Whether the rules can be meant.
    pub fn is_sound(&self) -> bool {
        let count = self.questions.len();
        self.percent <= 100
            && self.flagged_percent <= 100
            && (1..=QUESTIONS_MAX).contains(&count)
            && self.questions.iter().all(|one| !one.names.is_empty())
    }

    /// Whether somebody should read the answer in this entry of a case.
    pub fn chooses(&self, case: CaseId, entry: i64, noticed: Noticed) -> bool {
        let percent = match noticed {
            Noticed::Something => self.flagged_percent.max(self.percent),
            Noticed::Nothing => self.percent,
        };
        number_of(&format!("inspection 1 {entry}"), case) < percent * 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noticed_is_read_more_often_and_the_choice_is_stable() {
        let rules = InspectionRules::default();
        assert!(rules.is_sound());
        let chosen = |noticed| -> Vec<i64> {
            let ids = 1..=10_000;
            ids.filter(|&id| rules.chooses(CaseId::from_raw(id), 4, noticed))
                .collect()
        };
        let (few, more) = (chosen(Noticed::Nothing), chosen(Noticed::Something));
        assert!((150..250).contains(&few.len()), "{}", few.len());
        assert!((1900..2100).contains(&more.len()), "{}", more.len());
        assert!(few.iter().all(|id| more.contains(id)));
        let none = InspectionRules {
            questions: Vec::new(),
            ..rules
        };
        assert!(!none.is_sound());
    }
}
