//! Look through the list of cases that another installation has for us: once an hour, after it
//! was turned on, and whenever somebody asks. So nothing is missed, however long either side or
//! the line between them was down.

use std::collections::BTreeSet;

use huiyin_domain::id::{HandedId, InstallationId};
use huiyin_store::installations::{self, Installation};
use huiyin_store::{DbError, Tx};
use jiff::SignedDuration;

use crate::jobs::Job;
use crate::{App, Error};

use super::follow::noted;
use super::on;
use super::remote::{Me, Remote, Row, Rows};

const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// So many of our own are looked at in one read.
const BATCH: i64 = 500;

/// Has the lists looked through whose time has come.
pub(crate) async fn sweep(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let due = move |tx: &mut Tx<'_>| installations::due(tx, now);
    let due = app.store.read(due).await.map_err(Error::from)?;
    let count = due.len() as u64;
    for Installation { id, .. } in due {
        let inner = app.clone();
        let write = move |tx: &mut Tx<'_>| match installations::looked(tx, id, now + EVERY)? {
            true => Job::LookThrough(id).enqueue(&inner, tx, now),
            false => Ok(()),
        };
        app.store
            .write(id.get(), write)
            .await
            .map_err(Error::from)?;
    }
    Ok(count)
}

pub(crate) async fn run(app: &App, id: InstallationId) -> Result<(), Error> {
    let read = move |tx: &mut Tx<'_>| on(tx, id);
    let Some((installation, token)) = app.store.read(read).await.map_err(Error::from)? else {
        return Ok(());
    };
    let remote = Remote::new(app, &installation.url, &token);
    let outcome = look(app, id, &remote).await;
    noted(app, &installation, &outcome).await?;
    match outcome {
        // It is kept with the installation, and the list is looked through again in an hour.
        Err(Error::Broken { .. }) => Ok(()),
        other => other,
    }
}

async fn look(app: &App, id: InstallationId, remote: &Remote) -> Result<(), Error> {
    let me: Me = remote.need("/api/v1/me".to_owned()).await?;
    let (mut listed, mut next) = (BTreeSet::new(), None::<String>);
    loop {
        let from = next.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let path = format!("/api/v1/cases?state=open&limit=200{from}");
        let rows: Rows = remote.need(path).await?;
        let ours = rows.cases.into_iter().filter(|row| row.owner.is(&me));
        let ours: Vec<Row> = ours.collect();
        listed.extend(ours.iter().map(|row| row.id));
        note(app, id, ours).await?;
        next = rows.next;
        if next.is_none() {
            break;
        }
    }
    unlisted(app, id, listed).await
}

/// Follows what is new, or has moved there.
async fn note(app: &App, id: InstallationId, rows: Vec<Row>) -> Result<(), Error> {
    let (inner, now) = (app.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        for row in &rows {
            let known = installations::find(tx, id, row.id)?;
            if known.is_some_and(|known| known.heard >= row.version && known.case.is_some()) {
                continue;
            }
            let fresh = HandedId::from_raw(inner.mint());
            let handed = installations::take(tx, fresh, (id, row.id))?;
            Job::FollowCase(handed).enqueue(&inner, tx, now)?;
        }
        Ok(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Follows what is not in their list any more, and what moved here and was not told.
async fn unlisted(
    app: &App,
    id: InstallationId,
    listed: BTreeSet<huiyin_domain::id::CaseId>,
) -> Result<(), Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<BTreeSet<HandedId>, DbError> {
        let mut found: BTreeSet<HandedId> =
            installations::untold(tx, id, BATCH)?.into_iter().collect();
        let mut after = HandedId::from_raw(0);
        loop {
            let some = installations::going_on(tx, id, (after, BATCH))?;
            let Some(last) = some.last() else {
                return Ok(found);
            };
            after = last.id;
            let gone = some
                .iter()
                .filter(|handed| !listed.contains(&handed.theirs));
            found.extend(gone.map(|handed| handed.id));
        }
    };
    let found = app.store.read(read).await.map_err(Error::from)?;
    let (inner, now) = (app.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        found
            .iter()
            .try_for_each(|&handed| Job::FollowCase(handed).enqueue(&inner, tx, now))
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
