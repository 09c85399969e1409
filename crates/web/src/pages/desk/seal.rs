//! Opening the seal: who brought a case in, for a purpose that they will read.

use axum::extract::Path;
use huiyin_app::cases::petitioner::{Request, unseal};
use huiyin_domain::id::CaseId;

use crate::form::Form;
use crate::visit::{Answer, Visit};

use super::case::{self, Back};
use super::saying;

/// Opens the seal and shows what is behind it, this once.
pub async fn open(visit: Visit, Path(case): Path<CaseId>, form: Form) -> Answer {
    let request = Request {
        case,
        purpose: form.text("purpose").to_owned(),
    };
    let back = match unseal(&visit.state.app, &visit.actor, request).await {
        Ok(petitioner) => Back {
            opened: Some(petitioner),
            ..Back::default()
        },
        Err(error) => {
            let page = visit.page();
            let purpose_error = saying::fault(&page, &error, "purpose");
            let (status, said) = saying::refused(&page, error)?;
            Back {
                status,
                said: Some(said),
                purpose_error,
                ..Back::default()
            }
        }
    };
    case::draw(&visit, case, back).await
}
