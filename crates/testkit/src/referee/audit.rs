//! The cheap audit after every act: the cases that moved, beside the model.

use std::collections::BTreeMap;

use huiyin_app::jobs;
use huiyin_domain::access::Scope;
use huiyin_domain::id::CaseId;
use huiyin_store::cases::{self, Loaded};
use huiyin_store::entries::{self, Entry};
use huiyin_store::public_cases::{self, PublicCase};
use huiyin_store::{DbError, Tx, scratch, verify};

use super::Game;
use super::finding::{Fault, Rule};
use super::model::compare;

/// The house looks so often at most until nothing is due.
const SWEEPS_MAX: usize = 40;

/// A case as it lies in the database.
struct Seen {
    held: Loaded,
    entries: Vec<Entry>,
    public: Option<PublicCase>,
}

/// Something that must never happen happened, and says so itself.
pub(super) fn broken(error: impl std::fmt::Debug) -> Fault {
    Fault::new(Rule::Work, format!("{error:?}"))
}

impl Game {
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Tx<'_>) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, Fault> {
        self.house.app.store.read_blocking(read).map_err(broken)
    }

    /// A mark that moves when anything is written.
    pub fn written(&self) -> Result<(Option<i64>, BTreeMap<CaseId, i64>), Fault> {
        self.read(|tx| Ok((scratch::written(tx)?, verify::versions(tx)?)))
    }

    /// Nothing was written since the mark was taken.
    pub fn nothing_since(
        &self,
        mark: &(Option<i64>, BTreeMap<CaseId, i64>),
        rule: Rule,
    ) -> Result<(), Fault> {
        match self.written()? == *mark {
            true => Ok(()),
            false => Err(Fault::new(rule, "it left a trace in the database")),
        }
    }

    /// Follows a case through its new entries, and looks whether it stands where it must.
    pub fn follows(&mut self, id: CaseId) -> Result<(), Fault> {
        self.follow(id).map_err(|fault| fault.of(id))
    }

    fn follow(&mut self, id: CaseId) -> Result<(), Fault> {
        let seen = self.read(move |tx| {
            let Some(held) = cases::load(tx, &Scope::for_the_house(), id)? else {
                return Ok(None);
            };
            let entries = entries::list(tx, &held)?;
            let public = public_cases::read(tx, id)?;
            Ok(Some(Seen {
                held,
                entries,
                public,
            }))
        })?;
        let seen = seen.ok_or_else(|| Fault::new(Rule::History, "the case cannot be found"))?;
        let known = self.cases.remove(&id);
        let version = known.as_ref().map_or(0, |case| case.version);
        let now = self.now();
        let mut case = known;
        for entry in seen.entries.iter().filter(|entry| entry.number > version) {
            let after = self.model.follow(case.as_ref(), entry, now)?;
            self.figures
                .count(&self.model, (case.as_ref(), &after), entry, now);
            let step = format!("{} {}", after.kind, entry.step);
            let line = format!("{now} {step} by {}, now {}", entry.acting, after.stage);
            self.told.push((id, line));
            *self.report.steps.entry(step).or_default() += 1;
            self.report.entries += 1;
            self.expect_followers(&after);
            self.no_longer_follows(&after, &entry.step);
            case = Some(after);
        }
        let case = case.ok_or_else(|| Fault::new(Rule::History, "it has no history"))?;
        compare(&self.model, &case, &seen.held.view, seen.public.as_ref())?;
        self.cases.insert(id, case);
        Ok(())
    }

    /// Whoever asked the same must hear the same.
    fn expect_followers(&mut self, main: &super::model::Case) {
        let Some(step) = &main.tells_followers else {
            return;
        };
        let waiting = self.cases.values().filter(|case| {
            let rules = self.model.rules(case);
            let table = rules.step(step);
            let may = table.is_some_and(|table| rules.leaves(table, &case.stage));
            case.merged_into == Some(main.id) && may
        });
        let waiting = waiting.map(|case| (case.id, step.clone()));
        self.followers.extend(waiting);
    }

    /// Whoever was told, or goes their own way by now, is not waited for.
    fn no_longer_follows(&mut self, case: &super::model::Case, taken: &str) {
        let model = &self.model;
        self.followers.retain(|(id, step)| {
            let rules = model.rules(case);
            let table = rules.step(step);
            let may = table.is_some_and(|table| rules.leaves(table, &case.stage));
            *id != case.id || step != taken && may && case.merged_into.is_some()
        });
    }

    /// Follows every case that has moved.
    pub fn follows_all(&mut self) -> Result<(), Fault> {
        let versions = self.read(verify::versions)?;
        if let Some(lost) = self.cases.keys().find(|id| !versions.contains_key(*id)) {
            return Err(Fault::new(Rule::History, "a case is gone").of(*lost));
        }
        for (id, version) in versions {
            if self.cases.get(&id).map(|case| case.version) != Some(version) {
                self.follows(id)?;
            }
        }
        Ok(())
    }

    /// The house looks at its clocks and does its work; afterwards nothing may be due.
    pub fn house_works(&mut self) -> Result<(), Fault> {
        "the house works".clone_into(&mut self.doing);
        let mut sweeps = 0;
        loop {
            let app = self.house.app.clone();
            let swept = self.runtime.block_on(jobs::sweep(&app)).map_err(broken)?;
            self.follows_all()?;
            let did = self.runtime.block_on(jobs::run_due(&app)).map_err(broken)?;
            self.follows_all()?;
            sweeps += 1;
            if swept == 0 && did.done == 0 {
                break;
            }
            if sweeps > SWEEPS_MAX {
                return Err(Fault::new(Rule::Firing, "a clock fires again and again"));
            }
        }
        self.nothing_is_due()?;
        self.mouth_is_clean()
    }

    fn nothing_is_due(&self) -> Result<(), Fault> {
        let now = self.now();
        for case in self.cases.values() {
            if let Some(what) = self.model.overdue(case, now) {
                return Err(Fault::new(Rule::Firing, what).of(case.id));
            }
        }
        match self.followers.first() {
            Some((case, step)) => {
                let what = format!("nobody told it to take `{step}`");
                Err(Fault::new(Rule::Followers, what).of(*case))
            }
            None => Ok(()),
        }
    }

    /// What has left since the last time.
    pub fn mouth_is_clean(&mut self) -> Result<(), Fault> {
        let gone = self.house.sent.take();
        self.report.messages += gone.len();
        gone.into_iter().try_for_each(|gone| self.mouth.says(gone))
    }
}
