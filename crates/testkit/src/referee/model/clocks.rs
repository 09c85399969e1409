//! The one clock of a case: it begins, goes on, stands, goes on again, or ends.

use std::collections::BTreeSet;
use std::time::Duration;

use huiyin_domain::case::Value;
use jiff::Timestamp;
use toml::{Table, Value as Toml};

use super::effects::Following;
use super::hours::{Limit, hours};
use super::rules::{Effect, Rules};
use super::{Case, Clock, Kept, Pause};

/// What a step wants of the clock.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub promised: Option<Timestamp>,
    pub extended: Option<Timestamp>,
    pub pause: Option<(Timestamp, String)>,
    pub resume: bool,
    pub refill: BTreeSet<String>,
}

/// The reason that an effect gives or names.
pub(super) fn reason(effect: &Effect<'_>, value: &dyn Fn(&str) -> Option<Value>) -> Option<String> {
    let word = effect.says("as").map(str::to_owned);
    word.or_else(|| value(effect.says("why")?)?.word())
}

impl Orders {
    pub fn take(
        &mut self,
        effect: &Effect<'_>,
        value: &dyn Fn(&str) -> Option<Value>,
        now: Timestamp,
    ) {
        let day = |field: Option<&str>| match field.and_then(value) {
            Some(Value::Date(day)) => Some(hours().end_of(day)),
            _ => None,
        };
        match effect.word {
            "promise" => self.promised = day(effect.says.as_str()),
            "alarm" => {
                if let Some(Value::Number(minutes)) = effect.says.as_str().and_then(value) {
                    self.promised = Some(now + jiff::SignedDuration::from_mins(minutes));
                }
            }
            "pause" => self.pause = day(effect.says("until")).zip(reason(effect, value)),
            "extend" => self.extended = day(effect.says("until")),
            "resume" => self.resume = true,
            _ => self.refill.extend(effect.says.as_str().map(str::to_owned)),
        }
    }
}

/// Which step a clock takes in which round when it runs out.
pub(super) fn rung(clock: &Table, round: u32) -> Option<&str> {
    let times = clock.get("times").and_then(Toml::as_integer);
    let last = clock.get("finally").and_then(Toml::as_str);
    match (times, last) {
        (Some(times), Some(last)) if i64::from(round) >= times => Some(last),
        _ => clock.get("then").and_then(Toml::as_str),
    }
}

/// When warnings come, in hundredths of the time, and the steps that they take.
pub(super) fn warnings(clock: &Table) -> Vec<(u32, &str)> {
    let list = clock.get("warn").and_then(Toml::as_array);
    let each = list.into_iter().flatten();
    each.filter_map(|warning| {
        let at = warning.get("at")?.as_float()?;
        let percent = (at * 100.0).round();
        let percent = (0..=100).find(|number| f64::from(*number) == percent)?;
        Some((percent, warning.get("then")?.as_str()?))
    })
    .collect()
}

/// What a clock of a case does by itself at an instant; nothing before its time.
pub(super) fn fires<'r>(rules: &'r Rules, clock: &Clock, now: Timestamp) -> Option<&'r str> {
    if let Some(pause) = &clock.paused {
        return (pause.until <= now).then(|| resuming(rules)).flatten();
    }
    let table = rules.clock(&clock.name)?;
    if clock.due_at <= now {
        return rung(table, clock.round);
    }
    let warning = warnings(table).get(clock.warned).copied();
    let comes = clock.round == 0 && clock.wake_at <= now;
    warning.filter(|_| comes).map(|(_, step)| step)
}

/// The step by which a clock that stands goes on by itself.
fn resuming(rules: &Rules) -> Option<&str> {
    let mut steps = rules.steps();
    let found = steps.find(|(_, step)| {
        let resumes = rules
            .effects(step)
            .iter()
            .any(|effect| effect.word == "resume");
        resumes && rules.by(step).any(|who| who == "clock")
    });
    found.map(|(name, _)| name.as_str())
}

