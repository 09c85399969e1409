//! The end of a game: `verify`, the figures, the lists, and a sum over all that lies there.

use std::collections::BTreeMap;

use huiyin_app::cases::list::{self, counts};
use huiyin_store::entries::Entry;
use huiyin_store::{dump, jobs, rollups};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::Game;
use super::audit::broken;
use super::finding::{Fault, Rule};
use super::model::hours::hours;
use super::model::{Case, Model};

/// The house sleeps so often at most until no message waits.
const NIGHTS_MAX: usize = 12;

/// What happened, counted by day, kind and measure.
#[derive(Debug, Default)]
pub(super) struct Figures(BTreeMap<(Date, String, &'static str), i64>);

impl Figures {
    pub fn count(
        &mut self,
        model: &Model,
        (before, after): (Option<&Case>, &Case),
        entry: &Entry,
        now: Timestamp,
    ) {
        let was_closed = before.is_some_and(|case| case.closed_at.is_some());
        let closes = after.closed_at.is_some() && !was_closed;
        let outcome = after.outcome.as_deref().unwrap_or_default();
        let solves = closes && model.rules(after).outcome_solves(outcome);
        let happened = [
            ("opened", before.is_none()),
            ("closed", closes),
            ("solved", solves),
            ("reopened", was_closed && after.closed_at.is_none()),
            ("overdue", entry.acting == "clock"),
        ];
        for (measure, _) in happened.into_iter().filter(|(_, happened)| *happened) {
            let key = (hours().day(now), after.kind.clone(), measure);
            *self.0.entry(key).or_default() += 1;
        }
    }
}

impl Game {
    /// Looks at everything once more.
    pub fn ends(&mut self) -> Result<(), Fault> {
        self.empties_the_queue()?;
        "the end".clone_into(&mut self.doing);
        self.verifies()?;
        self.counts_agree()?;
        self.figures_agree()?;
        self.report.acts = self.act + 1;
        self.report.cases = self.cases.len();
        self.report.days = self.now().duration_since(self.began).as_hours() / 24;
        self.report.sum = self.sums_up()?;
        Ok(())
    }

    /// Nights pass until whatever waited for a morning has left.
    fn empties_the_queue(&mut self) -> Result<(), Fault> {
        for _ in 0..NIGHTS_MAX {
            self.house_works()?;
            let standing = self.house.app.store.read_blocking(jobs::standing);
            let standing = standing.map_err(broken)?;
            if standing.dead > 0 {
                return Err(Fault::new(Rule::Work, "a job was put aside"));
            }
            if standing.waiting == 0 {
                return Ok(());
            }
            self.house.passes(SignedDuration::from_hours(5));
        }
        Err(Fault::new(Rule::Work, "work is left"))
    }

    fn verifies(&self) -> Result<(), Fault> {
        let report = huiyin_app::verify::verify(&self.house.app).map_err(broken)?;
        match report.findings.first() {
            Some(found) => {
                let what = format!("invariant {}: {}", found.invariant, found.what);
                Err(Fault::new(Rule::Verify, what).of(found.case))
            }
            None => match report.beside.first() {
                Some(what) => Err(Fault::new(Rule::Verify, *what)),
                None => Ok(()),
            },
        }
    }

    /// The head of the inbox says how many there are.
    fn counts_agree(&self) -> Result<(), Fault> {
        let (app, watcher) = (self.house.app.clone(), self.life.watcher.clone());
        let filter = list::Filter::default();
        let counted = counts(&app, &watcher, filter, list::COUNT_MAX);
        let counted = self.runtime.block_on(counted).map_err(broken)?;
        let now = self.now();
        let open = || self.cases.values().filter(|case| case.closed_at.is_none());
        let due = |case: &&Case| case.clock.as_ref().is_some_and(|clock| clock.due_at < now);
        let must = (
            open().count(),
            open().filter(due).count(),
            open().filter(|case| case.urgent).count(),
        );
        let number = |count: i64| usize::try_from(count).unwrap_or_default();
        let is = (
            number(counted.open),
            number(counted.late),
            number(counted.urgent),
        );
        match is == must || counted.is_capped {
            true => Ok(()),
            false => {
                let what = format!("open, late and urgent are {is:?} and must be {must:?}");
                Err(Fault::new(Rule::Figures, what))
            }
        }
    }

    fn figures_agree(&self) -> Result<(), Fault> {
        let days = [self.began, self.now()].map(|at| hours().day(at));
        let sums = self
            .house
            .app
            .store
            .read_blocking(move |tx| rollups::day_sums(tx, days, None));
        let sums = sums.map_err(broken)?.into_iter();
        let is: BTreeMap<(Date, String, String), i64> = sums
            .map(|sum| ((sum.day, sum.kind, sum.measure), sum.amount))
            .collect();
        let must = self.figures.0.iter();
        let must: BTreeMap<(Date, String, String), i64> = must
            .map(|((day, kind, measure), amount)| {
                ((*day, kind.clone(), (*measure).to_owned()), *amount)
            })
            .collect();
        let differs = must
            .iter()
            .find(|(key, amount)| is.get(*key) != Some(*amount));
        match differs {
            Some((key, amount)) => {
                let what = format!("{key:?} is {:?} and must be {amount}", is.get(key));
                Err(Fault::new(Rule::Figures, what))
            }
            None if is.len() != must.len() => {
                Err(Fault::new(Rule::Figures, "more is counted than happened"))
            }
            None => Ok(()),
        }
    }

    /// The last line of a dump: the number of rows, and the sum over all of them.
    fn sums_up(&self) -> Result<String, Fault> {
        let written = self.house.app.store.read_blocking(|tx| {
            let mut text = Vec::new();
            dump::write(tx, &mut text)?;
            Ok::<_, huiyin_store::DbError>(text)
        });
        let text = String::from_utf8(written.map_err(broken)?).map_err(broken)?;
        Ok(text.lines().last().unwrap_or_default().to_owned())
    }
}
