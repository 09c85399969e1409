//! The independent model: what must be true of every case, worked out anew from the entries of
//! its history, the files of the kinds and the lists of the town.
//!
//! It calls nothing of what it judges: no `decide`, no clock, no calendar of the product. It is
//! slow and simple on purpose. One more thing that must be true: a field of [`Case`], its line in
//! the file that follows it, and a comparison in `compare.rs`.

mod calls;
mod clocks;
mod compare;
mod effects;
pub mod hours;
mod map;
mod promises;
mod rights;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use huiyin_domain::case::{CallRole, CallState, Owner, Values};
use huiyin_domain::id::{CaseId, PersonId, PostId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use huiyin_store::entries::Entry;
use jiff::Timestamp;

use super::finding::{Fault, Rule};
use hours::Way;
use map::Map;
use rules::{Book, Rules};

pub use compare::compare;
pub use rights::{may_call_back, may_read, may_unseal};

/// The clock of a case, as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub name: String,
    pub started_at: Timestamp,
    pub due_at: Timestamp,
    pub round: u32,
    pub way: Way,
    pub whole: Duration,
    pub warned: usize,
    pub wake_at: Timestamp,
    pub paused: Option<Pause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    pub since: Timestamp,
    pub until: Timestamp,
    pub why: String,
    pub left: Duration,
}

/// What is left of a clock that goes on later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub left: Duration,
    pub whole: Duration,
    pub way: Way,
}

/// What was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub started_at: Timestamp,
    pub limit: hours::Limit,
    pub first: Timestamp,
    pub due_at: Timestamp,
    pub met_at: Option<Timestamp>,
    pub left: Option<Duration>,
}

/// A unit that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub role: CallRole,
    pub state: CallState,
    pub due_at: Option<Timestamp>,
    pub late_at: Option<Timestamp>,
    pub rating: Option<u8>,
}

impl Call {
    pub fn is_awaited(&self) -> bool {
        matches!(
            self.state,
            CallState::Waiting | CallState::Coming | CallState::Insisted
        )
    }

    pub fn is_late(&self, now: Timestamp) -> bool {
        self.is_awaited() && self.due_at.is_some_and(|due| due <= now)
    }
}

/// A case, as it must be.
#[derive(Debug, Clone)]
pub struct Case {
    pub id: CaseId,
    pub kind: String,
    pub stage: String,
    pub version: i64,
    pub place: PlaceCode,
    pub item: Option<ItemCode>,
    pub urgent: bool,
    pub owner: Owner,
    pub previous: Option<Owner>,
    pub opened_unit: Option<UnitId>,
    pub opened_role: Option<Role>,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub clock: Option<Clock>,
    pub kept: BTreeMap<String, Kept>,
    pub paused_for: BTreeSet<String>,
    pub extended_for: BTreeSet<String>,
    pub promises: BTreeMap<String, Promise>,
    pub calls: BTreeMap<UnitId, Call>,
    pub counts: BTreeMap<String, u32>,
    pub values: Values,
    pub merged_into: Option<CaseId>,
    /// What the public may see of it; none while it sees nothing.
    pub shown: Option<Values>,
    /// The step that those who follow it must take now.
    pub tells_followers: Option<String>,
}

/// Whoever took a step, as the entry tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Doer {
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    pub role: Option<Role>,
    pub person: Option<PersonId>,
}

/// What an entry says happened, beside the case it happened to.
pub struct Happened<'a> {
    pub entry: &'a Entry,
    pub handed: &'a Values,
    pub doer: Doer,
    pub now: Timestamp,
}

/// What the model knows of the world.
pub struct Model {
    pub book: Book,
    pub map: Map,
    /// The kind as which each case was brought in.
    pub opened: BTreeMap<CaseId, String>,
}

impl Model {
    pub fn new(town: &crate::town::Town) -> Model {
        Model {
            book: Book::builtin(),
            map: Map::new(town),
            opened: BTreeMap::new(),
        }
    }

    pub fn rules(&self, case: &Case) -> &Rules {
        self.book.of(&case.kind)
    }

    /// The case after one more entry; the faults are what may not have happened.
    pub fn follow(
        &self,
        before: Option<&Case>,
        entry: &Entry,
        now: Timestamp,
    ) -> Result<Case, Fault> {
        let text = entry.text.as_deref().unwrap_or("{}");
        let handed: Values = serde_json::from_str(text)
            .map_err(|fault| Fault::new(Rule::History, format!("an entry's text: {fault}")))?;
        let happened = Happened {
            entry,
            handed: &handed,
            doer: self.map.doer(entry),
            now,
        };
        self.in_order(before, &happened)?;
        if let Some(before) = before {
            self.was_allowed(before, &happened)?;
        }
        effects::apply(self, before, &happened)
    }

    /// Numbered without gaps, at the instant at which it happened, from where the case stood.
    fn in_order(&self, before: Option<&Case>, happened: &Happened<'_>) -> Result<(), Fault> {
        let entry = happened.entry;
        let (version, stage) = before.map_or((0, None), |case| (case.version, Some(&case.stage)));
        let fault = if entry.number != version + 1 {
            format!("entry {} follows entry {version}", entry.number)
        } else if entry.at != happened.now {
            format!(
                "entry {} was written at {} and says {}",
                entry.number, happened.now, entry.at
            )
        } else if entry.from.as_ref() != stage {
            format!(
                "entry {} begins at {:?}, the case stood at {stage:?}",
                entry.number, entry.from
            )
        } else {
            return Ok(());
        };
        Err(Fault::new(Rule::History, fault))
    }
}
