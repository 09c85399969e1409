//! Who is asking: a signed-in person by the cookie of their session, whoever brought a
//! case in by the cookie that a shown tracking code leaves, a machine by its token.

use std::str::FromStr;

use axum::http::{HeaderMap, header};
use axum::response::Response;
use huiyin_app::identity::session::{self, Visitor};
use huiyin_app::identity::token::{self, Machine};
use huiyin_domain::access::Actor;
use huiyin_domain::id::{AppointmentId, CaseId};

use crate::cookies::Cookie;
use crate::problem::Problem;
use crate::seal::Purpose;
use crate::state::AppState;
use crate::visit::{Visit, Wants, with_cookie};

/// Who is asking.
#[derive(Clone, Debug)]
pub struct Known {
    pub actor: Actor,
    /// The session, when a person has signed in.
    pub visitor: Option<Visitor>,
    /// The token, when a machine asks.
    pub machine: Option<Machine>,
}

impl Known {
    pub(crate) fn nobody() -> Known {
        Known {
            actor: Actor::anyone(),
            visitor: None,
            machine: None,
        }
    }
}

/// Who is asking: over the API by the token alone, so that no page of another site can
/// make a browser ask; elsewhere by the session alone.
pub async fn known(state: &AppState, wants: Wants, headers: &HeaderMap) -> Result<Known, Problem> {
    if wants == Wants::Json {
        let Some(token) = bearer(headers) else {
            return Ok(Known::nobody());
        };
        let machine = token::machine(&state.app, token).await?;
        return Ok(machine.map_or_else(Known::nobody, |machine| Known {
            actor: machine.actor.clone(),
            visitor: None,
            machine: Some(machine),
        }));
    }
    let Some(token) = Cookie::Session.read(headers, state.transport()) else {
        return Ok(Known::nobody());
    };
    let visitor = session::visitor(&state.app, token).await?;
    Ok(visitor.map_or_else(Known::nobody, |visitor| Known {
        actor: visitor.actor.clone(),
        visitor: Some(visitor),
        machine: None,
    }))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = line.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

/// A browser remembers so many cases at most; the oldest is forgotten first.
const SHOWN_MAX: usize = 12;

/// The cases whose tracking codes were shown in this browser.
pub fn shown_cases(state: &AppState, headers: &HeaderMap) -> Vec<CaseId> {
    shown(state, headers, (Cookie::Cases, Purpose::ShownCases))
}

/// The appointments whose codes were shown in this browser.
pub fn shown_appointments(state: &AppState, headers: &HeaderMap) -> Vec<AppointmentId> {
    let kept = (Cookie::Appointments, Purpose::ShownAppointments);
    shown(state, headers, kept)
}

fn shown<T: FromStr>(
    state: &AppState,
    headers: &HeaderMap,
    (cookie, purpose): (Cookie, Purpose),
) -> Vec<T> {
    let sealed = cookie.read(headers, state.transport());
    let ids = sealed.and_then(|sealed| state.secret.open(purpose, sealed));
    ids.unwrap_or_default()
        .split('.')
        .filter_map(|id| id.parse().ok())
        .take(SHOWN_MAX)
        .collect()
}

/// The answer, after which this browser may read the case whose code it has shown.
pub fn remember(visit: &Visit, case: CaseId, answer: Response) -> Response {
    let others = visit.shown.iter().filter(|shown| **shown != case);
    let all = std::iter::once(&case).chain(others);
    with_shown(visit, (Cookie::Cases, Purpose::ShownCases), all, answer)
}

/// The answer, after which this browser has forgotten the case.
pub fn forget(visit: &Visit, case: CaseId, answer: Response) -> Response {
    let others = visit.shown.iter().filter(|shown| **shown != case);
    with_shown(visit, (Cookie::Cases, Purpose::ShownCases), others, answer)
}

/// The answer, after which this browser may open the appointment whose code it has shown.
pub fn remember_appointment(visit: &Visit, id: AppointmentId, answer: Response) -> Response {
    let others = visit.booked.iter().filter(|shown| **shown != id);
    let all = std::iter::once(&id).chain(others);
    let kept = (Cookie::Appointments, Purpose::ShownAppointments);
    with_shown(visit, kept, all, answer)
}

fn with_shown<'a, T: ToString + 'a>(
    visit: &Visit,
    (cookie, purpose): (Cookie, Purpose),
    ids: impl Iterator<Item = &'a T>,
    answer: Response,
) -> Response {
    let ids: Vec<String> = ids.take(SHOWN_MAX).map(ToString::to_string).collect();
    let sealed = visit.state.secret.close(purpose, &ids.join("."));
    with_cookie(answer, cookie.set(&sealed, visit.transport()))
}
