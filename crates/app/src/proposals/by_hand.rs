//! Staff ask somebody by hand: whom the rules allow, and nobody who has declined.

use huiyin_domain::access::{Action, Actor, post_for};
use huiyin_domain::case::Class;
use huiyin_domain::id::{CaseId, VolunteerId};
use huiyin_insight::matching::{HelperId, Never, Reason, pair};
use huiyin_store::Tx;

use super::batch::{Question, ask};
use super::known::Known;
use super::reasons;
use crate::cases::advance::standing;
use crate::cases::read::find;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Asks this volunteer about this case.
pub async fn propose(
    app: &App,
    actor: &Actor,
    id: CaseId,
    volunteer: VolunteerId,
) -> Result<(), Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let weigh = move |tx: &mut Tx<'_>| question(&inner, tx, &actor, (id, volunteer));
    let question = app.store.read(weigh).await.map_err(Error::from)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| match ask(&inner, tx, &question)? {
        Some(_) => Ok(()),
        None => Err(Error::from(Refusal::rule(
            Class::Conflict,
            "proposal-enough",
        ))),
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// What they would be asked, if staff may ask and the rules allow it.
fn question(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, volunteer): (CaseId, VolunteerId),
) -> Result<Question, Error> {
    let (held, _) = find(tx, actor, id)?;
    let stands = standing(&held.view);
    let post = post_for(actor, Action::ProposalMake, &stands);
    let post = post.ok_or(Refusal::NotPermitted)?.post;
    let mut known = Known::helpers(app, tx)?;
    known.add_one(app, tx, id)?;
    let over = || Refusal::rule(Class::Conflict, "proposal-not-looking");
    let need = known.needs.first().ok_or_else(over)?;
    let mut helpers = known.helpers.iter();
    let helper = helpers.find(|helper| helper.id == HelperId(volunteer.get()));
    let helper = helper.ok_or(Refusal::NotFound(Thing::Person))?;
    let pairing = pair(&app.config.matching, need, helper).map_err(refusal)?;
    let mut why = pairing.reasons;
    why.push(Reason::ByHand);
    Ok(Question {
        case: id,
        volunteer,
        post: Some(post),
        cost: pairing.cost,
        reasons: reasons::written(&why)?,
        batch: app.now(),
    })
}

/// Why somebody may not be asked, in a sentence for staff.
fn refusal(never: Never) -> Error {
    let key = match never {
        Never::Avoided => "proposal-avoided",
        Never::AskedEnough | Never::HoldEnough => "proposal-enough",
        _ => "proposal-does-not-fit",
    };
    Refusal::rule(Class::Conflict, key).into()
}
