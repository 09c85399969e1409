//! All installations that hand us cases, with how they stand.

use huiyin_domain::access::{Action, Actor};
use huiyin_store::installations::{self, Installation};
use huiyin_store::{DbError, Tx};

use crate::administration::permit;
use crate::{App, Error};

pub use huiyin_store::installations::Handed;

/// So many are named; whoever mends them looks again.
const REFUSED_MAX: i64 = 20;

/// One installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub installation: Installation,
    /// How many of its cases we work on.
    pub open: i64,
    /// Those of which a step was not taken on the other side, or that could not be opened here.
    pub refused: Vec<Handed>,
}

pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Line>, Error> {
    permit(actor, Action::WebhooksEdit)?;
    let read = |tx: &mut Tx<'_>| -> Result<Vec<Line>, DbError> {
        let all = installations::list(tx)?;
        let lines = all.into_iter().map(|installation| {
            let open = installations::count(tx, installation.id)?;
            let refused = installations::refused(tx, installation.id, REFUSED_MAX)?;
            Ok(Line {
                installation,
                open,
                refused,
            })
        });
        lines.collect()
    };
    app.store.read(read).await.map_err(Error::from)
}
