//! What people do: mostly what they may, in the way they should; sometimes too late, twice, half,
//! or what is not theirs at all.

use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::open::{self, open};
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Actor, Who as ActorWho};
use huiyin_domain::case::{Input, Owner, Value, Values, Who};
use huiyin_domain::id::CaseId;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};

use super::audit::broken;
use super::finding::{Fault, Rule};
use super::{Done, Game};
use crate::life::choose;

type Habit = fn(&mut Game) -> Result<(), Fault>;

/// How often people do what.
const HABITS: &[(u32, &str, Habit)] = &[
    (14, "somebody brings something in", Game::brings),
    (46, "somebody takes a step", Game::steps_on),
    (8, "somebody tries what is not theirs", Game::oversteps),
    (6, "somebody acts on what is no longer so", Game::comes_late),
    (6, "somebody leaves out what is asked", Game::leaves_out),
    (7, "somebody says it twice", Game::repeats),
    (6, "somebody looks at a case", Game::looks),
    (4, "somebody opens the seal", Game::unseals),
    (3, "somebody goes on duty", Game::goes_on_duty),
];

/// In what way a step is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Properly,
    Late,
    Half,
}

const TRIES: usize = 5;

impl Game {
    /// One act of somebody.
    pub fn someone_acts(&mut self) -> Result<(), Fault> {
        if self.act < 3 {
            self.says_when()?;
        }
        let wish = if self.cases.is_empty() {
            HABITS.first()
        } else {
            HABITS.choose_weighted(&mut self.rng, |habit| habit.0).ok()
        };
        let (_, doing, habit) = wish.expect("people have habits");
        (*doing).clone_into(&mut self.doing);
        habit(self)
    }

    fn brings(&mut self) -> Result<(), Fault> {
        let app = self.house.app.clone();
        let kinds = app.kinds();
        let town = self.house.town.clone();
        let kind = choose::kind(kinds.current(), &mut self.rng).expect("there are kinds");
        let Some((actor, channel)) = choose::opener(&town, kind, &mut self.rng) else {
            return Ok(());
        };
        let (mut values, language) = self.opening(kind, &actor);
        if actor.is_staff() && self.rng.random_ratio(1, 5) {
            self.complains_of_a_unit(kind, &mut values);
        }
        let id = CaseId::from_raw(app.mint());
        let request = open::Request {
            id,
            kind: kind.slug.clone(),
            values,
            language,
            channel,
            key: Some(self.key(&id.to_string())),
            at: None,
        };
        let mark = self.written()?;
        match self.runtime.block_on(open(&app, &actor, request.clone())) {
            Ok(reply) => {
                self.model.opened.insert(id, kind.slug.clone());
                self.keeps_contact(&request, &actor);
                self.last = Some(Done::Opened(actor, Box::new(request), reply));
                self.follows(id)?;
                self.comes_to_love(id);
                Ok(())
            }
            Err(Error::Refused(_)) => {
                self.report.refused += 1;
                self.nothing_since(&mark, Rule::Refusal)
            }
            Err(error) => Err(broken(error).of(id)),
        }
    }

    /// The matter complains of whoever would get it.
    fn complains_of_a_unit(&mut self, kind: &huiyin_domain::case::Kind, values: &mut Values) {
        let Some(field) = &kind.accused_field else {
            return;
        };
        let place = values.get(&kind.place_field).cloned();
        let Some(Value::Place(place)) = place else {
            return;
        };
        let item = kind.item_field.as_ref().and_then(|field| values.get(field));
        let item = match item {
            Some(Value::Item(item)) => Some(item.clone()),
            _ => None,
        };
        let duty = self
            .model
            .map
            .duty(item.as_ref(), &place)
            .map(|duty| duty.unit);
        let local = self.model.map.place_unit(&place);
        let units: Vec<_> = duty.into_iter().chain(local).collect();
        if let Some(unit) = units.choose(&mut self.rng) {
            values.insert(field.clone(), Value::Units(vec![*unit]));
        }
    }

    fn keeps_contact(&mut self, request: &open::Request, actor: &Actor) {
        let rules = self.model.book.of(&request.kind);
        let fields = request.values.iter();
        let mut contacts = fields
            .filter(|(field, _)| matches!(rules.field_type(field), Some("contact" | "phone")));
        let contact = contacts.find_map(|(_, value)| value.as_text());
        let now = self.house.app.now();
        if let Some(contact) = contact {
            if !actor.is_staff() {
                self.mouth.asked(contact, now);
            }
            self.mouth.belongs(request.id, contact);
        }
    }

    fn steps_on(&mut self) -> Result<(), Fault> {
        self.tries(Manner::Properly)
    }

    fn comes_late(&mut self) -> Result<(), Fault> {
        self.tries(Manner::Late)
    }

    fn leaves_out(&mut self) -> Result<(), Fault> {
        self.tries(Manner::Half)
    }

