//! The town lives: its people bring things in and take steps, at random, within their rights.
//!
//! A [`Life`] knows nothing of any kind of case: it reads what the kind asks, who may take a
//! step, and what it is offered, as a page would. So a new kind of case is lived at once.
//! Random tests audit it after each act; the demo shows three weeks of it.

pub(crate) mod choose;
pub(crate) mod fill;
mod history;
mod pools;
mod scene;

use std::sync::Arc;

use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::list::{self, list};
use huiyin_app::cases::open::{self, open};
use huiyin_app::cases::read::{CasePage, read};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::case::Input;
use huiyin_domain::id::CaseId;
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use huiyin_insight::{ItemNames, ItemSuggester};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::town::Town;
use crate::town::pictures::Album;
use fill::Writer;
use scene::Scene;

pub use history::TownClock;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Opened {
        id: CaseId,
        kind: String,
    },
    Took {
        id: CaseId,
        step: String,
    },
    /// Somebody tried, and was told why not.
    Refused {
        step: String,
        why: String,
    },
    /// Nobody found anything to do.
    Nothing,
}

/// How lively it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// When so many cases are open, most people move them on instead of opening more.
    pub open_wanted: usize,
    /// Of a hundred that could come with a picture, so many do.
    pub photos_percent: u32,
    /// Of a hundred acts, so many go to what falls due first.
    pub punctual_percent: u32,
    /// One act in so many asks for something closed to be opened again.
    pub reopens_one_in: u32,
}

impl Pace {
    /// For tests: everything may happen at any time.
    pub const TEST: Pace = Pace {
        open_wanted: 12,
        photos_percent: 0,
        punctual_percent: 0,
        reopens_one_in: 25,
    };
    /// For the demo.
    pub const DEMO: Pace = Pace {
        open_wanted: 80,
        photos_percent: 60,
        punctual_percent: 60,
        reopens_one_in: 120,
    };
}

/// The people of the town, acting.
pub struct Life {
    app: App,
    town: Arc<Town>,
    rng: ChaCha8Rng,
    pace: Pace,
    items: ItemSuggester,
    /// Somebody who sees every case: only to look where something can be done.
    pub(crate) watcher: Actor,
    album: Album,
    pub(crate) open: Vec<CaseId>,
    closed: Vec<CaseId>,
    /// What is played by a script; everybody else keeps away from these cases.
    scenes: Vec<Scene>,
}

/// Of those closed, so many are remembered, for whoever wants a case opened again.
const CLOSED_MAX: usize = 40;
const TRIES: usize = 6;
/// Whoever is punctual looks at so many that fall due first.
const SOON: usize = 12;

impl Life {
    pub fn new(app: App, town: Arc<Town>, seed: u64, pace: Pace) -> Life {
        let names: Vec<ItemNames> = town
            .items
            .iter()
            .filter(|item| item.code.parent().is_some())
            .map(|item| ItemNames {
                code: item.code.to_string(),
                names: item
                    .names
                    .0
                    .values()
                    .chain(&item.keywords)
                    .cloned()
                    .collect(),
            })
            .collect();
        let watcher = town
            .people
            .iter()
            .find(|person| person.role() == Some(Role::Supervisor))
            .expect("the prefecture has a supervisor");
        Life {
            watcher: watcher.actor(),
            items: ItemSuggester::new(&names),
            album: Album::default(),
            rng: ChaCha8Rng::seed_from_u64(seed),
            open: Vec::new(),
            closed: Vec::new(),
            scenes: Vec::new(),
            app,
            town,
            pace,
        }
    }

    /// Learns which cases are open in a database that others have used.
    pub async fn look_around(&mut self) -> Result<(), Error> {
        let request = list::Request {
            limit: list::ROWS_MAX,
            ..list::Request::default()
        };
        let rows = list(&self.app, &self.watcher, request).await?.rows;
        self.open = rows
            .iter()
            .filter(|row| row.closed_at.is_none())
            .map(|row| row.id)
            .collect();
        Ok(())
    }

    /// One act of somebody.
    pub async fn tick(&mut self) -> Result<Act, Error> {
        let crowding = self.open.len() as f64 / self.pace.open_wanted.max(1) as f64;
        let opens = (0.5 - 0.42 * crowding).clamp(0.04, 0.5);
        match self.open.is_empty() || self.rng.random_bool(opens) {
            true => self.brings().await,
            false => self.moves().await,
        }
    }

