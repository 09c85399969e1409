//! All parts of a task below a place, for a table: who has it, how it stands, what was counted.
//! What somebody wrote stays where it is.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::TaskId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Part, Task};
use huiyin_store::{Tx, places, task_parts};

use super::look::visible;
use crate::administration::permit;
use crate::{App, Error};

/// So many are read at once.
const BATCH: i64 = 5_000;

/// A line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    pub part: Part,
    pub names: Names,
    pub unit: Names,
}

pub async fn export(
    app: &App,
    actor: &Actor,
    id: TaskId,
    at: Option<PlaceCode>,
) -> Result<(Task, Vec<Line>), Error> {
    permit(actor, Action::TaskRead)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let (task, top) = visible(tx, &actor, id, at.as_ref())?;
        let at = at.unwrap_or(top);
        let atlas = inner.atlas(tx)?;
        let below = places::below(tx, &at, Level::Grid, i64::MAX)?;
        let own = places::read(tx, &at)?;
        let named: BTreeMap<PlaceCode, Names> = below
            .into_iter()
            .chain(own)
            .map(|place| (place.code, place.names))
            .collect();
        let mut parts: Vec<Part> = Vec::new();
        loop {
            let last = parts.last().map(|part| part.place.clone());
            let more = task_parts::within(tx, id, (&at, last.as_ref()), BATCH)?;
            if more.is_empty() {
                break;
            }
            parts.extend(more);
        }
        let lines = parts.into_iter().map(|part| Line {
            names: named.get(&part.place).cloned().unwrap_or_default(),
            unit: atlas
                .unit(part.unit)
                .map(|unit| unit.names.clone())
                .unwrap_or_default(),
            part,
        });
        Ok::<_, Error>((task, lines.collect()))
    };
    app.store.read(read).await.map_err(Error::from)
}
