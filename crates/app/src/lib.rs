//! What can be done: one file per operation, and the jobs.
//!
//! Every operation reads: permit → load → decide → write → effects → commit. Pages, API,
//! jobs and the command line call it; none repeats it. To add one: `<noun>/<verb>.rs`, a
//! line in `<noun>/mod.rs`, its handler, its line in the table of routes.

use std::sync::Arc;

use huiyin_domain::words::Words;
use huiyin_store::Store;
use jiff::Timestamp;

pub mod administration;
pub mod config;
pub mod duties;
pub mod error;
pub mod files;
pub mod identity;
pub mod import;
pub mod limits;
pub mod outside;
pub mod people;
pub mod places;
#[cfg(test)]
mod testing;
pub mod units;
pub mod words;

pub use config::Config;
pub use error::{Error, Refusal};

use files::Studio;
use identity::Hasher;
use limits::Limits;
use outside::Outside;

/// Everything an operation needs. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inside>);

/// What lies inside an [`App`].
pub struct Inside {
    pub store: Store,
    pub words: Arc<Words>,
    pub outside: Outside,
    pub config: Config,
    pub limits: Limits,
    pub(crate) hasher: Hasher,
    pub(crate) studio: Studio,
}

impl std::ops::Deref for App {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, words: Words, outside: Outside, config: Config) -> App {
        App(Arc::new(Inside {
            store,
            words: Arc::new(words),
            limits: Limits::new(config.limits),
            hasher: Hasher::new(config.password_cost),
            studio: Studio::new(),
            outside,
            config,
        }))
    }

    /// The present instant, from the clock of the outside world.
    pub fn now(&self) -> Timestamp {
        self.outside.clock.now()
    }

    /// Sixty-four bits of chance.
    pub fn chance(&self) -> u64 {
        self.outside.entropy.u64()
    }
}
