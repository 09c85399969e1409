//! Somebody of a unit opens a case that the unit is to act on: from then on it is read. Only
//! the unit is written down, and only once for each time that the case has moved.

use huiyin_domain::access::Actor;
use huiyin_domain::case::CaseView;
use huiyin_domain::id::UnitId;
use huiyin_store::{DbError, Tx, reads};
use jiff::Timestamp;

use crate::cases::read::CasePage;
use crate::{App, Error};

/// Notes that the reader's units have read the page, as far as they had not.
pub async fn opened(app: &App, page: &CasePage) -> Result<(), Error> {
    if page.unread_by.is_empty() {
        return Ok(());
    }
    let (case, units, now) = (page.case.id, page.unread_by.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        for &unit in &units {
            reads::put(tx, case, unit, now)?;
        }
        Ok(())
    };
    let key = page.case.id.get();
    app.store.write_aside(key, write).await.map_err(Error::from)
}

/// The units of the reader that have it to act on an open case, and have not opened it since
/// it last moved.
pub(crate) fn unread_by(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case: &CaseView,
    changed_at: Timestamp,
) -> Result<Vec<UnitId>, DbError> {
    let mut unread = Vec::new();
    if case.closed_at.is_some() {
        return Ok(unread);
    }
    for post in &actor.posts {
        let is_called = case
            .call_of(post.unit)
            .is_some_and(|call| call.state.is_awaited());
        let is_theirs = case.owner.unit() == Some(post.unit) || is_called;
        if !is_theirs || unread.contains(&post.unit) {
            continue;
        }
        let read = reads::of_unit(tx, case.id, post.unit)?;
        if read.is_none_or(|read| read < changed_at) {
            unread.push(post.unit);
        }
    }
    Ok(unread)
}
