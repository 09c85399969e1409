//! One procedure, its file, and every version that it ever had.

use huiyin_domain::access::{Action, Actor};
use huiyin_store::procedures::{Kept, Version};
use huiyin_store::{Tx, procedures};

use super::list::Listed;
use super::listed;
use crate::administration::permit;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many versions are shown.
const VERSIONS_MAX: i64 = 50;

/// As everybody sees it; closed, it is not there.
pub async fn open(app: &App, slug: &str) -> Result<Listed, Error> {
    let slug = slug.to_owned();
    let read =
        move |tx: &mut Tx<'_>| -> Result<Option<Kept>, Error> { Ok(procedures::read(tx, &slug)?) };
    let kept = app.store.read(read).await.map_err(Error::from)?;
    let kept = kept.filter(|kept| kept.closed_at.is_none());
    listed(kept.ok_or(Refusal::NotFound(Thing::Procedure))?)
}

/// As whoever keeps the catalogue sees it.
pub async fn for_the_desk(
    app: &App,
    actor: &Actor,
    slug: &str,
) -> Result<(Kept, Vec<Version>), Error> {
    permit(actor, Action::ProceduresEdit)?;
    let slug = slug.to_owned();
    let read = move |tx: &mut Tx<'_>| -> Result<(Kept, Vec<Version>), Error> {
        let kept = procedures::read(tx, &slug)?;
        let kept = kept.ok_or(Refusal::NotFound(Thing::Procedure))?;
        let versions = procedures::history(tx, &slug, VERSIONS_MAX)?;
        Ok((kept, versions))
    };
    app.store.read(read).await.map_err(Error::from)
}
