//! Bring one case of another installation up to date, in both directions. It may run twice, and
//! after any pause: what either side has heard of the other is kept with the case.

use huiyin_domain::case::{Input, Step, Value};
use huiyin_domain::id::{CaseId, HandedId};
use huiyin_store::{Tx, elsewhere, installations};

use crate::cases::{advance, read};
use crate::outside::SendError;
use crate::{App, Error};

use super::remote::{Answer, Case, Chain, Me, Remote};
use super::{Ready, actor, arrive, chain, relay, tell};

pub(crate) async fn run(app: &App, id: HandedId) -> Result<(), Error> {
    let read = move |tx: &mut Tx<'_>| Ready::read(tx, id);
    let Some(ready) = app.store.read(read).await.map_err(Error::from)? else {
        return Ok(());
    };
    let outcome = follow(app, &ready).await;
    noted(app, &ready.installation, &outcome).await?;
    outcome
}

/// Keeps with an installation whether it could be spoken with.
pub(super) async fn noted(
    app: &App,
    installation: &installations::Installation,
    outcome: &Result<(), Error>,
) -> Result<(), Error> {
    let (id, now) = (installation.id, app.now());
    let fault = match outcome {
        Ok(()) if installation.failing_since.is_none() => return Ok(()),
        Ok(()) => None,
        Err(Error::Broken { source, .. }) => match source.downcast_ref::<SendError>() {
            Some(said) => Some(said.to_string()),
            None => return Ok(()),
        },
        Err(_) => return Ok(()),
    };
    let write = move |tx: &mut Tx<'_>| match &fault {
        Some(fault) => installations::failed(tx, id, (fault, now)),
        None => installations::worked(tx, id),
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

async fn follow(app: &App, ready: &Ready) -> Result<(), Error> {
    let (remote, theirs) = (Remote::of(app, ready), ready.handed.theirs);
    let me: Me = remote.need("/api/v1/me".to_owned()).await?;
    let case = match remote
        .get::<Case>(format!("/api/v1/cases/{theirs}"))
        .await?
    {
        Answer::Is(case) => case,
        // They have it back: a token never becomes narrower, and with this one we have seen it.
        Answer::Missing => return end(app, ready).await,
        Answer::Refused(why) => {
            return relay::refused(app, &ready.handed, Some(&why)).await;
        }
    };
    let is_ours = case.owner.is(&me);
    let id = match ready.handed.case {
        Some(id) => id,
        None if !is_ours || case.closed_at.is_some() => return end(app, ready).await,
        None => match arrive::open_here(app, (ready, &remote), &case).await? {
            Some(id) => id,
            None => return Ok(()),
        },
    };
    keep_theirs(app, (ready, &remote), id).await?;
    // As it is after the opening.
    let handed = ready.handed.id;
    let read = move |tx: &mut Tx<'_>| Ready::read(tx, handed);
    let Some(ready) = app.store.read(read).await.map_err(Error::from)? else {
        return Ok(());
    };
    relay::hear(app, (&ready, &remote, &me), (id, &case)).await?;
    if is_ours {
        go_on(app, &ready, (id, case.closed_at.is_some())).await?;
        let mut told = ready.handed.told;
        while let Some(last) = tell::tell(app, (&ready, &remote), (id, told)).await? {
            told = last;
        }
        return Ok(());
    }
    end(app, &ready).await
}

/// Keeps their part of the history, as far as it is news.
async fn keep_theirs(
    app: &App,
    (ready, remote): (&Ready, &Remote),
    id: CaseId,
) -> Result<(), Error> {
    let (source, theirs) = (ready.installation.id.get(), ready.handed.theirs);
    loop {
        let head = move |tx: &mut Tx<'_>| elsewhere::head(tx, id, source);
        let known = app.store.read(head).await.map_err(Error::from)?;
        let after = known.map_or(0, |(_, head)| head.number);
        let path = format!("/api/v1/cases/{theirs}/chain?after={after}");
        let Chain { entries } = remote.need(path).await?;
        if entries.is_empty() {
            return Ok(());
        }
        let write = move |tx: &mut Tx<'_>| chain::keep(tx, (id, source), (theirs, &entries));
        match app.store.write(id.get(), write).await.map_err(Error::from) {
            Ok(_) => {}
            Err(Error::Refused(refusal)) => {
                return relay::refused(app, &ready.handed, Some(&refusal.key())).await;
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// It is not, or no longer, ours to work on: what is still open of it here is closed for them.
async fn end(app: &App, ready: &Ready) -> Result<(), Error> {
    let (id, now) = (ready.handed.id, app.now());
    if ready.handed.ended_at.is_some() {
        return Ok(());
    }
    if let Some(case) = ready.handed.case {
        step(app, ready, (case, Step::just_closes)).await?;
    }
    let write = move |tx: &mut Tx<'_>| installations::end_case(tx, id, now);
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Takes for them the step that does this, if one is offered. Whatever it must be told is said
/// in a sentence.
async fn step(
    app: &App,
    ready: &Ready,
    (id, does): (CaseId, fn(&Step) -> bool),
) -> Result<(), Error> {
    let actor = actor(&ready.installation);
    let page = read::read(app, &actor, id).await?;
    let is_it = |offer: &&read::Offer| page.kind.step(&offer.step).is_some_and(does);
    let Some(offer) = page.offers.iter().find(is_it) else {
        return Ok(());
    };
    let needed = offer.asked.iter().filter(|asked| asked.required);
    let said = needed.map(|asked| (asked.field.clone(), Value::Text(tell::sentence(app))));
    let request = advance::Request {
        id,
        version: None,
        step: offer.step.clone(),
        input: Input {
            values: said.collect(),
        },
        key: None,
        at: None,
    };
    match advance::advance(app, &actor, request).await {
        Ok(_) => Ok(()),
        Err(Error::Refused(refusal)) => {
            relay::refused(app, &ready.handed, Some(&refusal.key())).await
        }
        Err(fault) => Err(fault),
    }
}

/// It is ours, and goes on unless it is closed there. What was closed here when they had it back
/// is opened again.
async fn go_on(app: &App, ready: &Ready, (case, is_closed): (CaseId, bool)) -> Result<(), Error> {
    if is_closed == ready.handed.ended_at.is_some() {
        return Ok(());
    }
    if !is_closed {
        step(app, ready, (case, Step::reopens)).await?;
    }
    let (id, now) = (ready.handed.id, app.now());
    let write = move |tx: &mut Tx<'_>| match is_closed {
        true => installations::end_case(tx, id, now),
        false => installations::go_on(tx, id),
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
