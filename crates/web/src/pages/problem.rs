//! How a problem looks as a page: one sentence and a way on. Somebody at the desk stays at the
//! desk, with the rail beside it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::csrf;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{self, Visit};

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct ProblemPage<'a> {
    page: &'a Page,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/desk/problem.html")]
struct DeskProblemPage<'a> {
    page: &'a Page,
    title: String,
    text: String,
}

/// Why something could not be done.
pub fn page(problem: &Problem, visit: &Visit) -> Response {
    let shell = visit.page();
    let seconds = i64::from(problem.retry_after_s().unwrap_or(0));
    let title = shell.t(problem.key()).into_owned();
    let text = shell
        .tn(&format!("{}.text", problem.key()), "seconds", seconds)
        .into_owned();
    let answer = match is_at_desk(visit) {
        true => visit::html_as(
            problem.status(),
            &DeskProblemPage {
                page: &shell,
                title,
                text,
            },
        ),
        false => visit::html_as(
            problem.status(),
            &ProblemPage {
                page: &shell,
                title,
                text,
            },
        ),
    };
    answer.unwrap_or_else(|_| problem.status().into_response())
}

/// Whether somebody on duty asked for a page of the desk.
fn is_at_desk(visit: &Visit) -> bool {
    let path = visit.path.as_str();
    visit.actor.is_staff() && (path.starts_with("/desk") || path.starts_with("/admin"))
}

#[derive(Template)]
#[template(path = "pages/again.html")]
struct AgainPage<'a> {
    page: &'a Page,
    typed: Vec<(&'a str, &'a str)>,
}

/// The page was open for too long: everything typed is kept, one press sends it anew.
pub fn again(form: &Form, visit: &Visit) -> Response {
    let shell = visit.page();
    let typed = form
        .texts()
        .filter(|(name, _)| *name != csrf::FIELD && !name.contains("password"))
        .collect();
    let drawn = AgainPage {
        page: &shell,
        typed,
    };
    let answer = visit::html_as(StatusCode::FORBIDDEN, &drawn);
    answer.unwrap_or_else(|_| StatusCode::FORBIDDEN.into_response())
}
