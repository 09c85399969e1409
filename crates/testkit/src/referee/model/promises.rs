//! What is promised to whoever brought a case in: made once, kept once, moved only for a reason.

use toml::Table;

use super::effects::Following;
use super::hours::hours;
use super::rules::strings;
use super::{Case, Promise};

/// The promises after a step.
pub(super) fn set(following: &mut Following<'_>) {
    if following.converted {
        following.after.promises.clear();
    }
    let mut promises = std::mem::take(&mut following.after.promises);
    let rules = following.rules_after();
    for (name, table) in rules.terms() {
        let step = &following.happened.entry.step;
        let named = |key: &str| strings(table.get(key)).any(|word| word == step);
        let known = promises.remove(name);
        let begins = match table.get("since") {
            None => following.before.is_none() || following.converted,
            Some(_) => named("since"),
        };
        let promise = match known {
            Some(promise) if promise.met_at.is_none() => Some(moved(following, table, promise)),
            Some(promise) => Some(promise),
            None => begins.then(|| made(following, table)),
        };
        if let Some(mut promise) = promise {
            if promise.met_at.is_none() && named("met_by") {
                promise.met_at = Some(following.happened.now);
            }
            following.after.promises.insert(name.clone(), promise);
        }
    }
}

fn made(following: &Following<'_>, table: &Table) -> Promise {
    let started_at = match following.converted {
        true => following.happened.now,
        false => following.after.opened_at,
    };
    let limit = following.limit(Some(table));
    let due_at = hours().due(started_at, limit);
    Promise {
        started_at,
        limit,
        first: due_at,
        due_at,
        met_at: None,
        left: None,
    }
}

fn moved(following: &Following<'_>, table: &Table, mut promise: Promise) -> Promise {
    let now = following.happened.now;
    let before = following
        .before
        .expect("promises are made by a step before");
    let after = &following.after;
    let pause = |case: &Case| case.clock.as_ref().and_then(|clock| clock.paused.clone());
    let (stood, stands) = (pause(before), pause(after));
    let way = promise.limit.way();
    // What is late is late: nothing moves it any more.
    let is_open = promise.left.is_some() || promise.due_at > now;
    if table.get("moves").is_some() && is_open {
        if let (None, Some(pause)) = (&stood, &stands) {
            let left = hours().between(way, now, promise.due_at);
            promise.due_at = hours().after(way, pause.until, left);
            promise.left = Some(left);
        } else if let (Some(pause), None) = (&stood, &stands)
            && let Some(left) = promise.left.take()
        {
            promise.due_at = hours().after(way, pause.until.min(now), left);
        }
        if let Some(until) = following.orders.extended {
            promise.due_at = promise.due_at.max(until);
        }
    }
    shortened(following, table, promise)
}

/// Whoever turns out to have less time has less.
fn shortened(following: &Following<'_>, table: &Table, mut promise: Promise) -> Promise {
    let now = following.happened.now;
    let before = following
        .before
        .expect("promises are made by a step before");
    let after = &following.after;
    let request = following.rules_after().part_of("request");
    let about = |case: &Case| {
        let request = request.and_then(|field| case.values.get(field).cloned());
        (case.item.clone(), request)
    };
    let urgent_now = after.urgent && !before.urgent;
    let learnt = promise.left.is_none() && about(after) != about(before);
    if !urgent_now && !learnt {
        return promise;
    }
    let pause = after.clock.as_ref().and_then(|clock| clock.paused.as_ref());
    let from = match (promise.left.is_some(), urgent_now) {
        (true, _) => pause.map_or(now, |pause| pause.until),
        (false, true) => now,
        (false, false) => promise.started_at,
    };
    let limit = following.limit(Some(table));
    let due_at = hours().due(from, limit);
    if due_at < promise.due_at {
        promise.due_at = due_at;
        promise.limit = limit;
        if promise.left.is_some() {
            promise.left = Some(hours().between(limit.way(), from, due_at));
        }
    }
    promise
}
