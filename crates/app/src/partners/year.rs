//! A partner unit's year in one community: what was agreed, what is done of it. Both sides see
//! the same.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::PartnerId;
use huiyin_domain::partner::{Deed, DeedState, Partner, PartnerDeed, Resource, progress};
use huiyin_store::services::{Sum, Whose};
use huiyin_store::{Tx, partners, services};

use super::lend::RESOURCES_MAX;
use super::{days_of, seen};
use crate::{App, Error, Refusal};

/// So many deeds of a year are listed.
const DEEDS_MAX: i64 = 100;

/// From which side somebody looks, and so what they may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Unit,
    Community,
}

#[derive(Debug, Clone)]
pub struct Year {
    pub partner: Partner,
    pub seat: Seat,
    pub number: i16,
    /// What, how often it was done, how often it was agreed.
    pub progress: Vec<(Deed, u32, u32)>,
    pub deeds: Vec<PartnerDeed>,
    pub resources: Vec<Resource>,
    /// What the volunteers of the unit did here in the year.
    pub services: Sum,
}

pub async fn year(app: &App, actor: &Actor, id: PartnerId, number: i16) -> Result<Year, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| of(&inner, tx, &actor, (id, number));
    app.store.read(read).await.map_err(Error::from)
}

fn of(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, number): (PartnerId, i16),
) -> Result<Year, Error> {
    let (partner, side) = seen(tx, actor, id)?;
    let deeds = partners::deeds(tx, id, days_of(number), DEEDS_MAX)?;
    let confirmed: Vec<Deed> = deeds
        .iter()
        .filter(|deed| matches!(deed.state, DeedState::Confirmed { .. }))
        .map(|deed| deed.sort)
        .collect();
    let sums = services::sums(tx, &Whose::Unit(partner.unit, &partner.place))?;
    let of_year = sums.into_iter().find(|sum| sum.year == i64::from(number));
    let limit = i64::try_from(RESOURCES_MAX).unwrap_or(i64::MAX);
    Ok(Year {
        seat: side.seat(),
        number,
        progress: progress(app.config.agreement.unit, &confirmed),
        deeds,
        resources: partners::resources(tx, id, limit)?,
        services: of_year.unwrap_or_default(),
        partner,
    })
}

/// The pairings of the units for which the actor speaks.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Partner>, Error> {
    let scope = scope(actor, Action::PartnerSpeak);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let mut found = Vec::new();
        for unit in scope.units() {
            found.extend(partners::of_unit(tx, *unit)?);
        }
        Ok::<_, Error>(found)
    };
    app.store.read(read).await.map_err(Error::from)
}