impl<'a> Following<'a> {
    /// The kind of the case from now on.
    pub fn rules_after(&self) -> &'a Rules {
        self.model.book.of(&self.after.kind)
    }

    /// How much time something has, by urgency, duty list and norms.
    pub fn limit(&self, allowance: Option<&Table>) -> Limit {
        let allowance = allowance.expect("kinds name their clocks");
        let says = |key: &str| allowance.get(key).and_then(Toml::as_str);
        if let Some(urgent) = says("urgent").filter(|_| self.after.urgent) {
            return Limit::read(urgent);
        }
        if allowance.get("by_duty").is_some() {
            let (place, item) = self.where_and_what();
            let duty = self.model.map.duty(item.as_ref(), &place);
            if let Some(limit) = duty.and_then(|duty| duty.limit) {
                return Limit::read(&limit.to_string());
            }
        }
        let rules = self.rules_after();
        let request = rules.part_of("request");
        let request = request.and_then(|field| self.after.values.get(field)?.word());
        let norms = allowance.get("norms").and_then(Toml::as_array);
        let norm = norms.into_iter().flatten().find(|norm| {
            let of = norm.get("request").and_then(Toml::as_str);
            of.is_some() && of == request.as_deref()
        });
        let norm = norm.and_then(|norm| norm.get("time")?.as_str());
        let time = norm.or(says("time"));
        Limit::read(time.expect("every clock has a time"))
    }

    fn fresh(&self, name: &str, from: Timestamp, round: u32) -> Clock {
        let table = self.rules_after().clock(name);
        let limit = self.limit(table).in_round(round);
        let due_at = hours().due(from, limit);
        Clock {
            name: name.to_owned(),
            started_at: self.happened.now,
            due_at,
            round,
            way: limit.way(),
            whole: hours().between(limit.way(), from, due_at),
            warned: 0,
            wake_at: due_at,
            paused: None,
        }
    }
}

/// Sets the clock after a step.
pub(super) fn set(following: &mut Following<'_>) {
    let before = following.before.and_then(|before| before.clock.clone());
    let rules = following.rules_after();
    let name = match rules.is_closed(&following.after.stage) {
        true => None,
        false => rules.clock_of(&following.after.stage).map(str::to_owned),
    };
    let refill = following.orders.refill.clone();
    let goes_on = |clock: &Clock| {
        let is_same = name.as_deref() == Some(clock.name.as_str());
        is_same && !following.converted && !refill.contains(&clock.name)
    };
    let running = before.clone().filter(goes_on);
    if following.converted {
        following.after.kept.clear();
        following.after.paused_for.clear();
        following.after.extended_for.clear();
    } else if let (Some(clock), None) = (&before, &running) {
        keep(following, clock);
    }
    following
        .after
        .kept
        .retain(|name, _| !refill.contains(name));
    let Some(name) = name else {
        following.after.clock = None;
        return;
    };
    let mut clock = match running {
        Some(running) => go_on(following, running),
        None => begin(following, &name),
    };
    let later = following
        .orders
        .extended
        .map(|until| until.max(clock.due_at));
    if let Some(due_at) = following.orders.promised.or(later) {
        move_end(following, &mut clock, due_at);
    }
    clock.wake_at = wakes(following, &clock);
    following.after.clock = Some(clock);
}

/// What is left of a clock that keeps it.
fn keep(following: &mut Following<'_>, clock: &Clock) {
    let table = following.rules.clock(&clock.name);
    if table.is_none_or(|table| table.get("keeps").is_none()) {
        return;
    }
    let now = following.happened.now;
    let left = match &clock.paused {
        Some(pause) => pause.left,
        None => hours().between(clock.way, now, clock.due_at),
    };
    let kept = Kept {
        left,
        whole: clock.whole,
        way: clock.way,
    };
    following.after.kept.insert(clock.name.clone(), kept);
}

fn begin(following: &mut Following<'_>, name: &str) -> Clock {
    let now = following.happened.now;
    let kept = following.after.kept.remove(name);
    let fresh = following.fresh(name, now, 0);
    let table = following.rules_after().clock(name);
    let keeps = table.and_then(|table| table.get("keeps"));
    let (Some(kept), Some(keeps)) = (kept, keeps) else {
        return fresh;
    };
    let rest = hours().after(kept.way, now, kept.left);
    let least = keeps.get("least").and_then(Toml::as_str).map(Limit::read);
    let floor = least.map_or(rest, |least| hours().due(now, least).max(rest));
    let due_at = floor.min(fresh.due_at);
    let (way, whole) = if due_at == fresh.due_at {
        (fresh.way, fresh.whole)
    } else if let (true, Some(least)) = (due_at > rest, least) {
        (least.way(), hours().between(least.way(), now, due_at))
    } else {
        (kept.way, kept.whole)
    };
    let mut clock = Clock {
        due_at,
        way,
        whole,
        ..fresh
    };
    clock.warned = missed(following, &clock);
    clock
}

