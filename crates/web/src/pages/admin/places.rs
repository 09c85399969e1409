//! The tree of places: walk it, search it, add, rename, close. A place is never deleted,
//! because cases lie in it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::places::look::{self, Found};
use huiyin_app::places::{close, put};
use huiyin_domain::place::{Level, Place, PlaceCode};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::choices;

#[derive(Template)]
#[template(path = "pages/admin/places.html")]
struct PlacesPage<'a> {
    page: &'a Page,
    heading: String,
    q: String,
    poster: String,
    path: Vec<Crumb>,
    rows: Vec<Row>,
    edit: Option<Edit>,
    new_code: String,
    new_zh: String,
    new_en: String,
    new_top: bool,
    code_error: String,
}

struct Crumb {
    code: String,
    name: String,
}

struct Row {
    code: String,
    name: String,
    level: String,
    closed: bool,
}

#[derive(Default)]
struct Edit {
    code: String,
    zh: String,
    en: String,
    closed: bool,
    /// What is wrong with the names that were typed.
    error: String,
}

/// What was typed to add a place or to rename this one, and what is wrong with it.
#[derive(Default)]
struct Typed {
    status: StatusCode,
    code: String,
    zh: String,
    en: String,
    at_top: bool,
    code_error: String,
    renamed: Option<Edit>,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let at = asked.text("at").parse().ok();
    draw(&visit, at, asked.text("q"), Typed::default()).await
}

async fn draw(visit: &Visit, at: Option<PlaceCode>, q: &str, typed: Typed) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let lang = page.lang.as_str();
    let here = match &at {
        Some(code) => Some(
            look::path(app, code.clone())
                .await?
                .ok_or(Problem::NotFound)?,
        ),
        None => None,
    };
    let found = match (q, &here) {
        ("", here) => look::inside(app, here.as_ref().map(|here| here.place.code.clone())).await?,
        (q, _) => look::search(app, q.to_owned()).await?,
    };
    let drawn = PlacesPage {
        heading: here.as_ref().map_or_else(
            || page.t("admin-places").into_owned(),
            |here| here.place.names.in_lang(lang).to_owned(),
        ),
        poster: here
            .as_ref()
            .filter(|here| here.place.code.level() >= Level::Community)
            .map_or_else(String::new, |here| {
                format!("/admin/places/{}/poster", here.place.code)
            }),
        path: here
            .as_ref()
            .map(|here| crumbs(here, lang))
            .unwrap_or_default(),
        rows: found.iter().map(|found| row(&found.place, lang)).collect(),
        edit: here.as_ref().map(|here| {
            let held = edit(&here.place);
            match typed.renamed {
                Some(typed) => Edit {
                    code: held.code,
                    closed: held.closed,
                    ..typed
                },
                None => held,
            }
        }),
        new_code: match (typed.code.is_empty(), &here) {
            (true, Some(here)) => here.place.code.to_string(),
            _ => typed.code,
        },
        new_zh: typed.zh,
        new_en: typed.en,
        new_top: typed.at_top,
        code_error: typed.code_error,
        q: q.to_owned(),
        page: &page,
    };
    html_as(typed.status, &drawn)
}

fn crumbs(here: &Found, lang: &str) -> Vec<Crumb> {
    here.path
        .iter()
        .map(|place| Crumb {
            code: place.code.to_string(),
            name: place.names.in_lang(lang).to_owned(),
        })
        .collect()
}

fn row(place: &Place, lang: &str) -> Row {
    Row {
        code: place.code.to_string(),
        name: place.names.in_lang(lang).to_owned(),
        level: format!("level-{}", place.code.level().word()),
        closed: place.closed_at.is_some(),
    }
}

fn edit(place: &Place) -> Edit {
    Edit {
        code: place.code.to_string(),
        zh: choices::name_in(&place.names, "zh"),
        en: choices::name_in(&place.names, "en"),
        closed: place.closed_at.is_some(),
        error: String::new(),
    }
}

/// Adds a place below the one whose code it begins with.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let mut typed = Typed {
        code: form.text("code").to_owned(),
        zh: form.text("zh").to_owned(),
        en: form.text("en").to_owned(),
        at_top: form.get("top").is_some(),
        ..Typed::default()
    };
    let Ok(code) = form.text("code").parse::<PlaceCode>() else {
        typed.status = StatusCode::UNPROCESSABLE_ENTITY;
        typed.code_error = visit.page().t("admin-place-code-wrong").into_owned();
        return draw(&visit, None, "", typed).await;
    };
    let parent = code.parent();
    let request = put::Request {
        code,
        aim: match typed.at_top {
            true => put::Aim::AddAtTop,
            false => put::Aim::AddWithin,
        },
        names: choices::names(&form),
        shape: None,
    };
    match put::put(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(kept(&visit, parent.as_ref())),
        Err(error) => {
            let page = visit.page();
            typed.code_error = saying::fault(&page, &error, "code");
            let (status, said) = saying::refused(&page, error)?;
            if typed.code_error.is_empty() {
                typed.code_error = said.text;
            }
            // The place around it may be what is missing.
            let around = match parent {
                Some(parent) => look::path(&visit.state.app, parent).await?,
                None => None,
            };
            let around = around.map(|found| found.place.code);
            draw(&visit, around, "", Typed { status, ..typed }).await
        }
    }
}

fn kept(visit: &Visit, at: Option<&PlaceCode>) -> axum::response::Response {
    let at = at.map_or_else(String::new, |code| format!("?at={code}"));
    let answer = see(&format!("/admin/places{at}"));
    flash::say(answer, Tone::Done, "place-kept", visit.transport())
}

pub async fn rename(visit: Visit, Path(code): Path<PlaceCode>, form: Form) -> Answer {
    let request = put::Request {
        code: code.clone(),
        aim: put::Aim::Change,
        names: choices::names(&form),
        shape: None,
    };
    match put::put(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(kept(&visit, Some(&code))),
        Err(error) => {
            let (status, said) = saying::refused(&visit.page(), error)?;
            let renamed = Some(Edit {
                zh: form.text("zh").to_owned(),
                en: form.text("en").to_owned(),
                error: said.text,
                ..Edit::default()
            });
            let typed = Typed {
                status,
                renamed,
                ..Typed::default()
            };
            draw(&visit, Some(code), "", typed).await
        }
    }
}

/// Closes a place, or opens a closed one again.
pub async fn turn(visit: Visit, Path(code): Path<PlaceCode>) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let found = look::path(app, code.clone())
        .await?
        .ok_or(Problem::NotFound)?;
    match found.place.closed_at {
        None => close::close(app, actor, code.clone()).await?,
        Some(_) => close::reopen(app, actor, code.clone()).await?,
    }
    Ok(kept(&visit, Some(&code)))
}
