//! What administrators did: posts given and ended, lists imported, tokens made. For the
//! auditor, newest first.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::administration;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/admin/log.html")]
struct LogPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    when: String,
    who: String,
    what: String,
    subject: String,
    particulars: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let app = &visit.state.app;
    let before = asked.text("before").parse().ok();
    let found = administration::log(app, &visit.actor, before).await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let older = match (found.len() >= administration::LOG_PAGE, found.last()) {
        (true, Some(last)) => format!("/admin/log?before={}", last.act.id),
        _ => String::new(),
    };
    let rows = found.into_iter().map(|line| Row {
        when: when.moment(line.act.at),
        who: line
            .name
            .unwrap_or_else(|| page.t("admin-log-house").into_owned()),
        what: page.t(&format!("admin-act-{}", line.act.act)).into_owned(),
        subject: line.act.subject,
        particulars: match line.act.shape.as_str() {
            "{}" => String::new(),
            shape => shape.trim_matches(['{', '}']).replace(['"'], ""),
        },
    });
    html(&LogPage {
        rows: rows.collect(),
        page: &page,
        older,
    })
}
