//! What a phone asks before it sends what waits: who is signed in here, a token for forms, and
//! the time, so that a clock that is put right makes nothing old.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;

use crate::cookies::Cookie;
use crate::queued;
use crate::visit::{Answer, Visit, with_cookie};

#[derive(Serialize)]
struct State {
    /// None: nobody has signed in, or not any more.
    owner: Option<String>,
    token: String,
    now_ms: i64,
}

pub async fn show(visit: Visit) -> Answer {
    let state = &visit.state;
    let person = visit.actor.person();
    let token = visit.browser.token(&state.secret, state.chance());
    let answer = Json(State {
        owner: person.map(|person| queued::owner(state, person)),
        token,
        now_ms: state.now().as_millisecond(),
    });
    let answer = answer.into_response();
    Ok(match visit.browser.is_new {
        true => {
            let cookie = Cookie::Browser.set(visit.browser.id(), visit.transport());
            with_cookie(answer, cookie)
        }
        false => answer,
    })
}
