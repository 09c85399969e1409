//! Saved views of the inbox: keep the filters that are on under a name, forget them again.

use axum::extract::Path;
use huiyin_app::views;
use huiyin_domain::id::ViewId;

use crate::flash;
use crate::form::Form;
use crate::layout::Tone;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, see};

use super::list_query::ListQuery;

/// A saved view as the inbox offers it.
pub struct SavedView {
    pub id: String,
    pub name: String,
    pub query: String,
}

/// The views of whoever asks.
pub async fn of(visit: &Visit) -> Result<Vec<SavedView>, Problem> {
    let held = views::list(&visit.state.app, &visit.actor).await?;
    let shown = held.into_iter().map(|view| SavedView {
        id: view.id.to_string(),
        name: view.name,
        query: view.query,
    });
    Ok(shown.collect())
}

/// Keeps the filters under a name. Only what the list understands is kept.
pub async fn save(visit: Visit, form: Form) -> Answer {
    let query = ListQuery::read(form.get("query")).with(|_| ());
    let answer = see(&format!("/desk?{query}"));
    match views::save(&visit.state.app, &visit.actor, form.text("name"), &query).await {
        Ok(()) => Ok(flash::say(
            answer,
            Tone::Done,
            "view-kept",
            visit.transport(),
        )),
        Err(error)
            if error
                .refusal()
                .is_some_and(|refusal| !refusal.faults().is_empty()) =>
        {
            Ok(flash::say(
                answer,
                Tone::Late,
                "view-unfit",
                visit.transport(),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn forget(visit: Visit, Path(view): Path<ViewId>) -> Answer {
    views::remove(&visit.state.app, &visit.actor, view).await?;
    Ok(flash::say(
        see("/desk"),
        Tone::Done,
        "view-forgotten",
        visit.transport(),
    ))
}
