//! Anybody checks whether a certificate is true: by its code, typed or scanned.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::limits::Purpose;
use huiyin_app::volunteers::check;
use huiyin_domain::code::{BadCode, TrackingCode};
use huiyin_domain::volunteer::CertificateState;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as};
use crate::when::When;

use super::certificate::{Told, told};

#[derive(Template)]
#[template(path = "pages/volunteer/check.html")]
struct CheckPage<'a> {
    page: &'a Page,
    typed: &'a str,
    fault: String,
    found: Option<Found>,
}

/// What the code stands for.
enum Found {
    Valid { told: Box<Told>, made: String },
    Revoked { when: String },
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, "", Ok(None), StatusCode::OK)
}

fn draw(
    visit: &Visit,
    typed: &str,
    found: Result<Option<Found>, &'static str>,
    status: StatusCode,
) -> Answer {
    let page = visit.page();
    let (found, fault) = match found {
        Ok(found) => (found, String::new()),
        Err(key) => (None, page.t(key).into_owned()),
    };
    let drawn = CheckPage {
        page: &page,
        typed,
        fault,
        found,
    };
    match status {
        StatusCode::OK => html(&drawn),
        other => html_as(other, &drawn),
    }
}

/// What somebody typed.
pub async fn ask(visit: Visit, form: Form) -> Answer {
    let typed = form.text("code");
    let found = find(&visit, typed).await?;
    let status = match found {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    draw(&visit, typed, found.map(Some), status)
}

/// What a camera read from the paper.
pub async fn scanned(visit: Visit, Path(code): Path<String>) -> Answer {
    let found = find(&visit, &code).await?;
    let status = match found {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::NOT_FOUND,
    };
    draw(&visit, "", found.map(Some), status)
}

async fn find(visit: &Visit, typed: &str) -> Result<Result<Found, &'static str>, Problem> {
    visit.count(Purpose::OpenByCode)?;
    let code: TrackingCode = match typed.parse() {
        Ok(code) => code,
        Err(BadCode::Length) => return Ok(Err("where-bad-length")),
        Err(BadCode::CheckDigit) => return Ok(Err("where-misread")),
    };
    let page = visit.page();
    let when = When::of(visit, &page);
    let Some(found) = check::check(&visit.state.app, &code).await? else {
        return Ok(Err("certificate-unknown"));
    };
    Ok(Ok(match &found.state {
        CertificateState::Valid(content) => Found::Valid {
            told: Box::new(told(visit, &page, content).await?),
            made: when.day_of(found.made_at),
        },
        CertificateState::Revoked { at } => Found::Revoked {
            when: when.day_of(*at),
        },
    }))
}
