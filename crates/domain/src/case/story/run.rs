//! Telling a story: line by line, until it ends or goes another way than it says.

use std::sync::Arc;

use crate::access::Actor;
use crate::calendar::Span;
use crate::case::decide::{Scene, decide, decide_open};
use crate::case::decision::Decision;
use crate::case::field::Trouble;
use crate::case::kind::{Kind, Step};
use crate::case::kinds::Kinds;
use crate::case::refusal::{FieldFault, Refusal};
use crate::case::time;
use crate::case::value::{Input, Value};
use crate::case::view::CaseView;

use super::expect;
use super::read::{self, Line, Story, Wrong};
use super::world::{About, HOME, MISSING, OTHER, THIS, World};

/// A story while it is being told.
pub struct Telling {
    pub world: World,
    pub kind: Arc<Kind>,
    pub case: Option<CaseView>,
    kinds: Arc<Kinds>,
}

/// What a line came to.
pub enum Came {
    /// Nothing was done: somebody looked, or time went by.
    Nothing,
    Done(Box<Decision>),
    Refused(Refusal),
}

/// Tells a story; the first line that goes another way, and how.
pub fn tell(story: &Story, kind: &Arc<Kind>, kinds: &Arc<Kinds>) -> Result<(), Wrong> {
    let mut telling = Telling {
        world: World::new(kind, kinds),
        kind: kind.clone(),
        case: None,
        kinds: kinds.clone(),
    };
    for line in &story.lines {
        telling.line(line).map_err(|what| (line.number, what))?;
    }
    Ok(())
}

impl Telling {
    fn line(&mut self, line: &Line) -> Result<(), String> {
        if line.who == "given" {
            let more = line.follows.iter().map(String::as_str);
            return std::iter::once(line.does.as_str())
                .chain(more)
                .try_for_each(|words| self.world.given(words));
        }
        let who = match line.who.strip_prefix("after ") {
            None => line.who.as_str(),
            Some(rest) => {
                let (time, who) = rest.split_once(' ').unwrap_or((rest, "clock"));
                let time: Result<Span, _> = time.parse();
                let time = time.map_err(|error| format!("`{rest}`: {error}"))?;
                self.world.now = time::due(self.world.calendar(), self.world.now, time);
                who
            }
        };
        let came = self.act(who, &line.does)?;
        expect::check(self, who, &came, &line.follows)
    }

    fn act(&mut self, who: &str, does: &str) -> Result<Came, String> {
        if does.is_empty() || does == "looks" {
            return Ok(Came::Nothing);
        }
        let actor = self.world.actor(who, self.case.as_ref())?;
        if does == "opens" || does.starts_with("opens:") {
            let (_, fields) = read::call(does)?;
            let step = self.kind.open.clone();
            return self.take(who, &actor, &step, &fields);
        }
        let (name, fields) = match does.strip_prefix("clock ") {
            Some(clock) => (self.end_of(clock)?, Vec::new()),
            None => {
                let (name, fields) = read::call(does)?;
                (name.to_owned(), fields)
            }
        };
        let no_step = || Came::Refused(Refusal::NoSuchStep { step: name.clone() });
        match self.kind.step(&name).cloned() {
            Some(step) => self.take(who, &actor, &step, &fields),
            None => Ok(no_step()),
        }
    }

    /// The step taken when a clock runs out.
    fn end_of(&self, clock: &str) -> Result<String, String> {
        let found = self.kind.clock(clock.trim());
        let found = found.ok_or_else(|| format!("there is no clock `{clock}`"))?;
        let running = self.case.as_ref().and_then(|case| case.clock.as_ref());
        let running = running.filter(|running| running.name == found.name);
        Ok(found
            .step_at(running.map_or(0, |running| running.round))
            .to_owned())
    }

    fn take(
        &mut self,
        who: &str,
        actor: &Actor,
        step: &Step,
        fields: &[(String, String)],
    ) -> Result<Came, String> {
        let mut input = Input::default();
        for (field, raw) in fields {
            match self.value(field, raw) {
                Ok(value) => input.values.insert(field.clone(), value),
                Err(trouble) => {
                    let faults: Vec<FieldFault> = vec![trouble.of(field)];
                    return Ok(Came::Refused(Refusal::Invalid(faults)));
                }
            };
        }
        let case = self.case.as_ref();
        let facts = self.world.facts(&About {
            who,
            actor,
            kind: &self.kind,
            case,
            step,
            input: &input,
        });
        let scene = Scene {
            kind: &self.kind,
            actor,
            facts: &facts,
            now: self.world.now,
        };
        let decided = match case {
            None => decide_open(&scene, THIS, &input),
            Some(case) => decide(&scene, case, &step.name, &input),
        };
        match decided {
            Err(refusal) => Ok(Came::Refused(refusal)),
            Ok(decision) => {
                let hash = decision.after.kind_hash;
                let kind = self.kinds.by_hash(hash).unwrap_or(&self.kind).clone();
                super::super::check::keeps_promise(&kind, &decision.after)?;
                self.kind = kind;
                self.world.errand.note(&decision);
                self.case = Some(decision.after.clone());
                Ok(Came::Done(Box::new(decision)))
            }
        }
    }

    /// A value as stories write it: names for units, `home`, `+5d` for a day to come.
    fn value(&mut self, field: &str, raw: &str) -> Result<Value, Trouble> {
        let Some(kind) = self.kind.field(field).map(|field| field.kind.clone()) else {
            return Ok(Value::Text(raw.to_owned()));
        };
        let world = &mut self.world;
        let several = || {
            raw.split('+')
                .map(str::trim)
                .filter(|part| !part.is_empty())
        };
        Ok(match kind.word() {
            "unit" => Value::Unit(world.unit(raw)),
            "units" => Value::Units(several().map(|name| world.unit(name)).collect()),
            "service" => Value::Service(super::cast::service_named_so(raw)),
            "place" if raw == "home" => Value::Place(HOME.parse().map_err(|_| no_value())?),
            "case" => Value::Case(match raw {
                "other" => OTHER,
                "itself" => THIS,
                _ => MISSING,
            }),
            "photos" | "sounds" | "signature" => {
                let count = several().count() as i64;
                Value::Files((1..=count).map(crate::id::FileId::from_raw).collect())
            }
            "date" if raw.starts_with('+') => {
                let time: Span = raw[1..].parse().map_err(|_| no_value())?;
                let calendar = world.calendar();
                let day = time::due(calendar, world.now, time);
                Value::Date(calendar.zone().date(day))
            }
            "choices" | "papers" => kind.read(&several().map(str::to_owned).collect::<Vec<_>>())?,
            _ => kind.read(&[raw.to_owned()])?,
        })
    }
}

fn no_value() -> Trouble {
    Trouble {
        key: "fault-wrong-type",
        args: Vec::new(),
    }
}
