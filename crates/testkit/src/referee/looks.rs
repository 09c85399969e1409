//! What people do without moving a case: they read it, ask who brought it in, and say when they
//! want to be told.

use huiyin_app::Error;
use huiyin_app::cases::petitioner::{self, unseal};
use huiyin_app::cases::read::read;
use huiyin_app::telling::{duty, prefer};
use huiyin_domain::access::{Actor, Who as ActorWho};
use huiyin_domain::case::Owner;
use huiyin_domain::id::{CaseId, PersonId};
use huiyin_domain::telling::{Audience, Preferences, Quiet};
use huiyin_store::follow_ups;
use jiff::SignedDuration;
use jiff::civil::Time;
use rand::Rng;
use rand::seq::IndexedRandom;

use super::Game;
use super::audit::broken;
use super::finding::{Fault, Rule};
use super::model::rules::Rules;
use super::model::{may_call_back, may_read, may_unseal};

impl Game {
    pub fn looks(&mut self) -> Result<(), Fault> {
        let Some(id) = self.some_case() else {
            return Ok(());
        };
        let actor = match self.rng.random_ratio(1, 3) {
            true => Actor::petitioner(id),
            false => self.anybody(),
        };
        let app = self.house.app.clone();
        let page = match self.runtime.block_on(read(&app, &actor, id)) {
            Ok(page) => page,
            Err(Error::Refused(_)) => return Ok(()),
            Err(error) => return Err(broken(error).of(id)),
        };
        let case = &self.cases[&id];
        let rules = self.model.rules(case);
        let is_petitioner = matches!(actor.who, ActorWho::Petitioner(_));
        let by_post = actor.person().is_some_and(|person| {
            let owns = case.owner == Owner::Person(person);
            let mut posts = self.model.map.posts_of(person);
            owns || posts.any(|post| may_read(post, case))
        });
        if !is_petitioner && !by_post {
            return Err(Fault::new(Rule::Seal, "a stranger reads it").of(id));
        }
        // What was said when it was of another kind is told by that kind.
        let entries = page.entries.iter();
        let said = entries.map(|entry| (self.model.book.of(&entry.kind.slug), &entry.says));
        let all = said.chain([(rules, &page.values)]);
        let mut names = all.flat_map(|(rules, says)| says.keys().map(move |name| (rules, name)));
        let is_wrong = |(rules, name): &(&Rules, &String)| {
            let sealed = matches!(
                rules.field_type(name),
                Some("person" | "contact" | "phone" | "address")
            );
            sealed || is_petitioner && rules.is_for_handlers(name)
        };
        match names.find(is_wrong) {
            Some((_, name)) => {
                let what = format!("`{name}` is shown to {:?}", actor.who);
                Err(Fault::new(Rule::Seal, what).of(id))
            }
            None => Ok(()),
        }
    }

    pub fn unseals(&mut self) -> Result<(), Fault> {
        let Some(id) = self.some_case() else {
            return Ok(());
        };
        let actor = self.anybody();
        let Some(person) = actor.person() else {
            return Ok(());
        };
        let request = petitioner::Request {
            case: id,
            purpose: "to ask how it is".to_owned(),
        };
        let app = self.house.app.clone();
        let mark = self.written()?;
        match self.runtime.block_on(unseal(&app, &actor, request)) {
            Ok(_) if may_unseal(&self.model.map, person, &self.cases[&id]) => Ok(()),
            Ok(_) if self.calls_back(person, id)? => Ok(()),
            Ok(_) => Err(Fault::new(Rule::Seal, "the seal opened for a stranger").of(id)),
            Err(Error::Refused(_)) => self.nothing_since(&mark, Rule::Refusal),
            Err(error) => Err(broken(error).of(id)),
        }
    }

    /// Whether somebody is to call back about a case that waits for it.
    fn calls_back(&self, person: PersonId, id: CaseId) -> Result<bool, Fault> {
        let waits = self
            .read(move |tx| follow_ups::tries_of_waiting(tx, id))?
            .is_some();
        Ok(waits && may_call_back(&self.model.map, person, &self.cases[&id]))
    }

    /// In what hours somebody does not want to be disturbed.
    pub fn says_when(&mut self) -> Result<(), Fault> {
        let actor = self.anybody();
        let Some(person) = actor.person() else {
            return Ok(());
        };
        let hours: [(i8, i8); 4] = [(0, 0), (12, 14), (20, 9), (22, 6)];
        let (from, until) = *hours.choose(&mut self.rng).expect("there are some");
        let quiet = Quiet {
            from: Time::constant(from, 0, 0, 0),
            until: Time::constant(until, 0, 0, 0),
        };
        let audience = match actor.is_staff() {
            true => Audience::Staff,
            false => Audience::Residents,
        };
        let wanted = Preferences {
            quiet,
            ..Preferences::usual(audience)
        };
        let app = self.house.app.clone();
        let set = self.runtime.block_on(prefer::set(&app, &actor, wanted));
        set.map_err(broken)?;
        self.mouth.wants(person, (quiet.from, quiet.until));
        Ok(())
    }

    pub fn goes_on_duty(&mut self) -> Result<(), Fault> {
        let actor = self.anybody();
        let (Some(person), Some(post)) = (actor.person(), actor.posts.first()) else {
            return Ok(());
        };
        let hours = self.rng.random_range(1..72);
        let starts_at = self.now();
        let request = duty::Request {
            post: post.post,
            starts_at,
            ends_at: starts_at + SignedDuration::from_hours(hours),
        };
        let app = self.house.app.clone();
        match self.runtime.block_on(duty::begin(&app, &actor, request)) {
            Ok(_) => {
                self.mouth.on_duty(person, (starts_at, request.ends_at));
                Ok(())
            }
            Err(Error::Refused(_)) => Ok(()),
            Err(error) => Err(broken(error)),
        }
    }
}
