//! Weeks of life in a few seconds: the clock of the town is set from hour to hour, and then
//! goes with the clock of the machine.

use std::sync::atomic::{AtomicI64, Ordering};

use huiyin_app::outside::{Clock, LiveClock};
use huiyin_app::{Error, jobs};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;

use super::Life;
use super::scene::Scene;

/// A clock that is set while history is made, and goes by itself afterwards.
#[derive(Debug, Default)]
pub struct TownClock {
    /// Microseconds since 1970; zero when it goes by itself.
    set_us: AtomicI64,
}

impl TownClock {
    pub fn set(&self, now: Timestamp) {
        self.set_us.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// From now on the clock of the machine counts.
    pub fn release(&self) {
        self.set_us.store(0, Ordering::SeqCst);
    }
}

impl Clock for TownClock {
    fn now(&self) -> Timestamp {
        match self.set_us.load(Ordering::SeqCst) {
            0 => LiveClock.now(),
            us => Timestamp::from_microsecond(us).expect("only instants were put in"),
        }
    }
}

/// How much happens in an hour of the day, as people live it.
const ACTS: [u32; 24] = [
    0, 0, 0, 0, 0, 0, 1, 2, 6, 11, 13, 11, 5, 4, 8, 11, 11, 9, 6, 5, 4, 2, 1, 0,
];

impl Life {
    /// Lives through the days until `until`, with `clock` set from act to act.
    pub async fn lives(
        &mut self,
        clock: &TownClock,
        days: i64,
        until: Timestamp,
    ) -> Result<usize, Error> {
        let zone = self.app.config.time_zone.clone();
        let mut hour = until - SignedDuration::from_hours(24 * days);
        let mut acts = 0;
        self.scenes = Scene::all(&self.app, until);
        while hour < until {
            let next = hour + SignedDuration::from_hours(1);
            let of_day = usize::from(hour.to_zoned(zone.clone()).hour().unsigned_abs());
            let mut minutes: Vec<i64> = (0..ACTS[of_day % 24])
                .map(|_| self.rng.random_range(0..3_600_000))
                .collect();
            minutes.sort_unstable();
            for at in minutes {
                let at = hour + SignedDuration::from_millis(at);
                if at >= until {
                    break;
                }
                clock.set(at);
                self.tick().await?;
                acts += 1;
            }
            self.plays(clock, next.min(until)).await?;
            clock.set(next.min(until));
            jobs::sweep(&self.app).await?;
            if of_day % 6 == 5 {
                jobs::run_due(&self.app).await?;
            }
            hour = next;
        }
        self.scenes.clear();
        Ok(acts)
    }

    /// Plays what the scenes have in store until then.
    async fn plays(&mut self, clock: &TownClock, until: Timestamp) -> Result<(), Error> {
        for scene in &mut self.scenes {
            while let Some(at) = scene.next_at().filter(|at| *at < until) {
                clock.set(at);
                if !scene.plays(&self.app, &self.town).await? {
                    tracing::warn!(%at, "an act of a scene could not be played");
                }
            }
        }
        Ok(())
    }
}
