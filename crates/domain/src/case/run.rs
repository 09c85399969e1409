//! The one clock of a case after a step: it begins, goes on, stands, goes on again, or ends.
//!
//! Time that was used is never given back: a clock that `keeps` goes on with what was left,
//! whoever has the case then, until a step says that it is whole again (`refill`). Only an entry
//! moves the end of a clock, and the entry tells by how much and why.

use jiff::Timestamp;
use serde_json::json;

use crate::calendar::Calendar;

use super::clock::Clock;
use super::decision::Acting;
use super::kind::{Event, Kind};
use super::moment::{Draft, Given, Moment};
use super::time::{self, Measure};
use super::timing::{ClockView, Kept, Memory, Pause, as_micros};
use super::view::CaseView;

/// The kind of the case after the step.
pub(super) fn kind_after<'m>(moment: &Moment<'m>, draft: &Draft) -> &'m Kind {
    let converted = draft.decision.conversion.as_ref();
    let kinds = moment.facts.kinds.as_ref();
    let other = converted.and_then(|to| kinds?.by_slug(&to.to_kind));
    other.map_or(moment.kind, |kind| kind)
}

/// A stage with the same clock lets it run on; another clock begins, anew or with what was left
/// of it. One that has just run out begins its next round, which is longer. A closed stage has
/// none.
pub(super) fn set_clock(moment: &Moment<'_>, before: &CaseView, draft: &mut Draft) {
    let kind = kind_after(moment, draft);
    let stage = kind.stage(&draft.decision.after.stage);
    let clock = stage.and_then(|stage| kind.clock(stage.clock.as_ref()?));
    let refills = |name: &str| draft.orders.refill.contains(name);
    let running = before.clock.as_ref().filter(|running| {
        let is_same = clock.is_some_and(|clock| clock.name == running.name);
        is_same && draft.decision.conversion.is_none() && !refills(&running.name)
    });
    let goes_on = running.is_some();
    if draft.decision.conversion.is_some() {
        draft.decision.after.memory = Memory::default();
    } else if !goes_on {
        remember(moment, before, draft);
    }
    for name in draft.orders.refill.clone() {
        draft.decision.after.memory.kept.remove(&name);
    }
    let Some(clock) = clock else {
        draft.decision.after.clock = None;
        return;
    };
    let run = Run {
        moment,
        kind,
        clock,
        calendar: moment.calendar_of(draft.decision.after.owner),
    };
    let mut view = match running {
        Some(running) => run.go_on(running, before, draft),
        None => run.begin(draft),
    };
    let extended = draft.orders.extended.as_ref();
    let later = extended.map(|order| order.until.max(view.due_at));
    if let Some(due_at) = draft.orders.promised.or(later) {
        run.move_end(&mut view, due_at);
    }
    draft.decision.after.clock = Some(ClockView {
        wake_at: run.wake_at(&view),
        ..view
    });
}

/// What is left of a clock that will go on when the case comes back to it.
fn remember(moment: &Moment<'_>, before: &CaseView, draft: &mut Draft) {
    let Some(running) = &before.clock else { return };
    let clock = moment.kind.clock(&running.name);
    if clock.is_none_or(|clock| clock.keeps.is_none()) {
        return;
    }
    let left = match &running.paused {
        Some(pause) => pause.left,
        None => {
            let calendar = moment.calendar_of(before.owner);
            running
                .measure
                .between(calendar, moment.now, running.due_at)
        }
    };
    draft.tell("rest", json!({ &running.name: as_micros(left) }));
    let kept = Kept {
        left,
        whole: running.whole,
        measure: running.measure,
    };
    let memory = &mut draft.decision.after.memory;
    memory.kept.insert(running.name.clone(), kept);
}

/// A clock of a kind at one moment.
struct Run<'m> {
    moment: &'m Moment<'m>,
    kind: &'m Kind,
    clock: &'m Clock,
    calendar: &'m Calendar,
}

