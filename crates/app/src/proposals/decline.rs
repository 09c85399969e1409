//! Say no, with or without a reason. Nothing follows from it but that somebody else is asked.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::ProposalId;
use huiyin_domain::proposal::{DeclineReason, ProposalState};
use huiyin_store::{Tx, proposals};

use super::batch::ask_next;
use super::own::find;
use crate::{App, Error, Refusal};

/// Declines. Saying no twice is saying it once.
pub async fn decline(
    app: &App,
    actor: &Actor,
    id: ProposalId,
    why: Option<DeclineReason>,
) -> Result<(), Error> {
    let read = {
        let actor = actor.clone();
        move |tx: &mut Tx<'_>| find(tx, &actor, id)
    };
    let (seen, _) = app.store.read(read).await.map_err(Error::from)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let (proposal, _) = find(tx, &actor, id)?;
        match proposal.state {
            ProposalState::Open => {}
            ProposalState::Declined { .. } => return Ok(()),
            ProposalState::Accepted { .. } | ProposalState::Lapsed { .. } => {
                return Err(Refusal::rule(Class::Conflict, "proposal-over").into());
            }
        }
        let now = inner.now();
        proposals::decline(tx, id, why, now)?;
        ask_next(&inner, tx, proposal.case, now)
    };
    let key = seen.case.get();
    app.store.write(key, write).await.map_err(Error::from)
}
