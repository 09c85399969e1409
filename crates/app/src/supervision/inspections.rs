//! Answers that somebody reads over: the list, one of them with its checklist, and figures by
//! unit. What is told to the unit is a step of the kind, taken as any other.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, may, scope};
use huiyin_domain::case::{Decision, Kind, Value, Values};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::inspection::Question;
use huiyin_store::{DbError, Tx, entries, inspections};
use jiff::{SignedDuration, Timestamp};

pub use huiyin_store::inspections::{Figures, Flag, Inspection};

use super::rules::of_inspections;
use crate::cases::advance::standing;
use crate::cases::read::find;
use crate::error::Thing;
use crate::jobs::Job;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS_MAX: i64 = 100;
/// What was answered longer ago than this is brought in from elsewhere.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// Figures are of so many days.
pub const FIGURES_DAYS: i64 = 90;

/// What waits to be read, and what was found.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Inspection>,
    pub figures: BTreeMap<Option<UnitId>, Figures>,
}

/// The answers to be read in what the actor looks after.
pub async fn list(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let scope = scope(actor, Action::AnswersInspect);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let since = app.now() - SignedDuration::from_hours(FIGURES_DAYS * 24);
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        Ok(Reply {
            rows: inspections::waiting(tx, &scope, ROWS_MAX)?,
            figures: inspections::figures(tx, &scope, since)?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One answer with what is asked of it.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub inspection: Inspection,
    pub questions: Vec<Question>,
    /// What was brought in, and the answer; empty when they were erased.
    pub asked: String,
    pub answer: String,
}

fn permit(tx: &mut Tx<'_>, actor: &Actor, case: CaseId) -> Result<Inspection, Error> {
    let (held, _) = find(tx, actor, case)?;
    if !may(actor, Action::AnswersInspect, Some(&standing(&held.view))) {
        return Err(Refusal::NotPermitted.into());
    }
    let found = inspections::of_case(tx, case)?;
    found.ok_or_else(|| Refusal::NotFound(Thing::Case).into())
}

/// The last answer of a case, for whoever reads it over.
pub async fn sheet(app: &App, actor: &Actor, case: CaseId) -> Result<Sheet, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| -> Result<Sheet, Error> {
        let inspection = permit(tx, &actor, case)?;
        let (held, _) = find(tx, &actor, case)?;
        let kind = inner.kind_of(tx, held.view.kind_hash)?;
        let text = |values: &Values, field: Option<&String>| {
            let value = field.and_then(|field| values.get(field));
            value
                .and_then(Value::as_text)
                .unwrap_or_default()
                .to_owned()
        };
        let history = entries::list(tx, &held)?;
        let entry = history
            .iter()
            .find(|entry| entry.number == inspection.entry);
        let said = entry.and_then(|entry| entry.text.as_ref());
        let said: Values = said
            .and_then(|said| serde_json::from_str(said).ok())
            .unwrap_or_default();
        let marks = kind.supervision.as_ref();
        let rules = of_inspections(tx)?;
        let day = inner.config.day(inspection.answered_at);
        Ok(Sheet {
            questions: rules.on(day).questions.clone(),
            asked: text(&held.view.values, Some(&kind.title_field)),
            answer: text(&said, marks.and_then(|marks| marks.text.as_ref())),
            inspection,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Keeps what somebody checked: yes or no to each question.
pub async fn check(
    app: &App,
    actor: &Actor,
    case: CaseId,
    checks: BTreeMap<String, String>,
) -> Result<(), Error> {
    let asked = sheet(app, actor, case).await?.questions;
    for question in &asked {
        let word = checks.get(&question.key).map(String::as_str);
        if !matches!(word, Some("yes" | "no")) {
            return Err(Refusal::field("checks", "fault-required").into());
        }
    }
    let is_asked = |key: &String| asked.iter().any(|question| question.key == *key);
    let checks: BTreeMap<String, String> = checks
        .into_iter()
        .filter(|(key, _)| is_asked(key))
        .collect();
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let found = permit(tx, &actor, case)?;
        // --- everything is checked; from here on we write ---
        Ok(inspections::checked(tx, (case, found.entry), &checks)?)
    };
    app.store
        .write(case.get(), write)
        .await
        .map_err(Error::from)
}

/// Keeps the list true when a case moves: an answer is read by a program once it is committed,
/// and whoever tells the unit has read it.
pub(crate) fn note(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(supervision) = &kind.supervision else {
        return Ok(());
    };
    let id = decision.after.id;
    // What is brought in from elsewhere was answered long ago.
    let is_fresh = app.now().duration_since(now) < FRESH;
    if is_fresh && supervision.text.is_some() && supervision.is_answer(&decision.step) {
        Job::LookOver(id).enqueue(app, tx, now)?;
    }
    match supervision.inspected.as_ref() == Some(&decision.step) {
        true => inspections::done(tx, id, now),
        false => Ok(()),
    }
}
