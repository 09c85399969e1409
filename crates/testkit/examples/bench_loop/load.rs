//! Many at once, each over a connection of its own, one request after the other, for some
//! seconds; and how long each had to wait.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::SmallRng;
use rand::{RngCore, SeedableRng};

use crate::client::{Connection, Fault};

/// One user: what they do with their connection, again and again. Gives back the waits that count.
pub type Turn = Arc<
    dyn for<'u> Fn(&'u mut User) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'u>>
        + Send
        + Sync,
>;

pub struct User {
    pub connection: Connection,
    pub rng: SmallRng,
    waits: Vec<Duration>,
    until: Instant,
}

impl User {
    /// Somebody with a connection of their own, until then.
    pub async fn come(address: SocketAddr, until: Instant) -> Result<User, Fault> {
        Ok(User {
            connection: Connection::open(address).await?,
            rng: SmallRng::from_os_rng(),
            waits: Vec::new(),
            until,
        })
    }

    /// Waits for something that counts.
    pub fn waited(&mut self, since: Instant) {
        self.waits.push(since.elapsed());
    }

    /// 128 bits for a key.
    pub fn key(&mut self) -> String {
        format!("{:016x}{:016x}", self.rng.next_u64(), self.rng.next_u64())
    }
}

/// What was seen.
pub struct Seen {
    waits: Vec<Duration>,
    during: Duration,
}

impl Seen {
    pub fn of(mut waits: Vec<Duration>, during: Duration) -> Seen {
        waits.sort_unstable();
        Seen { waits, during }
    }

    /// What half of them, and ninety-nine of a hundred, did not exceed.
    pub fn cells(&self) -> [String; 2] {
        [50, 99].map(|percent| format!("p{percent} {:.1} ms", self.percentile_ms(percent)))
    }

    pub fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.during.as_secs_f64()
    }

    /// The wait that so many in a hundred did not exceed, in milliseconds.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let last = self.waits.len().saturating_sub(1);
        let wait = self.waits.get(last * percent / 100).copied();
        wait.unwrap_or_default().as_secs_f64() * 1000.0
    }
}

/// Lets so many users take turns for so long.
pub async fn run(address: SocketAddr, users: u64, seconds: u64, turn: Turn) -> Result<Seen, Fault> {
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..users {
        let turn = turn.clone();
        let mut user = User::come(address, until).await?;
        tasks.spawn(async move {
            while Instant::now() < user.until {
                turn(&mut user).await?;
            }
            Ok::<_, Fault>(user.waits)
        });
    }
    let mut waits = Vec::new();
    while let Some(done) = tasks.join_next().await {
        waits.extend(done??);
    }
    Ok(Seen::of(waits, started.elapsed()))
}
