//! The machine on which the house stands: its clock may be set to anything, for a moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use huiyin_app::outside::{Clock, SetClock, SteadyClock};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::seq::IndexedRandom;

use super::Game;
use super::finding::{Fault, Rule};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// By so many seconds a clock is set wrong, forward or back.
const JUMPS: &[i64] = &[
    1,
    MINUTE - 1,
    MINUTE + 1,
    60 * MINUTE,
    DAY,
    30 * DAY,
    400 * DAY,
    3_652 * DAY,
];
/// One act in so many falls into such a moment.
const JUMP_ONE_IN: u32 = 6;
/// So far at most may the house be from the truth: by so much it follows at once.
const OFF_MAX: SignedDuration = SignedDuration::from_secs(MINUTE);

pub struct Machine {
    truth: Arc<SetClock>,
    began: Timestamp,
    off_by_s: AtomicI64,
}

impl Machine {
    pub fn at(now: Timestamp) -> Machine {
        Machine {
            truth: Arc::new(SetClock::at(now)),
            began: now,
            off_by_s: AtomicI64::new(0),
        }
    }

    /// The clock by which a house on this machine goes.
    pub fn believed(self: &Arc<Self>) -> Arc<dyn Clock> {
        let machine = Arc::clone(self);
        let running = move || machine.truth.now().duration_since(machine.began);
        let wall: Arc<dyn Clock> = Arc::clone(self) as _;
        let clock = SteadyClock::begin(wall, Arc::new(running), None);
        Arc::new(clock.expect("nothing is known of an earlier time"))
    }

    pub fn passes(&self, time: SignedDuration) {
        self.truth.advance(time);
    }

    fn is_off_by(&self, seconds: i64) {
        self.off_by_s.store(seconds, Ordering::SeqCst);
    }
}

/// What the machine's clock shows.
impl Clock for Machine {
    fn now(&self) -> Timestamp {
        self.truth.now() + SignedDuration::from_secs(self.off_by_s.load(Ordering::SeqCst))
    }
}

impl Game {
    /// Now and then the machine's clock is set wrong; whether it is.
    pub fn clock_jumps(&mut self) -> bool {
        let jumps = self.jumps.random_ratio(1, JUMP_ONE_IN);
        if jumps {
            let seconds = JUMPS.choose(&mut self.jumps).expect("there are jumps");
            let back = self.jumps.random_bool(0.5);
            self.house
                .machine
                .is_off_by(if back { -seconds } else { *seconds });
        }
        jumps
    }

    /// The house does its work by the wrong clock before somebody sets it right.
    pub fn clock_is_set_right(&mut self) -> Result<(), Fault> {
        self.house_works()?;
        self.time_holds()?;
        let before = self.now();
        self.house.machine.is_off_by(0);
        match self.now() >= before {
            true => self.time_holds(),
            false => Err(Fault::new(Rule::Time, "time goes back")),
        }
    }

    fn time_holds(&self) -> Result<(), Fault> {
        let truth = self.house.machine.truth.now();
        let off_by = self.now().duration_since(truth);
        match off_by.abs() <= OFF_MAX {
            true => Ok(()),
            false => {
                let what = format!("the house goes by a clock that is off by {off_by:#}");
                Err(Fault::new(Rule::Time, what))
            }
        }
    }
}
