//! The supervision board: what will be late in the next hours and days and why, by unit and
//! place, with the steps by which a supervisor may help.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::case::{Kind, Relation, Step, Weight, Who};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::supervision::{Known, Reason, Turn, need, reasons};
use huiyin_store::lists::{self, Past};
use huiyin_store::{DbError, Tx};
use jiff::{Timestamp, ToSpan};

use crate::atlas::Atlas;
use crate::cases::list::{self, BoardLine, CaseRow, Cursor, Filter, Horizons, Reply};
use crate::cases::names::named_places;
use crate::{App, Config, Error, Refusal};

/// So many cases are looked into at once, those that fall due first.
pub const ROWS_MAX: usize = 100;

/// Which part of time a board looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// What is late now.
    Late,
    /// What will be late today.
    #[default]
    Today,
    /// What will be late today and in the two days after.
    ThreeDays,
    /// What will be late today and in the six days after.
    SevenDays,
}

impl Span {
    pub const ALL: [Span; 4] = [Span::Late, Span::Today, Span::ThreeDays, Span::SevenDays];

    /// The word for it, in addresses too.
    pub fn word(self) -> &'static str {
        match self {
            Span::Late => "late",
            Span::Today => "today",
            Span::ThreeDays => "3-days",
            Span::SevenDays => "7-days",
        }
    }

    /// How many of a line's cases fall into it.
    pub fn count(self, line: &BoardLine) -> i64 {
        match self {
            Span::Late => line.late,
            Span::Today => line.soon[0],
            Span::ThreeDays => line.soon[1],
            Span::SevenDays => line.soon[2],
        }
    }
}

/// What is asked of the board.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub span: Span,
    pub owner: Option<UnitId>,
    pub place: Option<PlaceCode>,
}

/// The board.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// How the owners stand, street by street.
    pub lines: Vec<BoardLine>,
    pub streets: BTreeMap<PlaceCode, Names>,
    /// The cases, those that need a supervisor most first.
    pub list: Reply,
    /// Beside each of these cases: why, and what a supervisor may do.
    pub watched: BTreeMap<CaseId, Watched>,
}

/// What the board knows of one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watched {
    pub reasons: Vec<Reason>,
    /// The steps of a supervisor that its kind offers this actor where it stands.
    pub steps: Vec<String>,
    need: i32,
}

/// Until when the board looks: the ends of today, of the third day and of the seventh.
pub fn horizons(config: &Config, now: Timestamp) -> Horizons {
    let today = config.day(now);
    let end = |days: i64| {
        let day = today.checked_add(days.days()).ok();
        let start = day.and_then(|day| day.to_zoned(config.time_zone.clone()).ok());
        start.map_or(now, |start| start.timestamp())
    };
    Horizons([end(1), end(3), end(7)])
}