    /// Somebody brings something in.
    pub async fn brings(&mut self) -> Result<Act, Error> {
        let kinds = self.app.kinds();
        let Some(kind) = choose::kind(kinds.current(), &mut self.rng) else {
            return Ok(Act::Nothing);
        };
        let Some((actor, channel)) = choose::opener(&self.town, kind, &mut self.rng) else {
            return Ok(Act::Nothing);
        };
        let mut writer = Writer::new(self);
        let (values, language) = writer.opening(kind, &actor).await;
        let id = CaseId::from_raw(self.app.mint());
        let request = open::Request {
            id,
            kind: kind.slug.clone(),
            values,
            language,
            channel,
            key: None,
            at: None,
        };
        match open(&self.app, &actor, request).await {
            Ok(_) => {
                self.open.push(id);
                Ok(Act::Opened {
                    id,
                    kind: kind.slug.clone(),
                })
            }
            Err(error) => refused(&kind.open.name, error),
        }
    }

    /// Somebody moves a case on.
    async fn moves(&mut self) -> Result<Act, Error> {
        for _ in 0..TRIES {
            let Some(id) = self.some_case().await? else {
                return Ok(Act::Nothing);
            };
            let page = read(&self.app, &self.watcher, id).await?;
            self.sort_in(&page);
            let steps = choose::steps(&page, &mut self.rng);
            for (step, who) in steps {
                let Some(actor) = choose::actor(&self.town, who, &page, &mut self.rng) else {
                    continue;
                };
                if let Some(act) = self.tries(&actor, id, &step).await? {
                    return Ok(act);
                }
            }
        }
        Ok(Act::Nothing)
    }

    /// A case to look at: something closed now and then, else what falls due, else any.
    async fn some_case(&mut self) -> Result<Option<CaseId>, Error> {
        if !self.closed.is_empty() && self.rng.random_ratio(1, self.pace.reopens_one_in) {
            return Ok(self.closed.choose(&mut self.rng).copied());
        }
        if self.rng.random_range(0..100) < self.pace.punctual_percent {
            let request = list::Request {
                limit: SOON,
                ..list::Request::default()
            };
            let mut soon = list(&self.app, &self.watcher, request).await?.rows;
            soon.retain(|row| !self.is_played(row.id));
            if let Some(row) = soon.choose(&mut self.rng) {
                return Ok(Some(row.id));
            }
        }
        Ok(self.open.choose(&mut self.rng).copied())
    }

    fn is_played(&self, id: CaseId) -> bool {
        self.scenes.iter().any(|scene| scene.case() == Some(id))
    }

    /// Takes a step, if the case's page offers it to this actor.
    async fn tries(&mut self, actor: &Actor, id: CaseId, step: &str) -> Result<Option<Act>, Error> {
        let page = match read(&self.app, actor, id).await {
            Ok(page) => page,
            Err(Error::Refused(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some(offer) = page.offers.iter().find(|offer| offer.step == step) else {
            return Ok(None);
        };
        let mut writer = Writer::new(self);
        let values = writer.step(&page, offer).await;
        let request = advance::Request {
            id,
            version: Some(page.case.version),
            step: step.to_owned(),
            input: Input { values },
            key: None,
            at: None,
        };
        match advance(&self.app, actor, request).await {
            Ok(reply) => {
                let stage = page.kind.stage(&reply.stage);
                if stage.is_some_and(|stage| stage.closed) {
                    self.has_closed(id);
                } else if !self.open.contains(&id) {
                    self.closed.retain(|closed| *closed != id);
                    self.open.push(id);
                }
                Ok(Some(Act::Took {
                    id,
                    step: step.to_owned(),
                }))
            }
            Err(error) => refused(step, error).map(Some),
        }
    }

    /// Clocks close cases, too.
    fn sort_in(&mut self, page: &CasePage) {
        if page.case.closed_at.is_some() {
            self.has_closed(page.case.id);
        }
    }

    fn has_closed(&mut self, id: CaseId) {
        self.open.retain(|open| *open != id);
        if !self.closed.contains(&id) {
            self.closed.push(id);
        }
        if self.closed.len() > CLOSED_MAX {
            self.closed.remove(0);
        }
    }

    /// The language of somebody whose words these are.
    fn language_of(text: &str) -> Lang {
        match text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
            true => Lang::ZH,
            false => Lang::EN,
        }
    }
}

fn refused(step: &str, error: Error) -> Result<Act, Error> {
    match error {
        Error::Refused(refusal) => Ok(Act::Refused {
            step: step.to_owned(),
            why: format!("{} {:?}", refusal.key(), refusal.faults()),
        }),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests;