    /// Somebody who may be able to takes a step of some case.
    fn tries(&mut self, manner: Manner) -> Result<(), Fault> {
        let Some(id) = self.some_case() else {
            return Ok(());
        };
        let page = self.page(id)?;
        for (name, who) in self.steps(&page).into_iter().take(TRIES * 2) {
            let Some(actor) = self.somebody(who, &page) else {
                continue;
            };
            let Some(step) = page.kind.step(&name) else {
                continue;
            };
            let mut values = self.filled(&page, step, &actor);
            if manner == Manner::Half {
                let required = step.fields.iter().filter(|asked| asked.required);
                let left_out = required.choose(&mut self.rng);
                if let Some(left_out) = left_out {
                    values.remove(&left_out.field);
                }
            }
            let version = page.case.version - i64::from(manner == Manner::Late);
            let done = self.attempt(&actor, id, &name, (Some(version), values))?;
            match (done, manner) {
                (true, Manner::Late) => {
                    let what = format!("`{name}` was taken on version {version}");
                    return Err(Fault::new(Rule::Stale, what).of(id));
                }
                (true, _) => return Ok(()),
                (false, _) => {}
            }
        }
        Ok(())
    }

    /// Somebody of the right role, mostly of the wrong unit; or anybody.
    fn oversteps(&mut self) -> Result<(), Fault> {
        let Some(id) = self.some_case() else {
            return Ok(());
        };
        let page = self.page(id)?;
        let step = page.kind.steps.choose(&mut self.rng);
        let step = step.expect("kinds have steps");
        let town = self.house.town.clone();
        let roles: Vec<_> = step
            .by
            .iter()
            .filter_map(|who| match who {
                Who::Post(role, _) => Some(*role),
                _ => None,
            })
            .collect();
        let near = town.people.iter().filter(|person| {
            let has_role = person.role().is_some_and(|role| roles.contains(&role));
            let posts = &person.posts;
            has_role
                && posts
                    .iter()
                    .any(|post| page.case.place.is_within(&post.place))
        });
        let near = near
            .choose(&mut self.rng)
            .map(crate::town::Townsperson::actor);
        let actor = match near {
            Some(near) if self.rng.random_bool(0.7) => near,
            _ => self.anybody(),
        };
        let values = self.filled(&page, step, &actor);
        self.attempt(&actor, id, &step.name, (None, values))?;
        Ok(())
    }

    /// Takes a step; whether it was taken.
    fn attempt(
        &mut self,
        actor: &Actor,
        id: CaseId,
        step: &str,
        (version, values): (Option<i64>, Values),
    ) -> Result<bool, Fault> {
        let key = self.key(&format!("{id} {step}"));
        let request = advance::Request {
            id,
            version,
            step: step.to_owned(),
            input: Input { values },
            key: Some(key),
            at: None,
        };
        let app = self.house.app.clone();
        let mark = self.written()?;
        match self.runtime.block_on(advance(&app, actor, request.clone())) {
            Ok(reply) => {
                let now = self.now();
                match actor.who {
                    ActorWho::Petitioner(case) => self.mouth.case_asked(case, now),
                    ActorWho::Person(person) if !actor.is_staff() => {
                        self.mouth.person_asked(person, now);
                    }
                    _ => {}
                }
                let told = reply.version;
                self.last = Some(Done::Took(actor.clone(), Box::new(request), reply));
                self.follows(id)?;
                // Whoever takes something on in person is answered at once, whatever posts they hold.
                let owner = self.cases.get(&id).map(|case| case.owner);
                if let ActorWho::Person(person) = actor.who
                    && owner == Some(Owner::Person(person))
                {
                    self.mouth.person_asked(person, now);
                }
                let version = self.cases.get(&id).map(|case| case.version);
                match version == Some(told) {
                    true => Ok(true),
                    false => Err(Fault::new(Rule::Stale, "the reply tells another version").of(id)),
                }
            }
            Err(Error::Refused(_)) => {
                self.report.refused += 1;
                let refused = self.nothing_since(&mark, Rule::Refusal);
                refused.map(|()| false).map_err(|fault| fault.of(id))
            }
            Err(error) => Err(broken(error).of(id)),
        }
    }

    /// The same request again, or another one under its key.
    fn repeats(&mut self) -> Result<(), Fault> {
        let Some(last) = self.last.take() else {
            return Ok(());
        };
        let app = self.house.app.clone();
        let mark = self.written()?;
        let repeated = match &last {
            Done::Opened(actor, request, reply) => {
                let again = self
                    .runtime
                    .block_on(open(&app, actor, (**request).clone()));
                let is_same = |again: &open::Reply| {
                    again.repeated && (again.id, &again.code) == (reply.id, &reply.code)
                };
                answered_alike(again, is_same)
            }
            Done::Took(actor, request, reply) => {
                let again = self
                    .runtime
                    .block_on(advance(&app, actor, (**request).clone()));
                let is_same = |again: &advance::Reply| {
                    again.repeated && (again.id, again.version) == (reply.id, reply.version)
                };
                answered_alike(again, is_same)
            }
        };
        self.nothing_since(&mark, Rule::Repeat)?;
        self.last = Some(last);
        repeated
    }
}

/// The same answer as before; or that it is not theirs any more.
fn answered_alike<T: std::fmt::Debug>(
    again: Result<T, Error>,
    is_same: impl Fn(&T) -> bool,
) -> Result<(), Fault> {
    match again {
        Ok(reply) if is_same(&reply) => Ok(()),
        Err(Error::Refused(Refusal::NotFound(_))) => Ok(()),
        other => {
            let what = format!("the same request was answered with {other:?}");
            Err(Fault::new(Rule::Repeat, what))
        }
    }
}
