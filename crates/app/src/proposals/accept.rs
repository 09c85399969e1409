//! Say yes: the case's own step, taken by whoever is asked, as from the wall.

use std::sync::Arc;

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, Input};
use huiyin_domain::id::{CaseId, ProposalId};
use huiyin_domain::proposal::ProposalState;
use huiyin_store::{Tx, proposals};

use super::own::find;
use crate::cases::advance::{Advanced, Request};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Takes the case on; which it is. Saying yes twice is saying it once.
pub async fn accept(app: &App, actor: &Actor, id: ProposalId) -> Result<CaseId, Error> {
    let read = {
        let actor = actor.clone();
        move |tx: &mut Tx<'_>| find(tx, &actor, id)
    };
    let (seen, _) = app.store.read(read).await.map_err(Error::from)?;
    let (inner, actor) = (app.clone(), actor.privately());
    let write = move |tx: &mut Tx<'_>| run(&inner, tx, &actor, id);
    let key = seen.case.get();
    app.store.write(key, write).await.map_err(Error::from)
}

fn run(app: &App, tx: &mut Tx<'_>, actor: &Actor, id: ProposalId) -> Result<CaseId, Error> {
    let (proposal, _) = find(tx, actor, id)?;
    match proposal.state {
        ProposalState::Open => {}
        ProposalState::Accepted { .. } => return Ok(proposal.case),
        ProposalState::Declined { .. } | ProposalState::Lapsed { .. } => {
            return Err(Refusal::rule(Class::Conflict, "proposal-over").into());
        }
    }
    let case = proposals::looking_one(tx, proposal.case)?;
    let case = case.ok_or(Refusal::NotFound(Thing::Proposal))?;
    let kind = app.kind_of(tx, case.kind_hash)?;
    let matching = kind.matching.as_ref();
    let matching = matching.ok_or(Refusal::NotFound(Thing::Proposal))?;
    // The step checks the rest and writes; with it, what was asked has its answer.
    let step = Advanced {
        app: app.clone(),
        actor: actor.clone(),
        now: app.now(),
        request: Arc::new(Request {
            id: proposal.case,
            version: None,
            step: matching.accept.clone(),
            input: Input::default(),
            key: None,
            at: None,
        }),
        meaning: None,
    };
    step.run(tx)?;
    Ok(proposal.case)
}
