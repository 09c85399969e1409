//! What becomes of a line: its case is opened, further remarks are added, and if it was
//! answered it is taken through the steps of its kind, each by whoever may.

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::{Input, Kind, Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, cases, entries};
use jiff::Timestamp;

use super::Plan;
use super::line::{Line, Remark};
use crate::cases::advance::{self, advance};
use crate::cases::open;
use crate::cases::{Channel, stand_in};
use crate::{App, Error, Refusal};

/// What became of one line.
#[derive(Default)]
pub(super) struct Became {
    pub is_new: bool,
    pub remarks: u64,
    pub is_answered: bool,
    /// Why it stopped half-way.
    pub fault: Option<Refusal>,
}

/// Whether the case of this id is there.
pub(super) async fn is_known(app: &App, id: CaseId) -> Result<bool, Error> {
    let read = move |tx: &mut Tx<'_>| cases::load(tx, &Scope::for_the_house(), id);
    Ok(app.store.read(read).await.map_err(Error::from)?.is_some())
}

/// Opens the case of a line; says whether it is new.
pub(super) async fn open(app: &App, kind: &Kind, plan: &Plan, line: &Line) -> Result<bool, Error> {
    let actor = opener(app, kind, plan).await?;
    match open::open(app, &actor, opening(plan, line)).await {
        Ok(_) => Ok(true),
        // The id follows from the line: whoever has it, is this line's case.
        Err(Error::Refused(Refusal::KeyReused)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// What would refuse the line, as far as can be said before its case is there.
pub(super) async fn try_out(app: &App, kind: &Kind, plan: &Plan, line: &Line) -> Result<(), Error> {
    let actor = opener(app, kind, plan).await?;
    open::try_out(app, &actor, opening(plan, line)).await?;
    for planned in planned(kind, plan, line)? {
        let asked = kind.step(&planned.step).map(|step| step.fields.iter());
        let lacks = |name: &str| !planned.values.contains_key(name);
        for asked in asked.into_iter().flatten() {
            if asked.required && lacks(&asked.field) {
                return Err(Refusal::field(&asked.field, "fault-required").into());
            }
        }
    }
    Ok(())
}

async fn opener(app: &App, kind: &Kind, plan: &Plan) -> Result<Actor, Error> {
    match kind.internal {
        true => stand_in::opener(app, kind, &plan.place).await,
        false => Ok(Actor::system()),
    }
}

fn opening(plan: &Plan, line: &Line) -> open::Request {
    open::Request {
        id: line.id,
        kind: plan.kind.clone(),
        values: line.opening.clone(),
        language: plan.language,
        channel: Channel::Import,
        key: None,
        at: Some(line.at),
    }
}

/// A step that the line asks for.
struct Planned {
    step: String,
    values: Values,
    at: Timestamp,
    is_remark: bool,
}

/// Takes the steps that the line asks for and that have not been taken yet.
pub(super) async fn through(
    app: &App,
    kind: &Kind,
    plan: &Plan,
    (line, is_new): (&Line, bool),
) -> Result<Became, Error> {
    let mut became = Became {
        is_new,
        ..Became::default()
    };
    let planned = match planned(kind, plan, line) {
        Ok(planned) => planned,
        Err(refusal) => {
            became.fault = Some(refusal);
            return Ok(became);
        }
    };
    let taken = match is_new {
        true => 0,
        false => taken(app, line.id, &planned).await?,
    };
    let Some(taken) = planned.get(taken..).filter(|rest| !rest.is_empty()) else {
        return Ok(became);
    };
    for step in taken {
        let Some(of_kind) = kind.step(&step.step) else {
            continue;
        };
        let actor = stand_in::for_step(app, of_kind, line.id).await?;
        let at = match of_kind.is_by_clock() {
            true => runs_out(app, line.id)
                .await?
                .map_or(step.at, |due| due.max(step.at)),
            false => step.at,
        };
        if at > app.now() {
            // The clock will see to it when its time has come.
            continue;
        }
        let request = advance::Request {
            id: line.id,
            version: None,
            step: step.step.clone(),
            input: Input {
                values: step.values.clone(),
            },
            key: None,
            at: Some(at),
        };
        match advance(app, &actor, request).await {
            Ok(_) => became.remarks += u64::from(step.is_remark),
            Err(Error::Refused(refusal)) => {
                became.fault = Some(refusal);
                return Ok(became);
            }
            Err(fault) => return Err(fault),
        }
    }
    became.is_answered = line.answered_at.is_some() && !plan.then.is_empty();
    Ok(became)
}

/// Remarks first, then the steps of the plan when the line was answered.
fn planned(kind: &Kind, plan: &Plan, line: &Line) -> Result<Vec<Planned>, Refusal> {
    let mut planned = Vec::new();
    if let Some(remark) = Remark::of(kind) {
        planned.extend(line.remarks.iter().map(|text| Planned {
            step: remark.step.name.clone(),
            values: Values::from([(remark.field.to_owned(), Value::Text(text.clone()))]),
            at: line.at,
            is_remark: true,
        }));
    }
    let Some(at) = line.answered_at else {
        return Ok(planned);
    };
    for name in &plan.then {
        let step = kind
            .step(name)
            .ok_or_else(|| Refusal::field(name, "fault-no-step"))?;
        let mut values = Values::new();
        for asked in &step.fields {
            let said = line.more.iter().chain(&plan.set);
            let said = said.filter(|(field, text)| field == &asked.field && !text.is_empty());
            let (Some((_, text)), Some(field)) =
                (said.into_iter().next(), kind.field(&asked.field))
            else {
                continue;
            };
            let value = field
                .kind
                .read(std::slice::from_ref(text))
                .map_err(|trouble| Refusal::Invalid(vec![trouble.of(&asked.field)]))?;
            values.insert(asked.field.clone(), value);
        }
        planned.push(Planned {
            step: name.clone(),
            values,
            at,
            is_remark: false,
        });
    }
    Ok(planned)
}

/// When the clock of the case runs out.
async fn runs_out(app: &App, id: CaseId) -> Result<Option<Timestamp>, Error> {
    let read = move |tx: &mut Tx<'_>| cases::load(tx, &Scope::for_the_house(), id);
    let held = app.store.read(read).await.map_err(Error::from)?;
    Ok(held.and_then(|held| Some(held.view.clock?.due_at)))
}

/// How many of the planned steps an earlier run has taken. When anything else has happened
/// to the case since, it is left as it is: all of them count as taken.
async fn taken(app: &App, id: CaseId, planned: &[Planned]) -> Result<usize, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<String>, Error> {
        let Some(held) = cases::load(tx, &Scope::for_the_house(), id)? else {
            return Ok(Vec::new());
        };
        let history = entries::list(tx, &held)?;
        Ok(history
            .into_iter()
            .skip(1)
            .map(|entry| entry.step)
            .collect())
    };
    let done = app.store.read(read).await.map_err(Error::from)?;
    let is_ours = done.len() <= planned.len()
        && done
            .iter()
            .zip(planned)
            .all(|(done, planned)| *done == planned.step);
    Ok(if is_ours { done.len() } else { planned.len() })
}
