//! Verify: whether the five invariants of the promise hold, for every case of a database.
//!
//! It reads in batches, changes nothing, and names all it finds. Constraints of the database
//! guard most of this already; verify trusts none of them.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::case::{
    EntryShape, FIRST, Hash, Head, Kind, Link, Term, entry_hash, follow, text_hash,
};
use huiyin_domain::id::CaseId;
use huiyin_store::elsewhere::{self, Far};
use huiyin_store::entries::Entry;
use huiyin_store::verify::{self, CaseFacts};
use huiyin_store::{
    DbError, Tx, appointments, associations, bookings, civic_posts, collections, errands, gifts,
    households, kitchens, occasions, pairings, pledges, proposals, services, sign_ups, task_parts,
};

use crate::{App, Error};

mod many;
mod time;

use time::TimeTold;

/// Something that should not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub case: CaseId,
    /// Which invariant of the promise is broken, one to five; six: what goes beside it.
    pub invariant: u8,
    pub what: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub cases: u64,
    pub open: u64,
    pub entries: u64,
    pub findings: Vec<Finding>,
    /// Findings beyond those that are listed.
    pub unlisted: u64,
    /// What is wrong beside the cases.
    pub beside: Vec<&'static str>,
}

impl Report {
    fn add(&mut self, case: CaseId, invariant: u8, what: &str) {
        if self.findings.len() >= FINDINGS_MAX {
            self.unlisted += 1;
            return;
        }
        self.findings.push(Finding {
            case,
            invariant,
            what: what.to_owned(),
        });
    }
}

const BATCH: i64 = 500;
/// What volunteers did is summed as it is confirmed; a sum that differs was written by nobody.
const SUMS_DIFFER: &str = "sums of services are not what the services say";
const ROOMS_TWICE: &str = "a room is booked twice, or kept for a booking that is over";
const SEATS_WRONG: &str = "a seat is taken that there is not, or somebody waits for a free one";
const MEALS_WRONG: &str =
    "more portions of a dish are promised than there are, or they are miscounted";
const UNLED: &str = "an association has nobody who leads it, or their number is wrong";
/// What is said of gifts of which more went on than came.
const GIFTS_OVERSPENT: &str = "of a gift more went on than came";
const POSTS_OVERFULL: &str =
    "a civic post is held by more than its number, or by somebody who has left";
const VOICES_DIFFER: &str = "more or fewer voices were counted of a civic post than have spoken";
const LEFT_ALONE: &str = "a household counts on somebody who is no volunteer any more";
const LISTS_MISCOUNTED: &str = "a list has more lines, or fewer, than were brought";
const LEFT_ON_OCCASIONS: &str = "something is still on an occasion that is over";
const TASKS_BROKEN: &str =
    "a part of a task has another history than its number says, or was broken down into nothing";
const PAPERS_ASTRAY: &str =
    "a paper of an errand is not where its moves say, or is out of a case that is closed";
const WINDOWS_OVERFULL: &str =
    "a window is booked beyond its seats, or somebody waits at one that is closed for good";
const DOORS_LEFT_BEHIND: &str =
    "a contact lies behind a closed door, or a door in a place that became another";
const UNREAD: &str = "the archive with its history is missing or was changed";
/// More findings than this are counted, not listed.
const FINDINGS_MAX: usize = 1_000;

/// Checks every case; reads only.
pub fn verify(app: &App) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut last: Option<CaseId> = None;
    loop {
        let inner = app.clone();
        let read = move |tx: &mut Tx<'_>| -> Result<Batch, Error> { Batch::read(&inner, tx, last) };
        let batch = app.store.read_blocking(read).map_err(Error::from)?;
        match batch.cases.last() {
            None => break,
            Some(facts) => last = Some(facts.id),
        }
        batch.check(app, &mut report)?;
    }
    let asked = |tx: &mut Tx<'_>| proposals::open_without(tx, BATCH);
    for case in app.store.read_blocking(asked).map_err(Error::from)? {
        report.add(
            case,
            6,
            "somebody is asked about it who need not answer any more",
        );
    }
    beside(app, &mut report)?;
    many::check(app, &mut report)?;
    Ok(report)
}

