//! Norms: how long something may take, as published. Lines are added, never changed.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::atlas::Atlas;
use huiyin_app::duties::limit;
use huiyin_app::norms::add::{add, asking};
use huiyin_domain::case::Kind;
use huiyin_domain::norm::{Line, Norm, Scope, Urgency};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::choices;

#[derive(Template)]
#[template(path = "pages/admin/norms.html")]
struct NormsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    error: String,
    clocks: Vec<Choice>,
    requests: Vec<Choice>,
    items: Vec<Choice>,
    urgent: bool,
    from_day: String,
    from_error: String,
    time_limit: String,
    limit_error: String,
}

struct Row {
    clock: String,
    holds_for: String,
    limit: String,
    since: String,
}

/// What is wrong with a line that comes back.
#[derive(Default)]
struct Wrong {
    status: StatusCode,
    error: String,
    from_day: String,
    limit: String,
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

/// What a clock or a term of a kind is called.
fn clock_word(page: &Page, kind: &Kind, name: &str) -> String {
    let key = match kind.term(name) {
        Some(_) => kind.term_key(name),
        None => kind.clock_key(name),
    };
    format!("{} · {}", show::kind_word(page, &kind.slug), page.t(&key))
}

fn request_word(page: &Page, kind: &Kind, word: &str) -> String {
    let field = kind.request_field.as_deref().unwrap_or_default();
    page.t(&kind.choice_key(field, word)).into_owned()
}

/// For what a line holds, in words.
fn holds_for(page: &Page, atlas: &Atlas, kind: &Kind, scope: &Scope) -> String {
    let item = scope.item.as_ref().map(|code| {
        let item = atlas.item(code);
        let name = item.map(|item| item.names.in_lang(page.lang.as_str()).to_owned());
        name.unwrap_or_else(|| code.to_string())
    });
    let request = scope.request.as_ref();
    let request = request.map(|word| request_word(page, kind, word));
    let urgent =
        (scope.urgency == Urgency::Urgent).then(|| page.t("admin-norm-urgent").into_owned());
    let parts: Vec<String> = [item, request, urgent].into_iter().flatten().collect();
    match parts.is_empty() {
        true => page.t("admin-norm-all").into_owned(),
        false => parts.join(" · "),
    }
}

fn rows(visit: &Visit, page: &Page, atlas: &Atlas) -> Vec<Row> {
    let when = When::of(visit, page);
    let kinds = visit.state.app.kinds();
    let mut rows = Vec::new();
    for kind in kinds.current() {
        for (name, allowance) in asking(kind) {
            let row = |line: &Line, since: String| Row {
                clock: clock_word(page, kind, name),
                holds_for: holds_for(page, atlas, kind, &line.scope),
                limit: show::limit(page, line.limit),
                since,
            };
            let always = || page.t("admin-norm-always").into_owned();
            let general = |limit, urgency| {
                let scope = Scope {
                    urgency,
                    ..Scope::default()
                };
                row(&Line { scope, limit }, always())
            };
            rows.push(general(allowance.time, Urgency::Plain));
            rows.extend(
                allowance
                    .urgent
                    .map(|limit| general(limit, Urgency::Urgent)),
            );
            rows.extend(allowance.norms.iter().map(|line| row(line, always())));
            let own = atlas.norms().iter();
            let own = own.filter(|norm| norm.kind == kind.slug && norm.clock == name);
            rows.extend(own.map(|norm| row(&norm.line, when.day(norm.from_day))));
        }
    }
    rows
}

async fn draw(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let atlas = visit.state.app.atlas_now().await?;
    let kinds = visit.state.app.kinds();
    let page = visit.page();
    let choice = |value: String, label: String, field: &str| Choice {
        chosen: form.text(field) == value,
        value,
        label,
    };
    let (mut clocks, mut requests) = (Vec::new(), Vec::new());
    for kind in kinds.current() {
        for (name, _) in asking(kind) {
            let value = format!("{}.{name}", kind.slug);
            clocks.push(choice(value, clock_word(&page, kind, name), "clock"));
        }
        let field = kind
            .request_field
            .as_ref()
            .and_then(|field| kind.field(field));
        for word in field.map(|field| field.kind.words()).unwrap_or_default() {
            let label = request_word(&page, kind, word);
            requests.push(choice(word.to_owned(), label, "request"));
        }
    }
    let drawn = NormsPage {
        rows: rows(visit, &page, &atlas),
        error: wrong.error,
        clocks,
        requests,
        items: choices::items(&page, &atlas, form.text("item")),
        urgent: !form.text("urgent").is_empty(),
        from_day: form.text("from_day").to_owned(),
        from_error: wrong.from_day,
        time_limit: form.text("time_limit").to_owned(),
        limit_error: wrong.limit,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

/// Adds a line.
pub async fn keep(visit: Visit, form: Form) -> Answer {
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let limit = limit::span(form.text("time_limit"));
    let from_day = form.text("from_day").parse().ok();
    let (Some(limit), Some(from_day)) = (limit, from_day) else {
        if limit.is_none() {
            wrong.limit = page.t("admin-limit-wrong").into_owned();
        }
        if from_day.is_none() {
            wrong.from_day = page.t("admin-norm-day-wrong").into_owned();
        }
        return draw(&visit, &form, wrong).await;
    };
    let (kind, clock) = form.text("clock").split_once('.').unwrap_or_default();
    let given = |field: &str| Some(form.text(field).to_owned()).filter(|text| !text.is_empty());
    let norm = Norm {
        kind: kind.to_owned(),
        clock: clock.to_owned(),
        from_day,
        line: Line {
            scope: Scope {
                item: form.text("item").parse().ok(),
                request: given("request"),
                urgency: match given("urgent") {
                    Some(_) => Urgency::Urgent,
                    None => Urgency::Plain,
                },
            },
            limit,
        },
    };
    match add(&visit.state.app, &visit.actor, norm).await {
        Ok(()) => Ok(flash::say(
            see("/admin/norms"),
            Tone::Done,
            "norm-added",
            visit.transport(),
        )),
        Err(error) => {
            wrong.from_day = saying::fault(&page, &error, "from_day");
            let (status, said) = saying::refused(&page, error)?;
            let wrong = Wrong {
                status,
                error: said.text,
                ..wrong
            };
            draw(&visit, &form, wrong).await
        }
    }
}
