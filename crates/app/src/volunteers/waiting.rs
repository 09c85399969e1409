//! What volunteers reported and nobody has confirmed yet, for the community.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_store::Tx;
use huiyin_store::services;

pub use huiyin_store::services::{Behind, Waiting};

use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 40;

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Waiting>,
    pub next: Option<Behind>,
}

pub async fn waiting(app: &App, actor: &Actor, behind: Behind) -> Result<Reply, Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let mut rows = services::waiting(tx, &scope, &behind, ROWS + 1)?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|last| Behind {
            place: last.service.place.to_string(),
            id: last.service.id,
        });
        Ok::<_, Error>(Reply { rows, next })
    };
    app.store.read(read).await.map_err(Error::from)
}