/// What stands beside the cases, checked in one state of the database. One more check: its line.
fn beside(app: &App, report: &mut Report) -> Result<(), Error> {
    let (now, today) = (app.now(), app.config.day(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let checks = [
            (services::sums_are_true(tx)?, SUMS_DIFFER),
            (bookings::are_apart(tx)?, ROOMS_TWICE),
            (sign_ups::are_seated(tx, now)?, SEATS_WRONG),
            (gifts::overspent(tx)?.is_empty(), GIFTS_OVERSPENT),
            (pledges::are_held_rightly(tx)?, POSTS_OVERFULL),
            (civic_posts::voices_are_true(tx, today)?, VOICES_DIFFER),
            (pairings::nobody_is_alone(tx)?, LEFT_ALONE),
            (kitchens::are_counted(tx)?, MEALS_WRONG),
            (associations::are_led(tx)?, UNLED),
            (collections::are_whole(tx)?, LISTS_MISCOUNTED),
            (occasions::are_settled(tx)?, LEFT_ON_OCCASIONS),
            (task_parts::are_whole(tx)?, TASKS_BROKEN),
            (errands::are_accounted_for(tx)?, PAPERS_ASTRAY),
            (appointments::are_within(tx)?, WINDOWS_OVERFULL),
            (households::are_followed(tx)?, DOORS_LEFT_BEHIND),
        ];
        let wrong = checks.into_iter().filter(|(holds, _)| !holds);
        Ok::<_, DbError>(wrong.map(|(_, what)| what).collect::<Vec<_>>())
    };
    let wrong = app.store.read_blocking(read).map_err(Error::from)?;
    report.beside.extend(wrong);
    Ok(())
}

/// Some cases with their histories, of one state of the database.
struct Batch {
    cases: Vec<CaseFacts>,
    terms: BTreeMap<CaseId, Vec<Term>>,
    chains: BTreeMap<CaseId, Chain>,
    /// The parts of histories that other installations keep, one after the other.
    elsewhere: Vec<Far>,
    /// Cases whose archive cannot be read.
    unread: BTreeSet<CaseId>,
}

impl Batch {
    fn read(app: &App, tx: &mut Tx<'_>, last: Option<CaseId>) -> Result<Batch, Error> {
        let cases = verify::cases(tx, last, BATCH)?;
        for facts in &cases {
            app.kind_of(tx, facts.kind_hash)?;
        }
        let mut chains: BTreeMap<CaseId, Chain> = BTreeMap::new();
        let mut terms: BTreeMap<CaseId, Vec<Term>> = BTreeMap::new();
        let (mut elsewhere, mut unread) = (Vec::new(), BTreeSet::new());
        if let Some(until) = cases.last().map(|facts| facts.id) {
            elsewhere = elsewhere::between(tx, last, until)?;
            for (case, term) in verify::terms(tx, last, until)? {
                terms.entry(case).or_default().push(term);
            }
            unread = verify::entries(tx, last, until, |entry| -> Result<(), DbError> {
                chains.entry(entry.case).or_default().add(&entry);
                Ok(())
            })?;
        }
        Ok(Batch {
            cases,
            terms,
            chains,
            elsewhere,
            unread,
        })
    }

    fn check(&self, app: &App, report: &mut Report) -> Result<(), Error> {
        let kinds = app.kinds();
        for facts in &self.cases {
            let kind = kinds.by_hash(facts.kind_hash).ok_or_else(|| {
                Error::broken(
                    "looking for a version of a kind",
                    facts.kind_hash.to_string(),
                )
            })?;
            let nothing = Chain::default();
            let chain = self.chains.get(&facts.id).unwrap_or(&nothing);
            report.cases += 1;
            report.open += u64::from(facts.closed_at.is_none());
            report.entries += chain.length.unsigned_abs();
            let terms = self.terms.get(&facts.id).map_or(&[][..], Vec::as_slice);
            if self.unread.contains(&facts.id) {
                report.add(facts.id, 4, UNREAD);
                continue;
            }
            let mut found = faults(kind, facts, chain);
            // What a broken history tells of time is not worth hearing.
            if chain.faults.is_empty() && chain.length == facts.version {
                found.extend(chain.time.faults(kind, facts, terms));
            }
            for (invariant, what) in found {
                report.add(facts.id, invariant, &what);
            }
        }
        self.check_elsewhere(report);
        Ok(())
    }

    /// Whether the parts that others keep are whole from their first entry on.
    fn check_elsewhere(&self, report: &mut Report) {
        let is_one = |one: &Far, next: &Far| {
            (one.case, one.source, one.theirs) == (next.case, next.source, next.theirs)
        };
        for part in self.elsewhere.chunk_by(is_one) {
            let Some(first) = part.first() else { continue };
            let links: Vec<Link> = part.iter().map(|far| far.link.clone()).collect();
            if let Err(broken) = follow(first.theirs, Head::NONE, &links) {
                let number = broken.number;
                let what = format!("entry {number} of another installation does not follow");
                report.add(first.case, 4, &what);
            }
        }
    }
}

/// What is wrong with one case: the number of the invariant, and the fault.
fn faults(kind: &Kind, facts: &CaseFacts, chain: &Chain) -> Vec<(u8, String)> {
    let mut faults = Vec::new();
    let mut check = |invariant: u8, holds: bool, what: &str| {
        if !holds {
            faults.push((invariant, what.to_owned()));
        }
    };
    let stage = kind.stage(&facts.stage);
    let open = facts.closed_at.is_none();
    check(1, facts.owners == 1, "it has not exactly one owner");
    check(
        2,
        !open || (facts.clock.is_some() && facts.due_at.is_some()),
        "no clock is running",
    );
    check(
        2,
        open || facts.due_at.is_none(),
        "a clock runs although it is closed",
    );
    check(3, stage.is_some(), "its kind does not know its stage");
    let left = |stage: &str| {
        kind.steps
            .iter()
            .any(|step| step.from.iter().any(|f| f == stage))
    };
    check(3, !open || left(&facts.stage), "no step leads on");
    check(
        3,
        stage.is_none_or(|stage| stage.closed != open),
        "stage and closing differ",
    );
    let known = facts
        .outcome
        .as_deref()
        .is_some_and(|name| kind.outcome(name).is_some());
    check(
        3,
        open || known,
        "it is closed without an outcome that its kind knows",
    );
    for fault in &chain.faults {
        check(4, false, fault);
    }
    check(
        4,
        chain.length == facts.version,
        "entries are missing, or there are too many",
    );
    check(
        4,
        chain.stage.as_deref() == Some(&facts.stage),
        "its history ends in another stage",
    );
    check(
        5,
        kind.internal || facts.has_petitioner,
        "nobody can follow it",
    );
    check(6, facts.has_matter, "its matter is missing");
    check(6, facts.is_searchable, "the search does not know it");
    check(
        6,
        facts.units_forgotten == 0,
        "a unit that it concerns does not list it",
    );
    faults
}

/// Whether this is a whole history: nothing is missing between its entries, and each follows from
/// the one before it.
pub(crate) fn is_whole(history: &[Entry]) -> bool {
    let mut chain = Chain::default();
    for entry in history {
        chain.add(entry);
    }
    chain.faults.is_empty()
}

/// A history as far as it has been read.
#[derive(Debug, Default)]
struct Chain {
    length: i64,
    head: Option<Hash>,
    stage: Option<String>,
    /// What it tells of clocks and promises.
    time: TimeTold,
    faults: Vec<String>,
}

impl Chain {
    fn add(&mut self, entry: &Entry) {
        self.length += 1;
        let number = entry.number;
        if number != self.length {
            self.faults.push(format!(
                "entry {number} stands in the place of {}",
                self.length
            ));
        }
        if entry.from.is_some() && entry.from != self.stage {
            self.faults
                .push(format!("entry {number} begins in another stage"));
        }
        if let (Some(text), Some(salt)) = (&entry.text, &entry.salt)
            && entry.text_hash != Some(text_hash(salt, text))
        {
            self.faults
                .push(format!("the text of entry {number} was changed"));
        }
        let shape = EntryShape {
            case: entry.case,
            number,
            at: entry.at,
            step: &entry.step,
            acting: &entry.acting,
            post: entry.post,
            unit: entry.unit,
            from: entry.from.as_deref(),
            to: &entry.to,
            shape: &entry.shape,
            text_hash: entry.text_hash,
        };
        if entry_hash(&self.head.unwrap_or(FIRST), &shape) != entry.hash {
            self.faults.push(format!(
                "entry {number} does not follow from the one before it"
            ));
        }
        self.time.add(entry);
        self.head = Some(entry.hash);
        self.stage = Some(entry.to.clone());
    }
}

#[cfg(test)]
mod tests;
