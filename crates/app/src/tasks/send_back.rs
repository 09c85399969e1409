//! Send a report back, with what is missing: the part lies again with whoever reported it.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Act, State, decide};
use huiyin_store::Tx;

use super::{Said, go_on, locked, seen};
use crate::administration::permit;
use crate::{App, Error};

/// What is sent back, and why.
#[derive(Debug, Clone)]
pub struct Request {
    pub task: TaskId,
    pub place: PlaceCode,
    /// The entry with which it was reported.
    pub version: i64,
    pub why: String,
}

pub async fn send_back(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::TaskVerify)?;
    let (actor, now, id) = (actor.clone(), app.now(), request.task);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let held = seen(&actor, locked(tx, id, &request.place)?)?;
        let standing = held.standing(&actor);
        let was_done =
            held.part.state == State::SentBack && held.part.version == request.version + 1;
        if standing.side().verifies && was_done {
            return Ok(());
        }
        let act = Act::SendBack {
            version: request.version,
            why: &request.why,
        };
        let state = decide(&held.task, &held.part, standing.side(), act)?;
        let said = Said {
            state,
            post: standing.verifying()?,
            says: request.why.trim(),
            amount: None,
            report: None,
        };
        // --- everything is checked; from here on we write ---
        go_on(tx, &held, &said, now).map(drop)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
