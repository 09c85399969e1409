//! The one table of routes: method, path, who may, handler.
//!
//! To add a page: its handler under `pages/` (or `api/`), and its row here. The tests
//! go over every row with every role; a route that is not here does not exist.

mod civic_posts;
mod guide;
mod households;
mod installations;
mod maps;
mod meetings;
mod orders;
mod queue;
mod rounds;

use std::time::Duration;

use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::routing::{MethodFilter, MethodRouter, on};
use huiyin_app::identity::token::Scope;
use huiyin_domain::access::Action;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::api::v1;
use crate::guard::Permission;
use crate::pages::{admin, desk, public, resident, samples, settings};
use crate::state::AppState;
use crate::{assets, edge, fields, guard, health, problem};

mod occasions;
mod places;
mod proposals;
mod tasks;
mod teams;
mod venues;
mod volunteers;
mod windows;

use Permission::{Desk, Petitioner, Public, SignedIn, Staff};

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
    let areas = [
        for_whoever_brought_it_in(),
        for_everybody(),
        at_the_door_of_the_desk(),
        for_the_desk(),
        for_the_administration(),
        for_machines(),
        orders::table(),
        volunteers::routes(),
        proposals::table(),
        venues::table(),
        civic_posts::table(),
        occasions::table(),
        places::table(),
        installations::table(),
        maps::table(),
        teams::table(),
        tasks::table(),
        guide::table(),
        windows::table(),
        households::table(),
        queue::table(),
        rounds::table(),
        meetings::table(),
    ];
    areas.into_iter().flatten().collect()
}

#[rustfmt::skip]
fn for_whoever_brought_it_in() -> Vec<Route> {
    vec![
        get("/my/{case}", Petitioner, resident::case::show),
        get("/my/{case}/receipt", Petitioner, resident::receipt::show),
        post("/my/{case}/steps/{step}", Petitioner, resident::step::take),
        post("/wall/{case}/steps/{step}", SignedIn, public::case::help),
        get("/my/notices", SignedIn, resident::notices::show),
        post("/my/notices", SignedIn, resident::notices::seen),
        get("/my/telling", SignedIn, resident::telling::show),
        post("/my/telling", SignedIn, resident::telling::set),
    ]
}

#[rustfmt::skip]
fn for_everybody() -> Vec<Route> {
    vec![
        get(assets::ROUTE, Public, assets::serve),
        get("/places", Public, fields::place::find),
        get("/", Public, resident::front::show),
        get("/p/{place}", Public, resident::front::at_place),
        get("/observe", Public, resident::observe::show),
        post("/observe", Public, resident::observe::send),
        get("/new", Public, resident::front::sorts),
        post("/new", Public, resident::front::say),
        get("/new/{kind}", Public, resident::new::show),
        post("/new/{kind}", Public, resident::new::send),
        post("/new/{kind}/instead", Public, resident::instead::while_typing),
        get("/where", Public, resident::where_is_it::show),
        post("/where", Public, resident::where_is_it::ask),
        get("/t/{code}", Public, resident::where_is_it::scanned),
        get("/my", Public, resident::my::show),
        post("/my/{case}/forget", Public, resident::my::forget),
        get("/files/{file}", Public, resident::file::show),
        get("/files/{file}/small", Public, resident::file::small),
        get("/samples/{file}", Public, samples::show),
        get("/samples/{file}/small", Public, samples::small),
        get("/sign-in", Public, resident::sign_in::show),
        post("/sign-in", Public, resident::sign_in::ask),
        post("/sign-in/code", Public, resident::sign_in::prove),
        post("/sign-out", Public, resident::sign_in::out),
        get("/wall", Public, public::wall::show),
        get("/wall/{case}", Public, public::case::show),
        get("/figures", Public, public::figures::show),
        get("/help", Public, public::help::show),
        get("/outbox", Public, public::outbox::show),
        get("/settings", Public, settings::show),
        post("/settings", Public, settings::change),
    ]
}

#[rustfmt::skip]
fn at_the_door_of_the_desk() -> Vec<Route> {
    vec![
        get("/desk/sign-in", Public, desk::sign_in::show),
        post("/desk/sign-in", Public, desk::sign_in::enter),
        get("/desk/sign-in/code", Public, desk::sign_in::ask_code),
        post("/desk/sign-in/code", Public, desk::sign_in::prove),
        post("/desk/sign-out", Public, desk::sign_in::leave),
        get("/desk/invite/{token}", Public, desk::invite::show),
        post("/desk/invite/{token}", Public, desk::invite::accept),
        get("/desk/help", Desk, desk::help::show),
        get("/desk/me", Desk, desk::account::show),
        post("/desk/me/password", Desk, desk::account::set_password),
        post("/desk/me/sessions/{session}/end", Desk, desk::account::end_session),
        get("/desk/me/telling", Desk, desk::telling::show),
        post("/desk/me/telling", Desk, desk::telling::set),
        post("/desk/me/duty", Desk, desk::telling::begin_shift),
        post("/desk/me/duty/{shift}/end", Desk, desk::telling::end_shift),
        post("/desk/me/totp", Desk, desk::totp::start),
        post("/desk/me/totp/confirm", Desk, desk::totp::confirm),
        post("/desk/me/totp/end", Desk, desk::totp::end),
    ]
}

