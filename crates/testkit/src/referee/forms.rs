//! Which case somebody turns to, which step they would take, and what they write into its form.

use std::sync::Arc;

use huiyin_app::cases::IdempotencyKey;
use huiyin_app::cases::read::{CasePage, Offer, read};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Kind, Step, Values, Who};
use huiyin_domain::id::CaseId;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};

use super::Game;
use super::audit::broken;
use super::finding::Fault;
use super::model::rules::Rules;
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
        let rules = self.model.book.of(&page.kind.slug);
        let steps = page.kind.steps.iter();
        let leads = steps.filter(|step| step.from.contains(&page.case.stage));
        let again = self.rng.random_ratio(1, 3);
        let mut all: Vec<(f64, String, Who)> = Vec::new();
        for step in leads {
            let done = again && page.case.times(&step.name) > 0;
            let waited = !page.case.memory.paused_for.is_empty();
            let twice = waited
                && rules
                    .step(&step.name)
                    .is_some_and(|step| pauses(rules, step));
            let weight = rarity(rules, &step.name)
                * if done { 6.0 } else { 1.0 }
                * if twice { 10.0 } else { 1.0 };
            let weight = weight / step.by.len() as f64;
            for who in &step.by {
                // The greater the weight, the nearer to one: a draw without replacement.
                let drawn = self.rng.random_range(0.0..1.0f64).powf(1.0 / weight);
                all.push((drawn, step.name.clone(), *who));
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let each = all.into_iter();
        each.map(|(_, step, who)| (step, who)).collect()
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
        let (mut values, language) =
            runtime.block_on(async { Writer::new(life).opening(kind, actor).await });
        // Nothing comes back in this town: the model follows what people bring, not what a sweep
        // brings for them.
        if let Some(repeat) = kind.repeat() {
            values.remove(&repeat.every);
        }
        (values, language)
    }

    /// A key that nobody has used, for a request that is told in words.
    pub fn key(&mut self, request: &str) -> IdempotencyKey {
        let token: u64 = self.rng.random();
        IdempotencyKey::new("town", &token.to_string(), request.as_bytes())
    }
}

fn pauses(rules: &Rules, step: &toml::Table) -> bool {
    rules
        .effects(step)
        .iter()
        .any(|effect| effect.word == "pause")
}

/// How much a step that moves clocks and owners is sought for: those are where things go wrong.
fn rarity(rules: &Rules, step: &str) -> f64 {
    let Some(step) = rules.step(step) else {
        return 1.0;
    };
    let asks = rules.rules(step).iter().any(|rule| rule.word == "stands");
    let effects = rules.effects(step);
    let moves = |word: &str| effects.iter().any(|effect| effect.word == word);
    match () {
        () if asks || moves("pause") => 8.0,
        () if moves("extend") || moves("refill") || moves("merge") => 6.0,
        () if moves("resume") || moves("promise") || moves("publish") => 4.0,
        () if moves("assign") || moves("call") || moves("take_over") => 3.0,
        () if effects.is_empty() || moves("close") => 0.4,
        () => 1.0,
    }
}
