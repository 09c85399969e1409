//! What the administrators of two installations do on their pages.

use std::sync::Arc;

use huiyin_app::App;
use huiyin_app::identity::token::{self, Scope};
use huiyin_app::installations::create::{self, Request};
use huiyin_app::installations::turn::{self, Turn};
use huiyin_app::outside::LiveClock;
use huiyin_app::webhooks;
use huiyin_domain::access::Actor;
use huiyin_domain::id::InstallationId;
use huiyin_domain::person::Role;
use huiyin_store::{Options, Store};
use tokio::runtime::Runtime;

use crate::finding::Fault;
use crate::server::Start;
use crate::site::{self, Keys};

/// Both are told of the other, as their administrators do it on the pages: under which number the
/// prefecture has the county, and which unit of the county the prefecture is.
pub fn register(
    (county, keys): (&Start<'_>, &Keys),
    (prefecture, their_keys): (&Start<'_>, &Keys),
) -> Result<(InstallationId, String), Fault> {
    let (place, _) = keys.county.as_ref().ok_or("there is no county")?;
    let (_, their_office) = their_keys.county.as_ref().ok_or("there is no county")?;
    let department = keys.departments.first().ok_or("a town has departments")?;
    let unit = department.parse().map_err(|_| "a unit has an id")?;
    let (ours, theirs) = (opened(county)?, opened(prefecture)?);
    let system = Actor::system();
    let register = async {
        let request = token::Request {
            name: "prefecture".to_owned(),
            scopes: Scope::ALL.to_vec(),
            unit,
            role: Role::Partner,
            place: place.clone(),
            expires_at: None,
        };
        let made = token::create(&ours.1, &system, request).await?;
        let request = Request {
            name: "county".to_owned(),
            url: format!("http://{}", county.address),
            token: made.token.reveal().to_owned(),
            unit: *their_office,
            place: place.clone(),
        };
        let id = create::create(&theirs.1, &system, request).await?;
        let request = webhooks::create::Request {
            name: "prefecture".to_owned(),
            url: format!(
                "http://{}/api/v1/installations/{id}/events",
                prefecture.address
            ),
            events: Vec::new(),
            place: place.clone(),
            unit: Some(unit),
        };
        let made = webhooks::create::create(&ours.1, &system, request).await?;
        create::believe(&theirs.1, &system, (id, &made.secret)).await?;
        Ok::<_, Fault>(id)
    };
    let id = Runtime::new()?.block_on(register)?;
    for (store, app) in [ours, theirs] {
        drop(app);
        store.shutdown_blocking();
    }
    Ok((id, department.clone()))
}

fn opened(start: &Start<'_>) -> Result<(Store, App), Fault> {
    let store = Store::open(start.url, &Options::default())?;
    let app = site::app(&store, Arc::new(LiveClock), start.data)?;
    Ok((store, app))
}

/// "Look through its list now", as the button says.
pub fn look(prefecture: &Start<'_>, id: InstallationId) -> Result<(), Fault> {
    let (store, app) = opened(prefecture)?;
    Runtime::new()?.block_on(turn::turn(&app, &Actor::system(), id, Turn::Look))?;
    drop(app);
    store.shutdown_blocking();
    Ok(())
}
