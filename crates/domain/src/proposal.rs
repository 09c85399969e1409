//! Proposals: somebody is asked whether they take a case on. Nobody has to say why not, and what
//! they say is counted by reason, never by person.

use jiff::Timestamp;

use crate::worded::worded;

worded! {
    /// Why somebody declines, if they care to say.
    DeclineReason {
        NoTime = "no-time",
        TooFar = "too-far",
        CannotDo = "cannot-do",
        NotThis = "not-this",
        Other = "other",
    }
}

worded! {
    /// Why a proposal ends without an answer.
    LapseReason {
        /// Nobody answered in time.
        Unanswered = "unanswered",
        /// Somebody else took it on.
        Taken = "taken",
        /// The case looks for nobody any more.
        Over = "over",
        /// The volunteer has left.
        Left = "left",
    }
}

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalState {
    /// It waits for an answer.
    Open,
    Accepted {
        at: Timestamp,
    },
    Declined {
        at: Timestamp,
        why: Option<DeclineReason>,
    },
    Lapsed {
        at: Timestamp,
        why: LapseReason,
    },
}

impl ProposalState {
    /// The word for it in the database and in keys.
    pub fn word(self) -> &'static str {
        match self {
            ProposalState::Open => "open",
            ProposalState::Accepted { .. } => "accepted",
            ProposalState::Declined { .. } => "declined",
            ProposalState::Lapsed { .. } => "lapsed",
        }
    }

    /// The state kept in three columns; none when they do not fit together.
    pub fn read(word: &str, why: Option<&str>, at: Option<Timestamp>) -> Option<ProposalState> {
        match (word, at) {
            ("open", None) => Some(ProposalState::Open),
            ("accepted", Some(at)) => Some(ProposalState::Accepted { at }),
            ("declined", Some(at)) => Some(ProposalState::Declined {
                at,
                why: why.map(str::parse).transpose().ok()?,
            }),
            ("lapsed", Some(at)) => Some(ProposalState::Lapsed {
                at,
                why: why?.parse().ok()?,
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_kept_and_nothing_else_is_one() {
        let at = Timestamp::UNIX_EPOCH;
        for (word, why, ended, state) in [
            ("open", None, None, Some(ProposalState::Open)),
            ("open", None, Some(at), None),
            (
                "accepted",
                None,
                Some(at),
                Some(ProposalState::Accepted { at }),
            ),
            ("accepted", None, None, None),
            (
                "declined",
                None,
                Some(at),
                Some(ProposalState::Declined { at, why: None }),
            ),
            (
                "declined",
                Some("too-far"),
                Some(at),
                Some(ProposalState::Declined {
                    at,
                    why: Some(DeclineReason::TooFar),
                }),
            ),
            ("declined", Some("mood"), Some(at), None),
            (
                "lapsed",
                Some("taken"),
                Some(at),
                Some(ProposalState::Lapsed {
                    at,
                    why: LapseReason::Taken,
                }),
            ),
            ("lapsed", None, Some(at), None),
            ("gone", None, Some(at), None),
        ] {
            let read = ProposalState::read(word, why, ended);
            assert_eq!(read, state, "{word} {why:?}");
            assert!(read.is_none_or(|state| state.word() == word));
        }
    }
}
