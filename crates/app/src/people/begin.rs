//! Begin a house: its first place, its first unit, and the three administrators, each with
//! an invite. Only while nobody is there yet.

use huiyin_domain::case::Class;
use huiyin_domain::id::{PersonId, PostId, UnitId, make_raw};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::{Tx, persons, places, posts, units};

use super::create;
use crate::atlas::AtlasShelf;
use crate::identity::Secret;
use crate::identity::invite::{self, Invitation};
use crate::{App, Error, Refusal};

const ROLES: [Role; 3] = [Role::System, Role::Security, Role::Auditor];

/// Where the house stands.
pub struct Request {
    pub place: PlaceCode,
    /// The names of the first unit, usually the office that runs the house.
    pub unit: Names,
    pub language: Lang,
}

/// One invite for each administrator.
pub type Invitations = Vec<(Role, Invitation)>;

pub async fn begin(app: &App, request: Request) -> Result<Invitations, Error> {
    let now = app.now();
    let category = match request.place.level() {
        Level::Prefecture => UnitCategory::Prefecture,
        Level::County => UnitCategory::County,
        Level::Street => UnitCategory::Street,
        _ => return Err(Refusal::field("place", "fault-code").into()),
    };
    // Ids of one instant, told apart by their places in the list.
    let first = make_raw(now, app.chance());
    let id = move |number: i64| first + (number << 10);
    let tokens = ROLES.map(|_| Secret::make(&*app.outside.entropy));
    let write = move |tx: &mut Tx<'_>| {
        if persons::count(tx)? > 0 {
            return Err(Refusal::rule(Class::Conflict, "house-begun").into());
        }
        // --- everything is checked; from here on we write ---
        if places::read(tx, &request.place)?.is_none() {
            let place = Place {
                code: request.place.clone(),
                names: request.unit.clone(),
                shape: None,
                closed_at: None,
            };
            places::put(tx, &place)?;
        }
        let unit = Unit {
            id: UnitId::from_raw(id(0)),
            category,
            names: request.unit.clone(),
            place: request.place.clone(),
            parent: None,
            closed_at: None,
        };
        units::put(tx, &unit)?;
        AtlasShelf::touch(tx)?;
        let mut invitations = Invitations::new();
        for ((number, role), token) in (0..).zip(ROLES).zip(&tokens) {
            let person = Person {
                id: PersonId::from_raw(id(number)),
                login: None,
                contact: None,
                name: role.word().to_owned(),
                language: request.language.as_str().to_owned(),
                made_at: now,
                closed_at: None,
            };
            create::insert(tx, &person)?;
            let post = Post {
                id: PostId::from_raw(id(number)),
                person: person.id,
                unit: unit.id,
                role,
                place: request.place.clone(),
                starts_at: now,
                ends_at: None,
            };
            posts::insert(tx, &post)?;
            invitations.push((role, invite::put(tx, person.id, token, now)?));
        }
        Ok::<_, Error>(invitations)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

#[cfg(test)]
#[path = "begin_tests.rs"]
mod tests;
