//! The land of whoever looks after it: a place with what lies in it, what it was and what became
//! of it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::households;
use huiyin_app::places::look::{self, Found};
use huiyin_app::places::{cover, draw, history};
use huiyin_domain::access::{Action, Thing, may, may_somewhere};
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::place_change::Sort;

use crate::layout::Page;
use crate::pages::desk::collections::own_places;
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/places.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    /// Whether there is a map of open cases for them.
    has_map: bool,
}

struct Row {
    code: String,
    name: String,
    level: String,
}

fn row(place: &Place, lang: &str) -> Row {
    Row {
        code: place.code.to_string(),
        name: place.names.in_lang(lang).to_owned(),
        level: format!("level-{}", place.code.level().word()),
    }
}

/// The places that somebody looks after; for whoever looks after all, the widest.
pub async fn list(visit: Visit) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    let lang = page.lang.as_str();
    let mut rows = Vec::new();
    for own in own_places(&visit, &page, (Action::PlacesChange, "")).await? {
        let code = own.value.parse().map_err(|_| Problem::NotFound)?;
        let found = look::path(app, code).await?;
        rows.extend(found.iter().map(|found| row(&found.place, lang)));
    }
    if rows.is_empty() {
        let top = look::inside(app, None).await?;
        rows.extend(top.iter().map(|found| row(&found.place, lang)));
    }
    html(&ListPage {
        rows,
        has_map: may_somewhere(&visit.actor, Action::CaseList),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/place.html")]
struct PlacePage<'a> {
    page: &'a Page,
    code: String,
    name: String,
    level: String,
    closed: bool,
    path: Vec<Row>,
    rows: Vec<Row>,
    /// Whether the border can be drawn by whoever looks.
    draws: bool,
    /// How many doors it has, in a sentence; empty for whoever sees none.
    doors: String,
    /// What can be done with it here: address and word.
    sorts: Vec<(String, String)>,
    warnings: Vec<String>,
    lines: Vec<LineView>,
}

struct LineView {
    when: String,
    what: String,
    from: Vec<Row>,
    to: Vec<Row>,
    reason: String,
    who: String,
}

pub async fn show(visit: Visit, Path(code): Path<PlaceCode>) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    let lang = page.lang.as_str();
    let found = look::path(app, code.clone()).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let lines = history::history(app, &visit.actor, code.clone()).await?;
    let inside = look::inside(app, Some(code.clone())).await?;
    let warnings = cover::cover(app, code.clone()).await?;
    let doors = households::list::count(app, &visit.actor, code.clone()).await?;
    let when = When::of(&visit, &page);
    let change = |sort: Sort| {
        let word = sort.word();
        (
            format!("/desk/places/{code}/change/{word}"),
            page.t(&format!("place-{word}")).into_owned(),
        )
    };
    let sorts = match may_change(&visit, &found) {
        true => Sort::ALL.iter().copied().map(change).collect(),
        false => Vec::new(),
    };
    html(&PlacePage {
        code: code.to_string(),
        name: found.place.names.in_lang(lang).to_owned(),
        level: format!("level-{}", code.level().word()),
        closed: found.place.closed_at.is_some(),
        path: found.path.iter().map(|place| row(place, lang)).collect(),
        doors: doors.map_or_else(String::new, |count| {
            page.tn("households-about-count", "count", count)
                .into_owned()
        }),
        rows: inside.iter().map(|found| row(&found.place, lang)).collect(),
        draws: found.place.closed_at.is_none() && draw::may_draw(&visit.actor, &code),
        sorts,
        warnings: warnings
            .iter()
            .map(|warning| saying::filled(&page, warning.key(), &warning.args(lang)))
            .collect(),
        lines: lines.iter().map(|line| line_view(&when, line)).collect(),
        page: &page,
    })
}

fn line_view(when: &When<'_>, line: &history::Line) -> LineView {
    let lang = when.page.lang.as_str();
    let rows = |places: &[Place]| places.iter().map(|place| row(place, lang)).collect();
    let told = line.told.as_ref();
    LineView {
        when: when.moment(line.at),
        what: when
            .page
            .t(&format!("place-was-{}", line.sort.word()))
            .into_owned(),
        from: rows(&line.from),
        to: rows(&line.to),
        reason: told.map_or_else(String::new, |told| told.reason.clone()),
        who: told.map_or_else(String::new, |told| told.name.clone()),
    }
}

pub(super) fn may_change(visit: &Visit, found: &Found) -> bool {
    let level = found.place.code.level();
    let standing = Thing::lying_in(&found.place.code);
    found.place.closed_at.is_none()
        && level.changes()
        && may(&visit.actor, Action::PlacesChange, Some(&standing))
}
