//! What whoever brought it in does with their case: judge, add, withdraw, confirm, thank.

use axum::extract::Path;
use huiyin_app::cases::advance::{self, Request};
use huiyin_app::cases::read;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::Input;
use huiyin_domain::id::CaseId;

use crate::fields::{self, Sheet, Suggested};
use crate::flash;
use crate::form::Form;
use crate::layout::Tone;
use crate::problem;
use crate::visit::{Answer, Visit, see};

use super::case::{self, Entered};

pub async fn take(visit: Visit, Path((id, name)): Path<(CaseId, String)>, form: Form) -> Answer {
    let app = &visit.state.app;
    let actor = visit.acting_on(id);
    let kind = read::kind(app, &actor, id).await?;
    let step = kind.step(&name);
    let asked: Vec<_> = step
        .map(|step| {
            step.fields
                .iter()
                .filter(|asked| !asked.staff_only)
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind: &kind,
        asked: &asked,
        prefix: "",
        suggested: &suggested,
    };
    let read = fields::read(&visit, sheet, form).await?;
    if read.only_redraw {
        let entered = Entered {
            step: &name,
            form: &read.form,
            faults: &[],
            refused: None,
        };
        return case::page(&visit, id, Some(entered)).await;
    }
    let taken = match read.faults.is_empty() {
        false => Err(Error::Refused(Refusal::Invalid(read.faults))),
        true => {
            let request = Request {
                id,
                version: read
                    .form
                    .get("version")
                    .and_then(|version| version.parse().ok()),
                step: name.clone(),
                input: Input {
                    values: read.values,
                },
                key: None,
                at: None,
            };
            advance::advance(app, &actor, request).await
        }
    };
    match taken {
        Ok(_) => {
            let to = see(&format!("/my/{id}"));
            Ok(flash::say(to, Tone::Done, "noted", visit.transport()))
        }
        Err(error) => {
            let refused = problem::refused(&visit.page(), error)?;
            let entered = Entered {
                step: &name,
                form: &read.form,
                faults: &refused.faults,
                refused: Some(&refused),
            };
            case::page(&visit, id, Some(entered)).await
        }
    }
}
