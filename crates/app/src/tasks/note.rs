//! Say that a part is known and will be seen to.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Act, decide};
use huiyin_store::Tx;

use super::{Said, go_on, locked, seen};
use crate::administration::permit;
use crate::{App, Error};

/// Said twice, it is said once.
pub async fn note(app: &App, actor: &Actor, id: TaskId, place: PlaceCode) -> Result<(), Error> {
    permit(actor, Action::TaskReport)?;
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let held = locked(tx, id, &place)?;
        let held = seen(&actor, held)?;
        let standing = held.standing(&actor);
        let state = decide(&held.task, &held.part, standing.side(), Act::Note)?;
        if held.part.state == state {
            return Ok(());
        }
        let said = Said {
            state,
            post: standing.answering()?,
            says: "",
            amount: None,
            report: None,
        };
        // --- everything is checked; from here on we write ---
        go_on(tx, &held, &said, now).map(drop)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
