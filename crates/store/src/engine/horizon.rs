//! What a visitor knows to be written, as a place in the log of PostgreSQL: a replica may answer
//! them once it has come so far, so that nobody misses what they have just done.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

tokio::task_local! {
    static HELD: Arc<Horizon>;
}

/// How far somebody knows the log, and whether what they ask for may come from a replica.
#[derive(Debug)]
pub struct Horizon {
    before: u64,
    at: AtomicU64,
    only_looks: bool,
}

impl Horizon {
    /// `before` is what [`Horizon::more`] said after an earlier request of theirs, 0 when there was
    /// none. Whoever does more than look is answered by the database that is written to.
    pub fn new(before: u64, only_looks: bool) -> Horizon {
        Horizon {
            before,
            at: AtomicU64::new(before),
            only_looks,
        }
    }

    /// The place in the log behind all that they know of now, if that is more than before.
    pub fn more(&self) -> Option<u64> {
        let at = self.at.load(Ordering::Acquire);
        (at > self.before).then_some(at)
    }

    /// Something of theirs was written before this place.
    pub(super) fn raise(&self, at: u64) {
        self.at.fetch_max(at, Ordering::AcqRel);
    }

    pub(super) fn held() -> Option<Arc<Horizon>> {
        HELD.try_with(Arc::clone).ok()
    }

    /// How far a replica must have come to answer this request; none when none may.
    pub(super) fn asks_for() -> Option<u64> {
        let horizon = Horizon::held()?;
        let at = horizon.at.load(Ordering::Acquire);
        horizon.only_looks.then_some(at)
    }
}

/// Runs a request of somebody who knows so much.
pub async fn with_horizon<F: Future>(horizon: Arc<Horizon>, request: F) -> F::Output {
    HELD.scope(horizon, request).await
}
