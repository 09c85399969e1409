//! Activities: making them, signing up, who sits and who waits, the door, what was told
//! afterwards.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod cancel;
pub mod check_in;
pub mod confirm;
pub(crate) mod door;
pub mod leave;
pub mod look;
pub mod make;
pub mod mine;
pub(crate) mod move_up;
pub(crate) mod offers;
pub(crate) mod remind;
pub mod report;
pub mod sign_up;
pub mod tick;

#[cfg(test)]
mod tests;

use huiyin_domain::id::ActivityId;
use huiyin_store::Tx;
use huiyin_store::activities::{self, Activity};

use crate::error::Thing;
use crate::{App, Error, Refusal};

/// The activity, with nobody else moving anybody in it until the transaction ends.
pub(crate) fn locked(tx: &mut Tx<'_>, id: ActivityId) -> Result<Activity, Error> {
    activities::lock(tx, id)?;
    let activity = activities::read(tx, id)?;
    activity.ok_or_else(|| Refusal::NotFound(Thing::Activity).into())
}

/// Everything that time does to venues and activities, once.
pub(crate) async fn sweep(app: &App) -> Result<u64, Error> {
    let lapsed = crate::venues::lapse::run(app).await?;
    let passed = offers::run(app).await?;
    Ok(lapsed + passed + remind::run(app).await?)
}
