//! Which closed cases are called about 回访. A rule chooses, by a number made from the id of the
//! case: the same case is chosen or not wherever and whenever one asks, and nobody can pick.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::CaseId;

/// A share of its own for one kind, or one outcome of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub kind: String,
    /// Every outcome, when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    pub percent: u32,
}

/// The rules of follow-up calls as they hold from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpRules {
    /// Of a hundred closed cases, so many.
    pub percent: u32,
    /// Of those that nobody judged, so many.
    pub unjudged_percent: u32,
    /// What holds for some kinds and outcomes instead of `percent`.
    pub shares: Vec<Share>,
    /// After so many calls that nobody answered one gives up.
    pub tries_max: i64,
}

impl Default for FollowUpRules {
    fn default() -> FollowUpRules {
        FollowUpRules {
            percent: 10,
            unjudged_percent: 100,
            shares: Vec::new(),
            tries_max: 3,
        }
    }
}

/// Why a case was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has judged the answer.
    Unjudged,
    /// It is one of the share.
    Share,
}

impl Why {
    pub fn word(self) -> &'static str {
        match self {
            Why::Unjudged => "unjudged",
            Why::Share => "share",
        }
    }
}

/// A case that has been closed.
#[derive(Debug, Clone, Copy)]
pub struct Closed<'a> {
    pub case: CaseId,
    pub kind: &'a str,
    pub outcome: &'a str,
    pub is_judged: Judgement,
}

/// Whether the person has judged the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    Given,
    Missing,
}

impl FollowUpRules {
    /// Whether the numbers can be meant.
    pub fn is_sound(&self) -> bool {
        let shares = self.shares.iter().map(|share| share.percent);
        let mut percents = shares.chain([self.percent, self.unjudged_percent]);
        percents.all(|percent| percent <= 100) && (1..=10).contains(&self.tries_max)
    }

    /// Whether, and why, a case is called about.
    pub fn chooses(&self, closed: &Closed<'_>) -> Option<Why> {
        let number = number_of("follow-up 1", closed.case);
        if closed.is_judged == Judgement::Missing && number < self.unjudged_percent * 100 {
            return Some(Why::Unjudged);
        }
        (number < self.share_of(closed) * 100).then_some(Why::Share)
    }

    /// The nearest share: of the outcome, else of the kind, else of all.
    fn share_of(&self, closed: &Closed<'_>) -> u32 {
        let of = |outcome: Option<&str>| {
            let mut shares = self.shares.iter().rev();
            shares.find(|share| share.kind == closed.kind && share.outcome.as_deref() == outcome)
        };
        let share = of(Some(closed.outcome)).or_else(|| of(None));
        share.map_or(self.percent, |share| share.percent)
    }
}

/// A number below ten thousand that only the id makes, another one for each purpose.
pub(crate) fn number_of(purpose: &str, case: CaseId) -> u32 {
    let mut sum = Sha256::new();
    sum.update(b"huiyin ");
    sum.update(purpose.as_bytes());
    sum.update(b"\n");
    sum.update(case.get().to_be_bytes());
    let sum = sum.finalize();
    u32::from_be_bytes([sum[0], sum[1], sum[2], sum[3]]) % 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(case: i64, is_judged: Judgement) -> Closed<'static> {
        Closed {
            case: CaseId::from_raw(case),
            kind: "matter",
            outcome: "explained",
            is_judged,
        }
    }

    fn chosen(rules: &FollowUpRules, is_judged: Judgement) -> Vec<i64> {
        let ids = 1..=10_000;
        ids.filter(|&id| rules.chooses(&closed(id, is_judged)).is_some())
            .collect()
    }

    #[test]
    fn the_share_is_met_and_the_choice_is_stable() {
        let rules = FollowUpRules::default();
        let tenth = chosen(&rules, Judgement::Given);
        assert!((900..1100).contains(&tenth.len()), "{}", tenth.len());
        let more = FollowUpRules {
            percent: 20,
            ..rules.clone()
        };
        let fifth = chosen(&more, Judgement::Given);
        assert!(
            tenth.iter().all(|id| fifth.contains(id)),
            "more, never others"
        );
        assert_eq!(chosen(&rules, Judgement::Missing).len(), 10_000);
        let why = rules.chooses(&closed(1, Judgement::Missing));
        assert_eq!(why, Some(Why::Unjudged));
    }

    #[test]
    fn the_nearest_share_holds() {
        let share = |outcome: Option<&str>, percent| Share {
            kind: "matter".to_owned(),
            outcome: outcome.map(str::to_owned),
            percent,
        };
        let mut rules = FollowUpRules {
            percent: 0,
            unjudged_percent: 0,
            ..FollowUpRules::default()
        };
        assert!(chosen(&rules, Judgement::Missing).is_empty());
        rules.shares.push(share(None, 100));
        assert_eq!(chosen(&rules, Judgement::Given).len(), 10_000);
        rules.shares.push(share(Some("explained"), 0));
        assert!(chosen(&rules, Judgement::Given).is_empty());
        rules.shares = vec![Share {
            kind: "other".to_owned(),
            ..share(None, 100)
        }];
        assert!(chosen(&rules, Judgement::Given).is_empty());
    }

    #[test]
    fn numbers_that_cannot_be_meant_are_not_sound() {
        let usual = FollowUpRules::default();
        assert!(usual.is_sound());
        assert!(
            !FollowUpRules {
                percent: 101,
                ..usual.clone()
            }
            .is_sound()
        );
        assert!(
            !FollowUpRules {
                tries_max: 0,
                ..usual
            }
            .is_sound()
        );
    }
}
