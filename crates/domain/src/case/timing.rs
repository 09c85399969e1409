//! Time as it stands for one case: the one clock that runs or stands, what was left of clocks
//! that will go on, and what was promised to whoever brought the case in.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::Span;

use super::time::Measure;

/// The one clock that runs against the owner, or stands until a recorded instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockView {
    pub name: String,
    pub started_at: Timestamp,
    /// When it runs out. While it stands: when it will, if it goes on at the end of the pause.
    pub due_at: Timestamp,
    /// How often it has run out in a row while the case stayed where it is.
    pub round: u32,
    pub measure: Measure,
    /// All the time that was given; warnings come at parts of it.
    pub whole: Duration,
    /// How many of its warnings have been given, or came too late to be.
    pub warned: u32,
    /// When it next does something by itself: a warning, its end, or the end of its pause.
    pub wake_at: Timestamp,
    pub paused: Option<Pause>,
}

impl ClockView {
    /// A clock in natural time that was started and runs out, and nothing else.
    pub fn plain(name: &str, started_at: Timestamp, due_at: Timestamp) -> ClockView {
        ClockView {
            name: name.to_owned(),
            started_at,
            due_at,
            round: 0,
            measure: Measure::Natural,
            whole: due_at.duration_since(started_at).unsigned_abs(),
            warned: 0,
            wake_at: due_at,
            paused: None,
        }
    }

    /// Whether its time is over.
    pub fn has_run_out(&self, now: Timestamp) -> bool {
        self.paused.is_none() && self.due_at <= now
    }
}

/// A clock that stands: since when, until when, why, and what was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    pub since: Timestamp,
    /// It goes on by itself then.
    pub until: Timestamp,
    /// The word of a reason, a choice of the kind.
    pub why: String,
    /// Exactly what is left afterwards.
    pub left: Duration,
}

/// What is remembered of a clock that goes on where it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    #[serde(with = "micros")]
    pub left: Duration,
    #[serde(with = "micros")]
    pub whole: Duration,
    pub measure: Measure,
}

/// What a case remembers of its time beside the clock that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// What is left of clocks that go on when the case comes back to them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept: BTreeMap<String, Kept>,
    /// For what reasons it was paused.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub paused_for: BTreeSet<String>,
    /// For what reasons it was extended.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub extended_for: BTreeSet<String>,
}

/// What was promised to whoever brought the case in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub name: String,
    pub started_at: Timestamp,
    pub limit: Span,
    /// What was promised first; never rewritten.
    pub first_due_at: Timestamp,
    /// What is promised now. While it stands: if it goes on at the end of the pause.
    pub due_at: Timestamp,
    pub met_at: Option<Timestamp>,
    /// What was left when it began to stand; none while it runs.
    pub left: Option<Duration>,
}

impl Term {
    /// Whether it was not kept in time.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.due_at < self.met_at.unwrap_or(now)
    }
}

/// Durations as whole microseconds.
mod micros {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(super::as_micros(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_micros)
    }
}

/// A duration in whole microseconds, as it is kept.
pub fn as_micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
