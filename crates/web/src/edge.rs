//! Around every request: who is it, then the handler, then what every answer has.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use axum::RequestExt;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use huiyin_app::with_horizon;

use crate::assets;
use crate::cookies::Cookie;
use crate::headers;
use crate::peer;
use crate::problem::{self, Problem};
use crate::state::AppState;
use crate::visit::{Visit, Wants, with_cookie, without_cookie};

static STYLE: LazyLock<HeaderValue> = LazyLock::new(|| {
    let link = format!("<{}>; rel=preload; as=style", assets::url("app.css"));
    HeaderValue::from_str(&link).expect("an address of ours goes into a header")
});

/// Makes the visit, runs what is inside, draws problems, adds the headers.
pub async fn around(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let socket = request
        .extract_parts::<ConnectInfo<SocketAddr>>()
        .await
        .ok();
    let peer = peer::of(
        socket.map(|ConnectInfo(socket)| socket),
        request.headers(),
        &state.config.proxies,
    );
    let (parts, body) = request.into_parts();
    let (visit, problem) = Visit::of(&state, peer, &parts).await;
    let answer = match problem {
        Some(problem) => problem.into_response(),
        None => {
            let mut request = Request::from_parts(parts, body);
            request.extensions_mut().insert(visit.clone());
            with_horizon(Arc::clone(&visit.horizon), next.run(request)).await
        }
    };
    finished(problem::drawn(answer, &visit), &visit)
}

fn finished(mut answer: Response, visit: &Visit) -> Response {
    headers::add(answer.headers_mut(), &visit.nonce, visit.transport());
    if let Some(position) = visit.horizon.more() {
        answer = with_cookie(
            answer,
            Cookie::Horizon.set(&position.to_string(), visit.transport()),
        );
    }
    let is_page = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || visit.wants != Wants::Page {
        return answer;
    }
    if visit.page_says_flash() {
        answer = without_cookie(answer, Cookie::Flash, visit.transport());
    }
    if visit.browser.is_new {
        let cookie = Cookie::Browser.set(visit.browser.id(), visit.transport());
        return with_cookie(answer, cookie);
    }
    // The first page has in it what all pages are drawn with. Later that is asked for, if it must
    // be, when the head of an answer is there: on a slow line long before its first line.
    answer.headers_mut().insert(header::LINK, STYLE.clone());
    answer
}

/// What is answered when nothing of ours has this address.
pub async fn nowhere() -> Problem {
    Problem::NotFound
}

/// What is answered when an address knows other methods only.
pub async fn wrong_method() -> Problem {
    Problem::WrongMethod
}
