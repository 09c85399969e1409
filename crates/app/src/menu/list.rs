//! What is on the menus.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::menu::Service;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{DbError, Tx, menus};

use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// So many places are named at once.
const PLACES_MAX: i64 = 300;

/// Lines of menus, and what their places are called.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub services: Vec<Service>,
    pub places: BTreeMap<PlaceCode, Names>,
}

/// A place with a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    pub place: PlaceCode,
    pub names: Names,
    pub lines: i64,
}

fn named(tx: &mut Tx<'_>, services: &[Service]) -> Result<BTreeMap<PlaceCode, Names>, DbError> {
    let codes: Vec<PlaceCode> = services.iter().map(|one| one.place.clone()).collect();
    let places = named_places(tx, &codes)?;
    Ok(places
        .into_iter()
        .map(|place| (place.code, place.names))
        .collect())
}

/// What can be ordered in a place today: of the menus there and around it.
pub async fn offered(app: &App, place: PlaceCode) -> Result<Reply, Error> {
    let today = app.config.day(app.now());
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let mut services = menus::around(tx, &place)?;
        services.retain(|service| service.is_offered(&place, today));
        Ok(Reply {
            places: named(tx, &services)?,
            services,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What can be ordered anywhere today, for whoever has not said where they live.
pub async fn everywhere(app: &App) -> Result<Reply, Error> {
    let today = app.config.day(app.now());
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let mut services = menus::within(tx, ("", ":"))?;
        services.retain(|service| service.is_offered(&service.place, today));
        Ok(Reply {
            places: named(tx, &services)?,
            services,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The menu of a place as it is pinned up: of the place, of those around it and of those within,
/// also what is not offered in this season; not what is closed.
pub async fn of_place(app: &App, place: PlaceCode) -> Result<Reply, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let mut services = menus::around(tx, &place)?;
        let within = menus::within(tx, (place.as_str(), &place.range_end()))?;
        services.extend(within.into_iter().filter(|one| one.place != place));
        services.retain(|service| service.closed_at.is_none());
        Ok(Reply {
            places: named(tx, &services)?,
            services,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The places that have a menu.
pub async fn menus(app: &App) -> Result<Vec<Menu>, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<Menu>, DbError> {
        let counted = menus::places(tx, ("", ":"), PLACES_MAX)?;
        let codes: Vec<PlaceCode> = counted.iter().map(|(code, _)| code.clone()).collect();
        let names: BTreeMap<PlaceCode, Names> = named_places(tx, &codes)?
            .into_iter()
            .map(|place| (place.code, place.names))
            .collect();
        let menu = |(place, lines): (PlaceCode, i64)| Menu {
            names: names.get(&place).cloned().unwrap_or_default(),
            place,
            lines,
        };
        Ok(counted.into_iter().map(menu).collect())
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Every line that the actor may change, open or closed.
pub async fn for_the_desk(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let scope = scope(actor, Action::MenuEdit);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let mut services = Vec::new();
        for place in scope.places() {
            services.extend(menus::within(tx, (place.as_str(), &place.range_end()))?);
        }
        Ok(Reply {
            places: named(tx, &services)?,
            services,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
