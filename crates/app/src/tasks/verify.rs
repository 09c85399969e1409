//! Strike parts off: whoever is above looks at what was reported, and it counts. Many at once,
//! because a street has many villages; what is refused is told, each with its reason.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Act, State, decide};
use huiyin_store::Tx;

use super::{Said, go_on, held, seen, standing};
use crate::administration::permit;
use crate::{App, Error, Refusal};

/// So many are struck off in one act.
pub const AT_ONCE_MAX: usize = 300;

/// A part, as it was reported with this entry.
pub type Seen = (PlaceCode, i64);
/// What came of each.
pub type Reply = Vec<(PlaceCode, Result<(), Refusal>)>;

pub async fn verify(
    app: &App,
    actor: &Actor,
    id: TaskId,
    parts: Vec<Seen>,
) -> Result<Reply, Error> {
    permit(actor, Action::TaskVerify)?;
    if parts.is_empty() {
        return Err(Refusal::field("part", "fault-required").into());
    }
    if parts.len() > AT_ONCE_MAX {
        return Err(Refusal::too_many("part", AT_ONCE_MAX).into());
    }
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        huiyin_store::tasks::lock(tx, id)?;
        let (mut reply, mut good) = (Reply::new(), Vec::new());
        for (place, version) in &parts {
            match judge(tx, &actor, (id, place, *version)) {
                Ok(found) => {
                    good.extend(found);
                    reply.push((place.clone(), Ok(())));
                }
                Err(Error::Refused(refusal)) => reply.push((place.clone(), Err(refusal))),
                Err(fault) => return Err(fault),
            }
        }
        // --- everything is checked; from here on we write ---
        for (held, said) in &good {
            go_on(tx, held, said, now)?;
        }
        Ok(reply)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// The part and what is to be written; none when that was done before.
fn judge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, place, version): (TaskId, &PlaceCode, i64),
) -> Result<Option<(super::Held, Said<'static>)>, Error> {
    let held = seen(actor, held(tx, id, place)?)?;
    let standing = standing(actor, &held);
    let is_done = held.part.state == State::Verified && held.part.version == version + 1;
    if standing.side.verifies && is_done {
        return Ok(None);
    }
    let state = decide(
        &held.task,
        &held.part,
        standing.side,
        Act::Verify { version },
    )?;
    let said = Said {
        state,
        post: standing.verifies,
        says: "",
        amount: None,
        report: None,
    };
    Ok(Some((held, said)))
}
