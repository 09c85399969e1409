//! Call an occasion off: everything on it stays where it is, and everybody who was told the day is
//! told why it is off.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::OccasionId;
use huiyin_store::{Tx, occasions};

use super::off::good_why;
use super::{locked, open, taking_off};
use crate::administration::{Record, permit};
use crate::{App, Error};

pub async fn cancel(app: &App, actor: &Actor, id: OccasionId, why: String) -> Result<(), Error> {
    permit(actor, Action::OccasionsRun)?;
    let why = good_why("why", &why)?;
    let record = Record::new(app, actor, "occasion-cancelled", id);
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if locked(tx, &actor, id)?.cancelled_at.is_some() {
            return Ok(());
        }
        let occasion = open(tx, &actor, id)?;
        let found = taking_off(&inner, tx, (&actor, &occasion), &why)?;
        // --- everything is checked; from here on we write ---
        super::off(tx, (&occasion, now), &found)?;
        occasions::cancel(tx, id, &why, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
