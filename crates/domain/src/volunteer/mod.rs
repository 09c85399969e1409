//! Volunteers: what somebody can do, when, how far they go, and what they rather not do.
//!
//! What is offered is offered by a person who may change it any day; nothing here scores or
//! ranks anybody. One more coarse group of those served: a line in [`Whom`] and its word in the
//! words of the pages; one more thing that somebody may rather not do: a line in [`Avoid`].

mod free;
mod skill;

pub use free::{DayPart, FreeDay, FreeParts, FreeWeek};
pub use skill::{BadSkillCode, Skill, SkillCode};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, CertificateId, MarkId, PersonId, ServiceId, UnitId, VolunteerId};
use crate::place::{Level, PlaceCode};
use crate::worded::worded;

worded! {
    /// What somebody may rather not do. A choice, so that nobody has to explain.
    Avoid {
        Stairs = "stairs",
        Heavy = "heavy",
        Alone = "alone",
        Homes = "homes",
        Pets = "pets",
        Hospital = "hospital",
        Night = "night",
        Money = "money",
    }
}

worded! {
    /// In which language somebody can help.
    Speaks {
        Zh = "zh",
        Ug = "ug",
        Kk = "kk",
        Mn = "mn",
        Ky = "ky",
        En = "en",
        Sign = "sign",
    }
}

worded! {
    /// For whom a service was, in terms so coarse that nobody can be told from them.
    Whom {
        Elders = "elders",
        Children = "children",
        Families = "families",
        Neighbours = "neighbours",
        Everybody = "everybody",
    }
}

worded! {
    /// Who confirmed a service.
    Confirmer {
        Community = "community",
        Served = "served",
    }
}

worded! {
    /// What stands on a certificate beside the services.
    MarkSort {
        Training = "training",
        Recognition = "recognition",
    }
}

/// How far somebody goes from the place that they named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Grid,
    Community,
    Street,
    Km(u8),
}

impl Reach {
    /// The word for it in forms and the database: `grid`, `community`, `street`, `km-3`.
    pub fn word(self) -> String {
        match self {
            Reach::Grid => "grid".to_owned(),
            Reach::Community => "community".to_owned(),
            Reach::Street => "street".to_owned(),
            Reach::Km(km) => format!("km-{km}"),
        }
    }

    /// The level of the tree of places within which they stay; none when kilometres say.
    pub fn level(self) -> Option<Level> {
        match self {
            Reach::Grid => Some(Level::Grid),
            Reach::Community => Some(Level::Community),
            Reach::Street => Some(Level::Street),
            Reach::Km(_) => None,
        }
    }
}

impl std::str::FromStr for Reach {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "grid" => Ok(Reach::Grid),
            "community" => Ok(Reach::Community),
            "street" => Ok(Reach::Street),
            _ => match text.strip_prefix("km-").map(str::parse) {
                Some(Ok(km @ 1..=50)) => Ok(Reach::Km(km)),
                _ => Err(()),
            },
        }
    }
}

/// What the community said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided yet.
    Asked,
    Accepted {
        at: Timestamp,
    },
    Declined {
        at: Timestamp,
        reason: String,
    },
}

/// The unit that somebody named as theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub unit: UnitId,
    /// When the unit agreed; until then it is only what the volunteer says.
    pub agreed_at: Option<Timestamp>,
}

/// What somebody offers. All of it can be changed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    /// A community, or a grid of it.
    pub place: PlaceCode,
    pub unit: Option<UnitId>,
    pub skills: Vec<SkillCode>,
    pub free: FreeWeek,
    /// Days that differ from the week, earliest first.
    pub days: Vec<FreeDay>,
    pub reach: Reach,
    pub speaks: Vec<Speaks>,
    pub avoids: Vec<Avoid>,
    pub avoid_note: String,
}

impl Offer {
    /// The community in which it is offered.
    pub fn community(&self) -> Option<PlaceCode> {
        self.place.at(Level::Community)
    }

    /// Whether somebody who offers this is free in this part of this day.
    pub fn is_free(&self, day: Date, part: DayPart) -> bool {
        let other = self.days.iter().find(|other| other.day == day);
        other.map_or_else(
            || self.free.on(day.weekday()).has(part),
            |other| other.parts.has(part),
        )
    }
}

/// Somebody who registered and has not left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    pub id: VolunteerId,
    pub person: PersonId,
    pub offer: Offer,
    pub membership: Option<Membership>,
    pub asked_at: Timestamp,
    pub standing: Standing,
}

/// How a service stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceState {
    /// Reported, and nobody has confirmed it yet.
    Reported,
    Confirmed {
        at: Timestamp,
        by: Confirmer,
    },
    Refused {
        at: Timestamp,
        reason: String,
    },
}

/// One service that a volunteer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub id: ServiceId,
    pub volunteer: VolunteerId,
    /// The community in which it was done.
    pub place: PlaceCode,
    /// The unit for which it counts too.
    pub unit: Option<UnitId>,
    pub day: Date,
    pub what: String,
    pub whom: Whom,
    pub minutes: u32,
    /// The case out of which it came.
    pub case: Option<CaseId>,
    pub reported_at: Timestamp,
    pub state: ServiceState,
}

/// The longest service: a day and a night.
pub const SERVICE_MINUTES_MAX: u32 = 24 * 60;

/// A course that was taken, or a thanks that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub id: MarkId,
    pub volunteer: VolunteerId,
    pub sort: MarkSort,
    pub day: Date,
    pub what: String,
    /// How long a course took; nothing for a thanks.
    pub minutes: u32,
}

/// What a certificate says: as it was on the day on which it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certified {
    pub name: String,
    /// The community for which it was done.
    pub place: PlaceCode,
    pub since: Date,
    pub until: Date,
    pub services: u32,
    pub minutes: u32,
    pub lines: Vec<CertifiedService>,
    pub marks: Vec<CertifiedMark>,
}

/// A service on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedService {
    pub day: Date,
    pub what: String,
    pub whom: Whom,
    pub minutes: u32,
}

/// A course or a thanks on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedMark {
    pub sort: MarkSort,
    pub day: Date,
    pub what: String,
    pub minutes: u32,
}

/// A certificate, as its volunteer and whoever checks its code see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub id: CertificateId,
    pub volunteer: VolunteerId,
    pub code: String,
    pub made_at: Timestamp,
    pub state: CertificateState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateState {
    Valid(Certified),
    /// Its volunteer took it back.
    Revoked {
        at: Timestamp,
    },
}

/// A name with all but its first sign hidden: whoever holds the paper can compare, nobody else
/// learns it.
pub fn veiled_name(name: &str) -> String {
    let mut signs = name.trim().chars();
    match signs.next() {
        Some(first) => format!("{first}{}", "*".repeat(signs.count().clamp(1, 3))),
        None => "*".to_owned(),
    }
}

#[cfg(test)]
mod tests;
