//! The pictures of a venue or an activity, for whoever may hang and take down.

use huiyin_domain::access::Actor;
use huiyin_store::Tx;
use huiyin_store::pictures::{self, Of, Picture};

use super::{Called, action, permit};
use crate::{App, Error};

pub async fn kept(app: &App, actor: &Actor, of: Of) -> Result<(Called, Vec<Picture>), Error> {
    crate::administration::permit(actor, action(of))?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let called = permit(tx, &actor, of)?;
        Ok::<_, Error>((called, pictures::list(tx, of)?))
    };
    app.store.read(read).await.map_err(Error::from)
}
