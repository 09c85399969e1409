//! What every handler may use: the application, the configuration of the pages, and
//! what is counted while the process lives.

use std::sync::Arc;
use std::time::Duration;

use huiyin_app::App;
use jiff::Timestamp;

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

/// Everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inside>);

/// What lies inside an [`AppState`].
pub struct Inside {
    pub app: App,
    pub config: Config,
    pub secret: Secret,
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
        }))
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
