//! A fictional county, made from a seed: places with shapes, units, a duty list, people, texts.
//!
//! It lies in the middle of an ocean, its division code is used by nobody, and its names
//! are invented. What its people write stands in `texts/*.txt`; one more text is one more
//! paragraph there.

mod duties;
mod land;
mod menu;
mod people;
pub mod pictures;
mod places;
mod texts;
mod units;

use huiyin_domain::id::{PersonId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Duty, Item, Unit};
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use menu::Line;
pub use texts::{Template, Texts};

/// The county and everybody in it.
#[derive(Debug, Clone)]
pub struct Town {
    pub places: Vec<Place>,
    pub units: Vec<Unit>,
    pub items: Vec<Item>,
    pub duties: Vec<Duty>,
    pub people: Vec<Townsperson>,
    /// What can be ordered.
    pub menu: Vec<Line>,
    /// When it was made; its posts start then.
    pub made_at: Timestamp,
}

/// Somebody who can sign in: staff with posts, or a volunteer with a contact.
#[derive(Debug, Clone)]
pub struct Townsperson {
    pub id: PersonId,
    pub name: String,
    /// The name to sign in with; none for volunteers, who sign in with a one-time code.
    pub login: Option<String>,
    pub contact: Option<String>,
    pub language: &'static str,
    pub posts: Vec<Post>,
}

impl Townsperson {
    /// The role of the first post.
    pub fn role(&self) -> Option<Role> {
        self.posts.first().map(|post| post.role)
    }
}

impl Town {
    /// The town of this seed; the same seed makes the same town.
    pub fn generate(seed: u64, made_at: Timestamp) -> Town {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut mint = Mint { at: made_at };
        let places = places::make(&mut rng);
        let (units, keys) = units::make(&places, &mut mint);
        let (items, duties) = duties::make(&places, &keys);
        let people = people::make(&places, &units, &mut mint, &mut rng);
        Town {
            menu: menu::make(&places, made_at),
            places,
            units,
            items,
            duties,
            people,
            made_at,
        }
    }

    /// The places of one level, in the order of their codes.
    pub fn places_at(&self, level: Level) -> impl Iterator<Item = &Place> {
        self.places
            .iter()
            .filter(move |place| place.code.level() == level)
    }

    /// The unit with this id.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The community (or street, county…) office that answers for exactly this place.
    pub fn office_of(&self, place: &PlaceCode) -> Option<&Unit> {
        self.units
            .iter()
            .find(|unit| unit.category.is_territorial() && &unit.place == place)
    }

    /// The first person with this login.
    pub fn person(&self, login: &str) -> Option<&Townsperson> {
        self.people
            .iter()
            .find(|person| person.login.as_deref() == Some(login))
    }

    /// People who hold no post: volunteers.
    pub fn volunteers(&self) -> impl Iterator<Item = &Townsperson> {
        self.people.iter().filter(|person| person.posts.is_empty())
    }
}

/// Hands out instants, one microsecond apart, so that ids follow from the seed.
struct Mint {
    at: Timestamp,
}

impl Mint {
    fn next(&mut self) -> Timestamp {
        self.at += SignedDuration::from_micros(1);
        self.at
    }
}

/// A unit that is known to the duty list by a short word.
type UnitKeys = std::collections::BTreeMap<&'static str, UnitId>;

/// `中文 | English` as names.
fn names(zh: &str, en: &str) -> Names {
    Names::both(zh.trim(), en.trim())
}

/// The lines of a text file that say something.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.starts_with("# ") && !line.trim().is_empty())
}

#[cfg(test)]
mod tests;
