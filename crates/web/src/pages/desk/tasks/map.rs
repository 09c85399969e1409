//! Where a task stands, on a map: the places right below one, shaded, and the same as a list.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::places::map;
use huiyin_app::tasks::look::{self, Row};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::task::State;

use super::task::place_of;
use super::{Chip, chip, due, progress, today};
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show::Look;
use crate::pages::maps::{MapBox, PUBLIC_TILES, with_map};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/map.html")]
struct MapPage<'a> {
    page: &'a Page,
    id: TaskId,
    title: String,
    due: String,
    at: String,
    crumbs: Vec<(String, String)>,
    here: String,
    map: Option<MapBox>,
    legend: Vec<Standing>,
    rows: Vec<RowView>,
}

struct RowView {
    code: String,
    name: String,
    href: String,
    standing: Option<Standing>,
    chip: Option<Chip>,
    progress: String,
}

/// How a place stands: what the map shades and the legend explains.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    Reported,
    ToDo,
    Late,
}

impl Standing {
    const ALL: [Standing; 4] = [
        Standing::Done,
        Standing::Reported,
        Standing::ToDo,
        Standing::Late,
    ];

    /// The word by which style sheet and script know it.
    fn word(self) -> &'static str {
        match self {
            Standing::Done => "done",
            Standing::Reported => "reported",
            Standing::ToDo => "todo",
            Standing::Late => "late",
        }
    }

    /// The sign on the map, where a colour alone would say nothing.
    fn sign(self) -> &'static str {
        match self {
            Standing::Done => "✓",
            Standing::Reported => "◷",
            Standing::ToDo => "○",
            Standing::Late => "!",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Standing::Done => "map-task-done",
            Standing::Reported => "map-task-reported",
            Standing::ToDo => "map-task-todo",
            Standing::Late => "map-task-late",
        }
    }

    /// None for what was taken back.
    fn of(row: &Row, is_late: bool) -> Option<Standing> {
        let sum = &row.sum;
        let (open, reported, done) = match row.part.state {
            State::BrokenDown => (sum.to_do() > 0, sum.reported > 0, sum.is_done()),
            State::Verified => (false, false, true),
            State::Reported => (false, true, false),
            State::Withdrawn => return None,
            State::Given | State::Noted | State::SentBack => (true, false, false),
        };
        match (open, reported, done) {
            (true, ..) if is_late => Some(Standing::Late),
            (true, ..) => Some(Standing::ToDo),
            (_, true, _) => Some(Standing::Reported),
            (_, _, true) => Some(Standing::Done),
            _ => None,
        }
    }

    fn chip(self, page: &Page) -> Chip {
        let (tone, sign) = match self {
            Standing::Done => ("done", "circle-check"),
            Standing::Reported => ("wait", "hourglass"),
            Standing::ToDo => ("quiet", "inbox"),
            Standing::Late => ("late", "alert-triangle"),
        };
        chip(page, Look { tone, sign }, self.key())
    }
}

pub async fn show(visit: Visit, Path(id): Path<TaskId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let at = place_of(&query)?;
    let app = &visit.state.app;
    let found = look::look(app, &visit.actor, id, at).await?;
    if let Some(part) = &found.part
        && part.state != State::BrokenDown
    {
        return Ok(see(&format!("/desk/tasks/{id}/{}", part.place)));
    }
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let name = |place: &Place| place.names.in_lang(lang).to_owned();
    let at = found.path.last().map(|place| place.code.clone());
    let bounds = match &at {
        Some(at) => map::around(app, at.clone()).await?,
        None => None,
    };
    let code = at.as_ref().map(PlaceCode::to_string).unwrap_or_default();
    let map_box = MapBox::new(&visit, &page, PUBLIC_TILES, bounds);
    let map_box = at.filter(|_| bounds.is_some()).map(|at| map_box.at(&at));
    let around = found
        .path
        .split_last()
        .map_or(&[][..], |(_, around)| around);
    let is_late = found.task.is_late_on(today(&when));
    let answer = html(&MapPage {
        id,
        title: found.task.title.clone(),
        due: due(&when, &found.task),
        crumbs: around
            .iter()
            .map(|place| {
                (
                    format!("/desk/tasks/{id}/map?at={}", place.code),
                    name(place),
                )
            })
            .collect(),
        here: found.path.last().map(name).unwrap_or_default(),
        map: map_box,
        at: code,
        legend: Standing::ALL.to_vec(),
        rows: found
            .rows
            .iter()
            .map(|row| row_view(&page, (id, is_late), row))
            .collect(),
        page: &page,
    })?;
    Ok(with_map(answer, &visit))
}

fn row_view(page: &Page, (id, is_late): (TaskId, bool), row: &Row) -> RowView {
    let code = row.part.place.to_string();
    let is_whole = row.part.state == State::BrokenDown;
    let standing = Standing::of(row, is_late);
    RowView {
        name: row.names.in_lang(page.lang.as_str()).to_owned(),
        href: match is_whole {
            true => format!("/desk/tasks/{id}/map?at={code}"),
            false => format!("/desk/tasks/{id}/{code}"),
        },
        chip: standing.map(|standing| standing.chip(page)),
        standing,
        progress: match is_whole {
            true => progress(&row.sum).0,
            false => String::new(),
        },
        code,
    }
}
