//! Activities: what people sign up for, who sits and who waits, what they are asked.

mod question;
mod seating;

use serde::{Deserialize, Serialize};

use crate::worded::worded;

pub use question::{Answer, AnswerFault, Answers, Question, Sort, read_answers};
pub use seating::{Chair, Moving, offered_to, place_for};

worded! {
    /// Where somebody stands with an activity.
    SignUpState {
        Seated = "seated",
        /// A seat is kept for them until they confirm or let it pass.
        Offered = "offered",
        Waiting = "waiting",
        Left = "left",
    }
}

impl SignUpState {
    /// Whether they have, or are offered, a seat.
    pub fn sits(self) -> bool {
        matches!(self, SignUpState::Seated | SignUpState::Offered)
    }
}

worded! {
    /// Whether a seat that has become free goes to the next at once, or is offered first.
    Handover {
        AtOnce = "at-once",
        Offered = "offered",
    }
}

/// What everybody may know of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub text: String,
    /// Where, when it is in no venue.
    pub address: String,
    pub questions: Vec<Question>,
    pub handover: Handover,
    /// How many one seat is for: more than one when teams sign up.
    pub team_max: i64,
}

impl About {
    /// Whether teams sign up, and not single people.
    pub fn is_for_teams(&self) -> bool {
        self.team_max > 1
    }
}

#[cfg(test)]
mod tests;
