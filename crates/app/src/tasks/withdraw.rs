//! Take a task back, with the reason: what is still open has to be done by nobody any more, what
//! was struck off stays.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::TaskId;
use huiyin_store::{Tx, task_parts, tasks};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

const WHY_CHARS_MAX: usize = 300;

pub async fn withdraw(app: &App, actor: &Actor, id: TaskId, why: String) -> Result<(), Error> {
    permit(actor, Action::TaskGive)?;
    let why = why.trim().to_owned();
    if why.is_empty() {
        return Err(Refusal::field("why", "fault-required").into());
    }
    if why.chars().count() > WHY_CHARS_MAX {
        return Err(Refusal::too_long("why", WHY_CHARS_MAX).into());
    }
    let record = Record::new(app, actor, "task-withdrawn", id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        tasks::lock(tx, id)?;
        let none = Refusal::NotFound(Thing::Task);
        let task = tasks::read(tx, id)?.ok_or_else(|| none.clone())?;
        let given = (task.given_unit, &task.place);
        permit_unit(&actor, Action::TaskGive, given).map_err(|_| none)?;
        match task.withdrawn {
            Some(before) if before.why == why => return Ok(()),
            Some(_) => return Err(Refusal::rule(Class::Gone, "task-withdrawn").into()),
            None => {}
        }
        // --- everything is checked; from here on we write ---
        tasks::withdraw(tx, id, &why, now)?;
        task_parts::withdraw(tx, id, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
