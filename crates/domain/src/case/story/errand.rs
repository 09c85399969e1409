//! The guide of the world in which stories happen, and where the papers of an errand are.

use crate::case::decision::Decision;
use crate::case::facts::{ErrandFacts, ProcedureFacts, procedure_named};
use crate::case::kind::Step;
use crate::case::value::Input;
use crate::procedure::PaperState;

/// The one procedure in the guide, how many papers it asks for, and how many working days it
/// promises.
const PROCEDURE: &str = "card";
const PROCEDURE_PAPERS: u32 = 3;
const PROCEDURE_DAYS: i64 = 5;

/// The procedure that is named, when it is the one in the guide.
pub(super) fn procedure(step: &Step, input: &Input) -> Option<ProcedureFacts> {
    let named = procedure_named(step, input).filter(|slug| *slug == PROCEDURE);
    named.map(|_| ProcedureFacts { version: 1 })
}

/// Where the papers are, once the case is an errand.
#[derive(Debug, Clone, Default)]
pub struct Errand(Option<ErrandFacts>);

impl Errand {
    pub(super) fn facts(&self) -> Option<ErrandFacts> {
        self.0.clone()
    }

    /// Remembers where the papers are after a step.
    pub(super) fn note(&mut self, decision: &Decision) {
        if decision.errand.is_some() {
            let papers = 1..=PROCEDURE_PAPERS;
            self.0 = Some(ErrandFacts {
                days: PROCEDURE_DAYS,
                papers: papers.map(|number| (number, PaperState::Listed)).collect(),
            });
        }
        let Some(errand) = &mut self.0 else {
            return;
        };
        let moved = decision.papers_moved.iter();
        errand
            .papers
            .extend(moved.map(|moved| (moved.paper, moved.to)));
        let received = decision.paper_received.iter();
        let received = received.map(|(number, _)| (*number, PaperState::Held));
        errand.papers.extend(received);
    }
}