/// The board of what the actor supervises.
pub async fn board(app: &App, actor: &Actor, request: Request) -> Result<Board, Error> {
    let scope = permit(actor)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| -> Result<Board, DbError> {
        let horizons = horizons(&inner.config, now);
        let lines = lists::board(tx, &scope, now, horizons)?;
        let streets: Vec<PlaceCode> = lines.iter().map(|line| line.street.clone()).collect();
        let streets = named_places(tx, &streets)?.into_iter();
        let rows = rows(tx, &scope, &request, (now, horizons))?;
        let mut pasts = lists::pasts(tx, &scope, &rows)?;
        let atlas = inner.atlas(tx)?;
        let kinds = inner.kinds();
        let mut watched = BTreeMap::new();
        for row in &rows {
            let past = pasts.remove(&row.id).unwrap_or_default();
            let kind = kinds.by_slug(&row.kind);
            let steps = kind.map(|kind| steps(kind, row, &actor, &atlas));
            let steps = steps.unwrap_or_default();
            let turn = kind.map_or(Turn::OnDuty, |kind| turn(kind, row));
            watched.insert(row.id, watch((row, turn), &past, steps, now));
        }
        Ok(Board {
            lines,
            streets: streets.map(|place| (place.code, place.names)).collect(),
            list: list::named(&inner, tx, in_order(rows, &watched), None)?,
            watched,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn permit(actor: &Actor) -> Result<Scope, Refusal> {
    let scope = scope(actor, Action::SupervisionRead);
    match scope.is_nothing() {
        true => Err(Refusal::NotPermitted),
        false => Ok(scope),
    }
}

/// The cases of a span that fall due first.
fn rows(
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: &Request,
    (now, Horizons([today, third, seventh])): (Timestamp, Horizons),
) -> Result<Vec<CaseRow>, DbError> {
    let from_now = Some(Cursor {
        due_at: now.as_microsecond() - 1,
        id: i64::MAX,
    });
    let (after, before) = match request.span {
        Span::Late => (None, now),
        Span::Today => (from_now, today),
        Span::ThreeDays => (from_now, third),
        Span::SevenDays => (from_now, seventh),
    };
    let filter = Filter {
        due_before: Some(before),
        owner: request.owner,
        place: request.place.clone(),
        ..Filter::default()
    };
    Ok(lists::list(tx, scope, &filter, after, ROWS_MAX)?.rows)
}

/// Whose turn it is where a case stands: that of whoever may take its main step.
fn turn(kind: &Kind, row: &CaseRow) -> Turn {
    let here = kind.steps.iter();
    let mut here = here.filter(|step| step.from.contains(&row.stage));
    let is_theirs = |step: &Step| step.weight == Weight::Main && step.by.contains(&Who::Petitioner);
    match here.any(is_theirs) {
        true => Turn::Petitioner,
        false => Turn::OnDuty,
    }
}

fn watch(
    (row, turn): (&CaseRow, Turn),
    past: &Past,
    steps: Vec<String>,
    now: Timestamp,
) -> Watched {
    let known = Known {
        owner: row.owner,
        urgent: row.urgent,
        due_at: row.due_at,
        read_at: past.read_at,
        paused: past.paused.clone(),
        turn,
        history: &past.history,
        calls: &past.calls,
    };
    let reasons = reasons(&known, now);
    Watched {
        need: need(&reasons, row.due_at, now),
        reasons,
        steps,
    }
}

/// Those that need a supervisor most first; of two alike the one that falls due first.
fn in_order(mut rows: Vec<CaseRow>, watched: &BTreeMap<CaseId, Watched>) -> Vec<CaseRow> {
    rows.sort_by_key(|row| {
        let need = watched.get(&row.id).map_or(0, |watched| watched.need);
        (-need, row.due_at, row.id)
    });
    rows
}

/// The steps that a kind lets supervisors take from above, as far as this actor may: by them
/// they urge, raise, call together, instruct. Whether its rules hold says the case's own page.
fn steps(kind: &Kind, row: &CaseRow, actor: &Actor, atlas: &Atlas) -> Vec<String> {
    let from_above = |who: &&Who| {
        matches!(
            who,
            Who::Post(_, Relation::Place | Relation::Above | Relation::Any)
        )
    };
    let owner = row.owner.unit().and_then(|unit| atlas.unit(unit));
    let mine = |who: &Who| {
        let Who::Post(role, relation) = who else {
            return false;
        };
        actor.posts.iter().any(|post| {
            let is_below = || owner.is_some_and(|owner| post.place.level() < owner.place.level());
            post.role == *role
                && post.covers(&row.place)
                && (*relation != Relation::Above || is_below())
        })
    };
    let is_supervisors = |who: &Who| matches!(who, Who::Post(Role::Supervisor | Role::Office, _));
    kind.steps
        .iter()
        .filter(|step| step.from.contains(&row.stage))
        .filter(|step| step.by.iter().filter(from_above).any(is_supervisors))
        .filter(|step| step.by.iter().filter(from_above).any(mine))
        .map(|step| step.name.clone())
        .collect()
}
