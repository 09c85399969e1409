//! An address elsewhere that is told of each event: none may be left out, and none told twice
//! although several processes carry them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use huiyin_app::outside::LiveClock;
use huiyin_app::webhooks::create;
use huiyin_domain::access::Actor;
use huiyin_domain::place::Level;
use huiyin_store::{Options, Store};
use huiyin_testkit::town::Town;
use jiff::Timestamp;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::finding::{Fault, Finding, Sort};
use crate::incoming::{Incoming, Request, Said};
use crate::server::Start;
use crate::site;

/// What a process took that was killed comes again when its lease of two minutes is over.
const PATIENCE: Duration = Duration::from_secs(150);
const SHOWN: usize = 5;

/// What was heard: of each case, how often each of its versions.
#[derive(Default, Clone)]
pub struct Heard(BTreeMap<String, BTreeMap<u64, u32>>);

pub struct Listener {
    heard: Arc<Mutex<Heard>>,
    _incoming: Incoming,
}

impl Listener {
    /// Listens from now on, and lets the house know where. The house must not run yet.
    pub fn begin(start: &Start<'_>) -> Result<Listener, Fault> {
        let heard = Arc::<Mutex<Heard>>::default();
        let hears = Arc::clone(&heard);
        let incoming = Incoming::answered_by(move |request| hear(&request, &hears))?;
        register(start, incoming.address)?;
        Ok(Listener {
            heard,
            _incoming: incoming,
        })
    }

    /// Waits until all of so many cases was heard, or until nobody waits any longer.
    pub fn heard(&self, cases: usize) -> Heard {
        let since = Instant::now();
        loop {
            let heard = self
                .heard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            if heard.missed(cases).is_empty() || since.elapsed() > PATIENCE {
                return heard;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Heard {
    /// Of which cases something was left out; cases nobody told of at all count as one.
    fn missed(&self, cases: usize) -> Vec<String> {
        let is_whole = |versions: &BTreeMap<u64, u32>| {
            (1..=versions.len() as u64).eq(versions.keys().copied())
        };
        let broken = self.0.iter().filter(|(_, versions)| !is_whole(versions));
        let mut missed: Vec<String> = broken
            .map(|(case, versions)| {
                format!("case {case}: told of its versions {:?}", versions.keys())
            })
            .collect();
        if self.0.len() != cases {
            missed.push(format!("of {cases} cases {} were told of", self.0.len()));
        }
        missed
    }

    pub fn findings(&self, cases: usize, twice_max: u32) -> Vec<Finding> {
        let lost = self
            .missed(cases)
            .into_iter()
            .map(|what| Finding::new(Sort::Lost, what));
        let twice = self.0.iter().flat_map(|(case, versions)| {
            let twice = versions.iter().filter(|(_, times)| **times > 1);
            twice.map(move |(version, times)| format!("event {case}-{version} came {times} times"))
        });
        let twice: Vec<String> = twice.collect();
        let too_often = twice.len() > twice_max as usize;
        let twice = twice.into_iter().filter(|_| too_often).take(SHOWN);
        lost.take(SHOWN)
            .chain(twice.map(|what| Finding::new(Sort::Twice, what)))
            .collect()
    }
}

/// One call: an event, and that it has arrived.
fn hear(request: &Request, heard: &Mutex<Heard>) -> Result<Option<Said>, Fault> {
    let event: Value = serde_json::from_slice(&request.body)?;
    let name = event["id"].as_str().ok_or("an event has a name")?;
    let (case, version) = name.rsplit_once('-').ok_or("a case and its version")?;
    let mut all = heard.lock().unwrap_or_else(PoisonError::into_inner);
    let versions = all.0.entry(case.to_owned()).or_default();
    *versions.entry(version.parse()?).or_default() += 1;
    Ok(Some((204, Vec::new())))
}

/// As an administrator does it on the page.
fn register(start: &Start<'_>, address: SocketAddr) -> Result<(), Fault> {
    let store = Store::open(start.url, &Options::default())?;
    let app = site::app(&store, Arc::new(LiveClock), start.data)?;
    let town = Town::generate(1, Timestamp::UNIX_EPOCH);
    let county = town.places_at(Level::County).next();
    let request = create::Request {
        name: "crash".to_owned(),
        url: format!("http://{address}/"),
        events: Vec::new(),
        place: county.ok_or("the town lies in a county")?.code.clone(),
        unit: None,
    };
    Runtime::new()?.block_on(create::create(&app, &Actor::system(), request))?;
    drop(app);
    store.shutdown_blocking();
    Ok(())
}
