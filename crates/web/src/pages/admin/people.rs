//! People of the desk: found by name or login, added here, given posts on their own page.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use huiyin_app::people::create;
use huiyin_app::people::list::{self, Listed};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::saying;
use crate::visit::{Answer, Visit, html_as};

use super::person;

#[derive(Template)]
#[template(path = "pages/admin/people.html")]
struct PeoplePage<'a> {
    page: &'a Page,
    q: String,
    rows: Vec<Row>,
    older: String,
    name: String,
    name_error: String,
}

struct Row {
    id: String,
    name: String,
    login: String,
    posts: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    draw(
        &visit,
        &asked,
        StatusCode::OK,
        (String::new(), String::new()),
    )
    .await
}

async fn draw(visit: &Visit, asked: &Form, status: StatusCode, typed: (String, String)) -> Answer {
    let app = &visit.state.app;
    let after = asked.text("after").parse().ok();
    let found = list::list(app, &visit.actor, asked.text("q"), after).await?;
    let older = match found.last() {
        Some(last) if found.len() >= list::ROWS => {
            format!("/admin/people?after={}", last.person.id)
        }
        _ => String::new(),
    };
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let rows = found.into_iter().map(|Listed { person, posts }| {
        let held = posts.iter().map(|post| {
            let unit = atlas.unit(post.unit);
            let unit = unit.map_or("", |unit| unit.names.in_lang(page.lang.as_str()));
            format!("{} · {unit}", page.t(&format!("role-{}", post.role.word())))
        });
        Row {
            id: person.id.to_string(),
            name: person.name,
            login: person.login.unwrap_or_default(),
            posts: held.collect::<Vec<_>>().join(&page.t("desk-and")),
        }
    });
    let drawn = PeoplePage {
        q: asked.text("q").to_owned(),
        rows: rows.collect(),
        name: typed.0,
        name_error: typed.1,
        page: &page,
        older,
    };
    html_as(status, &drawn)
}

/// Makes a person and shows their page with the link for the first sign-in.
pub async fn create(visit: Visit, form: Form) -> Answer {
    let name = form.text("name").to_owned();
    let request = create::Request {
        name: name.clone(),
        contact: String::new(),
        language: visit.taste.lang,
        post: None,
    };
    match create::create(&visit.state.app, &visit.actor, request).await {
        Ok(created) => person::invited(&visit, created.person, &created.invitation).await,
        Err(error) => {
            let page = visit.page();
            let fault = saying::fault(&page, &error, "name");
            let (status, said) = saying::refused(&page, error)?;
            let fault = if fault.is_empty() { said.text } else { fault };
            draw(&visit, &Form::default(), status, (name, fault)).await
        }
    }
}
