//! Who looked at whose data, and why: for the auditor, newest first. The log names posts
//! and cases, never what was seen.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::looks::{self, Of};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/admin/looks.html")]
struct LooksPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    when: String,
    who: String,
    what: String,
    purpose: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let app = &visit.state.app;
    let found = looks::latest(app, &visit.actor, asked.text("before").parse().ok()).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let older = match (found.len() >= looks::SHOWN, found.last()) {
        (true, Some(last)) => format!("/admin/looks?before={}", last.id),
        _ => String::new(),
    };
    let rows = found.into_iter().map(|look| {
        let unit = look.unit.and_then(|unit| atlas.unit(unit));
        let (key, subject) = match &look.of {
            Of::Case(case, what) => (format!("admin-look-{what}"), case.to_string()),
            Of::Household(id) => ("admin-look-household".to_owned(), id.to_string()),
            Of::Appointment(id) => ("admin-look-appointment".to_owned(), id.to_string()),
        };
        Row {
            when: when.moment(look.at),
            who: unit.map_or_else(
                || page.t("desk-some-unit").into_owned(),
                |unit| unit.names.in_lang(page.lang.as_str()).to_owned(),
            ),
            what: page.ts(&key, "case", &subject).into_owned(),
            purpose: match look.purpose.is_empty() {
                true => page.t("look-caller").into_owned(),
                false => look.purpose,
            },
        }
    });
    html(&LooksPage {
        rows: rows.collect(),
        page: &page,
        older,
    })
}
