//! Bring in many procedures at once, such as those of the product: all of them or none. What is
//! there already stays as it is, changed or taken out by whoever keeps the guide.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::procedure::read_procedure;
use huiyin_store::{Tx, procedures};

use super::PROCEDURES_MAX;
use super::put::{photos, tidy, told};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

/// Brings in the files, each with its slug; how many were not there.
pub async fn import(app: &App, actor: &Actor, files: &[(&str, &str)]) -> Result<usize, Error> {
    permit(actor, Action::ProceduresEdit)?;
    let files = files.iter();
    let files: Vec<(String, String)> = files
        .map(|(slug, text)| ((*slug).to_owned(), tidy(text)))
        .collect();
    let mut faults = Vec::new();
    for (slug, text) in &files {
        match read_procedure(slug, text) {
            // A photo stays in the house in which it was kept.
            Ok(procedure) if !photos(&procedure).is_empty() => {
                return Err(Refusal::field("text", "fault-sample-gone").into());
            }
            Ok(_) => {}
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(told(&faults).into());
    }
    let (now, person) = (app.now(), actor.person());
    let record = Record::new(app, actor, "procedures-imported", files.len());
    let write = move |tx: &mut Tx<'_>| -> Result<usize, Error> {
        let known = procedures::all(tx, i64::MAX)?;
        let is_new = |slug: &str| known.iter().all(|kept| kept.slug != slug);
        let new: Vec<_> = files.iter().filter(|(slug, _)| is_new(slug)).collect();
        if known.len() + new.len() > PROCEDURES_MAX {
            return Err(Refusal::too_many("files", PROCEDURES_MAX).into());
        }
        // --- everything is checked; from here on we write ---
        for (slug, text) in &new {
            procedures::insert(tx, (slug, text), person, now)?;
        }
        if !new.is_empty() {
            record.keep(tx)?;
        }
        Ok(new.len())
    };
    app.store.write(0, write).await.map_err(Error::from)
}
