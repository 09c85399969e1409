//! Regular tasks come back by themselves: make the rule, see the rules, end one.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{TaskRuleId, UnitId};
use huiyin_domain::task::{Rhythm, Sort, WORKING_DAYS_MAX};
use huiyin_store::Tx;
use huiyin_store::tasks::{self, Rule};
use jiff::ToSpan;
use jiff::civil::Date;

use super::give::{Preview, Wanted, preview};
use super::spread::{self, Cut, Reach};
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const RULES_MAX: i64 = 100;
const DAYS_MAX: i64 = 366;

/// A rule as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever makes it: sent twice, it is one.
    pub id: TaskRuleId,
    /// Only regular ones come back.
    pub sort: Sort,
    pub wanted: Wanted,
    pub rhythm: Rhythm,
    pub first_on: Date,
    pub working_days: i64,
}

/// The request, cleaned, when it can be made at all.
fn checked(app: &App, request: Request) -> Result<Request, Refusal> {
    let today = app.config.day(app.now());
    let wanted = request.wanted.cleaned();
    let mut faults = wanted.faults();
    if request.sort != Sort::Regular {
        faults.push(FieldFault::new("sort", "fault-task-repeats-regular"));
    }
    if request.first_on < today || request.first_on > today.saturating_add(DAYS_MAX.days()) {
        faults.push(FieldFault::new("first_on", "fault-task-due"));
    }
    if !(1..=WORKING_DAYS_MAX).contains(&request.working_days) {
        faults.push(FieldFault::new("working_days", "fault-task-working-days"));
    }
    match faults.is_empty() {
        true => Ok(Request { wanted, ..request }),
        false => Err(Refusal::Invalid(faults)),
    }
}

/// Whom it would reach each time; nothing is written.
pub async fn look(app: &App, actor: &Actor, request: Request) -> Result<Preview, Error> {
    permit(actor, Action::TaskGive)?;
    let unit = post_for(actor, Action::TaskGive, &request.wanted.reach.place)?.unit;
    let request = checked(app, request)?;
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let cuts = reached(&inner, tx, &request.wanted.reach, unit)?;
        let without = spread::without_post(tx, &request.wanted.reach, &cuts, inner.now())?;
        Ok::<_, Error>(preview(&cuts, without, Vec::new()))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The places that get a part; none at all is refused.
fn reached(app: &App, tx: &mut Tx<'_>, reach: &Reach, unit: UnitId) -> Result<Vec<Cut>, Error> {
    let cuts = spread::cut(app, tx, reach, unit)?;
    match cuts.is_empty() {
        true => Err(Refusal::field("level", "fault-task-nobody").into()),
        false => Ok(cuts),
    }
}

pub async fn make(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::TaskGive)?;
    let post = post_for(actor, Action::TaskGive, &request.wanted.reach.place)?.clone();
    let request = checked(app, request)?;
    let (wanted, now) = (request.wanted, app.now());
    let reach = wanted.reach.clone();
    let rule = Rule {
        id: request.id,
        title: wanted.title,
        standard: wanted.standard,
        evidence: wanted.evidence,
        place: wanted.reach.place,
        level: wanted.reach.level,
        only: wanted.reach.only,
        role: wanted.reach.role,
        rhythm: request.rhythm,
        first_on: request.first_on,
        next_on: request.first_on,
        working_days: request.working_days,
        made_at: now,
        made_post: post.post,
        ended_at: None,
    };
    let inner = app.clone();
    let record = Record::new(app, actor, "task-rule-made", rule.id);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(before) = tasks::read_rule(tx, rule.id)? {
            return match before.made_post == rule.made_post {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        reached(&inner, tx, &reach, post.unit)?;
        // --- everything is checked; from here on we write ---
        tasks::insert_rule(tx, &rule)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The rules of the places for which the actor gives tasks.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Rule>, Error> {
    permit(actor, Action::TaskGive)?;
    let scope = scope(actor, Action::TaskGive);
    let read = move |tx: &mut Tx<'_>| tasks::rules(tx, &scope, RULES_MAX);
    app.store.read(read).await.map_err(Error::from)
}

/// It comes no more; what came already stays.
pub async fn end(app: &App, actor: &Actor, id: TaskRuleId) -> Result<(), Error> {
    permit(actor, Action::TaskGive)?;
    let record = Record::new(app, actor, "task-rule-ended", id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let rule = tasks::read_rule(tx, id)?.ok_or(Refusal::NotFound(Thing::Task))?;
        if post_for(&actor, Action::TaskGive, &rule.place).is_err() {
            return Err(Refusal::NotFound(Thing::Task).into());
        }
        if rule.ended_at.is_some() {
            return Ok(());
        }
        // --- everything is checked; from here on we write ---
        tasks::end_rule(tx, id, now)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
