//! Who acts on a case over the API: the machine whose token came with the request, else
//! whoever holds the tracking code in the header `Tracking-Code`.

use axum::http::{HeaderMap, HeaderName};
use huiyin_app::cases::track;
use huiyin_app::error::Thing;
use huiyin_app::limits::Purpose;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::Actor;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::CaseId;

use crate::problem::Problem;
use crate::visit::Visit;

const CODE: HeaderName = HeaderName::from_static("tracking-code");

/// Who acts on this case.
pub async fn on_case(visit: &Visit, headers: &HeaderMap, case: CaseId) -> Result<Actor, Problem> {
    if visit.machine.is_some() {
        return Ok(visit.actor.clone());
    }
    let (own, actor) = by_code(visit, headers).await?;
    match own == case {
        true => Ok(actor),
        false => Err(Refusal::NotFound(Thing::Case).into()),
    }
}

/// The case whose tracking code came with the request, and whoever holds it.
pub async fn by_code(visit: &Visit, headers: &HeaderMap) -> Result<(CaseId, Actor), Problem> {
    let Some(code) = headers.get(CODE) else {
        return Err(Refusal::SignInNeeded.into());
    };
    visit.count(Purpose::OpenByCode)?;
    let code: Option<TrackingCode> = code.to_str().ok().and_then(|code| code.parse().ok());
    // What is no code at all proves nothing: the same answer as none.
    let code = code.ok_or(Refusal::SignInNeeded)?;
    Ok(track::track(&visit.state.app, &code).await?)
}

/// The id in a path; what is no id names nothing.
pub fn id<T: std::str::FromStr>(text: &str, thing: Thing) -> Result<T, Problem> {
    let unknown = || Problem::App(Error::Refused(Refusal::NotFound(thing)));
    text.parse().map_err(|_| unknown())
}
