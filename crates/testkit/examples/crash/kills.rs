//! The house or the server of its database is killed.

use std::path::PathBuf;
use std::time::Instant;

use crate::finding::Fault;
use crate::harm::{Harm, Scene};
use crate::postgres::Postgres;

/// A database that was killed stays away for so long.
const AWAY_MS: std::ops::Range<u64> = 200..900;

pub struct HouseKilled(pub PathBuf);

impl Harm for HouseKilled {
    fn site(&self) -> PathBuf {
        self.0.clone()
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let took = scene.kill_and_start()?;
        scene.seen.ready.push(took);
        Ok(())
    }
}

pub struct DatabaseKilled<'p>(pub PathBuf, pub &'p Postgres);

impl Harm for DatabaseKilled<'_> {
    fn site(&self) -> PathBuf {
        self.0.clone()
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        self.1.kill(&mut scene.rng)?;
        scene.pause(AWAY_MS);
        self.1.start()?;
        let since = Instant::now();
        scene.server.wait_until_ready(&scene.http)?;
        scene.seen.ready.push(since.elapsed());
        Ok(())
    }
}
