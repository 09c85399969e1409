//! What running clocks cost: the sweep that looks for those whose time has come, and the pages
//! while it works.
//!
//! Every case has been answered and waits to be judged: its clock runs seven days, at night and
//! on holidays too, so that the figures do not depend on the hour at which they are taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use huiyin_app::{App, jobs};
use huiyin_store::{Options, Store};
use huiyin_testkit::town::Town;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;

use crate::Arguments;
use crate::client::Fault;
use crate::fill::{self, Filler, Settled, TO_ANSWER};
use crate::measures::{Measures, row};
use crate::server::Server;
use crate::tokens;

/// For so long whoever brought a case in may judge its answer.
const TO_JUDGE: SignedDuration = SignedDuration::from_hours(7 * 24);
const AT_ONCE: u64 = 256;
const SWEEPS: usize = 100;
/// So many run out together.
const TOGETHER: u64 = 100;
/// So many run out in each second in which pages are asked for: of a hundred thousand that run
/// seven days, one runs out in six seconds.
const STORM_PER_SECOND: u64 = 20;
const REMEMBERED: usize = 5_000;

pub fn run(arguments: &Arguments) -> Result<(), Fault> {
    let Settled {
        store,
        app,
        town,
        runtime,
    } = fill::settled(arguments)?;
    let now = app.now();
    let later = span(
        now,
        SignedDuration::from_hours(2),
        SignedDuration::from_hours(160),
    );
    let mut sample = runtime.block_on(fill(&app, &town, arguments, (arguments.cases, later)))?;
    sample.truncate(REMEMBERED);
    row("clocks that run", &[arguments.cases.to_string()]);
    runtime.block_on(sweeps(&app, &town, arguments))?;
    let tokens = runtime.block_on(tokens::make(&app, town.clone(), &sample))?;
    drop(app);
    store.shutdown_blocking();
    let all = Measures {
        arguments,
        tokens: Arc::new(tokens),
    };
    pages(&all, "")?;
    storm(arguments, &town, &runtime)?;
    pages(&all, ", clocks running out")
}

/// Between `now + from` and `now + to`.
fn span(now: Timestamp, from: SignedDuration, to: SignedDuration) -> (Timestamp, Timestamp) {
    (now + from, now + to)
}

/// Sweeps that find nothing to do, and one that finds much.
async fn sweeps(app: &App, town: &Arc<Town>, arguments: &Arguments) -> Result<(), Fault> {
    let mut waits = Vec::new();
    for _ in 0..SWEEPS {
        let since = Instant::now();
        let taken = jobs::sweep(app).await?;
        waits.push(since.elapsed());
        if taken > 0 {
            return Err(format!("{taken} clocks ran out before their time").into());
        }
    }
    waits.sort_unstable();
    let cells = [
        format!("p50 {:.2} ms", ms(waits[SWEEPS / 2])),
        format!("at most {:.2} ms", ms(waits[SWEEPS - 1])),
    ];
    row("sweep, none has run out", &cells);
    let past = span(
        app.now(),
        SignedDuration::from_mins(-2),
        SignedDuration::from_mins(-1),
    );
    fill(app, town, arguments, (TOGETHER, past)).await?;
    let since = Instant::now();
    let taken = jobs::sweep(app).await?;
    let cells = [format!("{:.1} ms", ms(since.elapsed()))];
    if taken != TOGETHER {
        return Err(format!("{taken} clocks ran out, not {TOGETHER}").into());
    }
    row(&format!("sweep, {TOGETHER} have run out at once"), &cells);
    Ok(())
}

/// Clocks that will run out while pages are asked for.
fn storm(arguments: &Arguments, town: &Arc<Town>, runtime: &Runtime) -> Result<(), Fault> {
    let seconds = arguments.seconds * 5 + 10;
    let store = Store::open(&arguments.database, &Options::default())?;
    let app = fill::house(&store)?;
    let soon = span(
        app.now(),
        SignedDuration::from_secs(5),
        SignedDuration::from_secs(i64::try_from(seconds)?),
    );
    let clocks = STORM_PER_SECOND * seconds;
    runtime.block_on(fill(&app, town, arguments, (clocks, soon)))?;
    drop(app);
    store.shutdown_blocking();
    row(
        "clocks running out",
        &[format!("{STORM_PER_SECOND} each second")],
    );
    Ok(())
}

fn pages(all: &Measures<'_>, when: &str) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Server::start(all.arguments).await?;
        all.reads(&server, when).await
    })
}

/// Answered cases whose clocks end within the span; their ids.
async fn fill(
    app: &App,
    town: &Arc<Town>,
    arguments: &Arguments,
    (cases, ends): (u64, (Timestamp, Timestamp)),
) -> Result<Vec<String>, Fault> {
    let filler = Arc::new(Filler::new(app, town, arguments));
    let next = Arc::new(AtomicU64::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (filler, next) = (filler.clone(), next.clone());
        tasks.spawn(async move {
            let mut ids = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= cases {
                    return Ok::<_, Fault>(ids);
                }
                let mut rng = SmallRng::seed_from_u64(number);
                let (first, last) = (ends.0.as_microsecond(), ends.1.as_microsecond());
                let end = Timestamp::from_microsecond(rng.random_range(first..last))?;
                let at = end - TO_JUDGE - TO_ANSWER;
                let id = filler.open(&mut rng, at).await?;
                filler.is_answered(id, &mut rng, at).await?;
                ids.push(id.to_string());
            }
        });
    }
    let mut ids = Vec::new();
    while let Some(done) = tasks.join_next().await {
        ids.extend(done??);
    }
    jobs::run_due(app).await?;
    Ok(ids)
}

fn ms(wait: Duration) -> f64 {
    wait.as_secs_f64() * 1000.0
}
