//! Errands: what a case is doing for somebody at an office, and where each of their papers is.
//! The steps of the kind move papers; here the moves are kept, and told as a list.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use huiyin_domain::case::{Decision, ErrandFacts};
use huiyin_domain::id::CaseId;
use huiyin_domain::names::Names;
use huiyin_domain::procedure::{Form, PaperState, Procedure};
use huiyin_domain::sample::Pictured;
use huiyin_store::errands::Moved;
use huiyin_store::{Tx, errands, procedures};
use jiff::Timestamp;

use crate::Error;
use crate::procedures::understood;

/// An errand with its papers.
#[derive(Debug, Clone)]
pub struct Errand {
    /// The procedure in the version under which the case goes on.
    pub procedure: Procedure,
    pub version: i64,
    pub papers: Vec<PaperLine>,
    /// Every time that a paper changed hands.
    pub moves: Vec<Moved>,
}

/// A paper, and in whose hands it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    pub number: u32,
    pub names: Names,
    /// As what the procedure asks for it; none for what came out of the errand.
    pub asked: Option<(Form, i64)>,
    /// What it looks like, as the procedure shows it.
    pub picture: Option<Pictured>,
    pub state: PaperState,
    pub changed_at: Timestamp,
}

impl Errand {
    /// How many papers are in other hands.
    pub fn out(&self) -> usize {
        self.papers
            .iter()
            .filter(|paper| paper.state.is_out())
            .count()
    }
}

/// The errand that a case is, if it is one.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Errand>, Error> {
    let Some((slug, version)) = errands::read(tx, case)? else {
        return Ok(None);
    };
    let procedure = version_of(tx, &slug, version)?;
    let line = |paper: errands::Paper| {
        let place = usize::try_from(paper.number).unwrap_or(0).saturating_sub(1);
        let asked = procedure.papers.get(place);
        PaperLine {
            number: paper.number,
            names: match (paper.name, asked) {
                (Some(name), _) => Names::one("zh", &name),
                (None, Some(asked)) => asked.names.clone(),
                (None, None) => Names::one("zh", "—"),
            },
            asked: asked.map(|asked| (asked.form, asked.count)),
            picture: asked.and_then(|asked| asked.picture.clone()),
            state: paper.state,
            changed_at: paper.changed_at,
        }
    };
    let papers = errands::papers(tx, case)?.into_iter().map(line).collect();
    Ok(Some(Errand {
        papers,
        moves: errands::moves(tx, case)?,
        procedure,
        version,
    }))
}

fn version_of(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Procedure, Error> {
    let text = procedures::text(tx, slug, version)?;
    understood(slug, &text.unwrap_or_default())
}

/// What the rules are told of the errand that a case is.
pub(crate) fn facts(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<ErrandFacts>, Error> {
    let Some((slug, version)) = errands::read(tx, case)? else {
        return Ok(None);
    };
    let papers = errands::papers(tx, case)?;
    let papers: BTreeMap<u32, PaperState> = papers
        .into_iter()
        .map(|paper| (paper.number, paper.state))
        .collect();
    let days = version_of(tx, &slug, version)?.days;
    Ok(Some(ErrandFacts { days, papers }))
}

/// Keeps what a step did with papers.
pub(crate) fn note(tx: &mut Tx<'_>, decision: &Decision, now: Timestamp) -> Result<(), Error> {
    let (case, entry) = (decision.after.id, decision.after.version);
    if let Some(begun) = &decision.errand {
        let procedure = version_of(tx, &begun.procedure, begun.version)?;
        let papers = u32::try_from(procedure.papers.len()).unwrap_or(u32::MAX);
        errands::begin(tx, case, (&begun.procedure, begun.version), papers, now)?;
    }
    for moved in &decision.papers_moved {
        errands::put(tx, (case, entry), moved, now)?;
    }
    if let Some((number, name)) = &decision.paper_received {
        errands::receive(tx, (case, entry), (*number, name), now)?;
    }
    Ok(())
}
