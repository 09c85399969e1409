//! Turn an installation off and on, look through its list now, take it away.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::InstallationId;
use huiyin_store::Tx;
use huiyin_store::installations;

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::jobs::Job;
use crate::{App, Error, Refusal};

/// What becomes of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is spoken with again, and its list is looked through.
    On,
    /// It is not spoken with; its cases go on here.
    Off,
    /// Its list is looked through now.
    Look,
    /// It goes. Its cases go on here, and nobody there hears of them.
    End,
}

pub async fn turn(app: &App, actor: &Actor, id: InstallationId, to: Turn) -> Result<(), Error> {
    permit(actor, Action::WebhooksEdit)?;
    let act = match to {
        Turn::On => "installation-on",
        Turn::Off => "installation-off",
        Turn::Look => "installation-looked",
        Turn::End => "installation-ended",
    };
    let (inner, now) = (app.clone(), app.now());
    let record = Record::new(app, actor, act, id);
    let write = move |tx: &mut Tx<'_>| {
        installations::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Installation))?;
        // --- everything is checked; from here on we write ---
        let touched = match to {
            Turn::On => installations::turn_on(tx, id, now)?,
            Turn::Off => installations::turn_off(tx, id, now)?,
            Turn::End => installations::end(tx, id, now)?,
            Turn::Look => {
                Job::LookThrough(id).enqueue(&inner, tx, now)?;
                true
            }
        };
        match touched {
            true => record.keep(tx),
            false => Ok(()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
