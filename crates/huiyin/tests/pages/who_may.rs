//! Every route × every role, from the table of routes: whoever the permission column does
//! not name is kept out, whoever it names is let in. A route that is not in the table does
//! not exist, so nothing can be forgotten here.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use huiyin_app::identity::token::{self, Scope};
use huiyin_domain::access::{Actor, may_somewhere};
use huiyin_domain::person::Role;
use huiyin_testkit::town::Townsperson;
use huiyin_web::guard::Permission;
use huiyin_web::routes::{Route, table};

use crate::browser::{Answer, Browser, House, houses};

/// Something for each `{name}` of a path; none of it exists.
fn path_of(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{kind}" => "appeal",
        "{place}" => "652999",
        "{step}" | "{file}" | "{token}" | "{session}" if !route.path.starts_with("/files") => {
            "nothing"
        }
        part if part.starts_with('{') => "0000000000001",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// One browser for each role, one for a volunteer and one for nobody.
async fn everybody(house: &House) -> Vec<(String, Actor, Browser)> {
    let mut browsers = Vec::new();
    let nobody = house.browser();
    browsers.push(("nobody".to_owned(), Actor::anyone(), nobody));
    let mut first: BTreeMap<Role, &Townsperson> = BTreeMap::new();
    for person in &house.town.town.people {
        if let Some(role) = person.role() {
            first.entry(role).or_insert(person);
        }
    }
    for (role, person) in first {
        browsers.push((
            role.word().to_owned(),
            person.actor(),
            house.signed_in(person.id).await,
        ));
    }
    let volunteer = house.town.town.volunteers().next().expect("a volunteer");
    browsers.push((
        "volunteer".to_owned(),
        volunteer.actor(),
        house.signed_in(volunteer.id).await,
    ));
    for (_, _, browser) in &mut browsers {
        browser.get("/help").await;
    }
    browsers
}

/// Whether the answer is that of a guard who keeps somebody out.
fn is_kept_out(answer: &Answer) -> bool {
    let to_the_door = answer.status == StatusCode::SEE_OTHER
        && (answer.location().starts_with("/desk/sign-in?")
            || answer.location().starts_with("/sign-in?"));
    to_the_door
        || matches!(
            answer.status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        )
}

/// Whether the permission column lets this actor in; none: the operation decides.
fn expected(permission: Permission, actor: &Actor) -> Option<bool> {
    match permission {
        Permission::Public => Some(true),
        Permission::Petitioner => None,
        Permission::SignedIn => Some(actor.person().is_some()),
        Permission::Desk => Some(actor.is_staff()),
        Permission::Staff(action) => Some(may_somewhere(actor, action)),
        _ => None,
    }
}

#[tokio::test]
async fn every_route_keeps_out_whom_its_column_does_not_name() {
    let house = houses(31).remove(0);
    let mut faults = Vec::new();
    for (name, actor, browser) in &mut everybody(&house).await {
        for route in table() {
            // The first would end the session that the rows after it are asked with; the
            // second asks for the password, which nobody in this town has.
            if route.path.ends_with("sign-out") || route.path.ends_with("totp/end") {
                continue;
            }
            let path = path_of(&route);
            let mut browser = browser.clone();
            let answer = match route.method {
                Method::GET => browser.get(&path).await,
                _ => browser.post(&path, &[]).await,
            };
            let place = format!("{name}: {} {path}: {}", route.method, answer.status);
            if answer.status.is_server_error() {
                faults.push(format!("{place}, broken"));
            }
            // Signing in and out are doors themselves.
            let is_door = ["sign-", "invite", "/api/"]
                .iter()
                .any(|door| route.path.contains(door));
            match expected(route.permission, actor) {
                Some(true)
                    if is_kept_out(&answer)
                        && !is_door
                        && answer.status != StatusCode::FORBIDDEN =>
                {
                    faults.push(format!("{place}, kept out"));
                }
                Some(false) if !is_kept_out(&answer) => faults.push(format!("{place}, let in")),
                None if route.permission == Permission::Petitioner
                    && answer.status != StatusCode::NOT_FOUND =>
                {
                    faults.push(format!("{place}, another's case is not found"));
                }
                None if route.path.starts_with("/api/") && answer.status.is_success() => {
                    faults.push(format!("{place}, let in without a token"));
                }
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A token of the dispatcher with every scope but one.
async fn token_without(house: &House, lacking: Scope) -> String {
    let person = house.town.town.person("dispatcher").expect("a dispatcher");
    let post = &person.posts[0];
    let request = token::Request {
        name: "a test".to_owned(),
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| *scope != lacking)
            .collect(),
        unit: post.unit,
        role: post.role,
        place: post.place.clone(),
        expires_at: None,
    };
    let made = token::create(&house.town.app, &Actor::system(), request).await;
    made.expect("a token can be made").token.reveal().to_owned()
}

#[tokio::test]
async fn every_route_for_machines_asks_for_its_own_scope() {
    let house = houses(33).remove(0);
    let mut browser = house.browser();
    for lacking in Scope::ALL {
        let token = format!("Bearer {}", token_without(&house, lacking).await);
        for route in table() {
            let (Permission::Api(scope) | Permission::ApiOrAnyone(scope)) = route.permission else {
                continue;
            };
            let headers = [("authorization", token.as_str())];
            let (method, path) = (route.method.clone(), path_of(&route));
            let answer = browser.api(method, &path, (&headers, "{}")).await;
            let is_refused = answer.status == StatusCode::FORBIDDEN;
            let place = format!("{} {}: {}", route.method, route.path, answer.body);
            assert_eq!(is_refused, scope == lacking, "without {lacking:?}, {place}");
            assert!(!answer.status.is_server_error(), "{place}");
        }
    }
}

#[tokio::test]
async fn what_is_not_in_the_table_does_not_exist() {
    let house = houses(32).remove(0);
    let mut browser = house.browser();
    for path in [
        "/nothing",
        "/desk/nothing",
        "/admin/nothing",
        "/.env",
        "/assets/../x",
        "/api/v1/nothing",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let request = browser
        .request(Method::DELETE, "/help")
        .body(axum::body::Body::empty());
    let wrong = browser.send(request.expect("a request can be made")).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
    ] {
        assert!(wrong.headers.contains_key(name), "{name} is missing");
    }
}
