//! Forget who gave: what came and where it went stays.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::GiftId;
use huiyin_store::{Tx, gifts};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn forget(app: &App, actor: &Actor, id: GiftId) -> Result<(), Error> {
    permit(actor, Action::GiftsEdit)?;
    let record = Record::new(app, actor, "gift-donor-forgotten", id);
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let gift = gifts::read(tx, id)?;
        let gift = gift.filter(|gift| super::reaches(&actor, &gift.place));
        gift.ok_or(Refusal::NotFound(Thing::Gift))?;
        // --- everything is checked; from here on we write ---
        gifts::forget_donor(tx, id)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
