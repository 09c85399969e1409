//! How often somebody may try: token buckets, one for each purpose and key. They lie in memory; what
//! can be guessed is counted in the database, too, so that several processes count together.
//!
//! A key is the peer's address (IPv6 by its /64, because a household has a whole one) or
//! the thing tried (a contact, a login). Memory is bounded: under a flood of keys those
//! that waited longest are forgotten first. One more purpose: a variant and its line in
//! [`Purpose::allowance`].

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use huiyin_store::tries::{self, Allowance};
use huiyin_store::{DbError, Tx};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::error::Refusal;
use crate::{App, Error};

/// The address somebody comes from, as far as limits are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Peer(IpAddr);

impl Peer {
    pub fn new(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let network = u128::from(v6) >> 64 << 64;
                Self(IpAddr::V6(network.into()))
            }
            v4 => Self(v4),
        }
    }
}

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Sign in with a password, or prove a second factor.
    SignIn,
    /// Have a one-time code sent.
    AskCode,
    /// Enter a one-time code.
    EnterCode,
    /// Open a case by its tracking code, or an invite by its link.
    OpenByCode,
    /// Bring something in.
    OpenCase,
    /// Send a file.
    Upload,
    /// Look for a place or through what is public.
    Search,
}

impl Purpose {
    /// Whether whoever may try often enough gets in: tries are counted for all processes at once.
    fn can_be_guessed(self) -> bool {
        match self {
            Self::SignIn | Self::AskCode | Self::EnterCode => true,
            // Sixteen digits and long links are not guessed; the others keep a process from harm.
            Self::OpenByCode | Self::OpenCase | Self::Upload | Self::Search => false,
        }
    }

    /// How many at once, and the seconds after which one more is allowed:
    /// for a peer (behind which a whole office may sit), and for a thing tried.
    fn allowance(self, key: &Key<'_>) -> (i64, i64) {
        let is_peer = matches!(key, Key::Peer(_));
        match self {
            Self::SignIn if is_peer => (30, 4),
            Self::SignIn => (10, 60),
            Self::AskCode if is_peer => (10, 60),
            Self::AskCode => (3, 300),
            Self::EnterCode if is_peer => (30, 10),
            Self::EnterCode => (10, 60),
            Self::OpenByCode => (30, 5),
            Self::OpenCase => (30, 6),
            Self::Upload => (60, 2),
            Self::Search => (120, 1),
        }
    }
}

/// Whose tries are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key<'a> {
    Peer(Peer),
    /// A contact, a login: whatever is tried from many places.
    Thing(&'a str),
}

impl Key<'_> {
    /// A number for the two of them, the same in every process, and how often it may be tried.
    fn tried(&self, purpose: Purpose) -> (i64, Allowance) {
        let sum = Sha256::digest(format!("{purpose:?} {self:?}"));
        let (first, _) = sum.split_first_chunk().expect("a sum has 32 bytes");
        let (burst, every_s) = purpose.allowance(self);
        let every = SignedDuration::from_secs(every_s);
        (i64::from_le_bytes(*first), Allowance { burst, every })
    }
}

impl App {
    /// Takes one try of each of these, or refuses and says after how many seconds there will be
    /// one.
    pub(crate) async fn try_once(&self, purpose: Purpose, keys: &[Key<'_>]) -> Result<(), Error> {
        let now = self.now();
        for key in keys {
            self.limits.take(purpose, *key, now)?;
        }
        if !purpose.can_be_guessed() || self.limits.strictness == Strictness::Off {
            return Ok(());
        }
        let tried: Vec<_> = keys.iter().map(|key| key.tried(purpose)).collect();
        let first = tried.first().map_or(0, |(tried, _)| *tried);
        let take = move |tx: &mut Tx<'_>| -> Result<Option<SignedDuration>, DbError> {
            for (tried, allowance) in &tried {
                let wait = tries::take(tx, *tried, *allowance, now)?;
                if wait.is_some() {
                    return Ok(wait);
                }
            }
            Ok(None)
        };
        match self.store.write_aside(first, take).await? {
            None => Ok(()),
            Some(wait) => Err(too_many(wait.as_secs()).into()),
        }
    }

    /// Gives all tries back in the transaction of somebody who has proved who they are.
    pub(crate) fn forgive(
        &self,
        tx: &mut Tx<'_>,
        purpose: Purpose,
        key: Key<'_>,
    ) -> Result<(), DbError> {
        self.limits.forgive(purpose, key);
        tries::forgive(tx, key.tried(purpose).0)
    }
}

fn too_many(seconds: i64) -> Refusal {
    let retry_after_s = u32::try_from(seconds + 1).unwrap_or(u32::MAX);
    Refusal::TooMany { retry_after_s }
}

/// Whether limits hold. They are off where one machine plays all the people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    #[default]
    Kept,
    Off,
}

/// All buckets.
pub struct Limits {
    strictness: Strictness,
    keys_max: usize,
    hasher: RandomState,
    /// Hashed purpose and key → the instant (µs) at which the bucket is full again.
    full_at: Mutex<HashMap<u64, i64>>,
}

const KEYS_MAX: usize = 100_000;

impl Limits {
    pub fn new(strictness: Strictness) -> Self {
        Self {
            strictness,
            keys_max: KEYS_MAX,
            hasher: RandomState::new(),
            full_at: Mutex::default(),
        }
    }

