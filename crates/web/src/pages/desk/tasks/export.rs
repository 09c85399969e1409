//! All parts of a task as a table to take along: who has it, how it stands, what was counted.

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use huiyin_app::tasks::export;
use huiyin_domain::id::TaskId;

use crate::form::Form;
use crate::pages::desk::rates::line;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};
use crate::when::When;

pub async fn csv(visit: Visit, Path(id): Path<TaskId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let at = match query.text("at") {
        "" => None,
        code => Some(code.parse().map_err(|_| Problem::NotFound)?),
    };
    let (task, lines) = export::export(&visit.state.app, &visit.actor, id, at).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let heads = [
        "task-what",
        "task-code",
        "desk-place",
        "task-who",
        "task-state",
        "task-due",
        "task-changed",
    ];
    let mut head: Vec<String> = heads.map(|key| page.t(key).into_owned()).to_vec();
    head.push(task.evidence.counted_in.clone());
    let mut text = String::from('\u{feff}');
    line(&mut text, &head);
    for one in &lines {
        let state = format!("task-state-{}", one.part.state.word());
        let cells = [
            task.title.clone(),
            one.part.place.to_string(),
            one.names.in_lang(lang).to_owned(),
            one.unit.in_lang(lang).to_owned(),
            page.t(&state).into_owned(),
            task.due_on.to_string(),
            one.part
                .changed_at
                .to_zoned(when.zone.clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string(),
            one.part
                .amount
                .map(|amount| amount.to_string())
                .unwrap_or_default(),
        ];
        line(&mut text, &cells);
    }
    let mut answer = text.into_response();
    let headers = answer.headers_mut();
    let media = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media);
    let attached = HeaderValue::from_static("attachment; filename=\"task.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, attached);
    Ok(answer)
}
