//! The small world in which stories happen: one community in its street, its county and its
//! prefecture, with a hotline, partner units, and every department that a story names.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::{Actor, HeldPost, Who};
use crate::calendar::{Calendar, Days, SpecialDay, Week, What, Zone};
use crate::case::facts::{
    Facts, TargetCase, UnitFacts, accused_units, item_and_place, service_named,
};
use crate::case::kind::{Kind, Step};
use crate::case::kinds::Kinds;
use crate::case::value::Input;
use crate::case::view::{CaseView, Owner};
use crate::id::{CaseId, PersonId, PostId, UnitId};
use crate::names::Names;
use crate::norm::{Line, Norm, Norms, Scope};
use crate::person::Role;
use crate::place::PlaceCode;
use crate::unit::{Duty, UnitCategory, resolve};

use super::cast::{DESKS, PEOPLE, UNITS, service};
use super::errand;

/// The case that a story tells of, the other one it may name, and one that is not there.
pub const THIS: CaseId = CaseId::from_raw(1);
pub const OTHER: CaseId = CaseId::from_raw(2);
pub const MISSING: CaseId = CaseId::from_raw(3);

/// Where the resident lives, and where a place is named `home`.
pub const HOME: &str = "652901001001001";

/// The world of one story.
#[derive(Debug, Clone)]
pub struct World {
    pub now: Timestamp,
    units: Vec<(String, UnitFacts)>,
    duties: Vec<Duty>,
    norms: Vec<Norm>,
    days: Days,
    calendar: Arc<Calendar>,
    claims: BTreeMap<String, u32>,
    target: Option<TargetCase>,
    /// Whether the case waits for a follow-up call.
    awaits_call: bool,
    /// Where the papers of the errand are, once it is one.
    pub errand: errand::Errand,
    /// Whether the resident brought the case in while signed in.
    is_known: bool,
    kinds: Arc<Kinds>,
    /// The slug of the kind that is told of.
    kind: String,
}

/// Monday to Friday, nine to twelve and two to six, and these days.
fn usual(days: &Days) -> Calendar {
    Calendar::new(Zone::china(), Week::usual(), &[days])
}

/// About what the rules are told.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub who: &'a str,
    pub actor: &'a Actor,
    pub kind: &'a Kind,
    pub case: Option<&'a CaseView>,
    pub step: &'a Step,
    pub input: &'a Input,
}

fn code(text: &str) -> PlaceCode {
    text.parse()
        .expect("the places of the world are well formed")
}

impl World {
    pub fn new(kind: &Kind, kinds: &Arc<Kinds>) -> World {
        let units = UNITS.iter().map(|&(name, category, place)| {
            (
                name.to_owned(),
                UnitFacts {
                    category,
                    place: code(place),
                    calendar: None,
                },
            )
        });
        World {
            now: "2026-05-04T09:00:00+08:00".parse().expect("an instant"),
            units: units.collect(),
            duties: Vec::new(),
            norms: Vec::new(),
            days: Days::default(),
            calendar: Arc::new(usual(&Days::default())),
            claims: BTreeMap::new(),
            target: Some(TargetCase {
                id: OTHER,
                kind: kind.slug.clone(),
                is_open: true,
                merged_into: None,
            }),
            awaits_call: false,
            errand: errand::Errand::default(),
            is_known: false,
            kinds: kinds.clone(),
            kind: kind.slug.clone(),
        }
    }

    /// The unit of this name; one that is not known yet is a department of the county.
    pub fn unit(&mut self, name: &str) -> UnitId {
        let at = self.units.iter().position(|(known, _)| known == name);
        let at = at.unwrap_or_else(|| {
            let department = UnitFacts {
                category: UnitCategory::Department,
                place: code("652901"),
                calendar: None,
            };
            self.units.push((name.to_owned(), department));
            self.units.len() - 1
        });
        UnitId::from_raw(at as i64 + 1)
    }

    fn unit_named(&self, id: UnitId) -> Option<&(String, UnitFacts)> {
        self.units.get(usize::try_from(id.get() - 1).ok()?)
    }

    /// The name of whoever owns a case.
    pub fn name_of(&self, owner: Owner) -> String {
        match owner {
            Owner::Unit(unit) => self
                .unit_named(unit)
                .map_or("?", |(name, _)| name)
                .to_owned(),
            Owner::Person(person) => {
                let at = usize::try_from(person.get() - 1).ok();
                at.and_then(|at| PEOPLE.get(at))
                    .unwrap_or(&"somebody on duty")
                    .to_string()
            }
        }
    }

