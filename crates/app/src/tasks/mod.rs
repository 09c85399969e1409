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
mod limit_tests;
#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Subject, allows};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{PersonId, PostId, TaskId, TaskReportId, UnitId};
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
    let task = tasks::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Task))?;
    let part = part_of(tx, id, place)?;
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

fn part_of(tx: &mut Tx<'_>, id: TaskId, place: &PlaceCode) -> Result<Part, Error> {
    let part = task_parts::read(tx, id, place)?;
    part.ok_or(Refusal::NotFound(Thing::Task).into())
}

impl Held {
    fn standing(&self, actor: &Actor) -> Standing {
        standing(actor, (&self.part, self.above), self.task.given_unit)
    }
}

/// The places at which somebody sits: those of their posts, and those that were taken over.
fn desks(actor: &Actor) -> BTreeSet<&PlaceCode> {
    let reads = |post: &&HeldPost| {
        let subject = Subject::lying_in(&post.place);
        allows(post, Action::TaskRead, Some(&subject))
    };
    let posts = actor.posts.iter().filter(reads);
    let desks = posts.flat_map(|post| std::iter::once(&post.place).chain(&post.took_over));
    desks.collect()
}

/// How somebody stands to a part, and from which post they act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub person: Option<PersonId>,
    pub answers: Option<PostId>,
    pub verifies: Option<PostId>,
}

impl Standing {
    pub fn side(&self) -> Side {
        Side {
            person: self.person,
            answers: self.answers.is_some(),
            verifies: self.verifies.is_some(),
        }
    }

    /// The post from which they answer for the place.
    fn answering(&self) -> Result<PostId, Refusal> {
        self.answers.ok_or(Refusal::NotPermitted)
    }

    /// The post from which they strike off, or send back.
    fn verifying(&self) -> Result<PostId, Refusal> {
        self.verifies.ok_or(Refusal::NotPermitted)
    }
}

/// How somebody stands to a part: `above` looks at what is reported, `giver` gave the task.
fn standing(actor: &Actor, (part, above): (&Part, UnitId), giver: UnitId) -> Standing {
    let can = |post: &&HeldPost, action| may_with(post, action, part);
    let mut posts = actor.posts.iter();
    let answers = posts.find(|post| can(post, Action::TaskReport));
    let mut posts = actor.posts.iter();
    let verifies = posts.find(|post| {
        let is_above = post.unit == above || post.unit == giver;
        is_above && can(post, Action::TaskVerify)
    });
    Standing {
        person: actor.person(),
        answers: answers.map(|post| post.post),
        verifies: verifies.map(|post| post.post),
    }
}

/// Whether this one post allows something with a part.
fn may_with(post: &HeldPost, action: Action, part: &Part) -> bool {
    let subject = Subject {
        owner_unit: Some(part.unit),
        ..Subject::lying_in(&part.place)
    };
    allows(post, action, Some(&subject))
}

/// Whether somebody may see a part: it lies in their place or with their unit, or they gave it.
fn sees(actor: &Actor, held: &Held) -> bool {
    let mut posts = actor.posts.iter();
    posts.any(|post| {
        let is_giver = post.unit == held.task.given_unit;
        may_with(post, Action::TaskRead, &held.part)
            || is_giver && held.part.place.is_within(&post.place)
    })
}

/// Somebody whose posts give them nothing to do with it learns nothing of it.
fn seen(actor: &Actor, held: Held) -> Result<Held, Error> {
    match sees(actor, &held) || held.standing(actor).verifies.is_some() {
        true => Ok(held),
        false => Err(Refusal::NotFound(Thing::Task).into()),
    }
}

/// What is written down of an act.
struct Said<'a> {
    state: State,
    post: PostId,
    says: &'a str,
    amount: Option<i64>,
    /// The report, and who made it.
    report: Option<(TaskReportId, Option<PersonId>)>,
}

/// Writes that a part goes on: how it stands, with whom it lies, and its next entry.
fn go_on(tx: &mut Tx<'_>, held: &Held, said: &Said<'_>, now: Timestamp) -> Result<i64, Error> {
    let part = Part {
        state: said.state,
        version: held.part.version + 1,
        changed_at: now,
        ..held.part.clone()
    };
    let part = match said.report {
        Some((_, reported_by)) => Part {
            amount: said.amount,
            reported_by,
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
        post: said.post,
        says: said.says.to_owned(),
        amount: said.amount,
    };
    let report = said.report.map(|(report, _)| report);
    task_parts::add_entry(tx, (part.task, &part.place), &entry, report)?;
    Ok(part.version)
}

impl From<task::Refusal> for Refusal {
    fn from(refusal: task::Refusal) -> Refusal {
        use task::Refusal as Why;
        if let Some(field) = refusal.field() {
            let fault = FieldFault::new(field, refusal.key());
            let fault = match refusal {
                Why::TooLong(_) => fault.with("max", PART_TEXT_CHARS_MAX),
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
