//! Take away what is personal in a case: who brought it in, what was told and said, files,
//! recorded letters, the words by which it is found, its public page. What happened stays as
//! shapes and hashes, so that the history is still whole and the figures still add up.
//!
//! The ids of erased cases are a list that is kept apart from backups and replayed when one
//! is restored: a backup made before an erasure does not bring back what was erased.

use huiyin_domain::access::{Action, Actor, Scope, Who, may};
use huiyin_domain::case::Class;
use huiyin_domain::id::CaseId;
use huiyin_store::search::Found;
use huiyin_store::{
    Tx, cases, entries, erasures, errands, files, follow_ups, inspections, petitioners,
    public_cases, search,
};
use jiff::Timestamp;

use super::advance::standing;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::files::take_away::{hold_unused, take_away};
use crate::outside::FileHash;
use crate::rounds;
use crate::series;
use crate::{App, Error, Refusal};

/// What stands where the title was.
const NO_TITLE: &str = "—";

/// Why it is done: what is asked now waits until the case is closed, what was done before a
/// backup was restored does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Asked,
    Replayed,
}

/// Erases one case. Erased once more, nothing changes.
pub async fn erase(app: &App, actor: &Actor, id: CaseId, cause: Cause) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let record = Record::new(app, &actor, "case-erased", id);
    let write = move |tx: &mut Tx<'_>| {
        let held = cases::load(tx, &Scope::for_the_house(), id)?;
        let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
        let may = may(&actor, Action::CaseErase, Some(&standing(&held.view)));
        if actor.who != Who::System && !may {
            return Err(Refusal::NotFound(Thing::Case).into());
        }
        if cause == Cause::Asked && held.view.closed_at.is_none() {
            return Err(Refusal::rule(Class::Conflict, "erase-open").into());
        }
        // --- everything is checked; from here on we write ---
        let found = Found {
            case: id,
            kind: &held.view.kind,
            place: &held.view.place,
            words: &[],
        };
        search::put(tx, &found)?;
        erasures::blank(tx, id, NO_TITLE)?;
        entries::erase_texts(tx, id)?;
        if petitioners::to_deliver(tx, id)?.is_some() {
            petitioners::erase(tx, id)?;
        }
        public_cases::remove(tx, id)?;
        follow_ups::end(tx, id, "erased", now)?;
        inspections::blank(tx, id)?;
        errands::forget(tx, id)?;
        rounds::forget(tx, id)?;
        series::end_with(tx, id, now)?;
        erasures::note(tx, id, now)?;
        record.keep(tx)?;
        erase_files(tx, id, now)
    };
    take_away(app, app.store.write(id.get(), write).await?).await
}

/// Erases the files of a case; what nobody else needs any more of what they held.
fn erase_files(tx: &mut Tx<'_>, id: CaseId, now: Timestamp) -> Result<Vec<FileHash>, Error> {
    let held = files::of_case(tx, id)?;
    for file in &held {
        files::erase(tx, file.id, now)?;
    }
    let hashes = held.iter().flat_map(files::File::hashes);
    Ok(hold_unused(tx, hashes, now)?)
}

/// Every case that was erased: the list to keep apart from the backups.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<CaseId>, Error> {
    permit(actor, Action::CaseErase)?;
    app.store.read(erasures::list).await.map_err(Error::from)
}

#[cfg(test)]
#[path = "erase_tests.rs"]
mod tests;
