//! Say that an occasion is over: what was not handed over goes on where it was, with a word to
//! whoever waits; and everybody may read a short report, in which nobody is named.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::OccasionId;
use huiyin_insight::{Sign, names_somebody};
use huiyin_store::Tx;
use huiyin_store::occasions::{self, LineState};

use super::off::good_why;
use super::{locked, open, taking_off};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

const REPORT_CHARS_MAX: usize = 2_000;

/// Whether somebody has looked that the report names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    NotLookedAt,
    /// What looks like a name is none.
    AreNone,
}

/// How it was.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: OccasionId,
    pub report: String,
    /// What is said to those whose things were not handed over.
    pub why: String,
    pub names: Names,
}

pub async fn end(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::OccasionsRun)?;
    let report = good_report(&request)?;
    let record = Record::new(app, actor, "occasion-ended", request.id);
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let id = request.id;
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if locked(tx, &actor, id)?.report.as_ref() == Some(&report) {
            return Ok(());
        }
        let occasion = open(tx, &actor, id)?;
        if now < occasion.starts_at {
            return Err(Refusal::rule(Class::Conflict, "occasion-early").into());
        }
        let lines = occasions::lines(tx, id)?;
        let is_left = lines.iter().any(|line| line.state == LineState::On);
        let why = match is_left {
            true => good_why("why", &request.why)?,
            false => String::new(),
        };
        let found = taking_off(&inner, tx, (&actor, &occasion), &why)?;
        // --- everything is checked; from here on we write ---
        super::off(tx, (&occasion, now), &found)?;
        occasions::end(tx, id, &report, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn good_report(request: &Request) -> Result<String, Refusal> {
    let report = request.report.trim().to_owned();
    if report.is_empty() {
        return Err(Refusal::field("report", "fault-required"));
    }
    if report.chars().count() > REPORT_CHARS_MAX {
        return Err(Refusal::too_long("report", REPORT_CHARS_MAX));
    }
    match names_somebody(&report) {
        Some((Sign::Name, _)) if request.names == Names::AreNone => Ok(report),
        Some((sign, words)) => {
            let key = match sign {
                Sign::Name => "fault-report-name",
                Sign::Number | Sign::Mail => "fault-line-contact",
            };
            let fault = FieldFault::new("report", key).with("words", words);
            Err(Refusal::Invalid(vec![fault]))
        }
        None => Ok(report),
    }
}