    /// Somebody of the story: `resident`, `handler heating`, `dispatcher`, `clock`, …; one
    /// person who is several of these: `grid-worker and community`.
    pub fn actor(&mut self, who: &str, case: Option<&CaseView>) -> Result<Actor, String> {
        let mut parts = who.split(" and ");
        let mut actor = self.one(parts.next().unwrap_or(who), case)?;
        for part in parts {
            actor.posts.extend(self.one(part, case)?.posts);
        }
        Ok(actor)
    }

    fn one(&mut self, who: &str, case: Option<&CaseView>) -> Result<Actor, String> {
        let person = |name: &str| PEOPLE.iter().position(|known| *known == name);
        let plain = |who| {
            Ok(Actor {
                who,
                posts: Vec::new(),
            })
        };
        match who {
            "resident" if case.is_none() => return plain(Who::Anyone),
            "resident" => return plain(Who::Petitioner(THIS)),
            "signed-in resident" => {
                self.is_known = true;
                return plain(Who::Person(PersonId::from_raw(1)));
            }
            "anybody" => return plain(Who::Anyone),
            "clock" => return plain(Who::Clock),
            "system" => return plain(Who::System),
            _ => {}
        }
        if let Some(at) = person(who) {
            return plain(Who::Person(PersonId::from_raw(at as i64 + 1)));
        }
        let (role, unit) = who.split_once(' ').unwrap_or((who, ""));
        let role: Role = role
            .parse()
            .map_err(|()| format!("nobody is called `{who}`"))?;
        let desk = DESKS.iter().find(|(known, _)| *known == role);
        let owner = case.and_then(|case| case.owner.unit());
        let unit = match (unit, desk, owner) {
            ("", Some((_, desk)), _) => self.unit(desk),
            ("", None, Some(owner)) => owner,
            ("", None, None) => return Err(format!("say for which unit: `{who} heating`")),
            (name, _, _) => self.unit(name),
        };
        Ok(self.posted(role, unit))
    }

    fn posted(&self, role: Role, unit: UnitId) -> Actor {
        let place = match role {
            Role::GridWorker => None,
            _ => self.unit_named(unit).map(|(_, facts)| facts.place.clone()),
        };
        Actor {
            who: Who::Person(PersonId::from_raw(100 + unit.get())),
            posts: vec![HeldPost {
                post: PostId::from_raw(unit.get()),
                unit,
                role,
                place: place.unwrap_or_else(|| code(HOME)),
                took_over: Vec::new(),
            }],
        }
    }

    /// `duty heating.indoor heating assisting housing+water limit 2d`, `claims volunteer 2`,
    /// `chosen for a call`, `other closed`, `other follows`, `other of another kind`.
    pub fn given(&mut self, words: &str) -> Result<(), String> {
        let parts: Vec<&str> = words.split_whitespace().collect();
        match parts.as_slice() {
            ["duty", item, unit, rest @ ..] => {
                let (mut assisting, mut limit) = (Vec::new(), None);
                for pair in rest.chunks(2) {
                    match pair {
                        ["assisting", units] => {
                            assisting = units.split('+').map(|unit| self.unit(unit)).collect();
                        }
                        ["limit", time] => limit = time.parse().ok(),
                        _ => return Err(format!("`{}` says nothing of a duty", pair.join(" "))),
                    }
                }
                let duty = Duty {
                    item: item.parse().map_err(|error| format!("{error}"))?,
                    place: code("6529"),
                    unit: self.unit(unit),
                    assisting,
                    limit,
                };
                self.duties.push(duty);
                Ok(())
            }
            ["claims", who @ .., count] => {
                let count = count
                    .parse()
                    .map_err(|_| format!("`{count}` is no number"))?;
                self.claims.insert(who.join(" "), count);
                Ok(())
            }
            ["chosen", "for", "a", "call"] => {
                self.awaits_call = true;
                Ok(())
            }
            ["other", state @ ..] => self.other(&state.join(" ")),
            ["norm", clock, rest @ ..] => self.norm(clock, rest),
            ["day", "off", day] => {
                let date: Date = day.parse().map_err(|_| format!("`{day}` is no day"))?;
                self.days.put(SpecialDay {
                    date,
                    what: What::Off,
                    names: Names::default(),
                });
                self.calendar = Arc::new(usual(&self.days));
                Ok(())
            }
            _ => Err(format!("`{words}` cannot be given")),
        }
    }

