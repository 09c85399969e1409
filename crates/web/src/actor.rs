//! Who is asking: a signed-in person by the cookie of their session, whoever brought a
//! case in by the cookie that a shown tracking code leaves, a machine by its token.

use axum::http::HeaderMap;
use axum::response::Response;
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_domain::words::Lang;

use crate::cookies::Cookie;
use crate::problem::Problem;
use crate::seal::Purpose;
use crate::state::AppState;
use crate::visit::{Visit, with_cookie};

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub name: String,
}

impl SignedIn {
    /// What the person is called on pages of this language.
    pub fn called(&self, _lang: Lang) -> String {
        self.name.clone()
    }
}

/// Who is asking.
#[derive(Clone, Debug)]
pub struct Known {
    pub actor: Actor,
    pub signed_in: Option<SignedIn>,
}

/// Who is asking, by session or token.
pub async fn known(_state: &AppState, _headers: &HeaderMap) -> Result<Known, Problem> {
    Ok(Known {
        actor: Actor::anyone(),
        signed_in: None,
    })
}

/// A browser remembers so many cases at most; the oldest is forgotten first.
const SHOWN_MAX: usize = 12;

/// The cases whose tracking codes were shown in this browser.
pub fn shown_cases(state: &AppState, headers: &HeaderMap) -> Vec<CaseId> {
    let sealed = Cookie::Cases.read(headers, state.config.transport());
    let ids = sealed.and_then(|sealed| state.secret.open(Purpose::ShownCases, sealed));
    ids.unwrap_or_default()
        .split('.')
        .filter_map(|id| id.parse().ok())
        .take(SHOWN_MAX)
        .collect()
}

/// The answer, after which this browser may read the case whose code it has shown.
pub fn remember(visit: &Visit, case: CaseId, answer: Response) -> Response {
    let others = visit.shown.iter().filter(|shown| **shown != case);
    let ids: Vec<String> = std::iter::once(&case)
        .chain(others)
        .take(SHOWN_MAX)
        .map(ToString::to_string)
        .collect();
    let sealed = visit
        .state
        .secret
        .close(Purpose::ShownCases, &ids.join("."));
    with_cookie(answer, Cookie::Cases.set(&sealed, visit.transport()))
}
