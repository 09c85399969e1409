//! Takes what is due from the queue and does it; what fails comes back later, less and less
//! often, and is put aside when it has failed often enough. Nothing waits behind it.

use futures_util::StreamExt as _;
use huiyin_domain::id::{self, JobId};
use huiyin_store::jobs::Lane;
use huiyin_store::{DbError, Tx, jobs};
use jiff::{SignedDuration, Timestamp};

use super::{DELIVER_NOTICES, Job, Ran, call_webhook, post_messages, tell_readers};
use crate::outside::SendError;
use crate::{App, Error};

/// Whoever takes a job has so long for it before somebody else may.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// So many jobs within the house are taken, and said to be done, at once: each commit costs.
const BATCH_HOUSE: i64 = 256;
/// Carrying a letter takes long: what is taken must be carried within the lease.
const BATCH_CARRIED: i64 = 64;
/// What failed so often will not succeed by itself.
const TRIES_MAX: i64 = 5;
/// What found nobody there for so long is put aside, too.
const AWAY_MAX: SignedDuration = SignedDuration::from_hours(3 * 24);

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
        let before = total;
        for lane in Lane::ALL {
            while run_batch(app, lane, &mut total).await? {}
        }
        let posted = post_due(app).await?;
        if total == before && posted == 0 {
            return Ok(total);
        }
    }
}

/// Puts into messages what is to be told by now; how many there were.
pub(super) async fn post_due(app: &App) -> Result<u64, Error> {
    match post_messages::is_due(app).await? {
        true => post_messages::run(app).await,
        false => Ok(0),
    }
}

/// Takes what is due now in one lane, at most a batch of it, and does it; whether there was any.
pub(super) async fn run_batch(app: &App, lane: Lane, total: &mut Done) -> Result<bool, Error> {
    let batch = match lane {
        Lane::House => BATCH_HOUSE,
        Lane::Letters | Lane::Webhooks => BATCH_CARRIED,
    };
    let now = app.now();
    let any = move |tx: &mut Tx<'_>| jobs::any_due(tx, lane, now);
    if !app.store.read(any).await.map_err(Error::from)? {
        return Ok(false);
    }
    let take = move |tx: &mut Tx<'_>| jobs::take(tx, lane, now, LEASE, batch);
    let taken = app.store.write(0, take).await.map_err(Error::from)?;
    let taken = deliver_together(app, taken, total).await;
    let mut running = futures_util::stream::iter(taken)
        .map(|job| async move { run_one(app, lane, &job).await })
        .buffer_unordered(app.config.jobs_at_once.max(1));
    let mut done = Vec::new();
    while let Some(outcome) = running.next().await {
        match outcome? {
            Outcome::Done => total.done += 1,
            Outcome::Ran(job) => done.push(job),
            Outcome::Failed => total.failed += 1,
            Outcome::Waits => {}
        }
    }
    total.done += done.len() as u64;
    all_done(app, done).await?;
    Ok(true)
}

/// Says of all these in the queue that they are done. Should the house die before it is said,
/// they are done again, which does no harm within the house.
async fn all_done(app: &App, done: Vec<JobId>) -> Result<(), Error> {
    if done.is_empty() {
        return Ok(());
    }
    let done = move |tx: &mut Tx<'_>| done.iter().try_for_each(|&job| jobs::done(tx, job));
    app.store.write(0, done).await.map_err(Error::from)
}

/// Finds the readers of all notices that were taken at once; what is left to do one by one. If
/// one of them fails, each goes by itself, so that it holds up no other.
async fn deliver_together(app: &App, taken: Vec<jobs::Job>, total: &mut Done) -> Vec<jobs::Job> {
    let (notices, mut others): (Vec<_>, Vec<_>) = taken
        .into_iter()
        .partition(|job| job.name == DELIVER_NOTICES);
    if notices.is_empty() {
        return others;
    }
    match tell_readers::run_all(app, &notices).await {
        Ok(()) => total.done += notices.len() as u64,
        Err(_) => others.extend(notices),
    }
    others
}

/// What became of one job.
enum Outcome {
    Done,
    /// Within the house, where it is said of many at once that they are done.
    Ran(JobId),
    Failed,
    Waits,
}

/// Does one job and says in the queue what came of it.
async fn run_one(app: &App, lane: Lane, kept: &jobs::Job) -> Result<Outcome, Error> {
    let outcome = match Job::parse(kept) {
        Some(job) => job.run(app).await,
        None => Err(Error::broken(
            "reading a job",
            format!("no job is called {}", kept.name),
        )),
    };
    let (job, now) = (kept.clone(), app.now());
    match outcome {
        Ok(Ran::Done) if lane == Lane::House => Ok(Outcome::Ran(kept.id)),
        Ok(Ran::Done) => {
            let done = move |tx: &mut Tx<'_>| jobs::done(tx, job.id);
            app.store.write(0, done).await.map_err(Error::from)?;
            Ok(Outcome::Done)
        }
        Ok(Ran::Later(at)) => {
            let wait = move |tx: &mut Tx<'_>| jobs::retry(tx, job.id, at, (None, job.tries - 1));
            app.store.write(0, wait).await.map_err(Error::from)?;
            Ok(Outcome::Waits)
        }
        Ok(Ran::Behind { target, id }) => {
            let park = move |tx: &mut Tx<'_>| call_webhook::park(tx, &job, (target, id), now);
            app.store
                .write(target.get(), park)
                .await
                .map_err(Error::from)?;
            Ok(Outcome::Waits)
        }
        Err(fault) => {
            let next = next(kept, &fault, now);
            let told = told(&fault);
            match next {
                Next::PutAside => {
                    tracing::error!(job = %kept.name, kept.tries, fault = told, "a job is put aside");
                }
                Next::Again { .. } => {
                    tracing::warn!(job = %kept.name, kept.tries, fault = told, "a job failed");
                }
            }
            let put_back = move |tx: &mut Tx<'_>| put_back(tx, &job, (next, &told), now);
            app.store.write(0, put_back).await.map_err(Error::from)?;
            Ok(Outcome::Failed)
        }
    }
}

