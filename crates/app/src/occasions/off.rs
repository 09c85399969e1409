//! Take one case off an occasion again: it stays where it is, and whoever was told the day is
//! told why.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::{CaseId, OccasionId};
use huiyin_store::Tx;
use huiyin_store::occasions::{self, LineState};

use super::{open, take_off};
use crate::administration::permit;
use crate::import::clean;
use crate::{App, Error, Refusal};

const WHY_CHARS_MAX: usize = 300;

pub async fn off(
    app: &App,
    actor: &Actor,
    (id, case): (OccasionId, CaseId),
    why: String,
) -> Result<(), Error> {
    permit(actor, Action::OccasionsRun)?;
    let why = good_why("why", &why)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let occasion = open(tx, &actor, id)?;
        let line = occasions::line(tx, id, case)?;
        let Some(line) = line.filter(|line| line.state == LineState::On) else {
            return Err(Refusal::rule(Class::Conflict, "occasion-settled").into());
        };
        let taken = take_off(&inner, tx, (&actor, &occasion), (&line, &why))?;
        // --- everything is checked; from here on we write ---
        super::off(tx, (&occasion, now), &[(line, taken)])
    };
    app.store
        .write(case.get(), write)
        .await
        .map_err(Error::from)
}

/// A reason that people will read.
pub(super) fn good_why(field: &str, why: &str) -> Result<String, Refusal> {
    let why = clean(why);
    match why.chars().count() {
        0 => Err(Refusal::field(field, "fault-required")),
        count if count > WHY_CHARS_MAX => Err(Refusal::too_long(field, WHY_CHARS_MAX)),
        _ => Ok(why),
    }
}
