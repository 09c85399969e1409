//! The town moves into a database: places, units, duty list, people and their posts.

use huiyin_store::{
    DbError, Store, WriteError, duties, menus, persons, places, posts, settings, units,
};

use crate::town::Town;

/// Writes the town into an empty database. Whoever has a login gets this password; its hash is
/// made once, because two hundred of them would take longer than anybody wants to wait.
pub fn settle(store: &Store, town: &Town, password_hash: &str) -> Result<(), WriteError<DbError>> {
    let (town, password_hash) = (town.clone(), password_hash.to_owned());
    store.write_blocking(0, move |tx| {
        for place in &town.places {
            places::put(tx, place)?;
        }
        for unit in &town.units {
            units::put(tx, unit)?;
        }
        for item in &town.items {
            duties::put_item(tx, item)?;
        }
        for duty in &town.duties {
            duties::put(tx, duty)?;
        }
        for line in &town.menu {
            menus::insert(tx, &line.service)?;
        }
        for person in &town.people {
            let kept = persons::Person {
                id: person.id,
                login: person.login.clone(),
                contact: person.contact.clone(),
                name: person.name.clone(),
                language: person.language.to_owned(),
                made_at: town.made_at,
                closed_at: None,
            };
            persons::insert(tx, &kept)?;
            if let Some(login) = &person.login {
                persons::set_login(tx, person.id, login, password_hash.as_str())?;
            }
            for post in &person.posts {
                posts::insert(tx, post)?;
            }
        }
        settings::put(tx, huiyin_app::atlas::VERSION, "1")
    })
}
