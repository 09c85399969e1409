//! Gives the regular tasks whose day has come, on a working day of their place. What comes by a
//! rule is not held up by the limit, but it counts: whoever gives more sees it.

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Subject, allows};
use huiyin_domain::id::{TaskId, TaskRuleId};
use huiyin_domain::task::Task;
use huiyin_store::tasks::{self, Rule};
use huiyin_store::{Tx, posts};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::give::{Wanted, task_of, write_down};
use super::spread::{self, Reach};
use crate::administration::Record;
use crate::{App, Error};

const BATCH: usize = 100;
/// Of so many it is looked whether their place works today.
const READ_MAX: i64 = 1_000;

/// Gives all that is due; how many were.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let (inner, now) = (app.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        // Somewhere it may be tomorrow already.
        let latest = inner.config.day(now).saturating_add(1.day());
        let almanac = inner.almanac(tx)?;
        let mut due = tasks::due_rules(tx, latest, READ_MAX)?;
        due.retain(|(_, place, next_on)| {
            let calendar = almanac.calendar(Some(place), None);
            let today = calendar.zone().date(now);
            *next_on <= today && calendar.is_working(today)
        });
        due.truncate(BATCH);
        Ok::<_, Error>(due)
    };
    let due = app.store.read(read).await.map_err(Error::from)?;
    let mut given = 0;
    for (id, ..) in due {
        let (inner, now) = (app.clone(), app.now());
        let write = move |tx: &mut Tx<'_>| next(&inner, tx, id, now);
        given += u64::from(app.store.write(0, write).await.map_err(Error::from)?);
    }
    Ok(given)
}

/// Whether a task was given. When nobody of its unit gives tasks any more, or nobody is below, the
/// rule ends.
fn next(app: &App, tx: &mut Tx<'_>, id: TaskRuleId, now: Timestamp) -> Result<bool, Error> {
    let rule = tasks::read_rule(tx, id)?;
    let Some(rule) = rule.filter(|rule| rule.ended_at.is_none()) else {
        return Ok(false);
    };
    let calendar = app.almanac(tx)?.calendar(Some(&rule.place), None);
    let today = calendar.zone().date(now);
    if rule.next_on > today || !calendar.is_working(today) {
        return Ok(false);
    }
    let wanted = wanted_of(&rule);
    let cuts = match giver(tx, &rule, now)? {
        Some(post) => spread::cut(app, tx, &wanted.reach, post.unit)?,
        None => Vec::new(),
    };
    let Some(post) = giver(tx, &rule, now)?.filter(|_| !cuts.is_empty()) else {
        tasks::end_rule(tx, id, now)?;
        Record::new(app, &Actor::system(), "task-rule-ended", id).keep(tx)?;
        return Ok(false);
    };
    let days = u32::try_from(rule.working_days).unwrap_or(1);
    let due_on: Date = match calendar.add_working_days(now, days) {
        Ok(due) => calendar.zone().date(due - SignedDuration::from_nanos(1)),
        Err(_) => today,
    };
    let task = Task {
        id: TaskId::from_raw(app.mint()),
        given_at: now,
        given_unit: post.unit,
        given_post: post.post,
        rule: Some(id),
        ..task_of(&wanted, due_on)
    };
    // --- everything is checked; from here on we write ---
    let then = rule.rhythm.after(rule.first_on, today);
    if !tasks::go_on(tx, id, (rule.next_on, then))? {
        return Ok(false);
    }
    write_down(app, tx, task, &cuts)?;
    Ok(true)
}

/// Whoever made the rule, or else anybody of the same unit who may give tasks there.
fn giver(tx: &mut Tx<'_>, rule: &Rule, now: Timestamp) -> Result<Option<HeldPost>, Error> {
    let Some(made) = posts::by_id(tx, rule.made_post)? else {
        return Ok(None);
    };
    let held = posts::of_unit(tx, made.unit, now)?.into_iter();
    let held = held.map(|post| HeldPost {
        post: post.id,
        unit: post.unit,
        role: post.role,
        place: post.place,
        took_over: Vec::new(),
    });
    let subject = Subject::lying_in(&rule.place);
    let givers = held.filter(|post| allows(post, Action::TaskGive, Some(&subject)));
    Ok(givers.min_by_key(|post| (post.post != rule.made_post, post.post)))
}

fn wanted_of(rule: &Rule) -> Wanted {
    Wanted {
        title: rule.title.clone(),
        standard: rule.standard.clone(),
        evidence: rule.evidence.clone(),
        reach: Reach {
            place: rule.place.clone(),
            level: rule.level,
            only: rule.only.clone(),
            role: rule.role,
        },
    }
}
