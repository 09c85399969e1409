//! Where is it: from a tracking code to the case, for this browser. The code itself is
//! never in an address that we show, in a log or in a header that travels on.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::cases::track::track;
use huiyin_app::limits::Purpose;
use huiyin_app::windows::own;
use huiyin_app::{Error, Refusal};
use huiyin_domain::code::{BadCode, TrackingCode};

use crate::actor;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};

#[derive(Template)]
#[template(path = "pages/resident/where_is_it.html")]
struct WherePage<'a> {
    page: &'a Page,
    typed: &'a str,
    fault: String,
}

pub async fn show(visit: Visit) -> Answer {
    html(&WherePage {
        page: &visit.page(),
        typed: "",
        fault: String::new(),
    })
}

/// What somebody typed.
pub async fn ask(visit: Visit, form: Form) -> Answer {
    let typed = form.text("code");
    match find(&visit, typed).await? {
        Ok(answer) => Ok(answer),
        Err(key) => {
            let page = visit.page();
            let fault = page.t(key).into_owned();
            html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &WherePage {
                    page: &page,
                    typed,
                    fault,
                },
            )
        }
    }
}

/// What a phone's camera read from a receipt.
pub async fn scanned(visit: Visit, Path(code): Path<String>) -> Answer {
    match find(&visit, &code).await? {
        Ok(answer) => Ok(answer),
        Err(key) => {
            let page = visit.page();
            let fault = page.t(key).into_owned();
            html_as(
                StatusCode::NOT_FOUND,
                &WherePage {
                    page: &page,
                    typed: "",
                    fault,
                },
            )
        }
    }
}

/// To what the code opens, or the key of what is wrong with the code.
async fn find(visit: &Visit, typed: &str) -> Result<Result<Response, &'static str>, Problem> {
    visit.count(Purpose::OpenByCode)?;
    let code: TrackingCode = match typed.parse() {
        Ok(code) => code,
        Err(BadCode::Length) => return Ok(Err("where-bad-length")),
        Err(BadCode::CheckDigit) => return Ok(Err("where-misread")),
    };
    match track(&visit.state.app, &code).await {
        Ok((case, _)) => Ok(Ok(actor::remember(
            visit,
            case,
            see(&format!("/my/{case}")),
        ))),
        Err(Error::Refused(Refusal::NotFound(_))) => booked(visit, &code).await,
        Err(error) => Err(error.into()),
    }
}

/// To the time at a window that the code opens.
async fn booked(
    visit: &Visit,
    code: &TrackingCode,
) -> Result<Result<Response, &'static str>, Problem> {
    match own::track(&visit.state.app, code).await {
        Ok(id) => {
            let to = see(&format!("/appointments/{id}"));
            Ok(Ok(actor::remember_appointment(visit, id, to)))
        }
        Err(Error::Refused(Refusal::NotFound(_))) => Ok(Err("where-unknown")),
        Err(error) => Err(error.into()),
    }
}
