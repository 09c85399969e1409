//! How a problem looks as a page: one sentence and a way on. What somebody wrote is not lost
//! with it: a page with one button sends it anew where that may help, or it can be copied.
//! Somebody at the desk stays at the desk, with the rail beside it.

use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse, Response};
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::Class;

use crate::csrf;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::{self, Problem};
use crate::visit::{self, Visit};

/// What is never written into a page.
const SECRETS: [&str; 3] = ["password", "old", "new"];
/// So much is written again without a sigh.
const SHORT_CHARS: usize = 12;

/// What was typed, on an answer that refuses it.
#[derive(Clone)]
struct Typed(Arc<Form>);

/// Keeps what was typed with an answer that refuses it on a page of its own.
pub fn keep_typed(answer: &mut Response, typed: Form) {
    if answer.extensions().get::<Arc<Problem>>().is_some() {
        answer.extensions_mut().insert(Typed(Arc::new(typed)));
    }
}

/// What was typed, when the answer carries it.
pub fn typed(answer: &Response) -> Option<&Form> {
    answer.extensions().get::<Typed>().map(|typed| &*typed.0)
}

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct ProblemPage<'a> {
    page: &'a Page,
    title: String,
    text: String,
    /// What was written and cannot be sent again: it can be copied.
    written: Vec<&'a str>,
    /// Where it can be asked for again, when that may help.
    again: &'a str,
}

#[derive(Template)]
#[template(path = "pages/desk/problem.html")]
struct DeskProblemPage<'a> {
    page: &'a Page,
    title: String,
    text: String,
    written: Vec<&'a str>,
}

/// Why something could not be done.
pub fn page(problem: &Problem, typed: Option<&Form>, visit: &Visit) -> Response {
    let shell = visit.page();
    let page = &shell;
    let title = shell.t(problem.key()).into_owned();
    let text = said(problem, page);
    let written = typed.map(written).unwrap_or_default();
    let answer = match is_at_desk(visit) {
        true => {
            let drawn = DeskProblemPage {
                page,
                title,
                text,
                written,
            };
            visit::html_as(problem.status(), &drawn)
        }
        false => {
            let again = match problem.retry_after_s().is_some() && visit.is_asking {
                true => visit.path.as_str(),
                false => "",
            };
            let drawn = ProblemPage {
                page,
                title,
                text,
                written,
                again,
            };
            visit::html_as(problem.status(), &drawn)
        }
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
    title: String,
    /// What has to be known or done first; empty when pressing is enough.
    text: String,
    /// Where to sign in, in a window beside this one.
    door: &'static str,
    typed: Vec<(&'a str, &'a str)>,
}

/// A form that could not be taken for a reason that passes: the page is too old, somebody is
/// signed in no longer, too many are here just now. Everything typed is kept, and one press
/// sends it anew.
pub fn again(problem: &Problem, form: &Form, visit: &Visit) -> Response {
    let shell = visit.page();
    let typed = form.texts();
    let typed = typed.filter(|(name, _)| *name != csrf::FIELD && !SECRETS.contains(name));
    let drawn = AgainPage {
        title: shell.t(problem.key()).into_owned(),
        text: match problem {
            Problem::Disbelief(..) => String::new(),
            other => said(other, &shell),
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

/// Why it was refused, field by field; what is not there, or not for whoever asks, has one
/// sentence for everybody.
fn said(problem: &Problem, shell: &Page) -> String {
    let refusal = match problem {
        Problem::App(Error::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let tells = |refusal: &&Refusal| {
        let class = refusal.class();
        matches!(refusal, Refusal::Case(_))
            || matches!(class, Class::Invalid | Class::Conflict | Class::Gone)
    };
    let Some(refusal) = refusal.filter(tells) else {
        return problem.general(shell);
    };
    let faults = refusal.faults().iter();
    let faults: Vec<String> = faults
        .filter_map(|fault| problem::told(shell, fault))
        .collect();
    match faults.is_empty() {
        true => problem.text(shell),
        false => faults.join(" "),
    }
}

/// What somebody took the trouble to write, field by field.
fn written(form: &Form) -> Vec<&str> {
    let fields = form.texts().filter(|(name, _)| name.starts_with("f-"));
    let texts = fields.map(|(_, text)| text.trim());
    texts
        .filter(|text| text.chars().count() > SHORT_CHARS)
        .collect()
}
