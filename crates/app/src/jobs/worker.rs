//! Takes what is due from the queue and does it; what fails comes back later, less and less often.

use std::time::Duration;

use futures_util::StreamExt as _;
use huiyin_store::{Tx, jobs};
use jiff::SignedDuration;

use super::Job;
use crate::outside::SendError;
use crate::{App, Error};

/// Whoever takes a job has so long for it before somebody else may.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
const BATCH: i64 = 64;
const TRIES_MAX: i64 = 12;
const EVERY: Duration = Duration::from_secs(1);
/// Clocks are looked at every so many rounds.
const SWEEP_EVERY: u32 = 5;
/// What nobody needs is put away every so many rounds.
const KEEP_HOUSE_EVERY: u32 = 15 * 60;
/// Letters wait for mail servers, so several go at once.
const AT_ONCE: usize = 16;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub done: u64,
    pub failed: u64,
}

/// Does everything that is due now, until nothing is.
pub async fn run_due(app: &App) -> Result<Done, Error> {
    let mut total = Done::default();
    loop {
        let now = app.now();
        let any = app
            .store
            .read(move |tx: &mut Tx<'_>| jobs::any_due(tx, now))
            .await;
        if !any.map_err(Error::from)? {
            return Ok(total);
        }
        let take = move |tx: &mut Tx<'_>| jobs::take(tx, now, LEASE, BATCH);
        let taken = app.store.write(0, take).await.map_err(Error::from)?;
        let mut running = futures_util::stream::iter(taken)
            .map(|job| async move { run_one(app, &job).await })
            .buffer_unordered(AT_ONCE);
        while let Some(outcome) = running.next().await {
            match outcome? {
                true => total.done += 1,
                false => total.failed += 1,
            }
        }
    }
}

/// Does one job and says in the queue what came of it.
async fn run_one(app: &App, kept: &jobs::Job) -> Result<bool, Error> {
    let outcome = match Job::parse(kept) {
        Some(job) => job.run(app).await,
        None => Err(Error::broken(
            "reading a job",
            format!("no job is called {}", kept.name),
        )),
    };
    let (id, now, tries) = (kept.id, app.now(), kept.tries);
    match outcome {
        Ok(()) => {
            let done = move |tx: &mut Tx<'_>| jobs::done(tx, id);
            app.store.write(0, done).await.map_err(Error::from)?;
            Ok(true)
        }
        Err(fault) => {
            let is_last = tries >= TRIES_MAX || is_hopeless(&fault);
            let fault = told(&fault);
            match is_last {
                true => tracing::error!(job = %kept.name, tries, fault, "a job is given up"),
                false => tracing::warn!(job = %kept.name, tries, fault, "a job failed"),
            }
            let later = now.saturating_add(backoff(tries)).unwrap_or(now);
            let put_back = move |tx: &mut Tx<'_>| match is_last {
                true => jobs::bury(tx, id, now, &fault),
                false => jobs::retry(tx, id, later, &fault),
            };
            app.store.write(0, put_back).await.map_err(Error::from)?;
            Ok(false)
        }
    }
}

/// What somebody outside said of it, if that was the trouble.
fn said(fault: &Error) -> Option<&SendError> {
    match fault {
        Error::Broken { source, .. } => source.downcast_ref(),
        _ => None,
    }
}

/// Whether trying again would change nothing.
fn is_hopeless(fault: &Error) -> bool {
    matches!(said(fault), Some(SendError::Permanent(_)))
}

/// What is kept of a fault: never a word of a case.
fn told(fault: &Error) -> String {
    match said(fault) {
        Some(said) => format!("{fault}: {said}"),
        None => fault.to_string(),
    }
}

/// Ten seconds after the first try, doubled at every further one, at most six hours.
fn backoff(tries: i64) -> SignedDuration {
    let doubled = 10_i64.saturating_mul(1 << (tries - 1).clamp(0, 20));
    SignedDuration::from_secs(doubled.min(6 * 60 * 60))
}

/// Works until the process ends. Begins by reading the dictionary, so that no visitor waits
/// for it.
pub fn spawn(app: App) -> tokio::task::JoinHandle<()> {
    tokio::task::spawn_blocking(huiyin_insight::warm_up);
    tokio::spawn(async move {
        let mut rounds = tokio::time::interval(EVERY);
        rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for round in 0_u32.. {
            rounds.tick().await;
            if round % SWEEP_EVERY == 0
                && let Err(fault) = super::sweep(&app).await
            {
                tracing::error!(%fault, "the clocks could not be looked at");
            }
            if round % KEEP_HOUSE_EVERY == 0
                && let Err(fault) = super::keep_house(&app).await
            {
                tracing::error!(%fault, "what nobody needs could not be put away");
            }
            if let Err(fault) = run_due(&app).await {
                tracing::error!(%fault, "the jobs could not be done");
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_job_comes_back_less_and_less_often() {
        assert_eq!(backoff(1), SignedDuration::from_secs(10));
        assert_eq!(backoff(4), SignedDuration::from_secs(80));
        assert_eq!(backoff(60), SignedDuration::from_hours(6));
    }
}
