//! What every handler may use: the application, the configuration of the pages, and
//! what is counted while the process lives.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use huiyin_app::App;
use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;

use crate::cookies::Transport;
use crate::peer::Network;
use crate::seal::Secret;

/// How the pages are run.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether the address of this house is the configured one or whatever was asked for.
    pub address: Address,
    /// Proxies whose forwarding headers are believed.
    pub proxies: Vec<Network>,
    /// The longest time for one answer, sending of photos apart.
    pub answer_within: Duration,
}

/// Under which address this house is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// Under the configured one and no other: behind a proxy, in use.
    Configured,
    /// Under whatever a request names: on one machine, in the demo, in tests.
    AsAsked,
}

/// So many streams to wall screens are kept open at once.
const SCREENS_MAX: usize = 200;

/// The seats before which wall screens hang: so many and no more, and empty when the house
/// closes.
#[derive(Debug)]
pub struct Screens {
    free: Arc<Semaphore>,
    closed: watch::Sender<bool>,
}

impl Default for Screens {
    fn default() -> Screens {
        Screens {
            free: Arc::new(Semaphore::new(SCREENS_MAX)),
            closed: watch::Sender::new(false),
        }
    }
}

impl Screens {
    /// A seat, when one is free and the house is not closing.
    pub fn take(&self) -> Option<Seat> {
        let closed = self.closed.subscribe();
        let place = Arc::clone(&self.free).try_acquire_owned().ok()?;
        let is_closing = *closed.borrow();
        (!is_closing).then_some(Seat {
            closed,
            _place: place,
        })
    }

    /// Ends every stream, so that the house can close.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

/// One open stream; free again when it is dropped.
#[derive(Debug)]
pub struct Seat {
    closed: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Seat {
    /// Waits until then; whether the house has closed before.
    pub async fn is_closed_by(&mut self, then: Instant) -> bool {
        let closed = self.closed.wait_for(|closed| *closed);
        tokio::time::timeout_at(then, closed).await.is_ok()
    }
}

/// Everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inside>);

/// What lies inside an [`AppState`].
pub struct Inside {
    pub app: App,
    pub config: Config,
    pub secret: Secret,
    pub screens: Screens,
    /// This process is about to end: others are to be asked.
    is_leaving: AtomicBool,
}

impl std::ops::Deref for AppState {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl AppState {
    pub fn new(app: App, config: Config, secret: Secret) -> AppState {
        AppState(Arc::new(Inside {
            app,
            config,
            secret,
            screens: Screens::default(),
            is_leaving: AtomicBool::new(false),
        }))
    }

    /// From now on a load balancer is told to ask others.
    pub fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    pub fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    /// Whether browsers reach this house through TLS.
    pub fn transport(&self) -> Transport {
        let https = self.app.config.base_url.starts_with("https://");
        match self.config.address {
            Address::Configured if https => Transport::Https,
            _ => Transport::Http,
        }
    }

    /// The present instant, from the clock of the outside world.
    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// Bytes of chance, good enough for secrets.
    pub fn chance<const N: usize>(&self) -> [u8; N] {
        self.app.outside.entropy.bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn seats_are_few_free_again_and_empty_when_the_house_closes() {
        let screens = Screens::default();
        let mut seats: Vec<Seat> = std::iter::from_fn(|| screens.take()).collect();
        assert_eq!(seats.len(), SCREENS_MAX);
        let mut seat = seats.pop().expect("somebody sits there");
        assert!(screens.take().is_none(), "the seat is still held");
        let soon = Instant::now() + Duration::from_secs(5);
        assert!(!seat.is_closed_by(soon).await);
        screens.close();
        assert!(seat.is_closed_by(soon + Duration::from_secs(3600)).await);
        assert!(Instant::now() < soon + Duration::from_secs(1), "at once");
        drop(seats);
        assert!(screens.take().is_none(), "nobody comes in any more");
    }

    #[test]
    fn a_seat_that_is_left_is_free() {
        let screens = Screens::default();
        let seats: Vec<Seat> = std::iter::from_fn(|| screens.take()).collect();
        drop(seats);
        assert!(screens.take().is_some());
    }
}
