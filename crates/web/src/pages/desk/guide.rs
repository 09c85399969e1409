//! The guide, for whoever keeps it: each procedure is a file, and each change a version.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use huiyin_app::procedures::{close, import, list, put, read};
use huiyin_domain::procedure::{builtin_procedures, read_procedure};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::show as shown;
use crate::pages::public::guide::group_word;
use crate::pages::samples::{self, View};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/guide.html")]
struct ListPage<'a> {
    page: &'a Page,
    built_in: String,
    rows: Vec<Row>,
}

struct Row {
    slug: String,
    name: String,
    group: String,
    version: String,
    is_closed: bool,
}

pub async fn list(visit: Visit) -> Answer {
    let rows = list::all(&visit.state.app).await?;
    let page = visit.page();
    let built_in = builtin_procedures().len();
    let built_in = i64::try_from(built_in).unwrap_or(i64::MAX);
    let row = |row: &list::Listed| Row {
        slug: row.procedure.slug.clone(),
        name: row.procedure.names.in_lang(page.lang.as_str()).to_owned(),
        group: group_word(&page, row.procedure.group),
        version: page
            .ts("guide-version", "version", &row.version.to_string())
            .into_owned(),
        is_closed: row.closed_at.is_some(),
    };
    html(&ListPage {
        built_in: page.tn("guide-desk-load", "count", built_in).into_owned(),
        rows: rows.iter().map(row).collect(),
        page: &page,
    })
}

/// Puts in those that come with the product.
pub async fn load(visit: Visit) -> Answer {
    let app = &visit.state.app;
    import::import(app, &visit.actor, builtin_procedures()).await?;
    Ok(said(&visit, "/desk/guide", "guide-desk-loaded"))
}

#[derive(Template)]
#[template(path = "pages/desk/guide_edit.html")]
struct EditPage<'a> {
    page: &'a Page,
    /// None while it is new.
    slug: Option<String>,
    typed_slug: String,
    text: String,
    version: i64,
    is_closed: bool,
    versions: Vec<String>,
    papers: Vec<PaperRow>,
    wrong: Wrong,
}

/// A paper as it was kept last, with what it looks like.
struct PaperRow {
    href: String,
    name: String,
    picture: Option<View>,
}

/// The form of a new one, filled in with what an existing one looks like.
pub async fn blank(visit: Visit) -> Answer {
    let example = builtin_procedures().first();
    let mut form = Form::default();
    form.put("text", example.map(|(_, text)| (*text).to_owned()));
    new(&visit, &form, Wrong::default())
}

fn new(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let status = wrong.status;
    let drawn = EditPage {
        slug: None,
        typed_slug: form.text("slug").to_owned(),
        text: form.text("text").to_owned(),
        version: 0,
        is_closed: false,
        versions: Vec::new(),
        papers: Vec::new(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, form: Form) -> Answer {
    let request = put::Request {
        slug: form.text("slug").trim().to_owned(),
        text: form.text("text").to_owned(),
        version: 0,
    };
    let slug = request.slug.clone();
    match put::put(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(said(
            &visit,
            &format!("/desk/guide/{slug}"),
            "guide-desk-saved",
        )),
        Err(error) => new(&visit, &form, Wrong::of(&visit.page(), error)?),
    }
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    draw(&visit, slug, None, Wrong::default()).await
}

async fn draw(visit: &Visit, slug: String, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let app = &visit.state.app;
    let (kept, versions) = read::for_the_desk(app, &visit.actor, &slug).await?;
    let page = visit.page();
    let when = shown::when(visit, &page);
    let version = |one: &huiyin_app::procedures::Version| {
        let args = [
            ("version", one.version.to_string().into()),
            ("when", when.moment(one.made_at).into()),
            ("count", one.errands.to_string().into()),
        ];
        page.ta("guide-desk-version", &args).into_owned()
    };
    let status = wrong.status;
    let papers = paper_rows(&page, &slug, &kept.text);
    let drawn = EditPage {
        papers,
        text: typed.map_or(kept.text, |form| form.text("text").to_owned()),
        // What was typed goes on from the version that was read then, whoever has saved since.
        version: typed.map_or(kept.version, version_of),
        is_closed: kept.closed_at.is_some(),
        versions: versions.iter().map(version).collect(),
        typed_slug: String::new(),
        slug: Some(slug),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn paper_rows(page: &Page, slug: &str, text: &str) -> Vec<PaperRow> {
    let Ok(procedure) = read_procedure(slug, text) else {
        return Vec::new();
    };
    let papers = (1..).zip(&procedure.papers).map(|(number, paper)| {
        let name = paper.names.in_lang(page.lang.as_str()).to_owned();
        PaperRow {
            href: format!("/desk/guide/{slug}/papers/{number}"),
            picture: samples::of_paper(page, &name, paper.picture.as_ref()),
            name,
        }
    });
    papers.collect()
}

/// The version that whoever fills in the form has read; nothing that is typed by hand is one.
fn version_of(form: &Form) -> i64 {
    let version = form.text("version").parse().ok();
    version.filter(|&version| version > 0).unwrap_or(-1)
}

pub async fn keep(visit: Visit, Path(slug): Path<String>, form: Form) -> Answer {
    let request = put::Request {
        slug: slug.clone(),
        text: form.text("text").to_owned(),
        version: version_of(&form),
    };
    match put::put(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(said(
            &visit,
            &format!("/desk/guide/{slug}"),
            "guide-desk-saved",
        )),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, slug, Some(&form), wrong).await
        }
    }
}

pub async fn close(visit: Visit, Path(slug): Path<String>) -> Answer {
    close::close(&visit.state.app, &visit.actor, &slug).await?;
    Ok(said(
        &visit,
        &format!("/desk/guide/{slug}"),
        "guide-desk-closed",
    ))
}

/// The file, to be carried to another house.
pub async fn file(visit: Visit, Path(slug): Path<String>) -> Answer {
    let (kept, _) = read::for_the_desk(&visit.state.app, &visit.actor, &slug).await?;
    let name = format!("attachment; filename=\"{slug}.toml\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, kept.text).into_response())
}

fn said(visit: &Visit, to: &str, word: &str) -> Response {
    flash::say(see(to), Tone::Done, word, visit.transport())
}
