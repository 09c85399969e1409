//! Give a task to many places in one act: first look how many they are and on whose desk enough
//! lies already, then give it.

use huiyin_domain::access::{Action, Actor, roles_for};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{TaskId, TaskRuleId};
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Evidence, Load, Sort, Task, Want};
use huiyin_store::{Tx, task_parts, tasks};
use jiff::ToSpan;
use jiff::civil::Date;

use super::spread::{self, Cut, Desk, Reach};
use crate::administration::{Record, permit};
use crate::import::clean;
use crate::jobs::Job;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const TITLE_CHARS_MAX: usize = 60;
const STANDARD_CHARS_MAX: usize = 1_000;
const COUNTED_IN_CHARS_MAX: usize = 12;
const REASON_CHARS_MAX: usize = 300;
/// Nobody is given longer than a year.
const DAYS_MAX: i64 = 366;

/// What is wanted, whenever it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub title: String,
    pub standard: String,
    pub evidence: Evidence,
    pub reach: Reach,
}

/// A task as somebody filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Made by whoever gives it: sent twice, it is one.
    pub id: TaskId,
    pub sort: Sort,
    pub wanted: Wanted,
    pub due_on: Date,
    /// Why it must be, though enough lies on some desks. Counts for urgent ones only.
    pub over_limit_for: String,
}

/// What giving it would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// How many places of each level get a part, the widest first.
    pub places: Vec<(Level, usize)>,
    /// How many of them have to report.
    pub reports: usize,
    /// In how many of those nobody holds the post it is meant for.
    pub without: usize,
    /// The desks on which enough lies in that week, the fullest first.
    pub full: Vec<Desk>,
}

impl Preview {
    /// How many desks take no more.
    pub fn over(&self) -> usize {
        let over = self.full.iter().filter(|desk| desk.load == Load::Over);
        over.count()
    }
}

impl Wanted {
    /// Cleaned of what nobody meant to write.
    pub(super) fn cleaned(self) -> Wanted {
        Wanted {
            title: clean(&self.title),
            standard: self.standard.trim().to_owned(),
            evidence: Evidence {
                counted_in: match self.evidence.wants(Want::Number) {
                    true => clean(&self.evidence.counted_in),
                    false => String::new(),
                },
                wants: self.evidence.wants,
            },
            reach: self.reach,
        }
    }

    /// What is wrong with it.
    pub(super) fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut texts = vec![
            ("title", &self.title, TITLE_CHARS_MAX),
            ("standard", &self.standard, STANDARD_CHARS_MAX),
        ];
        if self.evidence.wants(Want::Number) {
            let counted_in = &self.evidence.counted_in;
            texts.push(("counted_in", counted_in, COUNTED_IN_CHARS_MAX));
        }
        for (field, text, max) in texts {
            if text.is_empty() {
                faults.push(FieldFault::new(field, "fault-required"));
            }
            if text.chars().count() > max {
                faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
            }
        }
        let reach = &self.reach;
        if reach.level <= reach.place.level() || reach.level > Level::Grid {
            faults.push(FieldFault::new("level", "fault-task-level"));
        }
        // A grid worker holds a grid, and nothing above it.
        let is_there = |role| role != Role::GridWorker || reach.level == Level::Grid;
        let reports = |role| roles_for(Action::TaskReport).contains(&role) && is_there(role);
        if reach.role.is_some_and(|role| !reports(role)) {
            faults.push(FieldFault::new("role", "fault-task-role"));
        }
        let is_child = |code: &PlaceCode| code.parent().as_ref() == Some(&reach.place);
        if !reach.only.iter().all(is_child) {
            faults.push(FieldFault::new("only", "fault-task-only"));
        }
        faults
    }
}

/// The request, cleaned, when it can be given at all.
fn checked(app: &App, request: Request) -> Result<Request, Refusal> {
    let request = Request {
        wanted: request.wanted.cleaned(),
        over_limit_for: clean(&request.over_limit_for),
        ..request
    };
    let mut faults = request.wanted.faults();
    let today = app.config.day(app.now());
    if request.due_on < today || request.due_on > today.saturating_add(DAYS_MAX.days()) {
        faults.push(FieldFault::new("due_on", "fault-task-due"));
    }
    if request.over_limit_for.chars().count() > REASON_CHARS_MAX {
        let fault = FieldFault::new("over_limit_for", "fault-too-long");
        faults.push(fault.with("max", REASON_CHARS_MAX));
    }
    match faults.is_empty() {
        true => Ok(request),
        false => Err(Refusal::Invalid(faults)),
    }
}

