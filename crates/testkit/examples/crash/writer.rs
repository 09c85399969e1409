//! Somebody who writes: what they send is in the journal first, and they send it again, under the
//! same name, until they are told what became of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::client::{Answer, Asked, Http};
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{Deed, Journal};
use crate::site::Keys;

/// One delivery in so many is hung up on before it is answered.
const CUT_ONE_IN: u32 = 8;
/// What was acknowledged is sent again once in so many times, by a phone that did not listen.
const AGAIN_ONE_IN: u32 = 8;
/// Whoever gets no answer at all for so long says so.
const PATIENCE: Duration = Duration::from_secs(90);

/// What all of them share.
pub struct Common {
    pub journal: Journal,
    pub keys: Arc<Keys>,
    /// Nothing new is begun any more.
    pub is_over: AtomicBool,
    /// The house is gone for ever: nobody waits for it.
    pub is_burnt: AtomicBool,
    /// Nobody may ever be turned away.
    pub is_always_there: AtomicBool,
    pub done: AtomicU64,
    pub again: AtomicU64,
    pub not_now: AtomicU64,
    pub reads: AtomicU64,
    findings: Mutex<Vec<Finding>>,
}

impl Common {
    pub fn new(journal: Journal, keys: Arc<Keys>) -> Common {
        Common {
            journal,
            keys,
            is_over: AtomicBool::new(false),
            is_burnt: AtomicBool::new(false),
            is_always_there: AtomicBool::new(false),
            done: AtomicU64::new(0),
            again: AtomicU64::new(0),
            not_now: AtomicU64::new(0),
            reads: AtomicU64::new(0),
            findings: Mutex::default(),
        }
    }

    /// Waits until somebody is told that something is done, or for so long; whether it is.
    pub fn wait_for_done(&self, at_most: Duration) -> bool {
        let (before, since) = (self.done.load(Ordering::Relaxed), Instant::now());
        let is_done = || self.done.load(Ordering::Relaxed) != before;
        while !is_done() && since.elapsed() < at_most {
            thread::sleep(Duration::from_millis(1));
        }
        is_done()
    }

    pub fn found(&self) -> Vec<Finding> {
        let findings = self.findings.lock();
        findings.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn find(&self, sort: Sort, what: String) {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        findings.push(Finding::new(sort, what));
    }
}

pub struct Writer {
    pub common: Arc<Common>,
    pub http: Http,
    pub number: usize,
    pub rng: ChaCha8Rng,
    marks: u32,
}

/// Why somebody does not go on with what they were doing.
pub enum Stop {
    /// It is over.
    Over,
    /// It was not done, and that is noted.
    Refused,
    Broken(Fault),
}

impl<E: Into<Fault>> From<E> for Stop {
    fn from(fault: E) -> Stop {
        Stop::Broken(fault.into())
    }
}

impl Writer {
    pub fn new(common: &Arc<Common>, http: Http, number: usize, seed: u64) -> Writer {
        Writer {
            common: Arc::clone(common),
            http,
            number,
            rng: ChaCha8Rng::seed_from_u64(seed ^ (number as u64 + 1) << 32),
            marks: 0,
        }
    }

    /// A word that stands nowhere else.
    pub fn mark(&mut self) -> String {
        self.marks += 1;
        format!("[w{}-{}]", self.number, self.marks)
    }

    /// A name under which something can be sent many times.
    pub fn name(&mut self) -> String {
        format!("{:032x}", self.rng.random::<u128>())
    }

    /// Sends one write until it is acknowledged; `done` are the answers that say so.
    pub fn write(
        &mut self,
        (mark, deed): (&str, &Deed),
        asked: Asked,
        done: &[u16],
    ) -> Result<Answer, Stop> {
        let number = self.common.journal.sent(mark, deed)?;
        let answer = self.ask(&asked, done, &format!("{deed:?}"))?;
        self.common.journal.done(number)?;
        self.common.done.fetch_add(1, Ordering::Relaxed);
        if self.rng.random_ratio(1, AGAIN_ONE_IN) {
            self.common.again.fetch_add(1, Ordering::Relaxed);
            self.ask(&asked, done, &format!("{deed:?}, sent again"))?;
        }
        Ok(answer)
    }

    /// Asks until one of these answers comes.
    pub fn ask(&mut self, asked: &Asked, done: &[u16], what: &str) -> Result<Answer, Stop> {
        let since = Instant::now();
        loop {
            if let Some(answer) = self.once(asked, done, what)? {
                return Ok(answer);
            }
            if self.common.is_burnt.load(Ordering::Relaxed) {
                return Err(Stop::Over);
            }
            if since.elapsed() > PATIENCE {
                let what = format!("{what}: nobody says what became of it");
                self.common.find(Sort::Unclear, what);
                return Err(Stop::Refused);
            }
        }
    }

    /// Asks once, and waits a moment when it is not done; none of these answers is no answer.
    pub fn once(
        &mut self,
        asked: &Asked,
        done: &[u16],
        what: &str,
    ) -> Result<Option<Answer>, Stop> {
        let [one, two, three]: [u8; 3] = self.rng.random();
        let household = format!("10.{one}.{two}.{three}");
        let asked = asked.clone().with("x-forwarded-for", household);
        let is_cut = self.rng.random_ratio(1, CUT_ONE_IN);
        let cut = is_cut.then(|| Duration::from_millis(self.rng.random_range(1..40)));
        match self.http.ask(&asked, cut) {
            Some(answer) if done.contains(&answer.status) => return Ok(Some(answer)),
            // 502 and 504 are a load balancer's words for it.
            Some(answer) if matches!(answer.status, 502..=504) => {
                self.common.not_now.fetch_add(1, Ordering::Relaxed);
                self.was_turned_away(format!("{what}: {}", answer.status));
                self.look_at_not_now(&answer, what);
            }
            Some(answer) => {
                let text: String = answer.text().chars().take(400).collect();
                let what = format!("{what}: {} {text}", answer.status);
                self.common.find(Sort::Unclear, what);
                return Err(Stop::Refused);
            }
            None if cut.is_none() => self.was_turned_away(format!("{what}: no answer")),
            None => {}
        }
        self.common.again.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(self.rng.random_range(10..50)));
        Ok(None)
    }

    fn was_turned_away(&self, what: String) {
        if self.common.is_always_there.load(Ordering::Relaxed) {
            self.common.find(Sort::Unread, what);
        }
    }

    /// "Not now" says when to come again, and in words that something was not kept.
    fn look_at_not_now(&self, answer: &Answer, what: &str) {
        let says_when = answer.header("retry-after").parse::<u32>().is_ok();
        let is_json = answer.header("content-type") == "application/problem+json";
        let detail = |told: Value| told["detail"].as_str().map(str::len);
        let says_what = match is_json {
            true => answer
                .json()
                .ok()
                .and_then(detail)
                .is_some_and(|length| length > 0),
            false => answer.text().contains("<h1"),
        };
        if !(says_when && says_what) {
            let what = format!(
                "{what}: not now, and no word when or why: {}",
                answer.text()
            );
            self.common.find(Sort::Unclear, what);
        }
    }

    pub fn goes_on(&self) -> Result<(), Stop> {
        match self.common.is_over.load(Ordering::Relaxed) {
            true => Err(Stop::Over),
            false => Ok(()),
        }
    }
}
