//! Partner units: a unit that is paired with a community, what was agreed for the year, and
//! how much of it is done. Progress of one, never a comparison of many.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{DeedId, PartnerId, ResourceId, UnitId};
use crate::place::PlaceCode;
use crate::worded::worded;

worded! {
    /// What a unit does in the community.
    Deed {
        Meeting = "meeting",
        JointDay = "joint-day",
        Service = "service",
        Project = "project",
    }
}

/// What is agreed for a year: a file of the operator may say otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Agreement {
    pub unit: UnitShare,
    pub person: PersonShare,
}

/// What a unit does in a year, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UnitShare {
    pub meeting: u32,
    pub joint_day: u32,
    pub service: u32,
    pub project: u32,
}

/// What a person does in a year, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PersonShare {
    pub services: u32,
}

impl Default for UnitShare {
    fn default() -> UnitShare {
        UnitShare {
            meeting: 1,
            joint_day: 1,
            service: 2,
            project: 1,
        }
    }
}

impl Default for PersonShare {
    fn default() -> PersonShare {
        PersonShare { services: 1 }
    }
}

impl UnitShare {
    /// How often this is agreed for a year.
    pub fn of(self, deed: Deed) -> u32 {
        match deed {
            Deed::Meeting => self.meeting,
            Deed::JointDay => self.joint_day,
            Deed::Service => self.service,
            Deed::Project => self.project,
        }
    }
}

/// How a deed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeedState {
    Reported,
    Confirmed { at: Timestamp },
    Refused { at: Timestamp },
}

/// Something that a unit did in the community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerDeed {
    pub id: DeedId,
    pub partner: PartnerId,
    pub sort: Deed,
    pub day: Date,
    pub what: String,
    pub reported_at: Timestamp,
    pub state: DeedState,
}

/// Something that a unit can lend, give or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub id: ResourceId,
    pub what: String,
}

/// A unit and the community with which it is paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub id: PartnerId,
    pub unit: UnitId,
    pub place: PlaceCode,
    /// Whom to ask: a post and its number, not a private one.
    pub contact: String,
    pub asked_at: Timestamp,
    /// When the community agreed.
    pub agreed_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// How much of what is agreed is done: `deeds` are those confirmed in the year.
pub fn progress(share: UnitShare, deeds: &[Deed]) -> Vec<(Deed, u32, u32)> {
    let done = |sort: Deed| deeds.iter().filter(|&&deed| deed == sort).count();
    let line = |&sort: &Deed| {
        let done = u32::try_from(done(sort)).unwrap_or(u32::MAX);
        (sort, done, share.of(sort))
    };
    Deed::ALL.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_counts_each_sort_against_its_share() {
        let deeds = [Deed::Service, Deed::Meeting, Deed::Service, Deed::Service];
        let lines = progress(UnitShare::default(), &deeds);
        assert_eq!(
            lines,
            [
                (Deed::Meeting, 1, 1),
                (Deed::JointDay, 0, 1),
                (Deed::Service, 3, 2),
                (Deed::Project, 0, 1),
            ]
        );
    }
}
