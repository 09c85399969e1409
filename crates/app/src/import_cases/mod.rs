//! Bring cases in from a CSV file: old messages, exports of other systems.
//!
//! Every line goes through the operation that the form uses, so it is checked, titled, found
//! and chained like any other case. The file is read as it streams by, in UTF-8 or GB 18030.
//! The id of a case follows from the line's own number in its file, so a second run adds
//! nothing and an interrupted one goes on. What is longer than a field may be is not cut: the
//! rest follows as further remarks. Lines with an answer can be taken through the steps of
//! their kind, with the dates of the file.

mod follow;
mod line;
mod plan;
mod source;
mod when;

use std::collections::HashMap;
use std::io::Read;

use futures_util::future::join_all;
use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Kind;
use huiyin_domain::id::CaseId;

use crate::administration::permit;
use crate::error::Thing;
use crate::import::{LineFault, Mode};
use crate::{App, Error, Refusal};

use follow::Became;
use line::{Line, Reader};
use source::Source;

pub use plan::{Plan, Target};
pub use when::parse as parse_instant;

/// What became of the lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub lines: u64,
    pub added: u64,
    /// Lines whose case was there already.
    pub known: u64,
    /// Cases that were taken through all the steps.
    pub answered: u64,
    /// Further remarks that took up what was too long.
    pub remarks: u64,
    pub faults: Vec<LineFault>,
}

/// So many lines are under way at once: enough to fill a group commit.
const ABREAST: usize = 64;

/// Brings in every line that can be understood; tells `watch` from time to time how far it is.
pub async fn import(
    app: &App,
    actor: &Actor,
    plan: Plan,
    file: impl Read,
    watch: impl Fn(&Report),
) -> Result<Report, Error> {
    permit(actor, Action::CasesImport)?;
    let kind = app.kinds().by_slug(&plan.kind).cloned();
    let kind = kind.ok_or(Refusal::NotFound(Thing::Kind))?;
    plan.check(&kind)?;
    let importer = Importer {
        app,
        reader: Reader::new(app, &kind, &plan),
        plan: &plan,
        kind: &kind,
    };
    importer.run(file, watch).await
}

/// The ids of the lines so far, with what tells each line from all others.
type Seen = HashMap<CaseId, u64>;

/// The line, unless it has been there before; with another id if a different line has its own.
fn only_once(mut line: Line, seen: &mut Seen) -> Result<Line, LineFault> {
    while let Some(&other) = seen.get(&line.id) {
        if other == line.own {
            return Err(line.fault("fault-line-twice"));
        }
        line.step_aside();
    }
    seen.insert(line.id, line.own);
    Ok(line)
}

struct Importer<'i> {
    app: &'i App,
    plan: &'i Plan,
    kind: &'i Kind,
    reader: Reader<'i>,
}

impl Importer<'_> {
    async fn run(&self, file: impl Read, watch: impl Fn(&Report)) -> Result<Report, Error> {
        let mut report = Report::default();
        let mut source = Source::open(file, self.plan)?;
        let mut seen: Seen = Seen::new();
        loop {
            let mut lines = Vec::with_capacity(ABREAST);
            while lines.len() < ABREAST
                && let Some(record) = source.next_line()
            {
                report.lines += 1;
                let read = record.and_then(|record| self.reader.line(&source, &record));
                match read.and_then(|line| only_once(line, &mut seen)) {
                    Ok(line) => lines.push(line),
                    Err(fault) => report.faults.push(fault),
                }
            }
            if lines.is_empty() {
                return Ok(report);
            }
            if self.plan.mode == Mode::Real {
                self.bring(&lines, &mut report).await?;
            } else {
                self.try_out(&lines, &mut report).await?;
            }
            watch(&report);
        }
    }

    async fn bring(&self, lines: &[Line], report: &mut Report) -> Result<(), Error> {
        let brought = join_all(lines.iter().map(|line| self.bring_one(line))).await;
        for (line, became) in lines.iter().zip(brought) {
            match became {
                Ok(became) => {
                    report.added += u64::from(became.is_new);
                    report.known += u64::from(!became.is_new);
                    report.remarks += became.remarks;
                    report.answered += u64::from(became.is_answered);
                    report
                        .faults
                        .extend(became.fault.map(|why| line.refused(&why)));
                }
                Err(Error::Refused(refusal)) => report.faults.push(line.refused(&refusal)),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    async fn bring_one(&self, line: &Line) -> Result<Became, Error> {
        let is_new = follow::open(self.app, self.kind, self.plan, line).await?;
        follow::through(self.app, self.kind, self.plan, (line, is_new)).await
    }

    /// What would happen, as far as can be said without writing.
    async fn try_out(&self, lines: &[Line], report: &mut Report) -> Result<(), Error> {
        for line in lines {
            if follow::is_known(self.app, line.id).await? {
                report.known += 1;
                continue;
            }
            match follow::try_out(self.app, self.kind, self.plan, line).await {
                Ok(()) => {
                    report.added += 1;
                    report.remarks += line.remarks.len() as u64;
                    let is_answered = line.answered_at.is_some() && !self.plan.then.is_empty();
                    report.answered += u64::from(is_answered);
                }
                Err(Error::Refused(refusal)) => report.faults.push(line.refused(&refusal)),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}