    /// Takes one try, or says after how many seconds there will be one.
    pub fn take(&self, purpose: Purpose, key: Key<'_>, now: Timestamp) -> Result<(), Refusal> {
        if self.strictness == Strictness::Off {
            return Ok(());
        }
        let (burst, every_s) = purpose.allowance(&key);
        let now_us = now.as_microsecond();
        let every_us = every_s * 1_000_000;
        let hash = self.hasher.hash_one((purpose, key));
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= self.keys_max && !full_at.contains_key(&hash) {
            forget(&mut full_at, now_us);
        }
        let next = full_at.get(&hash).copied().unwrap_or(now_us).max(now_us) + every_us;
        let over_us = next - now_us - burst * every_us;
        if over_us > 0 {
            return Err(too_many(over_us.div_euclid(1_000_000)));
        }
        full_at.insert(hash, next);
        Ok(())
    }

    fn forgive(&self, purpose: Purpose, key: Key<'_>) {
        let hash = self.hasher.hash_one((purpose, key));
        self.full_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&hash);
    }
}

/// Drops full buckets, and if that frees too little, the fullest quarter of the rest.
fn forget(full_at: &mut HashMap<u64, i64>, now_us: i64) {
    let before = full_at.len();
    full_at.retain(|_, at| *at > now_us);
    if full_at.len() > before / 4 * 3 {
        let mut instants: Vec<i64> = full_at.values().copied().collect();
        let (_, quarter, _) = instants.select_nth_unstable(before / 4);
        let quarter = *quarter;
        full_at.retain(|_, at| *at > quarter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::benches;

    fn peer(text: &str) -> Peer {
        Peer::new(text.parse().unwrap())
    }

    fn tries(limits: &Limits, key: Key<'_>, now: Timestamp) -> usize {
        (0..1_000)
            .take_while(|_| limits.take(Purpose::AskCode, key, now).is_ok())
            .count()
    }

    #[test]
    fn so_many_at_once_then_one_at_a_time() {
        let limits = Limits::new(Strictness::Kept);
        let now = Timestamp::UNIX_EPOCH;
        let key = Key::Thing("+8613912345678");
        assert_eq!(tries(&limits, key, now), 3);
        assert_eq!(
            limits.take(Purpose::AskCode, key, now),
            Err(Refusal::TooMany { retry_after_s: 301 })
        );
        let later = now + SignedDuration::from_secs(300);
        assert_eq!(tries(&limits, key, later), 1);
        let much_later = now + SignedDuration::from_hours(24);
        assert_eq!(tries(&limits, key, much_later), 3);
        limits.forgive(Purpose::AskCode, key);
        assert_eq!(tries(&limits, key, much_later), 3);
    }

    #[tokio::test]
    async fn several_processes_count_what_can_be_guessed_together() {
        for bench in benches() {
            let other = bench.with(bench.app.outside.clone());
            let processes = [&bench.app, &other];
            let key = || Key::Thing("+8613912345678");
            for number in 0..3 {
                let app = processes[number % 2];
                app.try_once(Purpose::AskCode, &[key()]).await.unwrap();
            }
            for app in processes {
                let refused = app.try_once(Purpose::AskCode, &[key()]).await;
                let too_many = matches!(
                    refused,
                    Err(Error::Refused(Refusal::TooMany { retry_after_s: 301 }))
                );
                assert!(too_many, "{refused:?}");
            }
            bench.clock.advance(SignedDuration::from_secs(301));
            let [one, other] = processes;
            other.try_once(Purpose::AskCode, &[key()]).await.unwrap();
            assert!(one.try_once(Purpose::AskCode, &[key()]).await.is_err());
            let inner = other.clone();
            let proved = move |tx: &mut Tx<'_>| inner.forgive(tx, Purpose::AskCode, key());
            other.store.write(0, proved).await.unwrap();
            other.try_once(Purpose::AskCode, &[key()]).await.unwrap();
        }
    }

    #[test]
    fn a_household_is_one_peer_and_another_is_another() {
        let limits = Limits::new(Strictness::Kept);
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(peer("2001:db8:1:2::1"), peer("2001:db8:1:2:ffff::9"));
        assert_ne!(peer("2001:db8:1:2::1"), peer("2001:db8:1:3::1"));
        assert_eq!(peer("::ffff:9.9.9.9"), peer("9.9.9.9"));
        assert_eq!(tries(&limits, Key::Peer(peer("9.9.9.9")), now), 10);
        assert_eq!(tries(&limits, Key::Peer(peer("9.9.9.8")), now), 10);
        assert_eq!(tries(&limits, Key::Thing("9.9.9.9"), now), 3);
        assert!(
            limits
                .take(Purpose::SignIn, Key::Peer(peer("9.9.9.9")), now)
                .is_ok()
        );
        assert_eq!(
            tries(&Limits::new(Strictness::Off), Key::Thing("x"), now),
            1_000
        );
    }

    #[test]
    fn a_flood_of_keys_takes_bounded_memory_and_frees_nobody_who_is_held() {
        let limits = Limits {
            keys_max: 100,
            ..Limits::new(Strictness::Kept)
        };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(tries(&limits, Key::Thing("held"), now), 3);
        for number in 0..1_000 {
            let key = number.to_string();
            limits
                .take(Purpose::AskCode, Key::Thing(&key), now)
                .unwrap();
            assert!(limits.full_at.lock().unwrap().len() <= 100);
        }
        assert_eq!(tries(&limits, Key::Thing("held"), now), 0);
    }
}
