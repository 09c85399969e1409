//! List and search cases.

use axum::Json;
use axum::response::IntoResponse;
use huiyin_app::cases::list::{self, Filter, Order, ROWS_MAX, Request, State};

use crate::api::v1::cursor::Opaque;
use crate::api::v1::query::Query;
use crate::api::v1::shapes::{CaseRow, CaseRows};
use crate::api::v1::tongue::Tongue;
use crate::visit::{Answer, Visit};

const ROWS_DEFAULT: usize = 50;
const TEXT_CHARS_MAX: usize = 100;

/// List the cases that you may see: open ones by the time when they fall due, everything
/// else, and whatever is searched for, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/cases",
    operation_id = "listCases",
    tag = "cases",
    security(("token" = ["cases:read"])),
    params(
        ("state" = Option<String>, Query, pattern = "^(open|closed|all)$",
            description = "By default `open`"),
        ("order" = Option<String>, Query, pattern = "^(due|newest)$",
            description = "By default `due`; of effect on open cases"),
        ("kind" = Option<String>, Query, pattern = "^[a-z][a-z0-9_-]{0,39}$"),
        ("stage" = Option<String>, Query, pattern = "^[a-z][a-z0-9_-]{0,39}$"),
        ("item" = Option<String>, Query, description = "With everything below it",
            pattern = r"^[a-z0-9-]{1,30}(\.[a-z0-9-]{1,30}){0,3}$"),
        ("place" = Option<String>, Query, description = "With everything within it",
            pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$"),
        ("urgent" = Option<bool>, Query, description = "Only urgent ones"),
        ("late" = Option<bool>, Query, description = "Only those whose clock has run out"),
        ("text" = Option<String>, Query, min_length = 1, max_length = 100,
            description = "Words that the case has, in Chinese or any other language"),
        ("cursor" = Option<String>, Query, pattern = "^[A-Za-z0-9_-]{22}$",
            description = "`next` of the page before; with the same other parameters"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200,
            description = "How many rows; by default 50"),
    ),
    responses((status = 200, body = CaseRows, description = "One page of the list"))
)]
pub async fn list(visit: Visit) -> Answer {
    let app = &visit.state.app;
    let request = asked(&visit)?;
    let reply = list::list(app, &visit.actor, request).await?;
    let tongue = Tongue::of(&visit);
    let cases = reply
        .rows
        .iter()
        .map(|row| CaseRow::of_list(row, &reply, &tongue))
        .collect();
    let next = reply.next.map(|cursor| Opaque(cursor).to_string());
    Ok(Json(CaseRows { cases, next }).into_response())
}

fn asked(visit: &Visit) -> Result<Request, crate::problem::Problem> {
    let mut query = Query::of(visit)?;
    let states = [
        ("open", State::Open),
        ("closed", State::Closed),
        ("all", State::All),
    ];
    let orders = [("due", Order::Due), ("newest", Order::Newest)];
    let filter = Filter {
        state: query.one_of("state", &states),
        order: query.one_of("order", &orders),
        kind: query.name("kind"),
        stage: query.name("stage"),
        item: query.parsed("item", "fault-not-item"),
        place: query.parsed("place", "fault-not-place"),
        urgent_only: query.flag("urgent"),
        due_before: query.flag("late").then(|| visit.state.now()),
        ..Filter::default()
    };
    let request = Request {
        filter,
        text: query.text("text", TEXT_CHARS_MAX).unwrap_or_default(),
        after: query
            .parsed::<Opaque>("cursor", "fault-cursor")
            .map(|cursor| cursor.0),
        limit: query.limit(ROWS_DEFAULT, ROWS_MAX),
    };
    query.finish()?;
    Ok(request)
}
