//! Look at a file: whoever may read its case, everybody when it is published, and
//! whoever has just sent it in, as long as it waits for its case.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_domain::id::{CaseId, FileId};
use huiyin_store::files::{self, File};
use huiyin_store::{Tx, public_cases, task_parts};

use crate::cases::read::shows;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// The file, when the actor may see it; `acting_on` says who acts on its case.
pub async fn look(
    app: &App,
    id: FileId,
    acting_on: impl FnOnce(CaseId) -> Actor + Send + 'static,
) -> Result<File, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<File, Error> {
        let file = files::by_id(tx, id)?.filter(|file| file.erased_at.is_none());
        let file = file.ok_or(Refusal::NotFound(Thing::File))?;
        let Some(case) = file.case else {
            if task_parts::of_photo(tx, id)?.is_some() {
                // Whoever may see the part of the task finds it there.
                return Err(Refusal::NotFound(Thing::File).into());
            }
            // Its id is all chance: whoever can name it has sent it in.
            return Ok(file);
        };
        // Somebody may read the case and not all that came with it: who signed is seen by few.
        if is_published(tx, case, id)? {
            return Ok(file);
        }
        match shows(&inner, tx, &acting_on(case), (case, id)) {
            Ok(true) => Ok(file),
            Ok(false) | Err(Error::Refused(_)) => Err(Refusal::NotFound(Thing::File).into()),
            Err(error) => Err(error),
        }
    };
    app.store.read(read).await.map_err(Error::from)
}

fn is_published(tx: &mut Tx<'_>, case: CaseId, id: FileId) -> Result<bool, Error> {
    let shown = public_cases::read(tx, case)?;
    Ok(shown.is_some_and(|shown| {
        shown.values.values().any(|value| match value {
            Value::Files(files) => files.contains(&id),
            _ => false,
        })
    }))
}
