//! The one table of routes: method, path, who may, handler.
//!
//! To add a page: its handler under `pages/` (or `api/`), and its row here. The tests
//! go over every row with every role; a route that is not here does not exist.

use std::time::Duration;

use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::guard::Permission;
use crate::pages::{desk, public, settings};
use crate::state::AppState;
use crate::{assets, edge, fields, guard, problem};

use Permission::Public;

/// One row of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub permission: Permission,
    handler: MethodRouter<AppState>,
}

fn get<H, T>(path: &'static str, permission: Permission, handler: H) -> Route
where
    H: Handler<T, AppState>,
    T: 'static,
{
    Route {
        method: Method::GET,
        path,
        permission,
        handler: on(MethodFilter::GET, handler),
    }
}

fn post<H, T>(path: &'static str, permission: Permission, handler: H) -> Route
where
    H: Handler<T, AppState>,
    T: 'static,
{
    Route {
        method: Method::POST,
        path,
        permission,
        handler: on(MethodFilter::POST, handler),
    }
}

/// Every route there is.
pub fn table() -> Vec<Route> {
    let areas: [Vec<Route>; 2] = [for_everybody(), for_the_desk()];
    areas.into_iter().flatten().collect()
}

#[rustfmt::skip]
fn for_everybody() -> Vec<Route> {
    vec![
        get(assets::ROUTE, Public, assets::serve),
        get("/places", Public, fields::place::find),
        get("/", Public, public::front::show),
        get("/settings", Public, settings::show),
        post("/settings", Public, settings::change),
    ]
}

#[rustfmt::skip]
fn for_the_desk() -> Vec<Route> {
    vec![
        get("/desk/sign-in", Public, desk::sign_in::show),
        post("/desk/sign-in", Public, desk::sign_in::enter),
        get("/desk/sign-in/code", Public, desk::sign_in::ask_code),
        post("/desk/sign-in/code", Public, desk::sign_in::prove),
        post("/desk/sign-out", Public, desk::sign_in::leave),
        get("/desk/invite/{token}", Public, desk::invite::show),
        post("/desk/invite/{token}", Public, desk::invite::accept),
        get("/desk/help", Permission::Desk, desk::help::show),
    ]
}

/// The table as a service, with everything that stands around every request.
pub fn router(state: AppState) -> Router {
    let mut router = Router::new();
    for route in table() {
        let guard = middleware::from_fn_with_state(route.permission, guard::stand);
        router = router.route(route.path, route.handler.route_layer(guard));
    }
    let answer_within: Duration = state.config.answer_within;
    router
        .method_not_allowed_fallback(edge::wrong_method)
        .fallback(edge::nowhere)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            answer_within,
        ))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(state.clone(), edge::around))
        .layer(CompressionLayer::new())
        .with_state(state)
}
