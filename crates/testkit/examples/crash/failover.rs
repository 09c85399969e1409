//! The machine on which PostgreSQL is written to dies, and another one takes over, again and
//! again; the last time what it would send to the others is dropped two seconds before.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use huiyin_store::Engine;

use crate::Arguments;
use crate::audit;
use crate::busy::Busy;
use crate::finding::{Fault, Finding, Sort};
use crate::hosts::{self, Hosts, Mode};
use crate::journal::{Act, acknowledged};
use crate::place::Place;
use crate::replicas::{self, Replicas};
use crate::server::Start;
use crate::site::Site;
use crate::told::Told;

const LOAD: Duration = Duration::from_secs(4);
const CUT_BEFORE: Duration = Duration::from_secs(2);
/// Longer than anybody should wait.
const PATIENCE: Duration = Duration::from_secs(120);
const GAP_MAX: Duration = Duration::from_secs(30);

struct Seen {
    findings: Vec<Finding>,
    acknowledged: usize,
    cases: usize,
    not_now: u64,
    /// The longest time in which nothing was acknowledged.
    gap: Duration,
    /// Where reading from them was tried.
    replicas: Option<Replicas>,
}

pub fn run(arguments: &Arguments, _: Engine, folder: &Path) -> Result<Told, Fault> {
    if let Some(why) = hosts::why_not() {
        return Ok(Told::skipped(why));
    }
    let deaths = arguments.deaths;
    let seen = trial(arguments, &folder.join("kept"), Mode::Synchronous, deaths)?;
    let mut told = Told::of(format!(
        "{deaths} times a machine died, {} writes acknowledged, {} times not now, {} cases; nothing was \
         acknowledged for {:.1} s at most",
        seen.acknowledged,
        seen.not_now,
        seen.cases,
        seen.gap.as_secs_f64()
    ));
    for sort in &Sort::ALL[..6] {
        told.promise(sort.promise(), &sort.of(&seen.findings));
    }
    told.tell(
        seen.gap <= GAP_MAX,
        "another one takes over within 30 s",
        &[],
    );
    if let Some(replicas) = &seen.replicas {
        replicas.tell(&mut told);
    }
    let control = trial(arguments, &folder.join("control"), Mode::Asynchronous, 1)?;
    let lost = Sort::Lost.of(&control.findings).len();
    let what = format!("without waiting for another one: found as Lost {lost} times");
    told.tell(lost > 0, what, &[]);
    Ok(told)
}

fn trial(arguments: &Arguments, folder: &Path, mode: Mode, deaths: u32) -> Result<Seen, Fault> {
    let programs = arguments.postgres_programs.as_ref();
    let programs = programs.ok_or("--postgres-programs says where its programs lie")?;
    let mut hosts = Hosts::begin(programs, folder, mode)?;
    let site = Site::settle(Place::at(hosts.url(), &folder.join("site"))?)?;
    let replicas = match mode {
        Mode::Synchronous => Some(replicas::look(&hosts)?),
        Mode::Asynchronous => None,
    };
    let start = Start::of(&arguments.binary, &site.place)?;
    let mut busy = Busy::begin(&start, &site.keys, &folder.join("journal"), arguments.seed)?;
    for death in 1..=deaths {
        thread::sleep(LOAD);
        let first = hosts.first()?;
        if death == deaths {
            hosts.cut_replication(first)?;
            thread::sleep(CUT_BEFORE);
        }
        hosts.kill(first)?;
        hosts.wait_for_another(first)?;
        if !busy.common.wait_for_done(PATIENCE) {
            return Err("nobody takes over".into());
        }
        hosts.come_back(first)?;
    }
    thread::sleep(LOAD);
    busy.crowd.go_home()?;
    busy.server.kill()?;
    let acts = busy.common.journal.read()?;
    let (cases, mut findings) = audit::whole(&start, &site.keys.dispatcher, &acts)?;
    findings.extend(busy.common.found());
    Ok(Seen {
        findings,
        cases,
        acknowledged: acknowledged(&acts),
        not_now: busy.common.not_now.load(Ordering::Relaxed),
        gap: longest_gap(&acts),
        replicas,
    })
}

fn longest_gap(acts: &[Act]) -> Duration {
    let mut done: Vec<u64> = acts.iter().filter_map(|act| act.done_at_ms).collect();
    done.sort_unstable();
    let gaps = done.windows(2).map(|pair| pair[1] - pair[0]);
    Duration::from_millis(gaps.max().unwrap_or_default())
}
