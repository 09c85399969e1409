//! How often one household may do what could be abused by trying or by flooding.
//!
//! To add a limit: a variant of [`Limited`] with its allowance.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::peer::Peer;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limited {
    /// Trying tracking codes.
    Code,
    /// Asking for a one-time code, or trying one.
    SignIn,
    /// Bringing something in without having signed in.
    Open,
    /// Searching as somebody unknown.
    Search,
}

impl Limited {
    /// How many at once, and one more after how many seconds.
    fn allowance(self) -> (i64, i64) {
        match self {
            Limited::Code => (10, 30),
            Limited::SignIn => (8, 60),
            Limited::Open => (20, 15),
            Limited::Search => (120, 1),
        }
    }
}

/// Too often; again after so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooOften {
    pub retry_after_s: u32,
}

/// What each household has used up, as the instant when it will all be forgotten.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(Limited, Peer), i64>>);

/// Above this many entries those that have been forgotten anyway are thrown out.
const ENTRIES_KEPT: usize = 50_000;

impl Limits {
    /// Counts one; refuses when the allowance is used up.
    pub fn count(&self, what: Limited, peer: Peer, now: Timestamp) -> Result<(), TooOften> {
        let (burst, every_s) = what.allowance();
        let now_ms = now.as_millisecond();
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() > ENTRIES_KEPT {
            used.retain(|_, forgotten_ms| *forgotten_ms > now_ms);
        }
        let forgotten_ms = used.entry((what, peer)).or_insert(now_ms);
        let after_ms = (*forgotten_ms).max(now_ms) + every_s * 1000;
        let over_ms = after_ms - now_ms - burst * every_s * 1000;
        if over_ms > 0 {
            let retry_after_s = u32::try_from(over_ms.div_euclid(1000) + 1).unwrap_or(u32::MAX);
            return Err(TooOften { retry_after_s });
        }
        *forgotten_ms = after_ms;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;

    fn peer(address: &str) -> Peer {
        let socket = format!("{address}:1").parse().unwrap();
        Peer::of(Some(socket), &HeaderMap::new(), &[])
    }

    #[test]
    fn ten_codes_at_once_then_one_every_half_minute() {
        let limits = Limits::default();
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let at = |s: i64| Timestamp::from_second(start.as_second() + s).unwrap();
        let (one, two) = (peer("203.0.113.1"), peer("203.0.113.2"));
        for _ in 0..10 {
            assert_eq!(limits.count(Limited::Code, one, at(0)), Ok(()));
        }
        let refused = limits.count(Limited::Code, one, at(0));
        assert_eq!(refused, Err(TooOften { retry_after_s: 31 }));
        assert_eq!(limits.count(Limited::Code, two, at(0)), Ok(()));
        assert_eq!(limits.count(Limited::SignIn, one, at(0)), Ok(()));
        assert_eq!(limits.count(Limited::Code, one, at(30)), Ok(()));
        assert!(limits.count(Limited::Code, one, at(30)).is_err());
    }
}
