//! What is due on which day of a month, for the places of whoever asks and of what they gave.

use std::collections::BTreeSet;

use huiyin_domain::access::{Action, Actor, may_somewhere};
use huiyin_domain::task::{Part, Task};
use huiyin_store::{Tx, task_parts, tasks};
use jiff::ToSpan;
use jiff::civil::Date;

use super::desks;
use crate::administration::permit;
use crate::{App, Error};

const ROWS_MAX: i64 = 300;

/// A task that is due, and the reader's part of it; none for what they gave.
pub type Due = (Task, Option<Part>);

/// What is due in the month of a day, in the order of the days.
pub async fn month(app: &App, actor: &Actor, day: Date) -> Result<Vec<Due>, Error> {
    permit(actor, Action::TaskRead)?;
    let actor = actor.clone();
    let first = day.first_of_month();
    let span = (first, first.saturating_add(1.month()));
    let read = move |tx: &mut Tx<'_>| {
        let mut found: Vec<Due> = Vec::new();
        for place in desks(&actor) {
            let lying = task_parts::at(tx, place, span, ROWS_MAX)?;
            found.extend(lying.into_iter().map(|(part, task)| (task, Some(part))));
        }
        if may_somewhere(&actor, Action::TaskGive) {
            let units: BTreeSet<_> = actor.posts.iter().map(|post| post.unit).collect();
            for unit in units {
                for task in tasks::of_unit_due(tx, unit, span, ROWS_MAX)? {
                    if found.iter().all(|(known, _)| known.id != task.id) {
                        found.push((task, None));
                    }
                }
            }
        }
        found.retain(|(task, _)| task.withdrawn.is_none());
        found.sort_by_key(|(task, _)| (task.due_on, task.id));
        Ok::<_, Error>(found)
    };
    app.store.read(read).await.map_err(Error::from)
}