impl Run<'_> {
    /// A whole one, started at `from`.
    fn fresh(&self, after: &CaseView, from: Timestamp, round: u32) -> (ClockView, String) {
        let given = Given::clock(self.kind, self.clock);
        let limit = Clock::limit_at(round, self.moment.limit(&given, after, from));
        let (due_at, measure) = (time::due(self.calendar, from, limit), Measure::of(limit));
        let view = ClockView {
            name: self.clock.name.clone(),
            started_at: self.moment.now,
            due_at,
            round,
            measure,
            whole: measure.between(self.calendar, from, due_at),
            warned: 0,
            wake_at: due_at,
            paused: None,
        };
        (view, limit.to_string())
    }

    /// Whole, or with what was left of it.
    fn begin(&self, draft: &mut Draft) -> ClockView {
        let now = self.moment.now;
        let after = &mut draft.decision.after;
        let kept = after.memory.kept.remove(&self.clock.name);
        let (fresh, limit) = self.fresh(after, now, 0);
        let kept = kept.zip(self.clock.keeps);
        let Some((kept, keeps)) = kept else {
            let left = as_micros(fresh.whole);
            draft.tell("began", json!({ "limit": limit, "left": left }));
            return fresh;
        };
        let rest = kept.measure.after(self.calendar, now, kept.left);
        let least = keeps
            .least
            .map(|least| time::due(self.calendar, now, least));
        let due_at = least
            .map_or(rest, |least| rest.max(least))
            .min(fresh.due_at);
        let is_whole = due_at == fresh.due_at;
        // What is given on top is measured as it is given: seven working hours may be a night
        // and a day of natural time.
        let given = keeps.least.filter(|_| due_at > rest).map(Measure::of);
        let mut view = match (is_whole, given) {
            (true, _) => fresh,
            (false, Some(measure)) => ClockView {
                due_at,
                measure,
                whole: measure.between(self.calendar, now, due_at),
                ..fresh
            },
            (false, None) => ClockView {
                due_at,
                measure: kept.measure,
                whole: kept.whole,
                ..fresh
            },
        };
        let left = view.measure.between(self.calendar, now, view.due_at);
        view.warned = self.passed(&view);
        draft.tell(
            "began",
            json!({
                "limit": limit,
                "left": as_micros(left),
                "kept": as_micros(kept.left),
                "least": due_at > rest,
                "whole": is_whole,
            }),
        );
        view
    }

    /// The clock that was running, after what this step wants of it.
    fn go_on(&self, running: &ClockView, before: &CaseView, draft: &mut Draft) -> ClockView {
        let Moment { now, acting, .. } = *self.moment;
        let event = self.kind.event(running, now);
        let event =
            event.filter(|event| *acting == Acting::Clock && event.step() == self.moment.step.name);
        let is_urgent_now = draft.decision.after.urgent && !before.urgent;
        let mut view = running.clone();
        match event {
            Some(Event::End { .. }) => {
                let round = running.round.saturating_add(1);
                let (next, limit) = self.fresh(&draft.decision.after, now, round);
                let left = as_micros(next.whole);
                draft.tell("began", json!({ "limit": limit, "left": left }));
                return next;
            }
            Some(Event::Warn { .. }) => {
                view.warned = view.warned.saturating_add(1);
                draft.tell("warned", json!(view.warned));
            }
            _ => {}
        }
        self.stand(&mut view, draft);
        if is_urgent_now {
            self.shorten(&mut view, &draft.decision.after);
        }
        view
    }

    /// Lets it stand, or go on with exactly what was left.
    fn stand(&self, view: &mut ClockView, draft: &mut Draft) {
        let now = self.moment.now;
        let orders = &draft.orders;
        if let Some(order) = orders.pause.clone() {
            let left = view.measure.between(self.calendar, now, view.due_at);
            view.due_at = view.measure.after(self.calendar, order.until, left);
            draft.tell(
                "pause",
                json!({
                    "why": order.why,
                    "until": order.until.as_microsecond(),
                    "left": as_micros(left),
                }),
            );
            view.paused = Some(Pause {
                since: now,
                until: order.until,
                why: order.why,
                left,
            });
            return;
        }
        let moves = orders.promised.is_some() || orders.extended.is_some();
        if let Some(pause) = view.paused.take_if(|_| orders.resume || moves) {
            let from = resumed_at(self.moment, &pause);
            view.due_at = view.measure.after(self.calendar, from, pause.left);
            draft.tell(
                "resumed",
                json!({ "from": from.as_microsecond(), "left": as_micros(pause.left) }),
            );
        }
    }

    /// An urgent case has the short time from now on, if that is shorter.
    fn shorten(&self, view: &mut ClockView, after: &CaseView) {
        let pause = view.paused.as_ref();
        let from = pause.map_or(self.moment.now, |pause| pause.until);
        let (fresh, _) = self.fresh(after, from, 0);
        if fresh.due_at < view.due_at {
            view.due_at = fresh.due_at;
            view.measure = fresh.measure;
            view.whole = fresh.whole;
            view.warned = 0;
            if let Some(pause) = &mut view.paused {
                pause.left = fresh.whole;
            }
        }
    }

    /// Another end than before; warnings come at parts of the time as it is then.
    fn move_end(&self, view: &mut ClockView, due_at: Timestamp) {
        let left = |due_at| view.measure.between(self.calendar, self.moment.now, due_at);
        let used = view.whole.saturating_sub(left(view.due_at));
        view.whole = used + left(due_at);
        view.due_at = due_at;
        view.warned = self.passed(view);
    }

    /// How many warnings would come too late.
    fn passed(&self, view: &ClockView) -> u32 {
        let left = view
            .measure
            .between(self.calendar, self.moment.now, view.due_at);
        let warnings = self.clock.warnings.iter();
        let passed = warnings.take_while(|warning| left <= warning.rest_of(view.whole));
        u32::try_from(passed.count()).unwrap_or(u32::MAX)
    }

    /// When it next does something by itself.
    fn wake_at(&self, view: &ClockView) -> Timestamp {
        if let Some(pause) = &view.paused {
            return pause.until;
        }
        let next = usize::try_from(view.warned).ok();
        let next = next.and_then(|next| self.clock.warnings.get(next));
        let Some(warning) = next.filter(|_| view.round == 0) else {
            return view.due_at;
        };
        let now = self.moment.now;
        let left = view.measure.between(self.calendar, now, view.due_at);
        let ahead = left.saturating_sub(warning.rest_of(view.whole));
        let at = view.measure.after(self.calendar, now, ahead);
        at.min(view.due_at)
    }
}

/// From when a clock that stood goes on: from now, or from the end of its pause, at which it goes
/// on by itself, however late the house looks at it.
pub(super) fn resumed_at(moment: &Moment<'_>, pause: &Pause) -> Timestamp {
    pause.until.min(moment.now)
}
