//! The partner units of a community with their years: in the order in which they registered.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::PartnerId;
use huiyin_domain::partner::{Deed, Partner, progress};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::{Tx, partners};

pub use huiyin_store::partners::Behind;

use super::{days_of, keeps};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 40;

#[derive(Debug, Clone)]
pub struct Row {
    pub partner: Partner,
    pub progress: Vec<(Deed, u32, u32)>,
    /// How many deeds wait to be confirmed.
    pub waiting: i64,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Row>,
    pub next: Option<PartnerId>,
}

pub async fn list(
    app: &App,
    actor: &Actor,
    place: &PlaceCode,
    (number, after): (i16, Option<PartnerId>),
) -> Result<Reply, Error> {
    let place = place.at(Level::Community);
    let place = place.ok_or(Refusal::NotFound(Thing::Place))?;
    keeps(actor, &place).ok_or(Refusal::NotFound(Thing::Place))?;
    let share = app.config.agreement.unit;
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        let after = after.unwrap_or(PartnerId::from_raw(0));
        let mut found = partners::of_place(tx, &place, after, limit)?;
        let more = found.len() > ROWS;
        found.truncate(ROWS);
        let mut done: BTreeMap<PartnerId, Vec<Deed>> = BTreeMap::new();
        for (partner, deed) in partners::confirmed(tx, &place, days_of(number))? {
            done.entry(partner).or_default().push(deed);
        }
        let waiting: BTreeMap<_, _> = partners::waiting(tx, &place)?.into_iter().collect();
        let next = found.last().filter(|_| more).map(|last| last.id);
        let row = |partner: Partner| Row {
            progress: progress(share, done.get(&partner.id).map_or(&[], Vec::as_slice)),
            waiting: waiting.get(&partner.id).copied().unwrap_or(0),
            partner,
        };
        Ok::<_, Error>(Reply {
            rows: found.into_iter().map(row).collect(),
            next,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The partner units of an area, for an office above its communities: it looks, and the
/// communities do.
pub async fn area(
    app: &App,
    actor: &Actor,
    behind: Behind,
) -> Result<(Vec<Partner>, Option<Behind>), Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| partners::of_area(tx, &scope, &behind, ROWS + 1);
    let mut found = app.store.read(read).await.map_err(Error::from)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found.last().filter(|_| more).map(|last| Behind {
        place: last.place.to_string(),
        id: last.id,
    });
    Ok((found, next))
}