    /// `norm resolution for enquiry of heating from 2026-05-01 2wd`.
    fn norm(&mut self, clock: &str, words: &[&str]) -> Result<(), String> {
        let wrong = || format!("`norm {clock} {}` is no norm", words.join(" "));
        let (limit, pairs) = words.split_last().ok_or_else(wrong)?;
        let mut scope = Scope::default();
        let mut from_day = Date::ZERO;
        for pair in pairs.chunks(2) {
            match pair {
                ["for", request] => scope.request = Some((*request).to_owned()),
                ["of", item] => scope.item = Some(item.parse().map_err(|_| wrong())?),
                ["when", word] => scope.urgency = word.parse().map_err(|()| wrong())?,
                ["from", day] => from_day = day.parse().map_err(|_| wrong())?,
                _ => return Err(wrong()),
            }
        }
        let limit = limit.parse().map_err(|_| wrong())?;
        self.norms.push(Norm {
            kind: self.kind.clone(),
            clock: clock.to_owned(),
            from_day,
            line: Line { scope, limit },
        });
        Ok(())
    }

    /// When people work here.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn other(&mut self, state: &str) -> Result<(), String> {
        let Some(target) = &mut self.target else {
            return Ok(());
        };
        match state {
            "open" => {}
            "closed" => target.is_open = false,
            "follows" => target.merged_into = Some(MISSING),
            "of another kind" => target.kind = "other".to_owned(),
            _ => return Err(format!("the other case cannot be `{state}`")),
        }
        Ok(())
    }

    /// What the rules are told.
    pub fn facts(&self, about: &About<'_>) -> Facts {
        let About {
            who,
            actor,
            kind,
            case,
            step,
            input,
        } = *about;
        let (item, place) = item_and_place(kind, case, step, input);
        let place_unit = place.as_ref().and_then(|place| {
            let mut territorial = self.units.iter().enumerate().filter(|(_, (_, unit))| {
                unit.category.is_territorial() && place.is_within(&unit.place)
            });
            let mut nearest = territorial.next()?;
            for next in territorial {
                if next.1.1.place.level() >= nearest.1.1.place.level() {
                    nearest = next;
                }
            }
            Some(UnitId::from_raw(nearest.0 as i64 + 1))
        });
        let duty = item
            .zip(place)
            .and_then(|(item, place)| resolve(&self.duties, &item, &place).cloned());
        let owner = case.and_then(|case| case.owner.unit()).or(place_unit);
        let named = input.values.values().find_map(|value| match value {
            crate::case::Value::Case(case) => Some(*case),
            _ => None,
        });
        let target = match named {
            Some(THIS) => self
                .target
                .clone()
                .map(|target| TargetCase { id: THIS, ..target }),
            Some(OTHER) => self.target.clone(),
            _ => None,
        };
        Facts {
            duty,
            place_unit,
            above_unit: owner.and_then(|owner| self.above(owner)),
            partner_units: self.partners(),
            actor_posts: actor.posts.clone(),
            actor_open_claims: self.claims.get(who).copied().unwrap_or(0),
            petitioner_person: self.is_known.then_some(PersonId::from_raw(1)),
            accused_units: accused_units(kind, case, input),
            units: (self.units.iter().enumerate())
                .map(|(at, (_, unit))| (UnitId::from_raw(at as i64 + 1), unit.clone()))
                .collect(),
            target,
            service: service_named(input).and_then(service),
            procedure: errand::procedure(step, input),
            errand: self.errand.facts(),
            awaits_call: self.awaits_call,
            kinds: Some(self.kinds.clone()),
            calendar: Some(self.calendar.clone()),
            norms: Some(Arc::new(Norms::new(self.norms.clone()))),
        }
    }

    fn partners(&self) -> Vec<UnitId> {
        let units = self.units.iter().enumerate();
        let partners = units.filter(|(_, (_, unit))| unit.category == UnitCategory::Partner);
        partners
            .map(|(at, _)| UnitId::from_raw(at as i64 + 1))
            .collect()
    }

    /// The unit one level above: of a community its street, of a department its county.
    fn above(&self, unit: UnitId) -> Option<UnitId> {
        let above = match self.unit_named(unit)?.1.category {
            UnitCategory::Community | UnitCategory::Partner => "street",
            UnitCategory::Street | UnitCategory::Department | UnitCategory::Hotline => "county",
            UnitCategory::County => "prefecture",
            UnitCategory::Prefecture => return None,
        };
        let at = self.units.iter().position(|(name, _)| name == above);
        at.map(|at| UnitId::from_raw(at as i64 + 1))
    }
}
