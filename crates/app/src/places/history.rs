//! What a place was, what became of it, and who took over.

use huiyin_domain::access::{Action, Actor, Thing as Standing, may};
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::place_change::Sort;
use huiyin_store::{Tx, place_changes, places, posts};
use jiff::Timestamp;

use super::look::{Found, found};
use crate::administration::permit;
use crate::error::Thing;
use crate::{App, Error, Refusal};

const SHOWN_MAX: i64 = 50;

/// One change, with the places by name and whoever did it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub at: Timestamp,
    pub sort: Sort,
    pub from: Vec<Place>,
    pub to: Vec<Place>,
    /// For those who may do the same there.
    pub told: Option<Told>,
}

/// Who did it, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub name: String,
    pub reason: String,
}

/// The changes that led to a place and those that followed, the first first.
pub async fn history(app: &App, actor: &Actor, code: PlaceCode) -> Result<Vec<Line>, Error> {
    permit(actor, Action::PlacesChange)?;
    let standing = Standing::lying_in(&code);
    let may_know = may(actor, Action::PlacesChange, Some(&standing));
    let read = move |tx: &mut Tx<'_>| {
        if places::read(tx, &code)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        let mut lines = Vec::new();
        for change in place_changes::of_place(tx, &code, SHOWN_MAX)? {
            let told = match may_know {
                true => Some(Told {
                    name: posts::name_of_holder(tx, change.post)?.unwrap_or_default(),
                    reason: change.reason.clone(),
                }),
                false => None,
            };
            lines.push(Line {
                from: named(tx, &change.from)?,
                to: named(tx, &change.to)?,
                at: change.at,
                sort: change.sort,
                told,
            });
        }
        Ok::<_, Error>(lines)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn named(tx: &mut Tx<'_>, codes: &[PlaceCode]) -> Result<Vec<Place>, Error> {
    let mut named = Vec::with_capacity(codes.len());
    for code in codes {
        named.extend(places::read(tx, code)?);
    }
    Ok(named)
}

/// The open places that took over from one: for whoever comes with its code. Everybody may ask.
pub async fn heirs(app: &App, code: PlaceCode) -> Result<Vec<Found>, Error> {
    let read = move |tx: &mut Tx<'_>| {
        let mut all = Vec::new();
        for heir in place_changes::heirs(tx, &code, SHOWN_MAX)? {
            if let Some(place) = places::read(tx, &heir)? {
                all.push(found(tx, place, &mut Default::default())?);
            }
        }
        Ok::<_, Error>(all)
    };
    app.store.read(read).await.map_err(Error::from)
}
