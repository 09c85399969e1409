//! Leave one out, pause, go on, end: whoever brought it in says so, at any time.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::CaseId;
use huiyin_store::series::{self, Series};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;

use crate::cases::Reader;
use crate::cases::read::find;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What is to become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The one of this day is left out: not another one, when it was pressed twice.
    Skip(Date),
    Pause,
    GoOn,
    End,
}

/// Changes the row to which a case belongs. Said twice, it is done once.
pub async fn change(app: &App, actor: &Actor, case: CaseId, change: Change) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let today = app.config.day(now);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let (_, reader) = find(tx, &actor, case)?;
        if reader != Reader::Petitioner {
            return Err(Refusal::NotPermitted.into());
        }
        let row = series::of_case(tx, case)?.ok_or(Refusal::NotFound(Thing::Case))?;
        let Some(next) = changed(&row, change, (now, today))? else {
            return Ok(());
        };
        // --- everything is checked; from here on we write ---
        match series::update(tx, &next) {
            Err(DbError::Conflict { .. }) => Err(Refusal::Stale {
                version: row.version,
            }
            .into()),
            other => Ok(other?),
        }
    };
    app.store
        .write(case.get(), write)
        .await
        .map_err(Error::from)
}

/// The row as it shall be; none when it is so already.
fn changed(
    row: &Series,
    change: Change,
    (now, today): (jiff::Timestamp, Date),
) -> Result<Option<Series>, Refusal> {
    if row.ended_at.is_some() {
        return match change {
            Change::End => Ok(None),
            _ => Err(Refusal::rule(Class::Conflict, "series-ended")),
        };
    }
    let mut next = row.clone();
    match change {
        Change::Skip(day) if day != row.next_on => return Ok(None),
        Change::Skip(day) => next.next_on = row.every.after(row.first_on, day),
        Change::Pause if row.paused_at.is_some() => return Ok(None),
        Change::Pause => next.paused_at = Some(now),
        Change::GoOn if row.paused_at.is_none() => return Ok(None),
        Change::GoOn => {
            next.paused_at = None;
            // What fell into the pause does not come after all.
            if row.next_on <= today {
                next.next_on = row.every.after(row.first_on, today);
            }
        }
        Change::End => next.ended_at = Some(now),
    }
    Ok(Some(next))
}
