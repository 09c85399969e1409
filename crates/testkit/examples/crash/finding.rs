//! What the checker can find, and what it saw on the way.

use std::fmt;
use std::time::Duration;

pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// In what way a promise is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// It was acknowledged, and it is not there.
    Lost,
    /// It was sent several times under one name, and is there more than once.
    Twice,
    /// Some of it is there: a case without its photo, a step without its entry.
    Half,
    /// Bytes of files that nothing names, after the sweep.
    Orphan,
    /// An answer that is neither done nor "not now".
    Unclear,
    /// `huiyin verify` has something to say.
    Verify,
    /// Somebody was turned away although only writing is in trouble, or others could answer.
    Unread,
    /// Nothing was done any more although nothing was in the way.
    Stuck,
}

impl Sort {
    /// Everything that can be found; the last two only while the house itself is left alone.
    pub const ALL: [Sort; 8] = [
        Sort::Lost,
        Sort::Twice,
        Sort::Half,
        Sort::Orphan,
        Sort::Unclear,
        Sort::Verify,
        Sort::Unread,
        Sort::Stuck,
    ];

    /// What of these was found.
    pub fn of(self, findings: &[Finding]) -> Vec<String> {
        let found = findings.iter().filter(|found| found.sort == self);
        found.map(|found| found.what.clone()).collect()
    }

    /// What holds when nothing of this sort is found.
    pub fn promise(self) -> &'static str {
        match self {
            Sort::Lost => "no acknowledged write is lost",
            Sort::Twice => "nothing is applied twice",
            Sort::Half => "nothing is half there",
            Sort::Orphan => "no file is left that nothing names",
            Sort::Unclear => "every answer is done or not now",
            Sort::Verify => "verify finds nothing",
            Sort::Unread => "nobody is turned away without need",
            Sort::Stuck => "writing goes on by itself",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Finding {
    pub sort: Sort,
    pub what: String,
    /// When it was acknowledged, if that can be said.
    pub done_at_ms: Option<u64>,
}

impl Finding {
    pub fn new(sort: Sort, what: impl Into<String>) -> Finding {
        let what = what.into();
        Finding {
            sort,
            what,
            done_at_ms: None,
        }
    }
}

/// What came of a trial.
#[derive(Debug, Default)]
pub struct Seen {
    pub findings: Vec<Finding>,
    /// Kills, cuts, or whatever else goes wrong again and again.
    pub strikes: u32,
    pub sent: usize,
    pub acknowledged: usize,
    /// Deliveries beyond the first: cut, unanswered, or sent again by a phone that did not listen.
    pub again: u64,
    /// Answers that said "not now".
    pub not_now: u64,
    /// What somebody who only reads was shown.
    pub reads: u64,
    pub cases: usize,
    /// How long after each time the house did its work again.
    pub ready: Vec<Duration>,
}

impl Seen {
    fn ready_ms(&self, percent: usize) -> u128 {
        let mut ready = self.ready.clone();
        ready.sort_unstable();
        // The smallest wait that so many in a hundred did not exceed.
        let at = (ready.len() * percent).div_ceil(100).max(1) - 1;
        ready.get(at).map_or(0, Duration::as_millis)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "struck {} times, {} writes sent, {} acknowledged, {} deliveries more, {} cases",
            self.strikes, self.sent, self.acknowledged, self.again, self.cases,
        )?;
        for (count, what) in [(self.not_now, "not now"), (self.reads, "read")] {
            if count > 0 {
                write!(f, ", {count} times {what}")?;
            }
        }
        if self.ready.is_empty() {
            return Ok(());
        }
        let (half, most) = (self.ready_ms(50), self.ready_ms(99));
        write!(f, "; ready again p50 {half} ms, p99 {most} ms")
    }
}
