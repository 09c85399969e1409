//! Where a trial takes place: a database into which the town has moved, a folder for files, and
//! whoever may do what.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use huiyin_app::identity::secret;
use huiyin_app::identity::token::{self, Scope};
use huiyin_app::limits::Strictness;
use huiyin_app::outside::{
    Clock, Files, FilesSettings, HttpElsewhere, HttpWebhooks, Inside, LiveClock, LiveEntropy,
    Outside, Recorded, WebhookSettings,
};
use huiyin_app::{App, Config};
use huiyin_domain::access::Actor;
use huiyin_domain::case::Kinds;
use huiyin_domain::id::{PersonId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::UnitCategory;
use huiyin_store::persons::Person;
use huiyin_store::sessions::Session;
use huiyin_store::{DbError, Engine, Options, Store, Tx, persons, sessions};
use huiyin_testkit::actors::spoken;
use huiyin_testkit::settle::settle;
use huiyin_testkit::town::Town;
use jiff::SignedDuration;
use tokio::runtime::Runtime;

use crate::finding::Fault;
use crate::place::Place;

/// So many write at once.
pub const CLIENTS: usize = 6;

/// Whoever acts. Nobody here can sign in with a password: it would be checked too slowly.
#[derive(Debug, Default)]
pub struct Keys {
    /// Of the county: sees everything, and hands on.
    pub dispatcher: String,
    /// The county, and the unit that is its office.
    pub county: Option<(PlaceCode, UnitId)>,
    /// By the id of the unit, as the API writes it.
    pub units: HashMap<String, String>,
    pub departments: Vec<String>,
    /// A community, and the token of its office.
    pub communities: Vec<(String, String)>,
    /// Sessions of people who help, one for each client.
    pub sessions: Vec<String>,
}

/// A place into which the town has moved.
pub struct Site {
    pub place: Place,
    pub keys: Arc<Keys>,
}

impl Site {
    /// A new one in a new folder.
    pub fn make(engine: Engine, data: &Path) -> Result<Site, Fault> {
        Site::settle(Place::make(engine, data)?)
    }

    /// Moves in here, where nobody is.
    pub fn settle(place: Place) -> Result<Site, Fault> {
        let made_at = LiveClock.now() - SignedDuration::from_hours(48);
        let town = Town::generate(1, made_at);
        let store = Store::open(&place.url, &Options::default())?;
        settle(&store, &town, "none")?;
        let app = app(&store, Arc::new(LiveClock), &place.data)?;
        let keys = Runtime::new()?.block_on(keys(&app, &town))?;
        drop(app);
        store.shutdown_blocking();
        Ok(Site {
            place,
            keys: Arc::new(keys),
        })
    }
}

/// The operations on this database and the files in this folder, by this clock.
pub fn app(store: &Store, clock: Arc<dyn Clock>, data: &Path) -> Result<App, Fault> {
    let kinds = Kinds::builtin();
    let words = spoken(&kinds, &[]);
    let recorded = Arc::new(Recorded::new(store.clone(), clock.clone()));
    let inside = WebhookSettings {
        inside: Inside::Allowed,
    };
    let outside = Outside {
        clock,
        entropy: Arc::new(LiveEntropy),
        mail: recorded.clone(),
        sms: recorded,
        elsewhere: Arc::new(HttpElsewhere::new(inside)),
        webhooks: Arc::new(HttpWebhooks::new(inside)),
        files: Files::open(&FilesSettings::Folder(data.join("files")))?,
    };
    let config = Config {
        limits: Strictness::Off,
        ..Config::default()
    };
    Ok(App::new(store.clone(), kinds, words, outside, config)?)
}

async fn keys(app: &App, town: &Town) -> Result<Keys, Fault> {
    let county = town.places_at(Level::County).next();
    let county = &county.ok_or("the town lies in a county")?.code;
    let office = town.office_of(county).ok_or("the county has an office")?;
    let mut keys = Keys {
        dispatcher: token(app, office.id, Role::Dispatcher, county).await?,
        county: Some((county.clone(), office.id)),
        ..Keys::default()
    };
    for unit in &town.units {
        let role = match unit.category {
            UnitCategory::Community => Role::Community,
            UnitCategory::Department => Role::Handler,
            _ => continue,
        };
        let token = token(app, unit.id, role, &unit.place).await?;
        match role {
            Role::Community => keys
                .communities
                .push((unit.place.to_string(), token.clone())),
            _ => keys.departments.push(unit.id.to_string()),
        }
        keys.units.insert(unit.id.to_string(), token);
    }
    keys.sessions = sessions(app).await?;
    Ok(keys)
}

async fn token(app: &App, unit: UnitId, role: Role, place: &PlaceCode) -> Result<String, Fault> {
    let request = token::Request {
        name: format!("crash {unit}"),
        scopes: Scope::ALL.to_vec(),
        unit,
        role,
        place: place.clone(),
        expires_at: None,
    };
    let made = token::create(app, &Actor::system(), request).await?;
    Ok(format!("Bearer {}", made.token.reveal()))
}

/// People with a session each, as if they had signed in last night.
async fn sessions(app: &App) -> Result<Vec<String>, Fault> {
    let now = app.now();
    let people: Vec<_> = (0..CLIENTS)
        .map(|number| (PersonId::from_raw(app.mint()), format!("helper-{number}")))
        .collect();
    let told = people.iter().map(|(_, session)| session.clone()).collect();
    let write = move |tx: &mut Tx<'_>| {
        for (id, session) in &people {
            let person = Person {
                id: *id,
                login: None,
                contact: Some(format!("{session}@tingxi.example")),
                name: format!("居民 {session}"),
                language: "zh".to_owned(),
                made_at: now,
                closed_at: None,
            };
            persons::insert(tx, &person)?;
            let session = Session {
                token_hash: secret::hash(session),
                person: *id,
                agent: "crash".to_owned(),
                made_at: now,
                seen_at: now,
                proved_at: now,
                expires_at: now + SignedDuration::from_hours(24),
            };
            sessions::insert(tx, &session)?;
        }
        Ok::<_, DbError>(())
    };
    app.store.write(0, write).await?;
    Ok(told)
}
