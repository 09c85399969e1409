//! Take a procedure out of the catalogue. What was begun under it goes on; a new version puts it
//! back.

use huiyin_domain::access::{Action, Actor};
use huiyin_store::{Tx, procedures};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn close(app: &App, actor: &Actor, slug: &str) -> Result<(), Error> {
    permit(actor, Action::ProceduresEdit)?;
    let (slug, now) = (slug.to_owned(), app.now());
    let record = Record::new(app, actor, "procedure-closed", &slug);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let known = procedures::read(tx, &slug)?;
        let known = known.ok_or(Refusal::NotFound(Thing::Procedure))?;
        // --- everything is checked; from here on we write ---
        if known.closed_at.is_none() && procedures::close(tx, &slug, now)? {
            record.keep(tx)?;
        }
        Ok(())
    };
    app.store.write(0, write).await.map_err(Error::from)
}
