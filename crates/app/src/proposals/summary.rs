//! What came of asking, for a community: counts by state and by reason, never by person; and
//! which cases have waited longest for somebody.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::case::Kinds;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::askings::Waiting;
use huiyin_store::{DbError, Tx, askings};
use jiff::SignedDuration;

use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// Fewer than this are not told apart by reason: it would be known who said it.
pub const REASONS_MIN: i64 = 5;
const DAYS: i64 = 30;
/// So many of those that wait are shown: whom one could look after today.
const WAITING_MAX: i64 = 20;

/// Counts of the last thirty days.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// How many were asked, and how that stands: a word of the state.
    pub states: BTreeMap<String, i64>,
    /// How often each reason was given; none while there are too few. The empty word: no reason.
    pub reasons: Option<BTreeMap<String, i64>>,
    /// What waits for somebody, the oldest first.
    pub waiting: Vec<Waiting>,
    pub places: BTreeMap<PlaceCode, Names>,
}

/// What came of asking in what the actor looks after.
pub async fn summary(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let scope = scope(actor, Action::ProposalMake);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let kinds = app.kinds();
    let since = app.now() - SignedDuration::from_hours(24 * DAYS);
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let reasons = askings::declined(tx, &scope, since)?;
        let all: i64 = reasons.iter().map(|(_, count)| count).sum();
        let waiting = waiting(tx, &kinds, &scope)?;
        let codes = waiting.iter().flat_map(|case| case.place.told_by());
        let named = named_places(tx, &codes.collect::<Vec<_>>())?;
        Ok(Reply {
            states: askings::ended(tx, &scope, since)?.into_iter().collect(),
            reasons: (all >= REASONS_MIN).then(|| reasons.into_iter().collect()),
            waiting,
            places: named
                .into_iter()
                .map(|place| (place.code, place.names))
                .collect(),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The cases of all kinds that look for somebody, the oldest first.
fn waiting(tx: &mut Tx<'_>, kinds: &Kinds, scope: &Scope) -> Result<Vec<Waiting>, DbError> {
    let mut found = Vec::new();
    for kind in kinds.current() {
        let stages = kind.matching.iter().flat_map(|matching| &matching.stages);
        for stage in stages {
            let of = (kind.slug.as_str(), stage.as_str());
            found.extend(askings::waiting(tx, scope, of, WAITING_MAX)?);
        }
    }
    found.sort_by_key(|case| (case.opened_at, case.case));
    found.truncate(usize::try_from(WAITING_MAX).unwrap_or(usize::MAX));
    Ok(found)
}
