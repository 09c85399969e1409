//! Put cases on an occasion: each by itself, so that one that cannot be stops no other. Whoever
//! waits for it and whoever brings it are told the day.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::{CaseId, OccasionId};
use huiyin_store::occasions::{self, LineState, Occasion};
use huiyin_store::{DbError, Tx};

use super::{CASES_MAX, held, open, step};
use crate::administration::permit;
use crate::venues::zone_of;
use crate::{App, Error, Refusal};

/// What became of each case, in the order asked.
pub type Reply = Vec<(CaseId, Result<(), Error>)>;

pub async fn put(
    app: &App,
    actor: &Actor,
    id: OccasionId,
    cases: Vec<CaseId>,
) -> Result<Reply, Error> {
    permit(actor, Action::OccasionsRun)?;
    if cases.len() > CASES_MAX {
        return Err(Refusal::too_many("case", CASES_MAX).into());
    }
    if cases.is_empty() {
        return Err(Refusal::field("case", "fault-required").into());
    }
    let mut replies = Vec::with_capacity(cases.len());
    for case in cases {
        let (inner, actor) = (app.clone(), actor.clone());
        let write = move |tx: &mut Tx<'_>| put_one(&inner, tx, &actor, (id, case));
        let put = app.store.write(case.get(), write).await;
        replies.push((case, put.map_err(Error::from)));
    }
    Ok(replies)
}

fn put_one(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, case): (OccasionId, CaseId),
) -> Result<(), Error> {
    let occasion = open(tx, actor, id)?;
    let conflict = |key| Error::from(Refusal::rule(Class::Conflict, key));
    match occasions::of_case(tx, case)? {
        Some(on) if on == id => return Ok(()),
        Some(_) => return Err(conflict("occasion-elsewhere")),
        None => {}
    }
    let lines = occasions::lines(tx, id)?;
    let on = lines.iter().filter(|line| line.state != LineState::Off);
    if on.count() >= CASES_MAX {
        return Err(conflict("occasion-full"));
    }
    if lines
        .iter()
        .any(|line| line.case == case && line.state == LineState::Delivered)
    {
        return Err(conflict("occasion-settled"));
    }
    let held = held(app, tx, &occasion, case)?;
    if held.view.kind != occasion.kind || !held.own.takes(&held.view.stage) {
        return Err(conflict("occasion-stage"));
    }
    let says = says(app, tx, &occasion)?;
    let taken = step(app, actor, &held, (&held.own.put, &says));
    let judged = taken.judge(tx)?;
    // --- everything is checked; from here on we write ---
    taken.take(tx, &judged)?;
    occasions::add(tx, id, case)?;
    Ok(())
}

/// What it is, when and where, as everybody can read it in any language.
fn says(app: &App, tx: &mut Tx<'_>, occasion: &Occasion) -> Result<String, DbError> {
    let zone = zone_of(app, tx, &occasion.place)?;
    let day = zone.date(occasion.starts_at);
    let clock = |at: jiff::Timestamp| {
        let midnight = zone.first(day, 0).unwrap_or(at);
        let minutes = at.duration_since(midnight).as_mins();
        format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
    };
    Ok(format!(
        "{day} {}–{} · {} · {}",
        clock(occasion.starts_at),
        clock(occasion.ends_at),
        occasion.address,
        occasion.title
    ))
}
