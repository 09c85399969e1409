//! Cases that follow another one take the step that it took, so that all who asked are told.

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::{Effect, Input, Kind, Values};
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, cases, entries};

use crate::cases::advance::{self, advance};
use crate::{App, Error};

const FOLLOWERS_MAX: i64 = 1_000;

/// What the followers of a case must do.
struct Told {
    step: String,
    says: Values,
    followers: Vec<CaseId>,
}

/// Lets each follower take the step. A follower that has taken it refuses, and stays as it is.
pub(super) async fn run(app: &App, main: CaseId) -> Result<(), Error> {
    let inner = app.clone();
    let find = move |tx: &mut Tx<'_>| told(&inner, tx, main);
    let Some(told) = app.store.read(find).await.map_err(Error::from)? else {
        return Ok(());
    };
    for id in told.followers {
        let request = advance::Request {
            id,
            version: None,
            step: told.step.clone(),
            input: Input {
                values: told.says.clone(),
            },
            key: None,
            at: None,
        };
        match advance(app, &Actor::system(), request).await {
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// The last step of the main case that its followers must hear of, with what it said.
fn told(app: &App, tx: &mut Tx<'_>, main: CaseId) -> Result<Option<Told>, Error> {
    let Some(held) = cases::load(tx, &Scope::for_the_house(), main)? else {
        return Ok(None);
    };
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    for entry in entries::list(tx, &held)?.iter().rev() {
        let Some(step) = follow_up(&kind, &entry.step) else {
            continue;
        };
        let all: Values = match &entry.text {
            Some(text) => serde_json::from_str(text)
                .map_err(|fault| Error::broken("reading an entry's text", fault))?,
            None => Values::new(),
        };
        let asks = kind.step(&step);
        let says = all
            .into_iter()
            .filter(|(name, _)| asks.is_some_and(|asks| asks.asks(name).is_some()))
            .collect();
        let followers = cases::merged_into(tx, main, FOLLOWERS_MAX)?;
        return Ok(Some(Told {
            step,
            says,
            followers,
        }));
    }
    Ok(None)
}

/// The step that followers take after this one, if it has such an effect.
fn follow_up(kind: &Kind, step: &str) -> Option<String> {
    kind.step(step)?
        .effects
        .iter()
        .find_map(|effect| match &effect.what {
            Effect::Followers(followers) => Some(followers.step.clone()),
            _ => None,
        })
}
