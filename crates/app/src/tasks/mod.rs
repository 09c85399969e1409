//! Tasks: given to many places in one act, reported once by whoever answers for each, struck off
//! by the level above, and summed up on the way. What was typed once is never typed again.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod board;
pub mod break_down;
pub mod calendar;
pub mod export;
pub mod give;
pub(crate) mod give_next;
pub mod limit;
pub mod look;
pub mod note;
pub mod part;
pub mod repeat;
pub mod report;
pub mod send_back;
pub mod spread;
pub(crate) mod tell;
pub mod verify;
pub mod withdraw;

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Subject, may};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{PostId, TaskId, TaskReportId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{self, Entry, PART_TEXT_CHARS_MAX, Part, Side, State, Task};
use huiyin_store::{Tx, task_parts, tasks};
use jiff::Timestamp;

use crate::error::Thing;
use crate::{Error, Refusal};

/// A part with its task, and the unit that looks at what is reported.
pub(crate) struct Held {
    pub task: Task,
    pub part: Part,
    pub above: UnitId,
}

/// The part, with nobody else changing any of its task until the transaction ends.
fn locked(tx: &mut Tx<'_>, id: TaskId, place: &PlaceCode) -> Result<Held, Error> {
    tasks::lock(tx, id)?;
    held(tx, id, place)
}

fn held(tx: &mut Tx<'_>, id: TaskId, place: &PlaceCode) -> Result<Held, Error> {
    let none = Refusal::NotFound(Thing::Task);
    let task = tasks::read(tx, id)?.ok_or_else(|| none.clone())?;
    let part = task_parts::read(tx, id, place)?.ok_or(none)?;
    let above = match &part.above {
        Some(above) => task_parts::read(tx, id, above)?.map(|above| above.unit),
        None => None,
    };
    Ok(Held {
        above: above.unwrap_or(task.given_unit),
        task,
        part,
    })
}

/// How somebody stands to a part, and from which post they act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub side: Side,
    pub answers: Option<PostId>,
    pub verifies: Option<PostId>,
}

fn standing(actor: &Actor, held: &Held) -> Standing {
    let part = &held.part;
    let can = |post: &&HeldPost, action| may_with(actor, post, action, part);
    let mut posts = actor.posts.iter();
    let answers = posts.find(|post| can(post, Action::TaskReport));
    let mut posts = actor.posts.iter();
    let verifies = posts.find(|post| {
        let is_above = post.unit == held.above || post.unit == held.task.given_unit;
        is_above && can(post, Action::TaskVerify)
    });
    Standing {
        side: Side {
            person: actor.person(),
            answers: answers.is_some(),
            verifies: verifies.is_some(),
        },
        answers: answers.map(|post| post.post),
        verifies: verifies.map(|post| post.post),
    }
}

/// Whether this one post allows something with a part.
fn may_with(actor: &Actor, post: &HeldPost, action: Action, part: &Part) -> bool {
    let alone = Actor {
        who: actor.who,
        posts: vec![post.clone()],
    };
    let subject = Subject {
        place: part.place.clone(),
        owner_unit: Some(part.unit),
        opened_unit: None,
        called_units: Vec::new(),
    };
    may(&alone, action, Some(&subject))
}

/// Whether somebody may see a part: it lies in their place or with their unit, or they gave it.
fn sees(actor: &Actor, held: &Held) -> bool {
    let mut posts = actor.posts.iter();
    posts.any(|post| {
        let is_giver = post.unit == held.task.given_unit;
        may_with(actor, post, Action::TaskRead, &held.part)
            || is_giver && held.part.place.is_within(&post.place)
    })
}

/// Somebody whose posts give them nothing to do with it learns nothing of it.
fn seen(actor: &Actor, held: Held) -> Result<Held, Error> {
    match sees(actor, &held) || standing(actor, &held).side.verifies {
        true => Ok(held),
        false => Err(Refusal::NotFound(Thing::Task).into()),
    }
}

/// What is written down of an act.
struct Said<'a> {
    state: State,
    post: Option<PostId>,
    says: &'a str,
    amount: Option<i64>,
    report: Option<TaskReportId>,
}

/// Writes that a part goes on: how it stands, with whom it lies, and its next entry.
fn go_on(tx: &mut Tx<'_>, held: &Held, said: &Said<'_>, now: Timestamp) -> Result<i64, Error> {
    let post = said.post.ok_or(Refusal::NotPermitted)?;
    let part = Part {
        state: said.state,
        version: held.part.version + 1,
        changed_at: now,
        ..held.part.clone()
    };
    let part = match said.report {
        Some(_) => Part {
            amount: said.amount,
            reported_by: huiyin_store::posts::by_id(tx, post)?.map(|post| post.person),
            ..part
        },
        None => part,
    };
    let lies_with = match part.state {
        state if state.is_to_do() => Some(part.unit),
        State::Reported => Some(held.above),
        _ => None,
    };
    task_parts::go_on(tx, &part, lies_with)?;
    let entry = Entry {
        number: part.version,
        state: part.state,
        at: now,
        post,
        says: said.says.to_owned(),
        amount: said.amount,
    };
    task_parts::add_entry(tx, (part.task, &part.place), &entry, said.report)?;
    Ok(part.version)
}

impl From<task::Refusal> for Refusal {
    fn from(refusal: task::Refusal) -> Refusal {
        use task::Refusal as Why;
        if let Some(field) = refusal.field() {
            let fault = FieldFault::new(field, refusal.key());
            let fault = match refusal {
                Why::TooLong => fault.with("max", PART_TEXT_CHARS_MAX),
                _ => fault,
            };
            return Refusal::Invalid(vec![fault]);
        }
        let class = match refusal {
            Why::NotYours | Why::Own => Class::NotPermitted,
            Why::Withdrawn => Class::Gone,
            _ => Class::Conflict,
        };
        Refusal::rule(class, refusal.key())
    }
}

impl From<task::Refusal> for Error {
    fn from(refusal: task::Refusal) -> Error {
        Error::Refused(refusal.into())
    }
}