#[rustfmt::skip]
fn for_the_desk() -> Vec<Route> {
    vec![
        get("/desk", Desk, desk::inbox::show),
        get("/desk/notices", Staff(Action::CaseList), desk::notices::show),
        post("/desk/notices", Staff(Action::CaseList), desk::notices::seen),
        get("/desk/search", Staff(Action::CaseList), desk::inbox::search),
        post("/desk/bulk", Staff(Action::CaseStep), desk::bulk::take),
        post("/desk/views", Staff(Action::CaseList), desk::views::save),
        post("/desk/views/{view}/delete", Staff(Action::CaseList), desk::views::forget),
        get("/desk/cases/{case}", Staff(Action::CaseRead), desk::case::show),
        get("/desk/cases/{case}/print", Staff(Action::CaseRead), desk::case::print),
        post("/desk/cases/{case}/seal", Staff(Action::PetitionerRead), desk::seal::open),
        get("/desk/cases/{case}/erase", Staff(Action::CaseErase), desk::erase::show),
        post("/desk/cases/{case}/erase", Staff(Action::CaseErase), desk::erase::erase),
        post("/desk/cases/{case}/steps/{step}", Staff(Action::CaseStep), desk::step::take),
        get("/desk/new", Staff(Action::CaseOpen), desk::new::choose),
        get("/desk/new/{kind}", Staff(Action::CaseOpen), desk::new::show),
        post("/desk/new/{kind}", Staff(Action::CaseOpen), desk::new::open),
        get("/desk/new/{kind}/caller", Staff(Action::CallerFind), desk::new::find_caller),
        get("/desk/figures", Staff(Action::FiguresRead), desk::figures::show),
        get("/desk/rates", Staff(Action::FiguresRead), desk::rates::show),
        get("/desk/rates.csv", Staff(Action::FiguresRead), desk::rates::csv),
        get("/desk/inspections", Staff(Action::AnswersInspect), desk::inspections::list),
        get("/desk/inspections/{case}", Staff(Action::AnswersInspect), desk::inspections::show),
        post("/desk/inspections/{case}", Staff(Action::AnswersInspect), desk::inspections::keep),
        get("/desk/follow-ups", Staff(Action::FollowUpCall), desk::follow_ups::show),
        get("/desk/screen", Staff(Action::FiguresRead), desk::screen::show),
        get("/desk/screen/live", Staff(Action::FiguresRead), desk::screen::live),
        get("/desk/supervision", Staff(Action::SupervisionRead), desk::supervision::show),
        get("/desk/precedents", Staff(Action::SupervisionRead), desk::precedents::list),
        post("/desk/precedents/{case}/{entry}/duty", Staff(Action::PrecedentsAdopt), desk::precedents::adopt),
    ]
}

