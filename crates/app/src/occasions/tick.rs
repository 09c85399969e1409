//! Tick off what was handed over on the day: by the step of the case's own kind, once. Of two who
//! tick the same at once, one is told that it is done already.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::gift::{self, left};
use huiyin_domain::id::{CaseId, GiftId, OccasionId};
use huiyin_store::occasions::{self, LineState, Occasion};
use huiyin_store::{Tx, gifts};
use jiff::{SignedDuration, Timestamp};

use super::off::good_why;
use super::put::Reply;
use super::{CASES_MAX, held, open, step};
use crate::administration::permit;
use crate::{App, Error, Refusal};

/// So long before it begins somebody may come and take theirs.
const OPENS_BEFORE: SignedDuration = SignedDuration::from_hours(12);

/// From when on things are handed over.
pub fn opens_at(occasion: &Occasion) -> Timestamp {
    occasion.starts_at - OPENS_BEFORE
}

/// Each of them was handed over, and this is said of it.
pub async fn tick(
    app: &App,
    actor: &Actor,
    id: OccasionId,
    (cases, says): (Vec<CaseId>, String),
) -> Result<Reply, Error> {
    permit(actor, Action::OccasionsRun)?;
    if cases.is_empty() {
        return Err(Refusal::field("case", "fault-required").into());
    }
    if cases.len() > CASES_MAX {
        return Err(Refusal::too_many("case", CASES_MAX).into());
    }
    let says = good_why("says", &says)?;
    let mut replies = Vec::with_capacity(cases.len());
    for case in cases {
        let (inner, actor, says) = (app.clone(), actor.clone(), says.clone());
        let write = move |tx: &mut Tx<'_>| tick_one(&inner, tx, &actor, (id, case, &says));
        let ticked = app.store.write(case.get(), write).await;
        replies.push((case, ticked.map_err(Error::from)));
    }
    Ok(replies)
}

fn tick_one(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, case, says): (OccasionId, CaseId, &str),
) -> Result<(), Error> {
    let occasion = open(tx, actor, id)?;
    let now = app.now();
    let conflict = |key| Error::from(Refusal::rule(Class::Conflict, key));
    if now < opens_at(&occasion) {
        return Err(conflict("occasion-early"));
    }
    let line = occasions::line(tx, id, case)?;
    let Some(line) = line.filter(|line| line.state == LineState::On) else {
        return Err(conflict("occasion-settled"));
    };
    let held = held(app, tx, &occasion, case)?;
    if !held.own.takes(&held.view.stage) {
        return Err(conflict("occasion-moved"));
    }
    let taken = step(app, actor, &held, (&held.own.deliver, says));
    let judged = taken.judge(tx)?;
    let given = match line.gift {
        Some(gift) => Some(given(tx, gift, &occasion, now)?),
        None => None,
    };
    // --- everything is checked; from here on we write ---
    taken.take(tx, &judged)?;
    occasions::settle(tx, (id, case), LineState::Delivered, now)?;
    if let Some(given) = given {
        gifts::add_line(tx, &given)?;
    }
    Ok(())
}

/// One piece of a gift went on; to whom is nobody's business.
fn given(
    tx: &mut Tx<'_>,
    id: GiftId,
    occasion: &Occasion,
    now: Timestamp,
) -> Result<gift::Line, Error> {
    gifts::lock(tx, id)?;
    let known = gifts::read(tx, id)?;
    let lines = gifts::lines(tx, id)?;
    if known.is_none_or(|known| left(&known, &lines) < 1) {
        return Err(Refusal::field("gift", "fault-more-than-left").into());
    }
    Ok(gift::Line {
        gift: id,
        line: lines.last().map_or(0, |line| line.line) + 1,
        at: now,
        amount: 1,
        toward: occasion.title.clone(),
        corrects: None,
    })
}
