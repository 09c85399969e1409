//! Civic posts: what a community wants done for a term, the pledges of those who hold one, and
//! how far residents found the post of use. What is rated is the post, never a person.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::id::{CivicPostId, PledgeId, PledgeReportId, VolunteerId};
use crate::place::PlaceCode;
use crate::worded::worded;

worded! {
    /// How far a post was of use.
    Use {
        Much = "much",
        Partly = "partly",
        Little = "little",
    }
}

worded! {
    /// How it was rated.
    Way {
        Online = "online",
        Meeting = "meeting",
    }
}

/// Fewer voices than this are told to nobody: somebody could be told from them.
pub const VOICES_MIN: i64 = 10;
/// More than this hold no post together.
pub const SEATS_MAX: i64 = 99;

/// A post of a community for a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CivicPost {
    pub id: CivicPostId,
    /// The community.
    pub place: PlaceCode,
    pub title: String,
    /// What is to be done, a line for each.
    pub duties: String,
    /// How many hold it.
    pub seats: i64,
    pub starts_on: Date,
    pub ends_on: Date,
    /// The last day on which residents rate it, once the community has asked them to.
    pub rated_until: Option<Date>,
    /// When it was taken off the list.
    pub closed_at: Option<Timestamp>,
}

impl CivicPost {
    /// Whether somebody can still ask for it.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.closed_at.is_none() && day <= self.ends_on
    }

    /// Whether residents are asked how far it was of use.
    pub fn is_rated_on(&self, day: Date) -> bool {
        self.closed_at.is_none() && self.rated_until.is_some_and(|until| day <= until)
    }
}

/// How a pledge stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PledgeState {
    /// The community has not decided.
    Asked,
    Held {
        at: Timestamp,
    },
    Declined {
        at: Timestamp,
        reason: String,
    },
}

/// What somebody promises to do in a civic post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    pub id: PledgeId,
    pub civic_post: CivicPostId,
    pub volunteer: VolunteerId,
    /// The name of their own choice under which everybody reads it.
    pub shown_as: String,
    pub promise: String,
    pub asked_at: Timestamp,
    pub state: PledgeState,
}

impl Pledge {
    pub fn is_held(&self) -> bool {
        matches!(self.state, PledgeState::Held { .. })
    }
}

/// What was done of a pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PledgeReport {
    #[serde(skip)]
    pub id: PledgeReportId,
    #[serde(skip)]
    pub pledge: PledgeId,
    pub day: Date,
    pub what: String,
}

/// How many said what, by way and word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ratings(pub Vec<(Way, Use, i64)>);

impl Ratings {
    /// How many said this, in whatever way.
    pub fn of(&self, word: Use) -> i64 {
        let same = self.0.iter().filter(|line| line.1 == word);
        same.map(|line| line.2).sum()
    }

    /// How many said anything.
    pub fn voices(&self) -> i64 {
        self.0.iter().map(|line| line.2).sum()
    }

    /// Whether so many have spoken that what they said can be told.
    pub fn can_be_told(&self) -> bool {
        self.voices() >= VOICES_MIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_voices_are_told_to_nobody() {
        let few = Ratings(vec![
            (Way::Online, Use::Much, 4),
            (Way::Meeting, Use::Little, 5),
        ]);
        assert!(!few.can_be_told());
        let more = Ratings(vec![
            (Way::Online, Use::Much, 4),
            (Way::Meeting, Use::Much, 3),
            (Way::Meeting, Use::Little, 3),
        ]);
        assert!(more.can_be_told());
        assert_eq!((more.of(Use::Much), more.of(Use::Partly)), (7, 0));
    }
}
