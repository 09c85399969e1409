//! Taking a step of a case: its form is on the case page; this reads it, and brings the page
//! back filled when something is wrong.

use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::cases::advance::{Request, advance};
use huiyin_app::cases::read;
use huiyin_domain::case::Input;
use huiyin_domain::id::CaseId;

use crate::flash;
use crate::form::Form;
use crate::layout::Tone;
use crate::visit::{Answer, Visit, see};

use super::case::{self, Back};
use super::saying::{self, Said};
use super::step_form::{self, Typed};

pub async fn take(visit: Visit, Path((case, step)): Path<(CaseId, String)>, form: Form) -> Answer {
    let app = &visit.state.app;
    let kind = read::kind(app, &visit.actor, case).await?;
    let read = step_form::read(&visit, &kind, &step, form).await?;
    if read.only_redraw || !read.faults.is_empty() {
        let said = (!read.only_redraw).then(|| Said::fields(&visit.page()));
        let status = match read.only_redraw {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let typed = Typed {
            step: &step,
            form: &read.form,
            faults: read.faults,
        };
        return case::draw(
            &visit,
            case,
            Back {
                status,
                said,
                step: Some(typed),
                ..Back::default()
            },
        )
        .await;
    }
    let request = Request {
        id: case,
        version: read.form.text("version").parse().ok(),
        step: step.clone(),
        input: Input {
            values: read.values,
        },
        key: None,
        at: None,
    };
    match advance(app, &visit.actor, request).await {
        Ok(_) => {
            let answer = see(&format!("/desk/cases/{case}"));
            Ok(flash::say(
                answer,
                Tone::Done,
                "step-taken",
                visit.transport(),
            ))
        }
        Err(error) => {
            let faults = error
                .refusal()
                .map(|r| r.faults().to_vec())
                .unwrap_or_default();
            let (status, said) = saying::refused(&visit.page(), error)?;
            let said = said.above(&faults);
            let typed = Typed {
                step: &step,
                form: &read.form,
                faults,
            };
            let back = Back {
                status,
                said: Some(said),
                step: Some(typed),
                ..Back::default()
            };
            case::draw(&visit, case, back).await
        }
    }
}
