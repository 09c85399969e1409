//! Gives the regular tasks whose day has come, on a working day of their place. What comes by a
//! rule is not held up by the limit, but it counts: whoever gives more sees it.

use huiyin_domain::id::{TaskId, TaskRuleId};
use huiyin_domain::task::Task;
use huiyin_store::tasks::{self, Rule};
use huiyin_store::{Tx, posts};
use jiff::Timestamp;
use jiff::civil::Date;

use super::give::{Wanted, task_of, write_down};
use super::spread::{self, Reach};
use crate::{App, Error};

const BATCH: i64 = 100;

/// Gives all that is due; how many were.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let today = app.config.day(app.now());
    let read = move |tx: &mut Tx<'_>| tasks::due_rules(tx, today, BATCH);
    let due = app.store.read(read).await.map_err(Error::from)?;
    let mut given = 0;
    for id in due {
        let (inner, now) = (app.clone(), app.now());
        let write = move |tx: &mut Tx<'_>| next(&inner, tx, id, now);
        given += u64::from(app.store.write(0, write).await.map_err(Error::from)?);
    }
    Ok(given)
}

/// Whether a task was given. When its post is gone or nobody is below any more, the rule ends.
fn next(app: &App, tx: &mut Tx<'_>, id: TaskRuleId, now: Timestamp) -> Result<bool, Error> {
    let today = app.config.day(now);
    let rule = tasks::read_rule(tx, id)?;
    let Some(rule) = rule.filter(|rule| rule.ended_at.is_none() && rule.next_on <= today) else {
        return Ok(false);
    };
    let calendar = app.almanac(tx)?.calendar(Some(&rule.place), None);
    if !calendar.is_working(today) {
        return Ok(false);
    }
    let post = posts::by_id(tx, rule.made_post)?;
    let post = post.filter(|post| post.ends_at.is_none_or(|end| end > now));
    let Some(post) = post else {
        return tasks::end_rule(tx, id, now)
            .map(|()| false)
            .map_err(Error::from);
    };
    let wanted = wanted_of(&rule);
    let cuts = spread::cut(app, tx, &wanted.reach, post.unit)?;
    if cuts.is_empty() {
        return tasks::end_rule(tx, id, now)
            .map(|()| false)
            .map_err(Error::from);
    }
    let days = u32::try_from(rule.working_days).unwrap_or(1);
    let due_on: Date = match calendar.add_working_days(now, days) {
        Ok(due) => app.config.day(due - jiff::SignedDuration::from_nanos(1)),
        Err(_) => today,
    };
    let task = Task {
        id: TaskId::from_raw(app.mint()),
        given_at: now,
        given_unit: post.unit,
        given_post: post.id,
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

fn wanted_of(rule: &Rule) -> Wanted {
    Wanted {
        title: rule.title.clone(),
        standard: rule.standard.clone(),
        evidence: rule.evidence.clone(),
        reach: Reach {
            place: rule.place.clone(),
            level: rule.level,
            only: rule.only.clone(),
        },
    }
}
