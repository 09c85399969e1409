//! Round after round: clocks, jobs, messages, and what nobody needs any more, beside the answers.
//! Several processes may do this for one house: what one of them takes, the others leave alone.

use std::time::Duration;

use huiyin_store::jobs::Lane;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Interval, MissedTickBehavior};

use super::worker::{Done, post_due, run_batch};
use crate::{App, Error};

const EVERY: Duration = Duration::from_secs(1);
/// What was begun when the house closes has so long.
const ENDS_WITHIN: Duration = Duration::from_secs(20);
/// Clocks are looked at every so many rounds.
const SWEEP_EVERY: u32 = 5;
/// Processes of one house tell each other every so many rounds who asks often.
const SHARE_EVERY: u32 = 2;
/// That the house is open is noted every so many rounds.
const SEEN_EVERY: u32 = 60;
/// What nobody needs is put away every so many rounds.
const KEEP_HOUSE_EVERY: u32 = 15 * 60;

/// The work beside the answers, while it goes on.
pub struct Working {
    ends: watch::Sender<bool>,
    rounds: JoinHandle<()>,
}

impl Working {
    /// Lets what was begun come to its end, and begins nothing more. What takes too long comes
    /// back when its lease is over.
    pub async fn end(mut self) {
        self.ends.send_replace(true);
        if tokio::time::timeout(ENDS_WITHIN, &mut self.rounds)
            .await
            .is_err()
        {
            tracing::warn!("some jobs were still under way");
            self.rounds.abort();
        }
    }
}

/// Works until it is ended. Begins by reading the dictionary, so that no visitor waits
/// for it. Letters and events have rounds of their own: a slow server elsewhere holds up only
/// what goes to its like.
pub fn spawn(app: App) -> Working {
    tokio::task::spawn_blocking(huiyin_insight::warm_up);
    let (ends, end) = watch::channel(false);
    let rounds = tokio::spawn(async move {
        tokio::join!(
            keeps(&app, Rounds::until(&end)),
            carries(&app, Lane::Letters, Rounds::until(&end)),
            carries(&app, Lane::Webhooks, Rounds::until(&end))
        );
    });
    Working { ends, rounds }
}

/// Does the work within the house, round after round.
async fn keeps(app: &App, mut rounds: Rounds) {
    for round in 0_u32.. {
        if !rounds.goes_on().await {
            return;
        }
        if round % SWEEP_EVERY == 0
            && let Err(fault) = super::sweep(app).await
        {
            tracing::error!(%fault, "the clocks could not be looked at");
        }
        if round % KEEP_HOUSE_EVERY == 0
            && let Err(fault) = super::keep_house(app).await
        {
            tracing::error!(%fault, "what nobody needs could not be put away");
        }
        if round % SEEN_EVERY == 0
            && let Err(fault) = crate::seen::note(app).await
        {
            tracing::error!(%fault, "it could not be noted that the house is open");
        }
        if round % SHARE_EVERY == 0
            && let Err(fault) = crate::limits::share(app).await
        {
            tracing::error!(%fault, "it could not be told who asks often");
        }
        if let Err(fault) = rounds.run_due(app, Lane::House).await {
            tracing::error!(%fault, "the jobs could not be done");
        }
        if let Err(fault) = post_due(app).await {
            tracing::error!(%fault, "what is to be told could not be put together");
        }
    }
}

/// Carries messages out of the house, round after round.
async fn carries(app: &App, lane: Lane, mut rounds: Rounds) {
    while rounds.goes_on().await {
        if let Err(fault) = rounds.run_due(app, lane).await {
            tracing::error!(%fault, "messages could not be carried");
        }
    }
}

/// One round after the other, until there shall be none.
struct Rounds {
    every: Interval,
    end: watch::Receiver<bool>,
}

impl Rounds {
    fn until(end: &watch::Receiver<bool>) -> Rounds {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Rounds {
            every,
            end: end.clone(),
        }
    }

    /// Does what is due in a lane until nothing is, or until there shall be no more rounds.
    async fn run_due(&self, app: &App, lane: Lane) -> Result<(), Error> {
        let mut done = Done::default();
        while !*self.end.borrow() && run_batch(app, lane, &mut done).await? {}
        Ok(())
    }

    /// Waits for the next one; whether there is one.
    async fn goes_on(&mut self) -> bool {
        tokio::select! {
            biased;
            _ = self.end.wait_for(|end| *end) => false,
            _ = self.every.tick() => true,
        }
    }
}
