//! Take here what was done there, when the same step is offered here to the unit that stands for
//! the other side. Each goes under a key of its own, so that it is taken once however often it is
//! tried; what we brought there does not come back.

use std::collections::BTreeMap;

use huiyin_domain::case::Input;
use huiyin_domain::id::{CaseId, PostId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::planted::{self, Fault};
use huiyin_store::installations::{self, Handed};
use huiyin_store::{Tx, elsewhere};

use crate::cases::IdempotencyKey;
use crate::cases::advance::{self, Request};
use crate::cases::read;
use crate::{App, Error};

use super::remote::{Case, Entry, History, Me, Remote};
use super::{Ready, actor, said};

/// Takes here what was done there since we last heard of it.
pub(super) async fn hear(
    app: &App,
    (ready, remote, me): (&Ready, &Remote, &Me),
    (id, case): (CaseId, &Case),
) -> Result<(), Error> {
    let (handed, theirs) = (ready.handed.id, ready.handed.theirs);
    if case.version <= ready.handed.heard {
        return Ok(());
    }
    let history: History = remote
        .need(format!("/api/v1/cases/{theirs}/history"))
        .await?;
    let place = said::place(app, (&case.place.code, &ready.installation.place)).await?;
    let known = known(app, ready, id).await?;
    let ours = PostId::from_raw(me.token.get());
    let news = history.entries.iter();
    for entry in news.filter(|entry| entry.number > ready.handed.heard) {
        // Who did it says the sealed entry; what came after those is heard the next time.
        let Some(by) = known.get(&entry.number) else {
            break;
        };
        if *by != Some(ours) {
            take(app, (ready, remote), (id, &place), entry).await?;
            if planted::is(Fault::HeardForgotten) {
                take(app, (ready, remote), (id, &place), entry).await?;
            }
        }
        let number = entry.number;
        let write = move |tx: &mut Tx<'_>| installations::heard(tx, handed, number);
        app.store
            .write(id.get(), write)
            .await
            .map_err(Error::from)?;
    }
    Ok(())
}

/// By which post each of their entries was written.
async fn known(
    app: &App,
    ready: &Ready,
    id: CaseId,
) -> Result<BTreeMap<i64, Option<PostId>>, Error> {
    let source = ready.installation.id.get();
    let read = move |tx: &mut Tx<'_>| elsewhere::of_case(tx, id);
    let all = app.store.read(read).await.map_err(Error::from)?;
    let theirs = all.into_iter().filter(|far| far.source == source);
    Ok(theirs.map(|far| (far.link.number, far.link.post)).collect())
}

async fn take(
    app: &App,
    (ready, remote): (&Ready, &Remote),
    (id, place): (CaseId, &PlaceCode),
    entry: &Entry,
) -> Result<(), Error> {
    let (actor, theirs) = (actor(&ready.installation), ready.handed.theirs);
    let page = read::read(app, &actor, id).await?;
    let Some(offer) = page.offers.iter().find(|offer| offer.step == entry.step) else {
        return Ok(());
    };
    let asked = (&*page.kind, &offer.asked[..]);
    let values = said::here(app, asked, (remote, theirs), (&entry.says, place)).await?;
    let caller = format!("installation {}", ready.installation.id);
    let token = format!("{theirs} {}", entry.number);
    let key = IdempotencyKey::new(&caller, &token, entry.step.as_bytes());
    let request = Request {
        id,
        version: None,
        step: entry.step.clone(),
        input: Input { values },
        key: (!planted::is(Fault::HeardForgotten)).then_some(key),
        at: None,
    };
    match advance::advance(app, &actor, request).await {
        Ok(_) => refused(app, &ready.handed, None).await,
        Err(Error::Refused(refusal)) => refused(app, &ready.handed, Some(&refusal.key())).await,
        Err(fault) => Err(fault),
    }
}

/// Keeps why a step was not taken on the other side, for whoever looks after it.
pub(super) async fn refused(app: &App, handed: &Handed, why: Option<&str>) -> Result<(), Error> {
    if handed.fault.as_deref() == why {
        return Ok(());
    }
    let (id, why) = (handed.id, why.map(str::to_owned));
    let write = move |tx: &mut Tx<'_>| installations::note_fault(tx, id, why.as_deref());
    app.store.write(id.get(), write).await.map_err(Error::from)
}
