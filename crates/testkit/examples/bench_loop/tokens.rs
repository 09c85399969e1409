//! Who acts: a hotline that writes down and dispatches, and the office of each unit that handles.

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_app::identity::token::{self, Scope};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::UnitCategory;
use huiyin_testkit::town::Town;

/// Everybody's password at the desk.
pub const PASSWORD: &str = "bench-loop-password";

/// The sign of an open case in the list that is kept.
pub const OPEN: char = '+';

/// What the load needs to know about the house.
#[derive(Clone)]
pub struct Tokens {
    pub town: Arc<Town>,
    pub dispatcher: String,
    /// By the id of the unit, as the API writes it.
    pub handlers: HashMap<String, String>,
    /// Cases that lie in the database: a sample, open ones and closed ones.
    pub sample: Vec<String>,
    /// Of these the open ones.
    pub open: Vec<String>,
}

/// `kept` are ids of cases; a sign before it says that a case is open.
pub async fn make(app: &App, town: Arc<Town>, kept: &[String]) -> Result<Tokens, Error> {
    let open = kept.iter().filter_map(|id| id.strip_prefix(OPEN));
    let all = kept.iter().map(|id| id.trim_start_matches(OPEN));
    let county = town.places_at(Level::County).next();
    let county = county.expect("the town lies in a county").code.clone();
    let office = town
        .office_of(&county)
        .expect("the county has an office")
        .id;
    let dispatcher = one(app, office, Role::Dispatcher, county).await?;
    let mut handlers = HashMap::new();
    for unit in &town.units {
        let role = match unit.category {
            UnitCategory::Community => Role::Community,
            UnitCategory::Department => Role::Handler,
            _ => Role::Dispatcher,
        };
        let token = one(app, unit.id, role, unit.place.clone()).await?;
        handlers.insert(unit.id.to_string(), token);
    }
    Ok(Tokens {
        town,
        dispatcher,
        handlers,
        sample: all.map(str::to_owned).collect(),
        open: open.map(str::to_owned).collect(),
    })
}

async fn one(
    app: &App,
    unit: huiyin_domain::id::UnitId,
    role: Role,
    place: PlaceCode,
) -> Result<String, Error> {
    let request = token::Request {
        name: format!("bench {unit}"),
        scopes: Scope::ALL.to_vec(),
        unit,
        role,
        place,
        expires_at: None,
    };
    let made = token::create(app, &Actor::system(), request).await?;
    Ok(format!("Bearer {}", made.token.reveal()))
}
