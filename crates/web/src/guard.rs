//! What stands before every handler: the permission column of the table of routes, and
//! for whatever changes something the form with its token.

use std::collections::HashMap;

use axum::RequestExt;
use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use huiyin_app::identity::token::Scope;
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::id::CaseId;

use crate::csrf;
use crate::form::{self, Form};
use crate::pages::problem as drawing;
use crate::problem::{Desk, Problem};
use crate::visit::{Visit, Wants};
use crate::{offline, queued};

/// Who may use a route. What they then may do with a single case is decided by the
/// operation; this keeps out whoever never could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Everybody.
    Public,
    /// Whoever brought in the case `{case}` of the path.
    Petitioner,
    /// Anybody who has signed in.
    SignedIn,
    /// Anybody who holds a post.
    Desk,
    /// Anybody whose post may do this to something.
    Staff(Action),
    /// A machine whose token has this scope.
    Api(Scope),
    /// A machine whose token has this scope; or somebody without a token, of whom the
    /// operation asks a tracking code or nothing.
    ApiOrAnyone(Scope),
    /// A machine with any token.
    ApiToken,
}

impl Permission {
    /// Whether the sender of a request may come in.
    pub fn admits(self, visit: &Visit, case: Option<CaseId>) -> Result<(), Problem> {
        let signed_in = visit.actor.person().is_some();
        let staff = |may: bool| match (may, signed_in) {
            (true, _) => Ok(()),
            (false, true) => Err(Problem::NotPermitted),
            (false, false) => Err(Problem::SignInNeeded(Desk::Staff)),
        };
        match self {
            Permission::Public => Ok(()),
            Permission::Petitioner => match case {
                Some(case) if visit.shown.contains(&case) => Ok(()),
                // Whether the case is theirs is for the operation to say.
                Some(_) if signed_in => Ok(()),
                _ => Err(Problem::NotFound),
            },
            Permission::SignedIn if signed_in => Ok(()),
            Permission::SignedIn => Err(Problem::SignInNeeded(Desk::Resident)),
            Permission::Desk => staff(visit.actor.is_staff()),
            Permission::Staff(action) => staff(may_somewhere(&visit.actor, action)),
            Permission::Api(scope) => match &visit.machine {
                Some(machine) if machine.has(scope) => Ok(()),
                Some(_) => Err(Problem::NotPermitted),
                None => Err(Problem::SignInNeeded(Desk::Staff)),
            },
            Permission::ApiOrAnyone(scope) => match &visit.machine {
                Some(machine) if !machine.has(scope) => Err(Problem::NotPermitted),
                _ => Ok(()),
            },
            Permission::ApiToken if visit.machine.is_some() => Ok(()),
            Permission::ApiToken => Err(Problem::SignInNeeded(Desk::Staff)),
        }
    }
}

/// Lets a request in, or answers why not.
pub async fn stand(
    State(permission): State<Permission>,
    visit: Visit,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request
        .extract_parts::<Path<HashMap<String, String>>>()
        .await;
    let case = path.ok().and_then(|path| path.get("case")?.parse().ok());
    // A token that does not count is told so, also where none is needed.
    let presented = request.headers().contains_key(header::AUTHORIZATION);
    if visit.wants == Wants::Json && presented && visit.machine.is_none() {
        return Problem::SignInNeeded(Desk::Staff).into_response();
    }
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let is_form = changes && visit.wants != Wants::Json;
    match permission.admits(&visit, case) {
        Ok(()) => {}
        Err(Problem::SignInNeeded(desk)) if is_form => {
            return signed_out(&visit, desk, request).await.into_response();
        }
        Err(problem) => return problem.into_response(),
    }
    if !is_form {
        return kept(&visit, request, next).await;
    }
    let request = match believed(&visit, request).await {
        Ok(believed) => believed,
        Err(problem) => return problem.into_response(),
    };
    match queued::of(&visit, request.headers()) {
        Ok(None) => {}
        Ok(Some(queued)) => return queued::once(&visit, queued, request, next).await,
        Err(problem) => return problem.into_response(),
    }
    let typed = request.extensions().get().map(Form::typed);
    let mut answer = next.run(request).await;
    drawing::keep_typed(&mut answer, typed.unwrap_or_default());
    answer
}

/// A page, and whether a phone may keep it for whoever has signed in.
async fn kept(visit: &Visit, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let may_keep = path.is_some_and(|path| offline::is_kept(path.as_str()));
    let mut answer = next.run(request).await;
    if may_keep && visit.visitor.is_some() && answer.status() == StatusCode::OK {
        answer.headers_mut().insert(offline::HEADER, offline::KEEP);
    }
    answer
}

/// Whoever sent this is signed in no longer: they may have written for an hour, so what they
/// typed comes back to them.
async fn signed_out(visit: &Visit, desk: Desk, request: Request) -> Problem {
    match believed(visit, request).await {
        Ok(mut request) => match request.extensions_mut().remove() {
            Some(form) => Problem::SignedOut(desk, form),
            None => Problem::SignInNeeded(desk),
        },
        Err(problem) => problem,
    }
}

/// The request with its form read and its token checked.
async fn believed(visit: &Visit, request: Request) -> Result<Request, Problem> {
    let headers = request.headers().clone();
    csrf::check_origin(&headers, &visit.origin)
        .map_err(|disbelief| Problem::Disbelief(disbelief, Form::default()))?;
    let (parts, body) = request.into_parts();
    let mut empty = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let form = form::read(Request::from_parts(parts, body)).await;
    let form = form.map_err(Problem::Form)?;
    let token = form.get(csrf::FIELD);
    let is_text = !form.has_nul();
    match visit.browser.check(&visit.state.secret, &headers, token) {
        Ok(()) if is_text => {
            empty.extensions_mut().insert(form);
            Ok(empty)
        }
        Ok(()) => Err(Problem::NotText(form)),
        Err(disbelief) => Err(Problem::Disbelief(disbelief, form)),
    }
}
