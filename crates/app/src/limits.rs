//! How often somebody may try: token buckets, one for each purpose and key. They lie in memory; what
//! can be guessed is counted in the database, too, so that several processes count together. Of
//! all else they tell each other every two seconds ([`share`]), and only of those who have used up
//! half of what they may: whoever asks every process gets that half in each, and then no more than
//! from one.
//!
//! A key is the peer's address (IPv6 by its /64, because a household has a whole one) or
//! the thing tried (a contact, a login). Memory is bounded: under a flood of keys those
//! that waited longest are forgotten first. One more purpose: a variant and its line in
//! [`Purpose::allowance`].

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    buckets: Mutex<Buckets>,
}

/// By the hash of a purpose and a key.
#[derive(Default)]
struct Buckets {
    /// The instant (µs) at which the bucket is full again.
    full_at: HashMap<u64, i64>,
    /// Those that other processes are told of.
    shared: HashMap<u64, Shared>,
}

/// A bucket that is counted together with those of other processes.
#[derive(Debug, Clone, Copy)]
struct Shared {
    tried: i64,
    allowance: Allowance,
    /// Tries that they were not told of yet.
    untold: i64,
}

const KEYS_MAX: usize = 100_000;

impl Limits {
    pub fn new(strictness: Strictness) -> Self {
        Self {
            strictness,
            keys_max: KEYS_MAX,
            hasher: RandomState::new(),
            buckets: Mutex::default(),
        }
    }

    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut buckets = self.buckets();
        let full_at = &mut buckets.full_at;
        if full_at.len() >= self.keys_max && !full_at.contains_key(&hash) {
            forget(full_at, now_us);
        }
        let next = full_at.get(&hash).copied().unwrap_or(now_us).max(now_us) + every_us;
        let over_us = next - now_us - burst * every_us;
        if over_us > 0 {
            return Err(too_many(over_us.div_euclid(1_000_000)));
        }
        full_at.insert(hash, next);
        if !purpose.can_be_guessed() {
            let used = (next - now_us).div_euclid(every_us);
            let is_half = used * 2 >= burst;
            buckets.note((hash, used), is_half, || key.tried(purpose), self.keys_max);
        }
        Ok(())
    }

    fn forgive(&self, purpose: Purpose, key: Key<'_>) {
        let hash = self.hasher.hash_one((purpose, key));
        self.buckets().full_at.remove(&hash);
    }

    /// What is shared; buckets that are full again are not any more.
    fn to_share(&self, now: Timestamp) -> Vec<(u64, Shared)> {
        let (mut buckets, now_us) = (self.buckets(), now.as_microsecond());
        let Buckets { full_at, shared } = &mut *buckets;
        shared.retain(|hash, _| full_at.get(hash).is_some_and(|at| *at > now_us));
        shared
            .iter()
            .map(|(hash, shared)| (*hash, *shared))
            .collect()
    }

    /// All processes together have used a bucket so far, in which what was told of here is counted.
    fn learn(&self, (hash, told): (u64, i64), all_full_at: Timestamp) {
        let mut buckets = self.buckets();
        if let Some(shared) = buckets.shared.get_mut(&hash) {
            shared.untold -= told;
        }
        if let Some(at) = buckets.full_at.get_mut(&hash) {
            *at = (*at).max(all_full_at.as_microsecond());
        }
    }
}

impl Buckets {
    /// One try was taken. From half of them on it is shared, with all that were taken before.
    fn note(
        &mut self,
        (hash, used): (u64, i64),
        is_half: bool,
        tried: impl FnOnce() -> (i64, Allowance),
        keys_max: usize,
    ) {
        if let Some(shared) = self.shared.get_mut(&hash) {
            shared.untold += 1;
        } else if is_half && self.shared.len() < keys_max {
            let (tried, allowance) = tried();
            let shared = Shared {
                tried,
                allowance,
                untold: used,
            };
            self.shared.insert(hash, shared);
        }
    }
}

/// Tells other processes of the same house who asks often here, and learns of it from them.
pub async fn share(app: &App) -> Result<(), Error> {
    let now = app.now();
    let told = app.limits.to_share(now);
    if told.is_empty() {
        return Ok(());
    }
    let telling = told.clone();
    let add = move |tx: &mut Tx<'_>| -> Result<Vec<Timestamp>, DbError> {
        let add =
            |(_, one): &(u64, Shared)| tries::add(tx, one.tried, (one.allowance, one.untold), now);
        telling.iter().map(add).collect()
    };
    let all = app.store.write(0, add).await.map_err(Error::from)?;
    for ((hash, one), full_at) in told.into_iter().zip(all) {
        app.limits.learn((hash, one.untold), full_at);
    }
    Ok(())
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
#[path = "limits_tests.rs"]
mod tests;
