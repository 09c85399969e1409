//! A case as the rules see it: where it stands, who has it, what is known of the matter.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, PersonId, UnitId};
use crate::person::Role;
use crate::place::PlaceCode;
use crate::unit::ItemCode;

use super::kind::{KindHash, Urgency};
use super::timing::{ClockView, Memory, Term};
use super::value::Values;

/// Who is accountable for a case now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    Unit(UnitId),
    Person(PersonId),
}

impl Owner {
    /// The unit, when a unit owns the case.
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Owner::Unit(unit) => Some(unit),
            Owner::Person(_) => None,
        }
    }

    /// The person, when a person owns the case.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Owner::Person(person) => Some(person),
            Owner::Unit(_) => None,
        }
    }
}

/// Why a unit takes part beside the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallRole {
    /// Helps the owner.
    Assisting,
    /// Was whistled for and must report in.
    Summoned,
}

/// How far a called unit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallState {
    /// Has not reported in.
    Waiting,
    /// Is on the way; due when it said.
    Coming,
    /// Is there.
    Present,
    /// Says that it is not the one.
    Objecting,
    /// Objected, and was told to come all the same.
    Insisted,
    /// Has brought its result back.
    Done,
    /// Need not come any more.
    Released,
}

macro_rules! words_of {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in files, the database and word keys.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok($name::$variant),)+ _ => Err(()) }
            }
        }
    };
}

words_of!(CallRole {
    Assisting = "assisting",
    Summoned = "summoned",
});

words_of!(CallState {
    Waiting = "waiting",
    Coming = "coming",
    Present = "present",
    Objecting = "objecting",
    Insisted = "insisted",
    Done = "done",
    Released = "released",
});

impl CallState {
    /// Whether the unit still owes an appearance.
    pub fn is_awaited(self) -> bool {
        matches!(
            self,
            CallState::Waiting | CallState::Coming | CallState::Insisted
        )
    }
}

/// A unit that takes part beside the owner, with its own clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub unit: UnitId,
    pub role: CallRole,
    pub state: CallState,
    /// By when the unit must have reported; none once it has.
    pub due_at: Option<Timestamp>,
    /// When it was noticed that the unit came too late.
    pub late_at: Option<Timestamp>,
    /// One to five, given by whoever called.
    pub rating: Option<u8>,
}

impl Call {
    /// Whether the unit should have been there by now, and this has not been noted yet.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state.is_awaited() && self.due_at.is_some_and(|due| due <= now)
    }
}

/// A case as the rules see it. Nothing here says who brought it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    pub id: CaseId,
    /// The slug of its kind.
    pub kind: String,
    /// The version of its kind under which it goes on.
    pub kind_hash: KindHash,
    pub stage: String,
    /// How many entries its history has.
    pub version: i64,
    pub place: PlaceCode,
    pub item: Option<ItemCode>,
    pub urgent: bool,
    /// Always somebody while the case is open; whoever had it last when closed.
    pub owner: Owner,
    /// Who gets it back when the owner gives it up.
    pub previous_owner: Option<Owner>,
    /// The unit whose staff wrote it down, if staff did.
    pub opened_unit: Option<UnitId>,
    /// In which role they did.
    pub opened_role: Option<Role>,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
    /// Always one while the case is open, none when closed.
    pub clock: Option<ClockView>,
    /// What was promised to whoever brought it in.
    pub terms: Vec<Term>,
    /// What is remembered of its time beside the clock.
    pub memory: Memory,
    /// How often each step was taken.
    pub counts: BTreeMap<String, u32>,
    pub calls: Vec<Call>,
    /// What is known of the matter.
    pub values: Values,
    /// The case that answers for this one too.
    pub merged_into: Option<CaseId>,
}

impl CaseView {
    /// Whether the case bears no delay.
    pub fn urgency(&self) -> Urgency {
        match self.urgent {
            true => Urgency::Urgent,
            false => Urgency::Usual,
        }
    }

    /// How often a step was taken.
    pub fn times(&self, step: &str) -> u32 {
        self.counts.get(step).copied().unwrap_or(0)
    }

    /// What was promised under this name.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.name == name)
    }

    /// The part a unit takes, if it was called.
    pub fn call_of(&self, unit: UnitId) -> Option<&Call> {
        self.calls.iter().find(|call| call.unit == unit)
    }
}
