//! The team of a grid: one linked official, one community worker, one grid worker and helpers,
//! with whoever stands in for them. Teams say who is there for a place; what somebody may do
//! follows from their posts.

use jiff::Timestamp;

use crate::id::{PersonId, PostId, SubstituteId, TeamMemberId};
use crate::person::Role;
use crate::place::{Level, PlaceCode};
use crate::worded::worded;

worded! {
    /// What somebody is in the team of a grid.
    Function {
        LinkedOfficial = "linked-official",
        CommunityWorker = "community-worker",
        GridWorker = "grid-worker",
        BuildingHead = "building-head",
        UnitHead = "unit-head",
        Helper = "helper",
    }
}

worded! {
    /// Who has it after somebody has left.
    LeftTo {
        /// Somebody else in the same function.
        Successor = "successor",
        /// The community itself.
        Community = "community",
        /// Nobody needs to: one of several.
        Nobody = "nobody",
    }
}

impl Function {
    /// Those of which a grid has one each, and lacks something without.
    pub const SINGLE: [Function; 3] = [
        Function::LinkedOfficial,
        Function::CommunityWorker,
        Function::GridWorker,
    ];

    /// Whether a place has no more than one of these at a time.
    pub fn is_single(self) -> bool {
        Function::SINGLE.contains(&self)
    }

    /// The role in which somebody works in this function; none for those who hold no post.
    pub fn role(self) -> Option<Role> {
        match self {
            Function::CommunityWorker => Some(Role::Community),
            Function::GridWorker => Some(Role::GridWorker),
            _ => None,
        }
    }

    /// Whether somebody can be this at a place of that level.
    pub fn is_at(self, level: Level) -> bool {
        match self {
            _ if self.is_single() => matches!(level, Level::Grid | Level::MicroGrid),
            Function::BuildingHead => matches!(level, Level::MicroGrid | Level::Building),
            Function::UnitHead => matches!(level, Level::Building | Level::Door),
            _ => level >= Level::Grid,
        }
    }

    /// Whether a grid may be left without, and nobody says who has it.
    pub fn must_be_kept(self) -> bool {
        self == Function::GridWorker
    }
}

/// What the contact card says of somebody: a name, and a number and hours of their own choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub name: String,
    pub phone: String,
    pub hours: String,
}

/// Somebody in the team of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: TeamMemberId,
    pub place: PlaceCode,
    pub function: Function,
    /// Who it is here; none for somebody without an account.
    pub person: Option<PersonId>,
    /// The post in which they work for the place.
    pub post: Option<PostId>,
    pub shown: Shown,
    /// When they agreed that name and number are shown to everybody.
    pub agreed_at: Option<Timestamp>,
    pub starts_at: Timestamp,
    /// When and to whom they left it.
    pub left: Option<(Timestamp, LeftTo)>,
}

/// Somebody who stands in for a member from one instant to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    pub id: SubstituteId,
    pub member: TeamMemberId,
    pub place: PlaceCode,
    pub person: PersonId,
    /// The post that was given for the span; none when they held one that suffices.
    pub post: Option<PostId>,
    pub shown: Shown,
    pub agreed_at: Option<Timestamp>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Substitute {
    /// Whether they stand in at this instant.
    pub fn is_at(&self, now: Timestamp) -> bool {
        self.starts_at <= now && now < self.ends_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_know_where_they_are_and_what_post_they_need() {
        for &function in Function::ALL {
            assert_eq!(function.word().parse(), Ok(function));
            assert!(!function.is_at(Level::Community), "{function:?}");
            assert_eq!(
                function.role().is_some(),
                matches!(function, Function::CommunityWorker | Function::GridWorker)
            );
        }
        assert!(Function::GridWorker.is_at(Level::Grid));
        assert!(!Function::GridWorker.is_at(Level::Building));
        assert!(Function::UnitHead.is_at(Level::Door));
        assert!(!Function::UnitHead.is_at(Level::Grid));
        assert!(Function::GridWorker.must_be_kept() && !Function::Helper.must_be_kept());
    }
}
