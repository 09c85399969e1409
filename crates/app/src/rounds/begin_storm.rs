//! After a storm: all rounds that are for it begin now, in one go.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::round::Every;
use huiyin_store::{Tx, checklists};

use super::{SPOTS_MAX, make};
use crate::administration::{Record, permit};
use crate::{App, Error};

/// How many rounds were made; twice on a day makes none.
pub async fn begin_storm(app: &App, actor: &Actor) -> Result<usize, Error> {
    permit(actor, Action::RoundsKeep)?;
    let within = scope(actor, Action::RoundsKeep);
    let record = Record::new(app, actor, "storm-rounds-begun", "");
    let (inner, today) = (app.clone(), app.config.day(app.now()));
    let write = move |tx: &mut Tx<'_>| -> Result<usize, Error> {
        let mut ready = Vec::new();
        for cadence in checklists::cadences_within(tx, &within, SPOTS_MAX)? {
            if cadence.every == Every::Storm {
                ready.extend(make::ready(&inner, tx, &cadence, today)?);
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