fn go_on(following: &mut Following<'_>, running: Clock) -> Clock {
    let now = following.happened.now;
    let mut clock = running;
    let by_itself = following.happened.entry.acting == "clock";
    let fired = by_itself
        .then(|| fires(following.rules, &clock, now))
        .flatten();
    if fired == Some(following.happened.entry.step.as_str()) && clock.paused.is_none() {
        if clock.due_at <= now {
            let round = clock.round.saturating_add(1);
            return following.fresh(&clock.name, now, round);
        }
        clock.warned += 1;
    }
    if let Some((until, why)) = following.orders.pause.clone() {
        let left = hours().between(clock.way, now, clock.due_at);
        clock.due_at = hours().after(clock.way, until, left);
        clock.paused = Some(Pause {
            since: now,
            until,
            why,
            left,
        });
    } else {
        let orders = &following.orders;
        let moves = orders.resume || orders.promised.is_some() || orders.extended.is_some();
        if let Some(pause) = clock.paused.take_if(|_| moves) {
            let from = pause.until.min(now);
            clock.due_at = hours().after(clock.way, from, pause.left);
        }
    }
    let was_urgent = following.before.is_some_and(|before| before.urgent);
    if following.after.urgent && !was_urgent {
        shorten(following, &mut clock);
    }
    clock
}

/// An urgent case has the short time from now on.
fn shorten(following: &Following<'_>, clock: &mut Clock) {
    let until = clock.paused.as_ref().map(|pause| pause.until);
    let fresh = following.fresh(&clock.name, until.unwrap_or(following.happened.now), 0);
    if fresh.due_at < clock.due_at {
        clock.due_at = fresh.due_at;
        clock.way = fresh.way;
        clock.whole = fresh.whole;
        clock.warned = 0;
        if let Some(pause) = &mut clock.paused {
            pause.left = fresh.whole;
        }
    }
}

fn move_end(following: &Following<'_>, clock: &mut Clock, due_at: Timestamp) {
    let now = following.happened.now;
    let used = clock
        .whole
        .saturating_sub(hours().between(clock.way, now, clock.due_at));
    clock.whole = used + hours().between(clock.way, now, due_at);
    clock.due_at = due_at;
    clock.warned = missed(following, clock);
}

/// What is left when a warning is due.
fn rest(whole: Duration, percent: u32) -> Duration {
    let us = whole.as_micros() * u128::from(100 - percent) / 100;
    Duration::from_micros(u64::try_from(us).expect("limits are short"))
}

/// How many warnings would come too late.
fn missed(following: &Following<'_>, clock: &Clock) -> usize {
    let left = hours().between(clock.way, following.happened.now, clock.due_at);
    let table = following.rules_after().clock(&clock.name);
    let warnings = table.map(warnings).unwrap_or_default();
    let passed = warnings
        .iter()
        .take_while(|(percent, _)| left <= rest(clock.whole, *percent));
    passed.count()
}

/// When it next does something by itself.
fn wakes(following: &Following<'_>, clock: &Clock) -> Timestamp {
    if let Some(pause) = &clock.paused {
        return pause.until;
    }
    let table = following.rules_after().clock(&clock.name);
    let warnings = table.map(warnings).unwrap_or_default();
    let Some((percent, _)) = warnings.get(clock.warned).filter(|_| clock.round == 0) else {
        return clock.due_at;
    };
    let now = following.happened.now;
    let left = hours().between(clock.way, now, clock.due_at);
    let ahead = left.saturating_sub(rest(clock.whole, *percent));
    hours().after(clock.way, now, ahead).min(clock.due_at)
}

/// Everything that a clock of a case, or of a unit called to it, should have done by now.
pub(super) fn overdue(rules: &Rules, case: &Case, now: Timestamp) -> Option<String> {
    let clock = case.clock.as_ref()?;
    let step = fires(rules, clock, now);
    let by_itself = step.map(|step| format!("`{}` has not taken `{step}`", clock.name));
    let late = case.calls.iter().find(|(_, call)| call.is_late(now));
    by_itself.or_else(|| late.map(|(unit, _)| format!("unit {unit} is late, and nobody says so")))
}
