//! Whom a unit has and how they are told, read once for all notices that are looked at together:
//! within one read nothing changes.

use std::collections::HashMap;
use std::hash::Hash;

use huiyin_domain::access::HeldPost;
use huiyin_domain::id::{PersonId, UnitId};
use huiyin_domain::telling::Preferences;
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons, posts, preferences, shifts};
use jiff::Timestamp;

/// For one read at one instant, and no longer.
pub(crate) struct Book {
    pub now: Timestamp,
    of_unit: HashMap<UnitId, Vec<PersonId>>,
    held: HashMap<PersonId, Vec<HeldPost>>,
    persons: HashMap<PersonId, Option<Person>>,
    on_duty: HashMap<PersonId, bool>,
    preferences: HashMap<PersonId, Option<Preferences>>,
}

impl Book {
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            of_unit: HashMap::new(),
            held: HashMap::new(),
            persons: HashMap::new(),
            on_duty: HashMap::new(),
            preferences: HashMap::new(),
        }
    }

    /// Who holds a post of the unit.
    pub fn of_unit(&mut self, tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<PersonId>, DbError> {
        let now = self.now;
        once(&mut self.of_unit, unit, || {
            let posts = posts::of_unit(tx, unit, now)?;
            let mut persons: Vec<_> = posts.into_iter().map(|post| post.person).collect();
            persons.sort_unstable();
            persons.dedup();
            Ok(persons)
        })
    }

    pub fn held(&mut self, tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<HeldPost>, DbError> {
        let now = self.now;
        once(&mut self.held, person, || posts::held(tx, person, now))
    }

    pub fn person(&mut self, tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Person>, DbError> {
        once(&mut self.persons, person, || persons::by_id(tx, person))
    }

    pub fn is_on_duty(&mut self, tx: &mut Tx<'_>, person: PersonId) -> Result<bool, DbError> {
        let now = self.now;
        once(&mut self.on_duty, person, || {
            shifts::is_on_duty(tx, person, now)
        })
    }

    /// What somebody said of how they want to be told, if they did.
    pub fn preferences(
        &mut self,
        tx: &mut Tx<'_>,
        person: PersonId,
    ) -> Result<Option<Preferences>, DbError> {
        once(&mut self.preferences, person, || {
            preferences::read(tx, person)
        })
    }
}

fn once<K: Copy + Eq + Hash, V: Clone>(
    known: &mut HashMap<K, V>,
    key: K,
    read: impl FnOnce() -> Result<V, DbError>,
) -> Result<V, DbError> {
    if let Some(value) = known.get(&key) {
        return Ok(value.clone());
    }
    let value = read()?;
    known.insert(key, value.clone());
    Ok(value)
}
