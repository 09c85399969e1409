//! What a history tells of clocks and promises, against what the database says now: nothing that
//! was promised first is rewritten, nothing is promised later without a word, nothing that was
//! used is given back without a ruling.

use std::collections::BTreeMap;

use huiyin_domain::calendar::Span;
use huiyin_domain::case::{Kind, Term, as_micros};
use huiyin_store::entries::Entry;
use huiyin_store::verify::CaseFacts;
use jiff::Timestamp;
use serde::Deserialize;

/// The part of an entry's shape that is about time. What older entries lack is not there.
#[derive(Debug, Default, Deserialize)]
struct Told {
    clock: Option<String>,
    due: Option<i64>,
    round: Option<u32>,
    /// The case went on as this kind.
    kind: Option<String>,
    began: Option<Began>,
    #[serde(default)]
    rest: BTreeMap<String, u64>,
    #[serde(default)]
    refilled: Vec<String>,
    #[serde(default)]
    terms: Vec<TermTold>,
    pause: Option<serde_json::Value>,
    resumed: Option<serde_json::Value>,
    extended: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Began {
    left: u64,
    kept: Option<u64>,
    #[serde(default)]
    least: bool,
    #[serde(default)]
    whole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct TermTold {
    name: String,
    limit: String,
    first: i64,
    due: i64,
    met: Option<i64>,
    left: Option<u64>,
}

/// What has been told so far.
#[derive(Debug, Default)]
pub(super) struct TimeTold {
    due: Option<i64>,
    kept: BTreeMap<String, u64>,
    terms: BTreeMap<String, TermTold>,
    /// Clocks that began with more than was left, and how much that was.
    floors: Vec<(String, u64)>,
    faults: Vec<String>,
}

impl TimeTold {
    pub fn add(&mut self, entry: &Entry) {
        let number = entry.number;
        let Ok(told) = serde_json::from_str::<Told>(&entry.shape) else {
            let fault = format!("entry {number} does not tell its time in words that are known");
            return self.faults.push(fault);
        };
        if told.kind.is_some() {
            self.kept.clear();
            self.terms.clear();
        }
        self.due = told.due;
        self.clocks(number, &told);
        for term in &told.terms {
            self.term(number, &told, term);
        }
    }

    fn clocks(&mut self, number: i64, told: &Told) {
        self.kept.extend(told.rest.clone());
        for name in &told.refilled {
            self.kept.remove(name);
        }
        let (Some(name), Some(began)) = (&told.clock, &told.began) else {
            return;
        };
        let known = self.kept.remove(name);
        if told.round.is_some() {
            return;
        }
        if known != began.kept {
            let fault = format!("entry {number} gives `{name}` back what was used of it");
            self.faults.push(fault);
        }
        let is_more = began.kept.is_some_and(|kept| began.left > kept);
        match (is_more && !began.whole, began.least) {
            (true, true) => self.floors.push((name.clone(), began.left)),
            (true, false) => {
                let fault = format!("entry {number} makes `{name}` longer than what was left");
                self.faults.push(fault);
            }
            (false, _) => {}
        }
    }

    fn term(&mut self, number: i64, told: &Told, term: &TermTold) {
        let before = self.terms.insert(term.name.clone(), term.clone());
        let Some(before) = before else { return };
        let name = &term.name;
        if before.first != term.first {
            let fault = format!("entry {number} rewrites what `{name}` promised first");
            self.faults.push(fault);
        }
        let says_why = told.pause.is_some() || told.resumed.is_some() || told.extended.is_some();
        if term.due > before.due && !says_why {
            let fault = format!("entry {number} promises `{name}` later and does not say why");
            self.faults.push(fault);
        }
    }

    /// What is wrong: the number of the invariant, and the fault.
    pub fn faults(&self, kind: &Kind, facts: &CaseFacts, terms: &[Term]) -> Vec<(u8, String)> {
        let history = self.faults.iter().map(|fault| (4, fault.clone()));
        let mut faults: Vec<(u8, String)> = history.collect();
        let mut check = |invariant: u8, holds: bool, what: &str| {
            if !holds {
                faults.push((invariant, what.to_owned()));
            }
        };
        let due = facts.due_at.map(Timestamp::as_microsecond);
        // An open case without a clock is told of already.
        let has_clock = facts.closed_at.is_some() || due.is_some();
        check(
            2,
            !has_clock || self.due == due,
            "its clock runs to another end than its history tells",
        );
        let wakes = facts.wake_at.is_some() && facts.wake_at <= facts.due_at;
        let is_open = facts.closed_at.is_none();
        check(2, !is_open || !has_clock || wakes, "its clock sleeps on");
        if let Some(pause) = &facts.paused {
            let ends = facts.wake_at == Some(pause.until) && pause.since < pause.until;
            check(2, is_open && ends, "its clock stands without an end");
            let goes_on = kind.resuming_step().and_then(|step| kind.step(step));
            let goes_on = goes_on.is_some_and(|step| step.from.contains(&facts.stage));
            check(2, goes_on, "its clock stands and never goes on by itself");
        }
        let kept: BTreeMap<String, u64> = facts
            .kept
            .iter()
            .map(|(name, left)| (name.clone(), as_micros(*left)))
            .collect();
        check(
            4,
            kept == self.kept,
            "what is left of its clocks is not what its history tells",
        );
        for (name, left) in &self.floors {
            let least = kind.clock(name).and_then(|clock| clock.keeps?.least);
            // Working days have no length of their own; they are looked at as they begin.
            let within = match least {
                Some(Span::WorkingDays { .. }) => true,
                Some(least) => least
                    .length()
                    .is_some_and(|least| *left <= as_micros(least)),
                None => false,
            };
            check(4, within, "a clock began with more than was left");
        }
        let told: BTreeMap<&String, TermTold> = terms
            .iter()
            .map(|term| (&term.name, term_told(term)))
            .collect();
        let is_told = self
            .terms
            .iter()
            .all(|(name, term)| told.get(name) == Some(term));
        let is_all = told.len() == self.terms.len();
        check(
            4,
            is_told && is_all,
            "what was promised is not what its history tells",
        );
        faults
    }
}

fn term_told(term: &Term) -> TermTold {
    TermTold {
        name: term.name.clone(),
        limit: term.limit.to_string(),
        first: term.first_due_at.as_microsecond(),
        due: term.due_at.as_microsecond(),
        met: term.met_at.map(Timestamp::as_microsecond),
        left: term.left.map(as_micros),
    }
}
