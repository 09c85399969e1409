//! Which case somebody turns to, which step they would take, and what they write into its form.

use std::sync::Arc;

use huiyin_app::cases::IdempotencyKey;
use huiyin_app::cases::read::{CasePage, Offer, read};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Kind, Step, Values, Who};
use huiyin_domain::id::CaseId;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom, SliceRandom};

use super::Game;
use super::audit::broken;
use super::finding::Fault;
use crate::life::choose;
use crate::life::fill::Writer;

/// So many cases are those that people come back to.
const BELOVED_MAX: usize = 2;

impl Game {
    /// A case to turn to: often one of the beloved, now and then a closed one.
    pub fn some_case(&mut self) -> Option<CaseId> {
        if self.rng.random_bool(0.6)
            && let Some(id) = self.beloved.choose(&mut self.rng)
        {
            return Some(*id);
        }
        let closed_too = self.rng.random_ratio(1, 8);
        let cases = self.cases.values();
        let wanted = cases.filter(|case| closed_too || case.closed_at.is_none());
        wanted.map(|case| case.id).choose(&mut self.rng)
    }

    /// One more case to come back to, and away with those that are over for good.
    pub fn comes_to_love(&mut self, id: CaseId) {
        let is_over = |id: &CaseId| {
            let case = self.cases.get(id);
            case.is_none_or(|case| case.closed_at.is_some())
        };
        if self.rng.random_ratio(1, 3) {
            self.beloved.retain(|id| !is_over(id));
        }
        if self.beloved.len() < BELOVED_MAX {
            self.beloved.push(id);
        }
    }

    /// The page of a case as somebody sees it who sees them all.
    pub fn page(&self, id: CaseId) -> Result<CasePage, Fault> {
        let (app, watcher) = (&self.house.app, &self.life.watcher);
        let page = self.runtime.block_on(read(app, watcher, id));
        page.map_err(|error| broken(error).of(id))
    }

    /// Steps that lead on from where a case stands, each with somebody who might take it.
    pub fn steps(&mut self, page: &CasePage) -> Vec<(String, Who)> {
        if self.rng.random_bool(0.55) {
            return choose::steps(page, &mut self.rng);
        }
        let steps = page.kind.steps.iter();
        let leads = steps.filter(|step| step.from.contains(&page.case.stage));
        let mut all: Vec<(String, Who)> = leads
            .flat_map(|step| step.by.iter().map(|who| (step.name.clone(), *who)))
            .collect();
        all.shuffle(&mut self.rng);
        // What was done once is done again: that is where rules about twice are tried.
        let again = |(step, _): &(String, Who)| page.case.times(step) == 0;
        if self.rng.random_ratio(1, 3) {
            all.sort_by_key(again);
        }
        all
    }

    pub fn somebody(&mut self, who: Who, page: &CasePage) -> Option<Actor> {
        choose::actor(&self.house.town, who, page, &mut self.rng)
    }

    /// Anybody of the town.
    pub fn anybody(&mut self) -> Actor {
        let town = self.house.town.clone();
        let person = town.people.choose(&mut self.rng);
        person.expect("the town has people").actor()
    }

    /// A step's form, filled in as this actor would.
    pub fn filled(&mut self, page: &CasePage, step: &Step, actor: &Actor) -> Values {
        let is_staff = actor.is_staff();
        let asked = step.fields.iter();
        let offer = Offer {
            step: step.name.clone(),
            weight: step.weight,
            asked: asked
                .filter(|asked| is_staff || !asked.staff_only)
                .cloned()
                .collect(),
        };
        let own = page.case.id;
        let others = self.cases.values().filter(|case| {
            case.id != own && case.closed_at.is_none() && case.kind == page.kind.slug
        });
        self.life.open = others.map(|case| case.id).collect();
        let (life, runtime) = (&mut self.life, &self.runtime);
        runtime.block_on(async { Writer::new(life).step(page, &offer).await })
    }

    /// The form with which somebody brings something in.
    pub fn opening(
        &mut self,
        kind: &Arc<Kind>,
        actor: &Actor,
    ) -> (Values, huiyin_domain::words::Lang) {
        let (life, runtime) = (&mut self.life, &self.runtime);
        runtime.block_on(async { Writer::new(life).opening(kind, actor).await })
    }

    /// A key that nobody has used, for a request that is told in words.
    pub fn key(&mut self, request: &str) -> IdempotencyKey {
        let token: u64 = self.rng.random();
        IdempotencyKey::new("town", &token.to_string(), request.as_bytes())
    }
}
