//! Items: what a case can be about, in levels. The duty list names them.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::duties::item;
use huiyin_domain::unit::Item;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::saying;
use crate::visit::{Answer, Visit, html_as, see};

use super::choices;

#[derive(Template)]
#[template(path = "pages/admin/items.html")]
struct ItemsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    code: &'a str,
    zh: &'a str,
    en: &'a str,
    keywords: &'a str,
    code_error: String,
}

struct Row {
    depth: usize,
    name: String,
    code: String,
    keywords: String,
    closed: bool,
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), StatusCode::OK, String::new()).await
}

async fn draw(visit: &Visit, form: &Form, status: StatusCode, code_error: String) -> Answer {
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let row = |item: &Item| Row {
        depth: item.code.with_ancestors().len() - 1,
        name: item.names.in_lang(page.lang.as_str()).to_owned(),
        code: item.code.to_string(),
        keywords: item.keywords.join(" "),
        closed: item.closed_at.is_some(),
    };
    let drawn = ItemsPage {
        rows: atlas.items().map(row).collect(),
        code: form.text("code"),
        zh: form.text("zh"),
        en: form.text("en"),
        keywords: form.text("keywords"),
        page: &page,
        code_error,
    };
    html_as(status, &drawn)
}

/// Adds an item, or changes the one with this code.
pub async fn keep(visit: Visit, form: Form) -> Answer {
    let Ok(code) = form.text("code").parse() else {
        let said = visit.page().t("admin-item-code-wrong").into_owned();
        return draw(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY, said).await;
    };
    let request = item::Request {
        code,
        names: choices::names(&form),
        keywords: form
            .text("keywords")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    match item::put(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(flash::say(
            see("/admin/items"),
            Tone::Done,
            "item-kept",
            visit.transport(),
        )),
        Err(error) => {
            let (status, said) = saying::refused(&visit.page(), error)?;
            draw(&visit, &form, status, said.text).await
        }
    }
}
