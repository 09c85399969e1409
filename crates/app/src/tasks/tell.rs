//! Tells everybody who answers for a place that a task has come: what is urgent at once, the rest
//! with the day's message, one for all tasks of the day.

use huiyin_domain::access::{Action, roles_for};
use huiyin_domain::id::TaskId;
use huiyin_domain::person::Role;
use huiyin_domain::place::Level;
use huiyin_domain::task::{Sort, Task};
use huiyin_domain::telling::Importance;
use huiyin_store::task_telling::Telling;
use huiyin_store::{Tx, task_telling, tasks};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::telling::tell::{Said, Title, tell_staff};
use crate::{App, Error};

const BATCH: i64 = 200;
/// Who has had a part for longer was told when it came.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// May run twice: nobody is told twice of one task.
pub(crate) async fn run(app: &App, id: TaskId) -> Result<(), Error> {
    let read = move |tx: &mut Tx<'_>| tasks::read(tx, id);
    let task = app.store.read(read).await.map_err(Error::from)?;
    let Some(task) = task.filter(|task| task.withdrawn.is_none()) else {
        return Ok(());
    };
    let now = app.now();
    let (mut last, meant_for) = (None, meant_for(&task));
    loop {
        let find = move |tx: &mut Tx<'_>| {
            let telling = Telling {
                task: id,
                now,
                since: now - FRESH,
                meant_for,
                roles: &roles_for(Action::TaskReport),
            };
            task_telling::to_tell(tx, telling, last, BATCH)
        };
        let people = app.store.read(find).await.map_err(Error::from)?;
        let Some(&(behind, _)) = people.last() else {
            return Ok(());
        };
        last = Some(behind);
        let (inner, task) = (app.clone(), task.clone());
        let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
            for &(person, came_at) in &people {
                tell_staff(&inner, tx, person, &said(&inner, &task, came_at), now)?;
            }
            Ok(())
        };
        app.store
            .write(id.get(), write)
            .await
            .map_err(Error::from)?;
    }
}

pub(super) fn meant_for(task: &Task) -> Option<(Role, Level)> {
    task.role.map(|role| (role, task.level))
}

/// What is told of a task of which somebody has a part since `came_at`.
fn said(app: &App, task: &Task, came_at: Timestamp) -> Said {
    let (letter, cause, page) = match task.sort {
        Sort::Urgent => (
            "letter-task-urgent",
            format!("task {}", task.id),
            format!("/desk/tasks/{}", task.id),
        ),
        // The same for all of a day, so that it is told once.
        Sort::Key | Sort::Regular => (
            "letter-tasks",
            format!("tasks {}", app.config.day(came_at)),
            "/desk/tasks".to_owned(),
        ),
    };
    Said {
        cause,
        letter,
        why: "letter-tasks-why",
        title: Title::Written(task.title.clone()),
        at: task.given_at,
        until: last_minute(app, task.due_on),
        page,
        importance: match task.sort {
            Sort::Urgent => Importance::Urgent,
            Sort::Key | Sort::Regular => Importance::Info,
        },
        note: String::new(),
    }
}

/// What is due on a day may be done until its last minute.
fn last_minute(app: &App, day: Date) -> Option<Timestamp> {
    let last = day.at(23, 59, 0, 0).to_zoned(app.config.time_zone.clone());
    last.ok().map(|last| last.timestamp())
}
