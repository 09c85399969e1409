//! Taking away what is personal in a closed case: a page that says what goes and what stays,
//! with a tick that nobody sets by accident.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::cases::erase::{self, Cause};
use huiyin_app::cases::read;
use huiyin_domain::id::CaseId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::case_view::{Head, Letter};

#[derive(Template)]
#[template(path = "pages/desk/erase.html")]
struct ErasePage<'a> {
    page: &'a Page,
    head: Head,
    /// What is wrong with the tick.
    error: String,
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    draw(&visit, case, StatusCode::OK, String::new()).await
}

/// Erases it, when the tick says so.
pub async fn erase(visit: Visit, Path(case): Path<CaseId>, form: Form) -> Answer {
    if form.text("sure") != "yes" {
        let error = visit.page().t("desk-erase-unsure").into_owned();
        return draw(&visit, case, StatusCode::UNPROCESSABLE_ENTITY, error).await;
    }
    erase::erase(&visit.state.app, &visit.actor, case, Cause::Asked).await?;
    let answer = see(&format!("/desk/cases/{case}"));
    Ok(flash::say(
        answer,
        Tone::Done,
        "case-erased",
        visit.transport(),
    ))
}

async fn draw(visit: &Visit, id: CaseId, status: StatusCode, error: String) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let case = read::read(app, &visit.actor, id).await?;
    if !case.may_erase {
        return Err(Problem::NotFound);
    }
    let atlas = app.atlas_now().await?;
    let when = super::show::when(visit, &page);
    let letter = Letter {
        page: &page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor: &visit.actor,
    };
    let drawn = ErasePage {
        head: letter.head(),
        page: &page,
        error,
    };
    html_as(status, &drawn)
}
