//! Work that failed too often, or that cannot succeed: whoever runs the house looks at it,
//! and lets it be tried again or gives it up. Nothing here names a person or a content.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::JobId;
use huiyin_store::{DbError, Tx, jobs};

pub use huiyin_store::jobs::{DeadJob, Standing};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const SHOWN: usize = 200;

/// How the queue stands, and what lies dead in it, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub standing: Standing,
    pub dead: Vec<DeadJob>,
}

pub async fn list(app: &App, actor: &Actor) -> Result<Reply, Error> {
    permit(actor, Action::JobsEdit)?;
    let read = |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        Ok(Reply {
            standing: jobs::standing(tx)?,
            dead: jobs::dead(tx, i64::try_from(SHOWN).unwrap_or(i64::MAX))?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What becomes of something dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is tried again from the beginning.
    Again,
    /// It is given up.
    GivenUp,
}

pub async fn decide(app: &App, actor: &Actor, id: JobId, verdict: Verdict) -> Result<(), Error> {
    permit(actor, Action::JobsEdit)?;
    let act = match verdict {
        Verdict::Again => "job-again",
        Verdict::GivenUp => "job-given-up",
    };
    let (record, now) = (Record::new(app, actor, act, id), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let touched = match verdict {
            Verdict::Again => jobs::revive(tx, id, now)?,
            Verdict::GivenUp => jobs::forget_dead(tx, id)?,
        };
        match touched {
            0 => Err(Error::from(Refusal::NotFound(Thing::Job))),
            _ => record.keep(tx),
        }
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Everything that lies dead is tried again: for when what was out of order is mended.
pub async fn all_again(app: &App, actor: &Actor) -> Result<u64, Error> {
    permit(actor, Action::JobsEdit)?;
    let (record, now) = (Record::new(app, actor, "jobs-again", "all"), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<u64, Error> {
        let revived = jobs::revive_all(tx, now)?;
        record.keep(tx)?;
        Ok(revived)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
