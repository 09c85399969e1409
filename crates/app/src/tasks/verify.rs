//! Strike parts off: whoever is above looks at what was reported, and it counts. Many at once,
//! because a street has many villages; what is refused is told, each with its reason.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{TaskId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Act, State, Task, decide};
use huiyin_store::{Tx, tasks};

use super::{Held, Said, go_on, part_of, seen};
use crate::administration::permit;
use crate::error::Thing;
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
    // A place named twice is one.
    let parts: BTreeMap<PlaceCode, i64> = parts.into_iter().collect();
    let write = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        tasks::lock(tx, id)?;
        let task = tasks::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Task))?;
        let mut units = BTreeMap::new();
        let (mut reply, mut good) = (Reply::new(), Vec::new());
        for (place, version) in &parts {
            let found = held_of(tx, &task, place, &mut units);
            match found.and_then(|held| judge(&actor, held, *version)) {
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

/// A part of a task that is known; who has the parts above is read once.
fn held_of(
    tx: &mut Tx<'_>,
    task: &Task,
    place: &PlaceCode,
    units: &mut BTreeMap<PlaceCode, UnitId>,
) -> Result<Held, Error> {
    let part = part_of(tx, task.id, place)?;
    let known = part
        .above
        .as_ref()
        .map(|above| (above, units.get(above).copied()));
    let above = match known {
        None => task.given_unit,
        Some((_, Some(unit))) => unit,
        Some((above, None)) => {
            let unit = part_of(tx, task.id, above)?.unit;
            units.insert(above.clone(), unit);
            unit
        }
    };
    Ok(Held {
        task: task.clone(),
        part,
        above,
    })
}

/// The part and what is to be written; none when that was done before.
fn judge(actor: &Actor, held: Held, version: i64) -> Result<Option<(Held, Said<'static>)>, Error> {
    let held = seen(actor, held)?;
    let standing = held.standing(actor);
    let is_done = held.part.state == State::Verified && held.part.version == version + 1;
    if standing.verifies.is_some() && is_done {
        return Ok(None);
    }
    let act = Act::Verify { version };
    let state = decide(&held.task, &held.part, standing.side(), act)?;
    let said = Said {
        state,
        post: standing.verifying()?,
        says: "",
        amount: None,
        report: None,
    };
    Ok(Some((held, said)))
}