/// What becomes of a job that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It is tried again, after so many tries that count.
    Again { at: Timestamp, tries: i64 },
    /// It is not tried any more until somebody looks at it.
    PutAside,
}

fn next(kept: &jobs::Job, fault: &Error, now: Timestamp) -> Next {
    let age = now.duration_since(id::made_at(kept.id.get()));
    let later = |wait| now.saturating_add(wait).unwrap_or(now);
    match said(fault) {
        Some(SendError::Permanent(_)) => Next::PutAside,
        // An address elsewhere that is away for long is turned off as a whole.
        Some(SendError::Away(_)) if age > AWAY_MAX && kept.name != jobs::CALL_WEBHOOK => {
            Next::PutAside
        }
        Some(SendError::Away(_)) => Next::Again {
            at: later(patience(age)),
            tries: kept.tries - 1,
        },
        None if matches!(fault, Error::Busy) => Next::Again {
            at: later(patience(age)),
            tries: kept.tries - 1,
        },
        _ if kept.tries >= TRIES_MAX => Next::PutAside,
        _ => Next::Again {
            at: later(backoff(kept.tries)),
            tries: kept.tries,
        },
    }
}

fn put_back(
    tx: &mut Tx<'_>,
    job: &jobs::Job,
    (next, fault): (Next, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    match next {
        Next::Again { at, tries } => jobs::retry(tx, job.id, at, (Some(fault), tries)),
        Next::PutAside => {
            jobs::bury(tx, job.id, now, fault)?;
            match Job::parse(job) {
                Some(Job::CallWebhook(message)) => call_webhook::isolated(tx, message, now),
                _ => Ok(()),
            }
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

/// What is kept of a fault: never a word of a case.
fn told(fault: &Error) -> String {
    match said(fault) {
        Some(said) => format!("{fault}: {said}"),
        None => fault.to_string(),
    }
}

/// Ten seconds after the first try, two minutes, twenty, three hours: whoever is out of order
/// has time to be mended.
fn backoff(tries: i64) -> SignedDuration {
    SignedDuration::from_secs(match tries {
        ..=1 => 10,
        2 => 2 * 60,
        3 => 20 * 60,
        _ => 3 * 60 * 60,
    })
}

/// While nobody is there: half as long again as it has waited, at most an hour.
fn patience(age: SignedDuration) -> SignedDuration {
    (age / 2).clamp(SignedDuration::from_secs(10), SignedDuration::from_hours(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_job_comes_back_less_and_less_often() {
        assert_eq!(backoff(1), SignedDuration::from_secs(10));
        assert_eq!(backoff(3), SignedDuration::from_mins(20));
        assert_eq!(backoff(60), SignedDuration::from_hours(3));
        assert_eq!(
            patience(SignedDuration::ZERO),
            SignedDuration::from_secs(10)
        );
        assert_eq!(
            patience(SignedDuration::from_mins(30)),
            SignedDuration::from_mins(15)
        );
        assert_eq!(
            patience(SignedDuration::from_hours(30)),
            SignedDuration::from_hours(1)
        );
    }

    #[test]
    fn what_says_nothing_against_a_job_does_not_count() {
        let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
        let job = |hours: i64, tries: i64| {
            let made = now - SignedDuration::from_hours(hours);
            jobs::Job {
                id: id::JobId::make(made, 0),
                name: jobs::SEND_MESSAGE.to_owned(),
                subject: 1,
                tries,
            }
        };
        let away = || Error::broken("sending", SendError::Away("nobody".to_owned()));
        let no = || Error::broken("sending", SendError::Temporary("500".to_owned()));
        let never = || Error::broken("sending", SendError::Permanent("none".to_owned()));
        let at = now + SignedDuration::from_mins(30);
        assert_eq!(next(&job(1, 5), &away(), now), Next::Again { at, tries: 4 });
        assert_eq!(next(&job(73, 1), &away(), now), Next::PutAside);
        assert_eq!(next(&job(1, 5), &no(), now), Next::PutAside);
        assert_eq!(next(&job(0, 1), &never(), now), Next::PutAside);
        let webhook = jobs::Job {
            name: jobs::CALL_WEBHOOK.to_owned(),
            ..job(73, 1)
        };
        assert!(matches!(
            next(&webhook, &away(), now),
            Next::Again { tries: 0, .. }
        ));
    }
}
