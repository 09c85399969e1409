//! The lists of the town: which unit answers for a place, what the duty list says, who holds
//! which post.

use std::collections::BTreeMap;

use huiyin_domain::id::{MenuServiceId, PersonId, PostId, UnitId};
use huiyin_domain::menu::Service;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::{Duty, ItemCode, Unit, UnitCategory};
use huiyin_store::entries::Entry;

use super::Doer;
use crate::town::Town;

/// What the town's own lists say.
pub struct Map {
    units: BTreeMap<UnitId, Unit>,
    duties: Vec<Duty>,
    posts: BTreeMap<PostId, Post>,
    services: BTreeMap<MenuServiceId, Service>,
}

impl Map {
    pub fn new(town: &Town) -> Map {
        let units = town.units.iter().map(|unit| (unit.id, unit.clone()));
        let posts = town.people.iter().flat_map(|person| &person.posts);
        let services = town.menu.iter().map(|line| &line.service);
        Map {
            services: services.map(|one| (one.id, one.clone())).collect(),
            units: units.collect(),
            duties: town.duties.clone(),
            posts: posts.map(|post| (post.id, post.clone())).collect(),
        }
    }

    pub fn unit(&self, unit: UnitId) -> Option<&Unit> {
        self.units.get(&unit)
    }

    /// A line of a menu.
    pub fn service(&self, service: MenuServiceId) -> Option<&Service> {
        self.services.get(&service)
    }

    /// Whoever answers for a place: the community around it, else the next wider office.
    pub fn place_unit(&self, place: &PlaceCode) -> Option<UnitId> {
        let around = self.units.values().filter(|unit| {
            let office = matches!(
                unit.category,
                UnitCategory::Prefecture
                    | UnitCategory::County
                    | UnitCategory::Street
                    | UnitCategory::Community
            );
            office && unit.place.level() <= Level::Community && place.is_within(&unit.place)
        });
        let nearest = around.max_by_key(|unit| unit.place.as_str().len());
        nearest.map(|unit| unit.id)
    }

    /// The unit a level above.
    pub fn above(&self, unit: UnitId) -> Option<UnitId> {
        let unit = self.units.get(&unit)?;
        unit.parent
            .or_else(|| self.place_unit(&unit.place.parent()?))
    }

    /// The line of the duty list for an item at a place: the nearest item, then the nearest place.
    pub fn duty(&self, item: Option<&ItemCode>, place: &PlaceCode) -> Option<&Duty> {
        let mut item = item.cloned();
        while let Some(code) = item {
            let lines = self.duties.iter();
            let fitting = lines.filter(|duty| duty.item == code && place.is_within(&duty.place));
            if let Some(duty) = fitting.max_by_key(|duty| duty.place.as_str().len()) {
                return Some(duty);
            }
            item = code.parent();
        }
        None
    }

    pub fn post(&self, post: PostId) -> Option<&Post> {
        self.posts.get(&post)
    }

    /// Every post that somebody holds.
    pub fn posts_of(&self, person: PersonId) -> impl Iterator<Item = &Post> {
        self.posts
            .values()
            .filter(move |post| post.person == person)
    }

    /// Whoever took a step.
    pub fn doer(&self, entry: &Entry) -> Doer {
        let post = entry.post.and_then(|post| self.posts.get(&post));
        Doer {
            post: entry.post,
            unit: post.map(|post| post.unit),
            role: post.map(|post| post.role),
            person: post.map(|post| post.person).or(entry.person),
        }
    }

    /// Whether somebody stands above others: a supervisor or an office.
    pub fn supervises(doer: &Doer) -> bool {
        matches!(doer.role, Some(Role::Supervisor | Role::Office))
    }
}
