//! What somebody wrote comes back to them, whatever becomes of it: on the form, on a page with
//! one button that sends it anew, or to be copied.

use axum::http::StatusCode;
use huiyin_domain::place::Level;

use crate::browser::{Answer, Browser, House, houses};

/// The fields of a form.
type Sent<'s> = &'s [(&'s str, &'s str)];

const WORDS: &str = "Written over the better part of an hour";

async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

fn building(house: &House) -> String {
    let place = house.town.town.places_at(Level::Building).next();
    place.expect("the town has buildings").code.to_string()
}

/// The tracking code that a page shows.
fn code(answer: &Answer) -> &str {
    let at = answer.body.find("data-copy=\"");
    let at = at.unwrap_or_else(|| panic!("no code in {}", answer.body));
    answer.body[at..]
        .split('"')
        .nth(1)
        .expect("an attribute ends")
}

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_sends_it_after_signing_in_again() {
    for house in houses(91) {
        let mut office = desk(&house, "system").await;
        let session = office.cookies.remove("session").expect("signed in");
        let fields = [("category", "department"), ("zh", WORDS), ("place", "9901")];
        let answer = office.post("/admin/units", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        answer.says(WORDS).says("href=\"/desk/sign-in\"");
        // In a window beside this one.
        office.cookies.insert("session".to_owned(), session);
        let again = [
            ("category", &answer.input("category")),
            ("zh", &answer.input("zh")),
            ("place", &answer.input("place")),
        ];
        let again = again.map(|(name, value)| (name, value.as_str()));
        let kept = office.post("/admin/units", &again).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        office.get("/admin/units").await.says(WORDS);
    }
}

#[tokio::test]
async fn a_sign_that_is_no_text_is_taken_out_and_the_rest_is_kept() {
    for house in houses(92) {
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let place = building(&house);
        let said = format!("{WORDS}\0.");
        let fields = [
            ("checked", "1"),
            ("f-description", said.as_str()),
            ("f-place", place.as_str()),
        ];
        let answer = phone.post("/new/appeal", &fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let kept = answer.input("f-description");
        assert_eq!(kept, format!("{WORDS}."));
        let fields = [
            ("checked", "1"),
            ("f-description", kept.as_str()),
            ("f-place", place.as_str()),
        ];
        let sent = phone.post("/new/appeal", &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
}

#[tokio::test]
async fn a_step_that_somebody_else_takes_gives_the_answer_back_to_be_copied() {
    for house in houses(93) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let fields = [
            ("checked", "1"),
            ("f-description", "The lamp is out"),
            ("f-place", place.as_str()),
        ];
        let sent = phone.post("/new/appeal", &fields).await;
        let case = sent
            .location()
            .split('/')
            .nth(2)
            .expect("a case")
            .to_owned();
        let mut grid = desk(&house, "grid-worker").await;
        let fields = [("f-outcome", "solved"), ("f-answer", WORDS)];
        let path = format!("/desk/cases/{case}/steps/answer");
        let answer = grid.post(&path, &fields).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        answer.says(WORDS);
    }
}

#[tokio::test]
async fn a_call_that_is_kept_twice_is_one_case_with_one_code_to_read_out() {
    for house in houses(94) {
        let mut operator = desk(&house, "operator").await;
        let id = operator.get("/desk/new/appeal").await.input("id");
        let place = building(&house);
        let fields = [
            ("id", id.as_str()),
            ("channel", "hotline"),
            ("f-description", "Somebody calls about a lamp"),
            ("f-place", place.as_str()),
        ];
        let first = operator.post("/desk/new/appeal", &fields).await;
        let second = operator.post("/desk/new/appeal", &fields).await;
        assert_eq!(
            (first.status, second.status),
            (StatusCode::OK, StatusCode::OK)
        );
        assert_eq!(code(&first), code(&second));
    }
}

#[tokio::test]
async fn the_forms_of_the_administration_come_back_with_all_that_is_wrong() {
    for house in houses(95) {
        let long = "n".repeat(300);
        let security = house.town.town.person("security").expect("security");
        let unit = security.posts[0].unit.to_string();
        let posts = format!("/admin/people/{}/posts", security.id);
        let place = house.town.town.places_at(Level::Street).next();
        let street = format!("/admin/places/{}", place.expect("a street").code);
        #[rustfmt::skip]
        let rows: [(&str, &str, Sent<'_>, &[&str]); 9] = [
            ("system", "/admin/units", &[("zh", WORDS), ("place", "12")], &[WORDS, "list", "digits"]),
            ("system", "/admin/units", &[("category", "department"), ("place", "9901"), ("en", "")], &["Name", "fill this in"]),
            ("system", "/admin/places", &[("code", "987654321"), ("zh", WORDS)], &[WORDS, "987654321", "The place around it"]),
            ("system", &street, &[("zh", &long), ("en", WORDS)], &[WORDS, &long, "120"]),
            ("system", "/admin/duties", &[("place", "9901"), ("time_limit", "7")], &["9901", "value=\"7\"", "Choose an item and a unit"]),
            ("security", &posts, &[("place", "990121")], &["990121", "Choose a unit and a role"]),
            ("security", "/admin/tokens", &[("name", WORDS)], &[WORDS, "Choose a unit and a role"]),
            ("security", "/admin/tokens", &[("name", &long), ("unit", &unit), ("role", "handler"), ("scope", "cases:read")], &[&long, "80"]),
            ("security", "/admin/people", &[("name", &long)], &[&long, "60"]),
        ];
        for (login, path, fields, says) in rows {
            let mut browser = desk(&house, login).await;
            let answer = browser.post(path, fields).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path} {fields:?}"
            );
            for text in says {
                answer.says(text);
            }
        }
    }
}
