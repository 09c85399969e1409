//! What the referee finds: which rule does not hold, where, and how to see it again.

use huiyin_domain::id::CaseId;

/// What must be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Entries are numbered, timed and linked as things happened.
    History,
    /// A case stands where its history leads, with its owner.
    Standing,
    /// A clock ends when it must, by the minute.
    Clock,
    /// What was promised first stays, and what is promised now moves only for a reason.
    Promise,
    /// A clock fires once, not before its time and not later than the house looks.
    Firing,
    /// Time goes on as it is, whatever the machine's clock is set to, and never back.
    Time,
    /// Nobody takes a step that is not theirs.
    Rights,
    /// Nobody takes a step against a rule of its kind.
    Kind,
    /// What is refused changes nothing.
    Refusal,
    /// Nobody acts on what is no longer so.
    Stale,
    /// The same request leads to the same answer, once.
    Repeat,
    /// Nobody is told the same twice.
    Twice,
    /// Nobody is woken.
    Quiet,
    /// Whoever asked the same is told the same.
    Followers,
    /// The public sees what it may, and no more.
    Public,
    /// The seal holds, and nobody sees what is not for them.
    Seal,
    /// Figures are what can be counted.
    Figures,
    /// `verify` agrees.
    Verify,
    /// Nothing breaks, and no work is left.
    Work,
}

/// A rule that does not hold, and how that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub rule: Rule,
    pub case: Option<CaseId>,
    pub what: String,
}

impl Fault {
    pub fn new(rule: Rule, what: impl Into<String>) -> Fault {
        Fault {
            rule,
            case: None,
            what: what.into(),
        }
    }

    pub fn of(self, case: CaseId) -> Fault {
        Fault {
            case: self.case.or(Some(case)),
            ..self
        }
    }
}

/// What was found in a seed, after how many acts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seed {seed}, act {act} ({doing}): {:?} does not hold{}: {}{}", fault.rule, told(fault), fault.what, before(history))]
pub struct Finding {
    pub seed: u64,
    pub act: usize,
    /// What was just done.
    pub doing: String,
    pub fault: Fault,
    /// What had happened to the case before, as far as that was in order.
    pub history: Vec<String>,
}

fn before(history: &[String]) -> String {
    let lines = history.iter().map(|line| format!("\n    {line}"));
    lines.collect()
}

fn told(fault: &Fault) -> String {
    let case = fault.case.map(|case| format!(" for case {case}"));
    case.unwrap_or_default()
}
