//! What the clock of the machine is believed.
//!
//! Deadlines are counted by the machine's clock, and a clock can be set: by a battery that is
//! empty, by hand, by a server of time that is wrong. A house that followed would let every
//! deadline of ten years run out at once, and could not take it back. Beside the clock that can
//! be set the system keeps one that only runs, and the two together tell a jump from time that
//! passes: a small one is followed, a large one is doubted first, and time never goes back.

use std::sync::{Arc, Mutex, PoisonError};

use huiyin_domain::planted::{self, Fault};
use jiff::{SignedDuration, Timestamp};

use super::Clock;

/// A clock that is set by so little is followed at once: servers of time do that every day.
const FOLLOWED: SignedDuration = SignedDuration::from_mins(1);
/// A jump that lasts so long is meant: the machine slept without knowing it.
const DOUBTED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Nobody sleeps longer without somebody looking after the machine.
const FORWARD_MAX: SignedDuration = SignedDuration::from_hours(31 * 24);
/// A clock that was ahead by this at most is waited for, at half the pace.
const BACK_MAX: SignedDuration = SignedDuration::from_hours(24);

/// Tells how long the machine has been running, asleep or awake: nobody can set it.
pub type Running = Arc<dyn Fn() -> SignedDuration + Send + Sync>;

/// The clock of a machine, followed with care.
pub struct SteadyClock {
    wall: Arc<dyn Clock>,
    running: Running,
    belief: Mutex<Belief>,
}

/// The machine's clock and what the house last knew are too far apart to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the clock of this machine says {wall}, and the house was last open at {seen}: set the clock, \
     or say that it is right with --clock-is-right"
)]
pub struct Unbelievable {
    pub wall: Timestamp,
    pub seen: Timestamp,
}

impl SteadyClock {
    /// Begins at what the machine says. `seen` is when the house was last open, if that is known:
    /// time does not go back behind it.
    ///
    /// # Errors
    /// [`Unbelievable`] when the machine is more than a day behind or 31 days ahead of it.
    pub fn begin(
        wall: Arc<dyn Clock>,
        running: Running,
        seen: Option<Timestamp>,
    ) -> Result<SteadyClock, Unbelievable> {
        let shown = Shown {
            wall: wall.now(),
            running: running(),
        };
        let belief = Mutex::new(Belief::begin(shown, seen)?);
        Ok(SteadyClock {
            wall,
            running,
            belief,
        })
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        let mut belief = self.belief.lock().unwrap_or_else(PoisonError::into_inner);
        let (wall, running) = (self.wall.now(), (self.running)());
        let (now, turn) = belief.tell(Shown { wall, running });
        drop(belief);
        match turn {
            None => {}
            Some(Turn::Doubted) => tracing::error!(
                %wall, %now,
                "the clock of the machine was set: the house goes on by its own until this is clear"
            ),
            Some(Turn::Followed) => tracing::warn!(%now, "the clock of the machine is followed"),
        }
        now
    }
}

/// What both clocks show at one instant.
#[derive(Debug, Clone, Copy)]
struct Shown {
    wall: Timestamp,
    running: SignedDuration,
}

impl Shown {
    /// When the machine began to run, if its clock is right.
    fn began(self) -> SignedDuration {
        self.wall.as_duration() - self.running
    }
}

/// What has just changed, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Doubted,
    Followed,
}

#[derive(Debug)]
struct Belief {
    /// When the machine began to run, since 1970, as it is believed.
    began: SignedDuration,
    last: Timestamp,
    last_running: SignedDuration,
    doubt: Option<Doubt>,
}

/// Another beginning than the one that is believed, and how long the machine had run when it was
/// first shown.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    began: SignedDuration,
    since: SignedDuration,
}

impl Belief {
    fn begin(shown: Shown, seen: Option<Timestamp>) -> Result<Belief, Unbelievable> {
        let Shown { wall, running } = shown;
        let at_least = seen.unwrap_or(wall);
        let ahead = wall.duration_since(at_least);
        if ahead > FORWARD_MAX || ahead < -BACK_MAX {
            let seen = at_least;
            return Err(Unbelievable { wall, seen });
        }
        let last = wall.max(at_least);
        let waits = last > wall;
        Ok(Belief {
            began: last.as_duration() - running,
            last,
            last_running: running,
            doubt: waits.then(|| Doubt {
                began: shown.began(),
                since: running - DOUBTED_FOR,
            }),
        })
    }

    fn tell(&mut self, shown: Shown) -> (Timestamp, Option<Turn>) {
        if planted::is(Fault::JumpFollowed) {
            return (shown.wall, None);
        }
        let turn = self.weigh(shown);
        let now = Timestamp::from_duration(self.began + shown.running).unwrap_or(self.last);
        self.last = self.last.max(now);
        self.last_running = shown.running;
        (self.last, turn)
    }

    /// Looks whether what is shown is to be believed.
    fn weigh(&mut self, shown: Shown) -> Option<Turn> {
        let ahead = shown.began() - self.began;
        if ahead.abs() <= FOLLOWED {
            self.began = shown.began();
            return self.doubt.take().map(|_| Turn::Followed);
        }
        let same = |doubt: &Doubt| (doubt.began - shown.began()).abs() <= FOLLOWED;
        let Some(doubt) = self.doubt.filter(same) else {
            self.doubt = Some(Doubt {
                began: shown.began(),
                since: shown.running,
            });
            return Some(Turn::Doubted);
        };
        if shown.running - doubt.since < DOUBTED_FOR {
            return None;
        }
        if ahead > SignedDuration::ZERO && ahead <= FORWARD_MAX {
            self.began = shown.began();
            self.doubt = None;
            return Some(Turn::Followed);
        }
        if ahead < SignedDuration::ZERO && -ahead <= BACK_MAX {
            // Half of what passes is given back until both agree.
            let passed = shown.running - self.last_running;
            self.began -= (passed / 2).min(-ahead);
        }
        None
    }
}

#[cfg(test)]
#[path = "steady_tests.rs"]
mod tests;
