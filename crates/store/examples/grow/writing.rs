//! Sixty-four who write and wait, as requests do; and the same statements without anything around
//! them, in one transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use huiyin_domain::id::CaseId;
use huiyin_store::{DbError, Store, Tx};
use jiff::SignedDuration;
use tokio::runtime::Runtime;

use crate::world::{self, Step, World};
use crate::{Bench, Fault, percentiles, row};

const WAITING: usize = 64;

/// What is written again and again: under which key, and how.
trait Deed: Copy + Send + Sync + 'static {
    fn key(self, turn: u64) -> CaseId;
    fn write(self, tx: &mut Tx<'_>, turn: u64) -> Result<(), DbError>;
}

#[derive(Clone, Copy)]
struct Create(World);

#[derive(Clone, Copy)]
struct Take(World, fn(World, u64) -> CaseId);

impl Deed for Create {
    fn key(self, turn: u64) -> CaseId {
        self.0.id(self.0.next() + turn)
    }

    fn write(self, tx: &mut Tx<'_>, turn: u64) -> Result<(), DbError> {
        self.0.open(tx, self.0.next() + turn, true)
    }
}

impl Deed for Take {
    fn key(self, turn: u64) -> CaseId {
        let Take(world, draw) = self;
        draw(world, turn)
    }

    fn write(self, tx: &mut Tx<'_>, turn: u64) -> Result<(), DbError> {
        let step = Step {
            case: self.key(turn),
            at: self.0.at(self.0.next()) + SignedDuration::from_micros(turn.cast_signed()),
            closes: false,
            tells: true,
        };
        world::take(tx, step)
    }
}

impl Bench<'_> {
    pub fn writes(&self) -> Result<(), Fault> {
        let world = self.world;
        self.write("create, 64 waiting", Create(world))?;
        let of_a_day = Take(world, World::of_a_day);
        let waiting = self.write("step on a case of the day, 64 waiting", of_a_day)?;
        let bare = self.bare("the same steps in one transaction", of_a_day)?;
        let share = 100.0 * waiting / bare;
        row("64 waiting of one transaction", &[format!("{share:.0} %")]);
        let young = Take(world, World::young);
        self.write("step on a case of the last 60 days, 64 waiting", young)?;
        let any = Take(world, World::any);
        self.write("step on any case, 64 waiting", any)?;
        self.bare("the same steps on any case in one transaction", any)
            .map(drop)
    }

    /// How many a second.
    fn write(&self, what: &str, deed: impl Deed) -> Result<f64, Fault> {
        let (started, cpu) = (Instant::now(), processor_us());
        let mut waits = Runtime::new()?.block_on(waits(self.store, deed, started + self.during))?;
        let count = waits.len() as f64;
        let per_second = count / started.elapsed().as_secs_f64();
        let cpu = (processor_us() - cpu) as f64 / count;
        let mut cells = vec![format!("{per_second:.0}/s")];
        cells.extend(percentiles(&mut waits));
        cells.push(format!("{cpu:.0} µs of processor"));
        row(what, &cells);
        Ok(per_second)
    }

    /// How many a second, one after the other, and nothing is durable before the last.
    fn bare(&self, what: &str, deed: impl Deed) -> Result<f64, Fault> {
        let during = self.during;
        let (started, cpu) = (Instant::now(), processor_us());
        let count = self.store.write_blocking(0, move |tx| {
            let (until, mut turn) = (Instant::now() + during, 1 << 40);
            let first = turn;
            while Instant::now() < until {
                deed.write(tx, turn)?;
                turn += 1;
            }
            Ok::<_, DbError>((turn - first) as f64)
        })?;
        let per_second = count / started.elapsed().as_secs_f64();
        let cpu = (processor_us() - cpu) as f64 / count;
        row(
            what,
            &[
                format!("{per_second:.0}/s"),
                format!("{cpu:.0} µs of processor"),
            ],
        );
        Ok(per_second)
    }
}

async fn waits(store: &Store, deed: impl Deed, until: Instant) -> Result<Vec<Duration>, Fault> {
    let next = Arc::new(AtomicU64::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..WAITING {
        let (store, next) = (store.clone(), Arc::clone(&next));
        tasks.spawn(async move {
            let mut waits = Vec::new();
            while Instant::now() < until {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                let asked = Instant::now();
                let written = store.write(deed.key(turn).get(), move |tx| deed.write(tx, turn));
                written.await?;
                waits.push(asked.elapsed());
            }
            Ok::<_, Fault>(waits)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}

/// Processor time of this process so far, in microseconds.
fn processor_us() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let fields: Vec<u64> = after_name
        .split(' ')
        .map(|field| field.parse().unwrap_or_default())
        .collect();
    // utime and stime, in hundredths of a second.
    fields.iter().skip(11).take(2).sum::<u64>() * 10_000
}
