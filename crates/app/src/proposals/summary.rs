//! What came of asking, for a community: counts by state and by reason, never by person.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_store::{DbError, Tx, proposals};
use jiff::SignedDuration;

use crate::{App, Error, Refusal};

/// Fewer than this are not told apart by reason: it would be known who said it.
pub const REASONS_MIN: i64 = 5;
const DAYS: i64 = 30;

/// Counts of the last thirty days.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// How many were asked, and how that stands: a word of the state.
    pub states: BTreeMap<String, i64>,
    /// How often each reason was given; none while there are too few. The empty word: no reason.
    pub reasons: Option<BTreeMap<String, i64>>,
}

/// What came of asking in what the actor looks after.
pub async fn summary(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let scope = scope(actor, Action::ProposalMake);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let since = app.now() - SignedDuration::from_hours(24 * DAYS);
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let reasons = proposals::declined(tx, &scope, since)?;
        let all: i64 = reasons.iter().map(|(_, count)| count).sum();
        Ok(Reply {
            states: proposals::ended(tx, &scope, since)?.into_iter().collect(),
            reasons: (all >= REASONS_MIN).then(|| reasons.into_iter().collect()),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
