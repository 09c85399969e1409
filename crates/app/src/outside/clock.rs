//! What time it is.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Tells the instant, in whole microseconds, as the database keeps it.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct LiveClock;

impl Clock for LiveClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the ambient clock is asked"
    )]
    fn now(&self) -> Timestamp {
        whole_microseconds(Timestamp::now())
    }
}

/// A clock that stands still until it is set: for tests and for the town that lives fast.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_microsecond()))
    }

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }

    pub fn advance(&self, by: SignedDuration) {
        let us = i64::try_from(by.as_micros()).expect("tests stay within the age of the world");
        self.0.fetch_add(us, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst))
            .expect("only instants were put in")
    }
}

fn whole_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).expect("an instant cut to microseconds is one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_live_clock_goes_and_is_whole() {
        let once = LiveClock.now();
        assert!(LiveClock.now() >= once);
        assert_eq!(once.subsec_nanosecond() % 1_000, 0);
    }

    #[test]
    fn the_set_clock_stands_until_moved() {
        let noon: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let clock = SetClock::at(noon);
        assert_eq!(clock.now(), clock.now());
        clock.advance(SignedDuration::from_mins(5));
        assert_eq!(clock.now(), noon + SignedDuration::from_mins(5));
        clock.set(noon);
        assert_eq!(clock.now(), noon);
    }
}
