//! Take a step of a case: the one way in which anything about a case changes.

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Thing as Standing, Who, may};
use huiyin_domain::case::{self, CaseView, Decision, Input, Kind};
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, cases};
use jiff::Timestamp;

use crate::error::Thing;
use crate::{App, Error, Refusal};

use super::facts::{About, gather};
use super::key::{Answer, IdempotencyKey};
use super::perform;
use super::read::reach;

/// A step of a case.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: CaseId,
    /// The version that the actor has seen; if given, nobody may have changed it since.
    pub version: Option<i64>,
    pub step: String,
    pub input: Input,
    pub key: Option<IdempotencyKey>,
    /// When it happened, if that was earlier than now (imports).
    pub at: Option<Timestamp>,
}

/// Where the case stands afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub id: CaseId,
    pub version: i64,
    pub stage: String,
    /// Whether this very request had been made before.
    pub repeated: bool,
}

/// Takes a step.
pub async fn advance(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    let op = Advanced {
        app: app.clone(),
        actor: actor.clone(),
        now: request.at.unwrap_or_else(|| app.now()),
        request: Arc::new(request),
    };
    let key = op.request.id.get();
    app.store
        .write(key, move |tx| op.run(tx))
        .await
        .map_err(Error::from)
}

pub(crate) struct Advanced {
    pub app: App,
    pub actor: Actor,
    pub now: Timestamp,
    pub request: Arc<Request>,
}

impl Advanced {
    /// The step inside the caller's transaction.
    pub fn run(&self, tx: &mut Tx<'_>) -> Result<Reply, Error> {
        let request = &self.request;
        if let Some(key) = &request.key
            && let Some(Answer { case: id, version }) = key.find(tx)?
        {
            let held = cases::load(tx, &reach(&self.actor, id), id)?;
            let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
            return Ok(Reply {
                id,
                version,
                stage: held.view.stage,
                repeated: true,
            });
        }
        let held = cases::load(tx, &reach(&self.actor, request.id), request.id)?;
        let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
        permit(&self.actor, &held.view)?;
        if request
            .version
            .is_some_and(|seen| seen != held.view.version)
        {
            return Err(Refusal::Stale {
                version: held.view.version,
            }
            .into());
        }
        let kind = self.app.kind_of(tx, held.view.kind_hash)?;
        let decision = self.decide(tx, &kind, &held.view)?;

        // --- everything is checked; from here on we write ---
        perform::advance(&self.app, tx, (&kind, &decision), &held, self.now)?;
        if let Some(key) = &request.key {
            let answer = Answer {
                case: request.id,
                version: decision.after.version,
            };
            key.keep(tx, answer, self.now)?;
        }
        Ok(Reply {
            id: request.id,
            version: decision.after.version,
            stage: decision.after.stage.clone(),
            repeated: false,
        })
    }

    fn decide(&self, tx: &mut Tx<'_>, kind: &Kind, case: &CaseView) -> Result<Decision, Error> {
        let request = &self.request;
        let step = kind
            .step(&request.step)
            .ok_or_else(|| case::Refusal::NoSuchStep {
                step: request.step.clone(),
            })?;
        let about = About {
            kind,
            case: Some(case),
            step,
            input: &request.input,
            actor: &self.actor,
        };
        let facts = gather(&self.app, tx, &about)?;
        let scene = case::Scene {
            kind,
            actor: &self.actor,
            facts: &facts,
            now: self.now,
        };
        Ok(case::decide(&scene, case, &request.step, &request.input)?)
    }
}

/// Whether the actor may know of the case and take steps at all; which ones its kind says.
pub(crate) fn permit(actor: &Actor, case: &CaseView) -> Result<(), Refusal> {
    let standing = standing(case);
    let known = match actor.who {
        Who::Clock | Who::System => true,
        Who::Petitioner(own) => own == case.id,
        Who::Anyone => false,
        // A person without a post reaches a case as its petitioner, its volunteer, or on the wall:
        // the kind's steps decide which of these suffices.
        Who::Person(_) if !actor.is_staff() => return Ok(()),
        Who::Person(_) | Who::Service(_) => may(actor, Action::CaseRead, Some(&standing)),
    };
    if !known {
        return Err(Refusal::NotFound(Thing::Case));
    }
    match actor.who {
        Who::Person(_) | Who::Service(_) if !may(actor, Action::CaseStep, Some(&standing)) => {
            Err(Refusal::NotPermitted)
        }
        _ => Ok(()),
    }
}

/// How posts may stand towards this case.
pub(crate) fn standing(case: &CaseView) -> Standing {
    Standing {
        place: case.place.clone(),
        owner_unit: case.owner.unit(),
        opened_unit: case.opened_unit,
        called_units: case.calls.iter().map(|call| call.unit).collect(),
    }
}
