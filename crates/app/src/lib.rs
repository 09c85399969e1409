//! What can be done: one file per operation, and the jobs.
//!
//! Every operation reads: permit → load → decide → write → effects → commit. Pages, API,
//! jobs and the command line call it; none repeats it. To add one: `<noun>/<verb>.rs`, a
//! line in `<noun>/mod.rs`, its handler, its line in the table of routes.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};

use huiyin_domain::case::{Kind, KindHash, Kinds};
use huiyin_domain::id::make_raw;
use huiyin_domain::words::Words;
use huiyin_store::{DbError, Store, Tx};
use jiff::Timestamp;
use tokio::sync::Semaphore;

pub mod activities;
pub mod administration;
pub mod almanac;
pub mod archive;
pub mod associations;
pub mod atlas;
pub mod backup;
pub mod base_map;
pub mod calendars;
pub mod cases;
pub mod civic_posts;
pub mod collections;
pub mod config;
pub mod duties;
pub mod errands;
pub mod error;
pub mod feeds;
pub mod files;
pub mod gifts;
pub mod health;
pub mod households;
pub mod identity;
pub mod import;
pub mod import_cases;
pub mod installations;
pub mod jobs;
pub mod limits;
pub mod looks;
pub mod meals;
pub mod meetings;
pub mod menu;
pub mod norms;
pub mod occasions;
pub mod offline;
pub mod outbox;
pub mod outside;
pub mod pairings;
pub mod partners;
pub mod people;
pub mod pictures;
pub mod places;
pub mod procedures;
pub mod proposals;
pub mod public;
pub mod restore;
pub mod rounds;
pub mod samples;
pub mod seen;
pub mod series;
pub mod shipped;
pub mod supervision;
pub mod tasks;
pub mod teams;
pub mod telling;
#[cfg(test)]
mod testing;
pub mod units;
pub mod venues;
pub mod verify;
pub mod views;
pub mod volunteers;
pub mod webhooks;
pub mod windows;
pub mod words;

pub use config::Config;
pub use error::{Error, Refusal};
pub use huiyin_store::{Horizon, Loss, with_horizon};

use almanac::{Almanac, AlmanacShelf};
use atlas::{Atlas, AtlasShelf};
use files::Studio;
use identity::Hasher;
use limits::Limits;
use outside::{Outside, Volumes};
use places::shelf::LandShelf;
use supervision::screen::ScreenShelf;

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
    minted: AtomicI64,
    kinds: RwLock<Arc<Kinds>>,
    atlas: AtlasShelf,
    almanac: AlmanacShelf,
    pub(crate) land: LandShelf,
    pub(crate) screens: ScreenShelf,
    /// Whose turn it is to count over many cases.
    pub(crate) counting: Semaphore,
}

impl std::ops::Deref for App {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl App {
    /// Puts the parts together, and keeps the versions of the kinds in force beside the cases.
    pub fn new(
        store: Store,
        kinds: Kinds,
        words: impl Into<Arc<Words>>,
        outside: Outside,
        config: Config,
    ) -> Result<App, Error> {
        store.supply_archives(Box::new(Volumes(outside.files.clone())));
        cases::kind_versions::keep(&store, &kinds)?;
        volunteers::skills::keep(&store)?;
        Ok(App(Arc::new(Inside {
            store,
            words: words.into(),
            limits: Limits::new(config.limits),
            hasher: Hasher::new(config.password_cost),
            studio: Studio::new(),
            outside,
            config,
            minted: AtomicI64::new(0),
            kinds: RwLock::new(Arc::new(kinds)),
            atlas: AtlasShelf::default(),
            almanac: AlmanacShelf::default(),
            land: LandShelf::default(),
            screens: ScreenShelf::default(),
            counting: Semaphore::new(1),
        })))
    }

    /// The present instant, from the clock of the outside world.
    pub fn now(&self) -> Timestamp {
        self.outside.clock.now()
    }

    /// The number of a new id. No two are alike, even where many things are made at one
    /// instant or the clock stands still.
    pub fn mint(&self) -> i64 {
        let fresh = make_raw(self.now(), self.chance());
        let later = |last: i64| Some(fresh.max(last + 1));
        let last = self.minted.fetch_update(Relaxed, Relaxed, later);
        fresh.max(last.unwrap_or_else(|last| last) + 1)
    }

    /// Sixty-four bits of chance.
    pub fn chance(&self) -> u64 {
        self.outside.entropy.u64()
    }

    /// All kinds, and the older versions under which cases are still open.
    pub fn kinds(&self) -> Arc<Kinds> {
        self.kinds
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Units, items and the duty list as of this transaction.
    pub fn atlas(&self, tx: &mut Tx<'_>) -> Result<Arc<Atlas>, DbError> {
        self.atlas.current(tx)
    }

    /// Units, items and the duty list as they are now, for pages that name them.
    pub async fn atlas_now(&self) -> Result<Arc<Atlas>, Error> {
        let app = self.clone();
        let read = move |tx: &mut Tx<'_>| app.atlas(tx);
        self.store.read(read).await.map_err(Error::from)
    }

    /// Working hours and special days as of this transaction.
    pub fn almanac(&self, tx: &mut Tx<'_>) -> Result<Arc<Almanac>, DbError> {
        self.almanac.current(tx)
    }

    /// The version of a kind under which a case goes on, read from the database when this
    /// process has not met it yet.
    pub(crate) fn kind_of(&self, tx: &mut Tx<'_>, hash: KindHash) -> Result<Arc<Kind>, Error> {
        if let Some(kind) = self.kinds().by_hash(hash) {
            return Ok(kind.clone());
        }
        let mut more = (*self.kinds()).clone();
        cases::kind_versions::add_kept(tx, &mut more)?;
        let kind = more.by_hash(hash).cloned();
        *self.kinds.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(more);
        kind.ok_or_else(|| Error::broken("looking for a version of a kind", hash.to_string()))
    }
}
