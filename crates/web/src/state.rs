//! What every handler may use: the application, the configuration of the pages, and
//! what is counted while the process lives.

use std::sync::Arc;
use std::time::Duration;

use huiyin_app::outside::Outside;
use huiyin_domain::words::Words;
use jiff::Timestamp;

use crate::cookies::Transport;
use crate::limits::Limits;
use crate::peer::Network;
use crate::seal::Secret;

/// How the pages are run.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address under which residents reach this house, such as
    /// `https://huiyin.example`; none: whatever address they asked for.
    pub origin: Option<String>,
    /// Proxies whose forwarding headers are believed.
    pub proxies: Vec<Network>,
    /// Name of the town or county that runs this house.
    pub town: String,
    pub mode: Mode,
    /// The longest time for one answer, sending of photos apart.
    pub answer_within: Duration,
}

/// Whether people or an invented town live here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Live,
    Demo,
}

impl Config {
    /// Whether browsers reach this house through TLS.
    pub fn transport(&self) -> Transport {
        match &self.origin {
            Some(origin) if origin.starts_with("https://") => Transport::Https,
            _ => Transport::Http,
        }
    }
}

/// Everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inside>);

/// What lies inside an [`AppState`].
pub struct Inside {
    pub outside: Outside,
    pub words: Arc<Words>,
    pub config: Config,
    pub secret: Secret,
    pub limits: Limits,
}

impl std::ops::Deref for AppState {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl AppState {
    pub fn new(outside: Outside, words: Arc<Words>, config: Config, secret: Secret) -> AppState {
        AppState(Arc::new(Inside {
            outside,
            words,
            config,
            secret,
            limits: Limits::default(),
        }))
    }

    /// The present instant, from the clock of the outside world.
    pub fn now(&self) -> Timestamp {
        self.outside.clock.now()
    }

    /// Bytes of chance, good enough for secrets.
    pub fn chance<const N: usize>(&self) -> [u8; N] {
        self.outside.entropy.bytes()
    }
}
