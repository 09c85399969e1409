//! Clocks that do something by themselves: they warn, run out, or go on after a pause. Each takes
//! the step that its kind names.

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::Input;
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, calls, cases};

use crate::cases::advance::{self, advance};
use crate::{App, Error};

const BATCH: i64 = 100;

/// Lets every clock whose time has come take its step; how many did.
pub(super) async fn run(app: &App) -> Result<u64, Error> {
    Ok(of_cases(app).await? + of_calls(app).await?)
}

async fn of_cases(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let (mut last, mut taken) = (None, 0);
    loop {
        let read = move |tx: &mut Tx<'_>| cases::awake(tx, now, last, BATCH);
        let due = app.store.read(read).await.map_err(Error::from)?;
        let Some(&end) = due.last() else {
            return Ok(taken);
        };
        last = Some(end);
        for (_, id) in due {
            taken += u64::from(take(app, id, Of::Case).await?);
        }
    }
}

async fn of_calls(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let (mut last, mut taken) = (None, 0);
    loop {
        let read = move |tx: &mut Tx<'_>| calls::overdue(tx, now, last, BATCH);
        let due = app.store.read(read).await.map_err(Error::from)?;
        let Some(&end) = due.last() else {
            return Ok(taken);
        };
        last = Some(end);
        for late in due {
            taken += u64::from(take(app, late.case, Of::Call).await?);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Case,
    Call,
}

/// Takes the step of one clock. A refusal is no fault: somebody moved the case meanwhile, and
/// the next sweep looks again.
async fn take(app: &App, id: CaseId, of: Of) -> Result<bool, Error> {
    let (inner, now) = (app.clone(), app.now());
    let find = move |tx: &mut Tx<'_>| -> Result<Option<String>, Error> {
        let Some(held) = cases::load(tx, &Scope::for_the_house(), id)? else {
            return Ok(None);
        };
        let kind = inner.kind_of(tx, held.view.kind_hash)?;
        Ok(match of {
            Of::Case => held
                .view
                .clock
                .and_then(|clock| Some(kind.event(&clock, now)?.step().to_owned())),
            Of::Call => {
                let late = held.view.calls.iter().find(|call| call.is_overdue(now));
                late.and_then(|call| kind.late_step(call.role))
                    .map(str::to_owned)
            }
        })
    };
    let Some(step) = app.store.read(find).await.map_err(Error::from)? else {
        return Ok(false);
    };
    let request = advance::Request {
        id,
        version: None,
        step,
        input: Input::default(),
        key: None,
        at: None,
    };
    match advance(app, &Actor::clock(), request).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(refusal)) => {
            tracing::warn!(case = %id, refusal = %refusal.key(), "a clock could not take its step");
            Ok(false)
        }
        Err(fault) => Err(fault),
    }
}
