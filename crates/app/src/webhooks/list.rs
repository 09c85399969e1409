//! All addresses elsewhere, with how they stand.

use huiyin_domain::access::{Action, Actor};
use huiyin_store::webhooks::{self, Webhook};
use huiyin_store::{DbError, Tx, outbox};

use crate::administration::permit;
use crate::{App, Error};

/// One address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub webhook: Webhook,
    /// How many events wait for it, or were put aside.
    pub waiting: i64,
}

pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Line>, Error> {
    permit(actor, Action::WebhooksEdit)?;
    let read = |tx: &mut Tx<'_>| -> Result<Vec<Line>, DbError> {
        let all = webhooks::list(tx)?;
        let lines = all.into_iter().map(|webhook| {
            let waiting = outbox::waiting_of(tx, webhook.id)?;
            Ok(Line { webhook, waiting })
        });
        lines.collect()
    };
    app.store.read(read).await.map_err(Error::from)
}
