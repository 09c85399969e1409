//! Take a step of a case: the one way in which anything about a case changes.

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Thing as Standing, Who, may};
use huiyin_domain::case::{self, CaseView, Decision, FieldFault, Input, Kind, Owner, Step};
use huiyin_domain::id::{CaseId, PersonId};
use huiyin_domain::planted::{self, Fault};
use huiyin_store::cases::Loaded;
use huiyin_store::{Tx, cases, public_cases};
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

/// What was handed in, as a kind understands it; else all that is wrong with it.
pub type Meaning = dyn Fn(&Kind) -> Result<Input, Vec<FieldFault>> + Send + Sync;

/// Takes a step.
pub async fn advance(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    write(app, actor, request, None).await
}

/// Takes a step with what only the case's kind can read: the case knows its kind, so it is read
/// where the case is loaded, and not in a look before.
pub async fn advance_by_kind(
    app: &App,
    actor: &Actor,
    request: Request,
    meaning: Arc<Meaning>,
) -> Result<Reply, Error> {
    write(app, actor, request, Some(meaning)).await
}

async fn write(
    app: &App,
    actor: &Actor,
    request: Request,
    meaning: Option<Arc<Meaning>>,
) -> Result<Reply, Error> {
    let op = Advanced {
        app: app.clone(),
        actor: actor.clone(),
        now: request.at.unwrap_or_else(|| app.now()),
        request: Arc::new(request),
        meaning,
    };
    let key = op.request.id.get();
    app.store
        .write(key, move |tx| op.run(tx))
        .await
        .map_err(Error::from)
}

/// A step that may be taken, and what follows from it.
pub(crate) struct Judged {
    held: Loaded,
    kind: Arc<Kind>,
    decision: Decision,
}

pub(crate) struct Advanced {
    pub app: App,
    pub actor: Actor,
    pub now: Timestamp,
    pub request: Arc<Request>,
    /// How the kind reads what was handed in; none when the request says it.
    pub meaning: Option<Arc<Meaning>>,
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
        let judged = self.judge(tx)?;
        // --- everything is checked; from here on we write ---
        self.take(tx, &judged)
    }

    /// What the step comes to, or why not.
    pub fn judge(&self, tx: &mut Tx<'_>) -> Result<Judged, Error> {
        let request = &self.request;
        let held = cases::load(tx, &reach(&self.actor, request.id), request.id)?;
        let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
        let kind = self.app.kind_of(tx, held.view.kind_hash)?;
        let decision = self.decide(tx, &kind, &held.view);
        if decision.is_err() && planted::is(Fault::RefusalKept) {
            self.keep(tx, held.view.version)?;
        }
        let decision = decision?;
        perform::check_files(tx, &kind, &decision)?;
        Ok(Judged {
            held,
            kind,
            decision,
        })
    }

    /// Takes the step, as it was judged in the same transaction.
    pub fn take(&self, tx: &mut Tx<'_>, judged: &Judged) -> Result<Reply, Error> {
        let Judged {
            held,
            kind,
            decision,
        } = judged;
        perform::advance(&self.app, tx, (kind, decision), held, self.now)?;
        self.keep(tx, decision.after.version)?;
        Ok(Reply {
            id: self.request.id,
            version: decision.after.version,
            stage: decision.after.stage.clone(),
            repeated: false,
        })
    }

    /// Keeps what the request led to, for whoever makes it again.
    fn keep(&self, tx: &mut Tx<'_>, version: i64) -> Result<(), Error> {
        let case = self.request.id;
        let key = self.request.key.as_ref();
        key.map_or(Ok(()), |key| {
            key.keep(tx, Answer { case, version }, self.now)
        })
    }

    fn decide(&self, tx: &mut Tx<'_>, kind: &Kind, case: &CaseView) -> Result<Decision, Error> {
        let request = &self.request;
        let meant = self.meaning.as_ref().map(|meaning| meaning(kind));
        let meant = meant.transpose().map_err(Refusal::Invalid)?;
        let input = meant.as_ref().unwrap_or(&request.input);
        let step = kind
            .step(&request.step)
            .ok_or_else(|| case::Refusal::NoSuchStep {
                step: request.step.clone(),
            })?;
        let about = About {
            kind,
            case: Some(case),
            step,
            input,
            actor: &self.actor,
            now: self.now,
        };
        let facts = gather(&self.app, tx, &about)?;
        self.permit(tx, case, step, facts.petitioner_person)?;
        let is_latest = |seen| seen == case.version || planted::is(Fault::StaleTaken);
        if request.version.is_some_and(|seen| !is_latest(seen)) {
            let version = case.version;
            return Err(Refusal::Stale { version }.into());
        }
        let scene = case::Scene {
            kind,
            actor: &self.actor,
            facts: &facts,
            now: self.now,
        };
        Ok(case::decide(&scene, case, &request.step, input)?)
    }

    /// Whether the actor may know of the case and take steps at all; which ones its kind says.
    /// What nobody but those concerned may know of does not exist for anybody else, unless
    /// everybody can see it and its kind lets whoever comes take this very step.
    fn permit(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseView,
        step: &Step,
        petitioner: Option<PersonId>,
    ) -> Result<(), Error> {
        let actor = &self.actor;
        let is_public = |tx: &mut Tx<'_>| public_cases::read(tx, case.id).map(|row| row.is_some());
        match stands(actor, case, petitioner) {
            Stands::Concerned => Ok(()),
            _ if case::is_open_to(&step.by, actor) && is_public(tx)? => Ok(()),
            Stands::OnlyReads => Err(Refusal::NotPermitted.into()),
            Stands::Stranger => Err(Refusal::NotFound(Thing::Case).into()),
        }
    }
}

/// How somebody stands towards a case before its kind is asked.
enum Stands {
    /// They brought it in, own it, or hold a post that may take steps of it.
    Concerned,
    OnlyReads,
    Stranger,
}

fn stands(actor: &Actor, case: &CaseView, petitioner: Option<PersonId>) -> Stands {
    let standing = standing(case);
    let by_post = |action| may(actor, action, Some(&standing));
    let in_person = match actor.who {
        Who::Clock | Who::System => true,
        Who::Petitioner(own) => own == case.id,
        Who::Person(person) => case.owner == Owner::Person(person) || petitioner == Some(person),
        Who::Anyone | Who::Service(_) => false,
    };
    match in_person || by_post(Action::CaseRead) && by_post(Action::CaseStep) {
        true => Stands::Concerned,
        false if by_post(Action::CaseRead) => Stands::OnlyReads,
        false => Stands::Stranger,
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
