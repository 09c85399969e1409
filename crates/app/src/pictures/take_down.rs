//! Take a picture down: nobody sees it any more, and nothing is kept of it.

use huiyin_domain::access::Actor;
use huiyin_domain::id::FileId;
use huiyin_store::pictures::{self, Of};
use huiyin_store::{Tx, files};

use super::{action, permit, subject};
use crate::administration::Record;
use crate::error::Thing;
use crate::files::sweep;
use crate::{App, Error, Refusal};

/// Taking down one that is down already is done.
pub async fn take_down(app: &App, actor: &Actor, of: Of, file: FileId) -> Result<(), Error> {
    crate::administration::permit(actor, action(of))?;
    let record = Record::new(app, actor, "picture-taken-down", subject(of));
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        permit(tx, &actor, of)?;
        let held = files::by_id(tx, file)?.ok_or(Refusal::NotFound(Thing::File))?;
        // --- everything is checked; from here on we write ---
        if !pictures::take_down(tx, of, file)? {
            return Ok(None);
        }
        record.keep(tx)?;
        Ok::<_, Error>(Some(held))
    };
    match app.store.write(0, write).await? {
        // Should this be cut short, the file is swept away as one that hangs nowhere.
        Some(held) => sweep::erase(app, held).await,
        None => Ok(()),
    }
}
