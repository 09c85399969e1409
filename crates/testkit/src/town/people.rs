//! The people who sign in: staff of every unit in every role, and volunteers.

use huiyin_domain::id::{PersonId, PostId};
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Unit, UnitCategory};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::{Mint, Townsperson, places, texts};

const VOLUNTEERS: usize = 12;

pub(super) fn make(
    all: &[Place],
    units: &[Unit],
    mint: &mut Mint,
    rng: &mut ChaCha8Rng,
) -> Vec<Townsperson> {
    let mut maker = Maker {
        people: Vec::new(),
        names: names(rng),
        mint,
    };
    for unit in units {
        for (role, place) in posts_of(unit, all) {
            maker.add(unit, role, place);
        }
    }
    for number in 0..VOLUNTEERS {
        maker.volunteer(number);
    }
    // Last, so that everybody before keeps their name.
    for unit in units {
        if unit.category == UnitCategory::Prefecture {
            maker.add(unit, Role::Office, unit.place.clone());
        }
    }
    maker.people
}

/// Who works in a unit, and for what place.
fn posts_of(unit: &Unit, all: &[Place]) -> Vec<(Role, PlaceCode)> {
    let here = |role| (role, unit.place.clone());
    match unit.category {
        UnitCategory::Prefecture => vec![here(Role::Supervisor)],
        UnitCategory::County => vec![
            here(Role::Office),
            here(Role::Supervisor),
            here(Role::Dispatcher),
            here(Role::System),
            here(Role::Security),
            here(Role::Auditor),
        ],
        UnitCategory::Street => vec![here(Role::Dispatcher), here(Role::Supervisor)],
        UnitCategory::Community => {
            let grids = places::at(all, Level::Grid)
                .filter(|grid| grid.code.is_within(&unit.place))
                .map(|grid| (Role::GridWorker, grid.code.clone()));
            [here(Role::Community), here(Role::Community)]
                .into_iter()
                .chain(grids.take(2))
                .collect()
        }
        UnitCategory::Department => vec![here(Role::Handler), here(Role::Handler)],
        UnitCategory::Partner => vec![here(Role::Partner)],
        UnitCategory::Hotline => vec![here(Role::Operator); 3],
    }
}

struct Maker<'m> {
    people: Vec<Townsperson>,
    /// Name and its letters, in an order that follows from the seed.
    names: std::vec::IntoIter<(String, String)>,
    mint: &'m mut Mint,
}

impl Maker<'_> {
    fn add(&mut self, unit: &Unit, role: Role, place: PlaceCode) {
        let at = self.mint.next();
        let (name, letters) = self.name();
        let word = role.word().to_owned();
        // The first person of each role signs in with the name of the role. For the two
        // roles of which there is one at each level, that is the one nearest to the street.
        let is_higher = match role {
            Role::Dispatcher | Role::Supervisor => unit.category != UnitCategory::Street,
            Role::Office => unit.category == UnitCategory::Prefecture,
            _ => false,
        };
        let taken = self
            .people
            .iter()
            .any(|person| person.login.as_ref() == Some(&word));
        let login = match (is_higher, taken) {
            (true, _) => format!("{}-{word}", unit.category.word()),
            (false, false) => word,
            (false, true) => letters,
        };
        let id = PersonId::make(at, 0);
        self.people.push(Townsperson {
            id,
            name,
            login: Some(login),
            contact: None,
            language: "zh",
            posts: vec![Post {
                id: PostId::make(at, 0),
                person: id,
                unit: unit.id,
                role,
                place,
                starts_at: at,
                ends_at: None,
            }],
        });
    }

    fn volunteer(&mut self, number: usize) {
        let (name, letters) = self.name();
        self.people.push(Townsperson {
            id: PersonId::make(self.mint.next(), 0),
            name,
            login: None,
            contact: Some(format!("{letters}@tingxi.example")),
            language: if number % 4 == 3 { "en" } else { "zh" },
            posts: Vec::new(),
        });
    }

    fn name(&mut self) -> (String, String) {
        self.names
            .next()
            .expect("there are more names than people in the town")
    }
}

/// Every surname with every given name, shuffled.
fn names(rng: &mut ChaCha8Rng) -> std::vec::IntoIter<(String, String)> {
    let [surnames, given] = ["surnames", "given"].map(texts::list);
    let mut names: Vec<(String, String)> = surnames
        .iter()
        .flat_map(|surname| given.iter().map(move |given| (surname, given)))
        .filter_map(|(surname, given)| {
            let (zh, letters) = surname.split_once(' ')?;
            let (zh_given, letters_given) = given.split_once(' ')?;
            Some((
                format!("{zh}{zh_given}"),
                format!("{letters}.{letters_given}"),
            ))
        })
        .collect();
    names.shuffle(rng);
    names.into_iter()
}
