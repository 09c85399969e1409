//! One gift with who gave it: for the desk that looks after it, and for its receipt.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::gift::{Gift, Line};
use huiyin_domain::id::GiftId;
use huiyin_domain::names::Names;
use huiyin_store::gifts::{self, Donor};
use huiyin_store::{Tx, places};

use crate::administration::permit;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// A gift as its desk sees it.
#[derive(Debug, Clone)]
pub struct Reply {
    pub gift: Gift,
    pub lines: Vec<Line>,
    pub donor: Donor,
    pub place: Names,
}

pub async fn read(app: &App, actor: &Actor, id: GiftId) -> Result<Reply, Error> {
    permit(actor, Action::GiftsEdit)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let gift = gifts::read(tx, id)?;
        let gift = gift.filter(|gift| super::reaches(&actor, &gift.place));
        let gift = gift.ok_or(Refusal::NotFound(Thing::Gift))?;
        Ok(Reply {
            lines: gifts::lines(tx, id)?,
            donor: gifts::donor(tx, id)?.unwrap_or_default(),
            place: places::read(tx, &gift.place)?
                .map(|place| place.names)
                .unwrap_or_default(),
            gift,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
