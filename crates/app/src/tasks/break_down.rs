//! Break a part down to the places below it, in one act: from then on it is summed up from them.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Act, State, decide};
use huiyin_store::{Tx, task_parts};

use super::spread::{self, Reach};
use super::{Said, go_on, locked, seen};
use crate::administration::permit;
use crate::jobs::Job;
use crate::{App, Error, Refusal};

pub async fn break_down(
    app: &App,
    actor: &Actor,
    id: TaskId,
    (place, level): (PlaceCode, Level),
) -> Result<(), Error> {
    permit(actor, Action::TaskReport)?;
    if level <= place.level() || level > Level::Grid {
        return Err(Refusal::field("level", "fault-task-level").into());
    }
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let held = seen(&actor, locked(tx, id, &place)?)?;
        let standing = held.standing(&actor);
        if standing.side().answers && held.part.state == State::BrokenDown {
            return Ok(());
        }
        let reach = Reach {
            place: place.clone(),
            level,
            only: Vec::new(),
            role: None,
        };
        let cuts = spread::cut(&inner, tx, &reach, held.part.unit)?;
        let act = Act::BreakDown { parts: cuts.len() };
        let state = decide(&held.task, &held.part, standing.side(), act)?;
        let said = Said {
            state,
            post: standing.answering()?,
            says: "",
            amount: None,
            report: None,
        };
        // --- everything is checked; from here on we write ---
        go_on(tx, &held, &said, now)?;
        for cut in &cuts {
            let part = cut.part(id, Some(&place), now);
            task_parts::insert(tx, &part, held.task.due_on)?;
        }
        Ok(Job::TellTask(id).enqueue(&inner, tx, now)?)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
