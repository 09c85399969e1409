//! A form that could not be taken for a reason that passes: the page is too old, somebody is
//! signed in no longer, too many are here just now. Everything typed is kept, and one press
//! sends it anew.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::csrf;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{self, Visit};

/// What is never written into a page.
const SECRETS: [&str; 3] = ["password", "old", "new"];

#[derive(Template)]
#[template(path = "pages/again.html")]
struct AgainPage<'a> {
    page: &'a Page,
    title: String,
    /// What has to be known or done first; empty when pressing is enough.
    text: String,
    /// Where to sign in, in a window beside this one.
    door: &'static str,
    typed: Vec<(&'a str, &'a str)>,
}

/// So much is written again without a sigh.
const SHORT_CHARS: usize = 12;

/// What somebody took the trouble to write, field by field.
pub(crate) fn written(form: &Form) -> Vec<&str> {
    let fields = form.texts().filter(|(name, _)| name.starts_with("f-"));
    let texts = fields.map(|(_, text)| text.trim());
    texts
        .filter(|text| text.chars().count() > SHORT_CHARS)
        .collect()
}

pub(crate) fn page(problem: &Problem, form: &Form, visit: &Visit) -> Response {
    let shell = visit.page();
    let typed = form.texts();
    let typed = typed.filter(|(name, _)| *name != csrf::FIELD && !SECRETS.contains(name));
    let drawn = AgainPage {
        title: shell.t(problem.key()).into_owned(),
        text: match problem {
            Problem::Disbelief(..) => String::new(),
            other => other.page_text(&shell),
        },
        door: match problem {
            Problem::SignedOut(desk, _) => desk.door(),
            _ => "",
        },
        typed: typed.collect(),
        page: &shell,
    };
    let answer = visit::html_as(problem.status(), &drawn);
    answer.unwrap_or_else(|_| problem.status().into_response())
}
