//! After a storm: all rounds that are for it begin now, in one go.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::round::Every;
use huiyin_store::{Tx, checklists};

use super::make;
use crate::administration::{Record, permit};
use crate::{App, Error};

/// So many begin in one go.
const CADENCES_MAX: i64 = 500;

/// How many rounds were made; twice on a day makes none.
pub async fn begin_storm(app: &App, actor: &Actor) -> Result<usize, Error> {
    permit(actor, Action::RoundsKeep)?;
    let within = scope(actor, Action::RoundsKeep);
    let record = Record::new(app, actor, "storm-rounds-begun", "");
    let (inner, today) = (app.clone(), app.config.day(app.now()));
    let write = move |tx: &mut Tx<'_>| -> Result<usize, Error> {
        let mut ready = Vec::new();
        let mut all = checklists::cadences_within(tx, &within, CADENCES_MAX)?;
        all.retain(|cadence| cadence.every == Every::Storm);
        // In one order, so that two at once wait for each other.
        all.sort_by_key(|cadence| cadence.id);
        for cadence in all {
            if let Some(held) = checklists::lock_cadence(tx, cadence.id)?
                && held.closed_at.is_none()
            {
                ready.extend(make::ready(&inner, tx, &held, today)?);
            }
        }
        // --- everything is checked; from here on we write ---
        for round in &ready {
            round.write(tx)?;
        }
        if !ready.is_empty() {
            record.keep(tx)?;
        }
        Ok(ready.len())
    };
    app.store.write(0, write).await.map_err(Error::from)
}
