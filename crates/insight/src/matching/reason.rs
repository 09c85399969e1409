//! Why somebody is proposed, as data: words make a sentence of it in every language.

use serde::{Deserialize, Serialize};

use super::model::{DayPart, Ring, Slot};

/// One thing that speaks for a pairing, or against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// Has a skill that is wanted, by its code.
    Skill {
        skill: String,
    },
    /// Lacks one.
    SkillMissing {
        skill: String,
    },
    /// Both are in one place of this level: a word of [`Ring`].
    Near {
        ring: String,
    },
    /// So far from each other.
    Far {
        metres: u32,
    },
    /// Free on this day of the week (Monday is 1) at this part of it.
    Free {
        day: u8,
        part: String,
    },
    /// Has not said when they are free.
    FreeTimeUnknown,
    /// Speaks the language that is wanted.
    Speaks {
        language: String,
    },
    LanguageUnknown,
    /// Was there before and is asked for.
    SameHelper,
    /// It has waited for so many days.
    Waited {
        days: u32,
    },
    Urgent,
    /// Has so many cases in hand.
    Holds {
        cases: u32,
    },
    /// Has so many proposals to answer.
    Asked {
        proposals: u32,
    },
    /// Has not come to this household so often.
    Missed {
        times: u32,
    },
    /// It is something they would rather not do.
    RatherNot {
        about: String,
    },
    /// Staff proposed them by hand.
    ByHand,
}

impl Reason {
    /// The word of the variant, for keys of words.
    pub fn word(&self) -> &'static str {
        match self {
            Reason::Skill { .. } => "skill",
            Reason::SkillMissing { .. } => "skill-missing",
            Reason::Near { .. } => "near",
            Reason::Far { .. } => "far",
            Reason::Free { .. } => "free",
            Reason::FreeTimeUnknown => "free-time-unknown",
            Reason::Speaks { .. } => "speaks",
            Reason::LanguageUnknown => "language-unknown",
            Reason::SameHelper => "same-helper",
            Reason::Waited { .. } => "waited",
            Reason::Urgent => "urgent",
            Reason::Holds { .. } => "holds",
            Reason::Asked { .. } => "asked",
            Reason::Missed { .. } => "missed",
            Reason::RatherNot { .. } => "rather-not",
            Reason::ByHand => "by-hand",
        }
    }

    /// Whether it says something of the helper that only they themselves and those who look
    /// after the case may read.
    pub fn speaks_against(&self) -> bool {
        matches!(
            self,
            Reason::SkillMissing { .. }
                | Reason::FreeTimeUnknown
                | Reason::LanguageUnknown
                | Reason::Holds { .. }
                | Reason::Asked { .. }
                | Reason::Missed { .. }
                | Reason::RatherNot { .. }
        )
    }
}

/// A reason before it has its words: small, so that millions of pairings can be priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Skill(u32),
    SkillMissing(u32),
    Near(Ring),
    Far { metres: u32 },
    Free(Slot),
    FreeTimeUnknown,
    Speaks(u32),
    LanguageUnknown,
    SameHelper,
    Holds(u32),
    Asked(u32),
    Missed(u32),
    RatherNot(u32),
}

impl Part {
    /// The reason with its words.
    pub fn reason(self, word: impl Fn(u32) -> String) -> Reason {
        match self {
            Part::Skill(skill) => Reason::Skill { skill: word(skill) },
            Part::SkillMissing(skill) => Reason::SkillMissing { skill: word(skill) },
            Part::Near(ring) => Reason::Near {
                ring: ring.word().to_owned(),
            },
            Part::Far { metres } => Reason::Far { metres },
            Part::Free(Slot { day, part }) => Reason::Free {
                day,
                part: DayPart::word(part).to_owned(),
            },
            Part::FreeTimeUnknown => Reason::FreeTimeUnknown,
            Part::Speaks(language) => Reason::Speaks {
                language: word(language),
            },
            Part::LanguageUnknown => Reason::LanguageUnknown,
            Part::SameHelper => Reason::SameHelper,
            Part::Holds(cases) => Reason::Holds { cases },
            Part::Asked(proposals) => Reason::Asked { proposals },
            Part::Missed(times) => Reason::Missed { times },
            Part::RatherNot(about) => Reason::RatherNot { about: word(about) },
        }
    }
}