#[rustfmt::skip]
fn for_the_administration() -> Vec<Route> {
    vec![
        get("/admin", Desk, admin::home::show),
        get("/admin/places", Staff(Action::PlacesEdit), admin::places::show),
        post("/admin/places", Staff(Action::PlacesEdit), admin::places::add),
        get("/admin/places/import", Staff(Action::PlacesEdit), admin::import::show),
        post("/admin/places/import", Staff(Action::PlacesEdit), admin::import::take),
        get("/admin/places/export", Staff(Action::PlacesEdit), admin::places_export::send),
        post("/admin/places/{place}", Staff(Action::PlacesEdit), admin::places::rename),
        post("/admin/places/{place}/close", Staff(Action::PlacesEdit), admin::places::turn),
        get("/admin/places/{place}/poster", Staff(Action::CaseOpen), admin::poster::show),
        get("/admin/units", Staff(Action::UnitsEdit), admin::units::list),
        post("/admin/units", Staff(Action::UnitsEdit), admin::units::add),
        get("/admin/units/import", Staff(Action::UnitsEdit), admin::import::show),
        post("/admin/units/import", Staff(Action::UnitsEdit), admin::import::take),
        get("/admin/units/{unit}", Staff(Action::UnitsEdit), admin::unit::show),
        post("/admin/units/{unit}", Staff(Action::UnitsEdit), admin::unit::change),
        post("/admin/units/{unit}/close", Staff(Action::UnitsEdit), admin::unit::turn),
        get("/admin/units/{unit}/days", Staff(Action::PlacesEdit), admin::special_days::of_unit),
        post("/admin/units/{unit}/days", Staff(Action::PlacesEdit), admin::special_days::keep_of_unit),
        get("/admin/working-time", Staff(Action::PlacesEdit), admin::working_time::list),
        get("/admin/working-time/{place}", Staff(Action::PlacesEdit), admin::working_time::show),
        post("/admin/working-time/{place}", Staff(Action::PlacesEdit), admin::working_time::keep),
        post("/admin/working-time/{place}/days", Staff(Action::PlacesEdit), admin::special_days::keep_of_place),
        get("/admin/supervision", Staff(Action::SupervisionEdit), admin::supervision::show),
        post("/admin/supervision/rates", Staff(Action::SupervisionEdit), admin::supervision::keep_rates),
        post("/admin/supervision/follow-ups", Staff(Action::SupervisionEdit), admin::supervision::keep_follow_ups),
        post("/admin/supervision/inspections", Staff(Action::SupervisionEdit), admin::supervision::keep_inspections),
        get("/admin/duties", Staff(Action::DutiesEdit), admin::duties::list),
        post("/admin/duties", Staff(Action::DutiesEdit), admin::duties::keep),
        get("/admin/duties/line", Staff(Action::DutiesEdit), admin::duties::show),
        get("/admin/duties/import", Staff(Action::DutiesEdit), admin::import::show),
        post("/admin/duties/import", Staff(Action::DutiesEdit), admin::import::take),
        get("/admin/norms", Staff(Action::DutiesEdit), admin::norms::list),
        post("/admin/norms", Staff(Action::DutiesEdit), admin::norms::keep),
        get("/admin/items", Staff(Action::DutiesEdit), admin::items::list),
        post("/admin/items", Staff(Action::DutiesEdit), admin::items::keep),
        get("/admin/items/import", Staff(Action::DutiesEdit), admin::import::show),
        post("/admin/items/import", Staff(Action::DutiesEdit), admin::import::take),
        get("/admin/people", Staff(Action::PeopleEdit), admin::people::show),
        post("/admin/people", Staff(Action::PeopleEdit), admin::people::create),
        get("/admin/people/{person}", Staff(Action::PeopleEdit), admin::person::show),
        post("/admin/people/{person}/posts", Staff(Action::PeopleEdit), admin::person::give),
        post("/admin/people/{person}/posts/{post}/end", Staff(Action::PeopleEdit), admin::person::end),
        post("/admin/people/{person}/invite", Staff(Action::PeopleEdit), admin::person::invite),
        get("/admin/tokens", Staff(Action::TokensEdit), admin::tokens::list),
        post("/admin/tokens", Staff(Action::TokensEdit), admin::tokens::create),
        post("/admin/tokens/{token}/end", Staff(Action::TokensEdit), admin::tokens::end),
        get("/admin/webhooks", Staff(Action::WebhooksEdit), admin::webhooks::list),
        post("/admin/webhooks", Staff(Action::WebhooksEdit), admin::webhooks::create),
        post("/admin/webhooks/{webhook}", Staff(Action::WebhooksEdit), admin::webhooks::turn),
        get("/admin/kinds", Staff(Action::KindsRead), admin::kinds::list),
        get("/admin/kinds/{kind}", Staff(Action::KindsRead), admin::kinds::show),
        get("/admin/looks", Staff(Action::LogRead), admin::looks::list),
        get("/admin/log", Staff(Action::LogRead), admin::log::list),
        get("/admin/jobs", Staff(Action::JobsEdit), admin::jobs::list),
        post("/admin/jobs", Staff(Action::JobsEdit), admin::jobs::all_again),
        post("/admin/jobs/{job}", Staff(Action::JobsEdit), admin::jobs::decide),
    ]
}

#[rustfmt::skip]
fn for_machines() -> Vec<Route> {
    use Permission::{Api, ApiOrAnyone, ApiToken};
    use Scope::{CasesRead, CasesWrite, HouseRead};
    vec![
        get("/health", Public, health::look),
        get("/api/v1/openapi.json", Public, v1::document::serve),
        post("/api/v1/cases", ApiOrAnyone(CasesWrite), v1::cases::open::open),
        get("/api/v1/cases", Api(CasesRead), v1::cases::list::list),
        get("/api/v1/cases/{case}", ApiOrAnyone(CasesRead), v1::cases::read::read),
        get("/api/v1/cases/{case}/steps", ApiOrAnyone(CasesRead), v1::cases::steps::list),
        post("/api/v1/cases/{case}/steps/{step}", ApiOrAnyone(CasesWrite), v1::cases::advance::advance),
        get("/api/v1/cases/{case}/history", ApiOrAnyone(CasesRead), v1::cases::history::read),
        post("/api/v1/cases/{case}/comments", ApiOrAnyone(CasesWrite), v1::cases::comment::add),
        get("/api/v1/cases/{case}/files/{file}", ApiOrAnyone(CasesRead), v1::cases::file::read),
        get("/api/v1/tracked", Public, v1::tracked::read),
        post("/api/v1/files", ApiOrAnyone(CasesWrite), v1::files::upload),
        get("/api/v1/kinds", Public, v1::kinds::list::list),
        get("/api/v1/kinds/{kind}", Public, v1::kinds::read::read),
        get("/api/v1/places", Public, v1::places::list::list),
        get("/api/v1/places/at", Public, v1::places::at::read),
        get("/api/v1/places/{place}", Public, v1::places::read::read),
        get("/api/v1/units", Api(HouseRead), v1::units::list),
        get("/api/v1/items", Public, v1::items::list),
        get("/api/v1/me", ApiToken, v1::me::read),
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