/// What giving it would mean; nothing is written.
pub async fn look(app: &App, actor: &Actor, request: Request) -> Result<Preview, Error> {
    permit(actor, Action::TaskGive)?;
    let unit = post_for(actor, Action::TaskGive, &request.wanted.reach.place)?.unit;
    let request = checked(app, request)?;
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let reach = &request.wanted.reach;
        let cuts = spread::cut(&inner, tx, reach, unit)?;
        let full = spread::full_desks(tx, (reach, request.due_on), &cuts)?;
        let without = spread::without_post(tx, reach, &cuts, inner.now())?;
        Ok::<_, Error>(preview(&cuts, without, full))
    };
    app.store.read(read).await.map_err(Error::from)
}

pub(super) fn preview(cuts: &[Cut], without: usize, full: Vec<Desk>) -> Preview {
    let count = |level| {
        let cuts = cuts.iter().filter(|cut| cut.place.level() == level);
        (level, cuts.count())
    };
    let levels = Level::ALL.into_iter().map(|(level, _)| count(level));
    Preview {
        places: levels.filter(|(_, count)| *count > 0).collect(),
        reports: cuts.iter().filter(|cut| cut.is_last).count(),
        without,
        full,
    }
}

pub async fn give(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::TaskGive)?;
    let post = post_for(actor, Action::TaskGive, &request.wanted.reach.place)?.clone();
    let request = checked(app, request)?;
    let (inner, now) = (app.clone(), app.now());
    let record = Record::new(app, actor, "task-given", request.id);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(before) = tasks::read(tx, request.id)? {
            let wanted = &request.wanted;
            let is_same = (
                before.given_unit,
                before.due_on,
                &before.title,
                &before.place,
            ) == (
                post.unit,
                request.due_on,
                &wanted.title,
                &wanted.reach.place,
            );
            return match is_same {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let reach = &request.wanted.reach;
        let cuts = spread::cut(&inner, tx, reach, post.unit)?;
        let full = spread::full_desks(tx, (reach, request.due_on), &cuts)?;
        let over = full.iter().filter(|desk| desk.load == Load::Over).count();
        let over_limit_for = reason(&request, over)?;
        let task = Task {
            id: request.id,
            sort: request.sort,
            given_at: now,
            given_unit: post.unit,
            given_post: post.post,
            over_limit_for,
            ..task_of(&request.wanted, request.due_on)
        };
        if cuts.is_empty() {
            return Err(Refusal::field("level", "fault-task-nobody").into());
        }
        // --- everything is checked; from here on we write ---
        write_down(&inner, tx, task, &cuts)?;
        record.keep(tx)
    };
    // All are given by one writer, so that two at once count each other.
    app.store.write(0, write).await.map_err(Error::from)
}

/// Why it goes to desks that take no more, when it may; none when there are none.
fn reason(request: &Request, over: usize) -> Result<Option<String>, Refusal> {
    if over == 0 {
        return Ok(None);
    }
    if request.sort != Sort::Urgent {
        return Err(Refusal::Rule {
            class: Class::Conflict,
            key: "task-over-limit",
            args: vec![("count", over.to_string())],
        });
    }
    match request.over_limit_for.as_str() {
        "" => Err(Refusal::field("over_limit_for", "fault-task-over-limit")),
        why => Ok(Some(why.to_owned())),
    }
}

/// A task of what is wanted; who gives it is not said yet.
pub(super) fn task_of(wanted: &Wanted, due_on: Date) -> Task {
    Task {
        id: TaskId::from_raw(0),
        sort: Sort::Regular,
        title: wanted.title.clone(),
        standard: wanted.standard.clone(),
        evidence: wanted.evidence.clone(),
        place: wanted.reach.place.clone(),
        level: wanted.reach.level,
        due_on,
        given_at: jiff::Timestamp::UNIX_EPOCH,
        given_unit: huiyin_domain::id::UnitId::from_raw(0),
        given_post: huiyin_domain::id::PostId::from_raw(0),
        part_count: 0,
        over_limit_for: None,
        rule: None::<TaskRuleId>,
        role: wanted.reach.role,
        withdrawn: None,
    }
}

/// Writes a task and all its parts, and has everybody told who answers for one.
pub(super) fn write_down(
    app: &App,
    tx: &mut Tx<'_>,
    task: Task,
    cuts: &[Cut],
) -> Result<(), Error> {
    let part_count = i64::try_from(cuts.len()).unwrap_or(i64::MAX);
    let task = Task { part_count, ..task };
    tasks::insert(tx, &task)?;
    for cut in cuts {
        let part = cut.part(task.id, None, task.given_at);
        task_parts::insert(tx, &part, task.due_on)?;
    }
    Ok(Job::TellTask(task.id).enqueue(app, tx, task.given_at)?)
}
