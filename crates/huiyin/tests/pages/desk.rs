//! The staff's way: write a call down, send it on, take it, answer it; and what happens when
//! two are at it at once, when a field is wrong, when a seal is opened.

use axum::http::StatusCode;
use huiyin_domain::place::Level;

use crate::browser::{Answer, Browser, House, houses};

const TEXT: &str = "The radiators of the whole stairway are cold.";

async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

/// A community for which the first dispatcher and the first community worker are there.
pub fn near(house: &House) -> String {
    let community = house
        .town
        .town
        .person("community")
        .expect("somebody of a community");
    community.posts[0].place.to_string()
}

/// Writes a call down; where its page is.
pub async fn calls(operator: &mut Browser, place: &str, text: &str) -> String {
    let form = operator.get("/desk/new/appeal").await;
    let id = form.input("id");
    let fields = [
        ("id", id.as_str()),
        ("channel", "hotline"),
        ("f-description", text),
        ("f-place", place),
        ("f-contact", "13800138000"),
    ];
    let saved = operator.post("/desk/new/appeal", &fields).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    saved.says("Read the tracking code");
    format!("/desk/cases/{id}")
}

/// Takes a step as the form on the case page does.
pub async fn takes(
    browser: &mut Browser,
    case: &str,
    step: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = browser.get(case).await;
    let version = page.input("version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    browser.post(&format!("{case}/steps/{step}"), &all).await
}

#[tokio::test]
async fn a_call_is_written_down_found_again_sent_on_taken_and_answered() {
    for house in houses(41) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        let case = calls(&mut operator, &place, TEXT).await;
        let found = "/desk/new/appeal/caller?f-contact=13800138000";
        operator.get(found).await.says(TEXT);
        let short = operator.get("/desk/new/appeal/caller?f-contact=138").await;
        assert!(!short.body.contains(TEXT), "half a number finds nobody");

        let mut community = desk(&house, "community").await;
        community.get("/desk").await.says(TEXT);
        community.get(&case).await.says(TEXT).says("Who sees what");
        let handler = house.town.town.person("handler").expect("a handler");
        let unit = handler.posts[0].unit.to_string();
        let sent = takes(&mut community, &case, "dispatch", &[("f-unit", &unit)]).await;
        assert_eq!(sent.location(), case, "{}", sent.body);

        let mut handler = desk(&house, "handler").await;
        handler.get("/desk").await.says(TEXT);
        assert_eq!(
            takes(&mut handler, &case, "accept", &[]).await.location(),
            case
        );
        let empty = takes(&mut handler, &case, "answer", &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        empty.says("field-wrong");
        let answer = [
            ("f-outcome", "solved"),
            ("f-answer", "The valve was shut; it is open."),
        ];
        let answered = takes(&mut handler, &case, "answer", &answer).await;
        assert_eq!(answered.location(), case, "{}", answered.body);
        handler
            .get(&case)
            .await
            .says("The valve was shut")
            .says("entry-answer");
        handler
            .get(&format!("{case}/print"))
            .await
            .says("The valve was shut");
    }
}

#[tokio::test]
async fn whoever_calls_reads_afterwards_why_their_number_was_looked_up() {
    for house in houses(48) {
        let place = near(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let fields = [
            ("checked", "1"),
            ("f-description", TEXT),
            ("f-place", place.as_str()),
            ("f-contact", "13800138000"),
        ];
        let sent = phone.post("/new/appeal", &fields).await;
        let mine = sent.location().trim_end_matches("/receipt").to_owned();
        let mut operator = desk(&house, "operator").await;
        let found = "/desk/new/appeal/caller?f-contact=13800138000";
        operator.get(found).await.says(TEXT);
        phone
            .get(&mine)
            .await
            .says("The caller was on the telephone");
        let mut auditor = desk(&house, "auditor").await;
        auditor
            .get("/admin/looks")
            .await
            .says("The caller was on the telephone");
    }
}

#[tokio::test]
async fn what_a_new_case_seems_to_be_about_is_proposed_with_its_reason() {
    for house in houses(49) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        let case = calls(&mut operator, &place, TEXT).await;
        let mut dispatcher = desk(&house, "dispatcher").await;
        let page = dispatcher.get(&case).await;
        page.says("By its words (")
            .says("seems to be: Cold radiators.");
        page.says("value=\"heating.indoor\" selected");
        let handler = house.town.town.person("handler").expect("a handler");
        let unit = handler.posts[0].unit;
        page.says(&format!("value=\"{unit}\" selected"));
        // Where the words tell nothing, nothing is guessed.
        let vague = calls(&mut operator, &place, "Please come and have a look.").await;
        let page = dispatcher.get(&vague).await;
        assert!(!page.body.contains("By its words ("), "{}", page.body);
    }
}

#[tokio::test]
async fn two_at_once_and_nothing_typed_is_lost() {
    for house in houses(42) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        let case = calls(&mut operator, &place, TEXT).await;
        let mut one = desk(&house, "community").await;
        let mut two = one.clone();
        let version = two.get(&case).await.input("version");
        assert_eq!(takes(&mut one, &case, "take", &[]).await.location(), case);
        let fields = [
            ("version", version.as_str()),
            ("f-note", "Ring twice, she hears badly."),
        ];
        let stale = two.post(&format!("{case}/steps/note"), &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale
            .says("Somebody was faster")
            .says("Ring twice, she hears badly.");
        let fields = [
            ("version", version.as_str()),
            ("f-reason", "Not ours, it is the landlord’s."),
        ];
        let gone = two.post(&format!("{case}/steps/send_back"), &fields).await;
        assert_eq!(gone.status, StatusCode::CONFLICT);
        gone.says("Not ours, it is the landlord");
    }
}

#[tokio::test]
async fn one_step_for_many_tells_what_became_of_each() {
    for house in houses(43) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        let first = calls(
            &mut operator,
            &place,
            "The lift of block four stands still.",
        )
        .await;
        let second = calls(
            &mut operator,
            &place,
            "No water on the sixth floor since noon.",
        )
        .await;
        let mut community = desk(&house, "community").await;
        let inbox = community.get("/desk").await;
        inbox.says("value=\"appeal.take\"");
        let id = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let rows = [format!("{}.1", id(&first)), format!("{}.7", id(&second))];
        let none = community
            .post("/desk/bulk", &[("step", "appeal.take"), ("back", "/desk")])
            .await;
        assert_eq!(none.location(), "/desk");
        let fields = [
            ("step", "appeal.take"),
            ("back", "/desk?kind=appeal"),
            ("case", rows[0].as_str()),
            ("case", rows[1].as_str()),
        ];
        let told = community.post("/desk/bulk", &fields).await;
        told.says("1 of 2 done")
            .says("Somebody took a step")
            .says("/desk?kind=appeal");
        let foreign = [
            ("step", "appeal.take"),
            ("back", "//evil.example"),
            ("case", rows[1].as_str()),
        ];
        let told = community.post("/desk/bulk", &foreign).await;
        assert!(!told.body.contains("evil.example"));
    }
}

#[tokio::test]
async fn the_list_is_narrowed_by_its_address_and_kept_under_a_name() {
    for house in houses(44) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        calls(&mut operator, &place, TEXT).await;
        let mut community = desk(&house, "community").await;
        community
            .get("/desk?kind=appeal&urgent=&q=radiators")
            .await
            .says(TEXT);
        let none = community.get("/desk?kind=appeal&urgent=1").await;
        none.says("Nothing fits");
        for odd in [
            "/desk?place=x&item=%20&after=..&state=mine",
            "/desk?kind=nothing&stage=%27",
        ] {
            assert_eq!(community.get(odd).await.status, StatusCode::OK, "{odd}");
        }
        let kept = [
            ("name", "Cold flats"),
            ("query", "kind=appeal&q=radiators&evil=1"),
        ];
        let answer = community.post("/desk/views", &kept).await;
        assert_eq!(answer.location(), "/desk?q=radiators&kind=appeal");
        let inbox = community.get("/desk").await;
        inbox.says("Cold flats");
        let at = inbox
            .body
            .find("/desk/views/")
            .expect("a kept filter can be deleted");
        let delete = inbox.body[at..]
            .split('"')
            .next()
            .unwrap_or_default()
            .to_owned();
        community.post(&delete, &[]).await;
        assert!(!community.get("/desk").await.body.contains("Cold flats"));
        let unnamed = community
            .post("/desk/views", &[("name", " "), ("query", "q=x")])
            .await;
        assert_eq!(unnamed.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_seal_is_opened_for_a_purpose_and_the_auditor_sees_it() {
    for house in houses(45) {
        let place = near(&house);
        let mut operator = desk(&house, "operator").await;
        let case = calls(&mut operator, &place, TEXT).await;
        let mut community = desk(&house, "community").await;
        let sealed = community.get(&case).await;
        assert!(
            !sealed.body.contains("13800138000"),
            "the contact is sealed"
        );
        let path = format!("{case}/seal");
        let short = community.post(&path, &[("purpose", "x")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!short.body.contains("13800138000"));
        let opened = community
            .post(&path, &[("purpose", "To arrange a visit at home")])
            .await;
        opened.says("13800138000");
        let mut handler = desk(&house, "handler").await;
        let refused = handler
            .post(&path, &[("purpose", "Just curious today")])
            .await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
        let mut auditor = desk(&house, "auditor").await;
        let log = auditor.get("/admin/looks").await;
        log.says("To arrange a visit at home");
        assert!(
            !log.body.contains("13800138000"),
            "the log never says what was seen"
        );
        assert_eq!(auditor.get(&case).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_whistle_proposes_whom_the_post_may_call() {
    for house in houses(46) {
        let place = near(&house);
        let mut community = desk(&house, "community").await;
        let form = community.get("/desk/new/whistle").await;
        let street = house
            .town
            .town
            .places_at(Level::Street)
            .find(|street| place.starts_with(street.code.as_str()));
        let street = house
            .town
            .town
            .office_of(&street.expect("a street").code)
            .expect("its office");
        form.says(&format!("value=\"{}\"", street.id));
        let (id, unit) = (form.input("id"), street.id.to_string());
        let fields = [
            ("id", id.as_str()),
            (
                "f-description",
                "Ice on the steps of the school, children fall.",
            ),
            ("f-place", place.as_str()),
            ("f-units", unit.as_str()),
        ];
        let saved = community.post("/desk/new/whistle", &fields).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
        assert!(
            !saved.body.contains("Read the tracking code"),
            "nobody to read a code to"
        );
        community
            .get(&format!("/desk/cases/{id}"))
            .await
            .says("No word yet");
    }
}

#[tokio::test]
async fn an_account_is_opened_by_a_link_and_kept_by_its_owner() {
    for house in houses(47) {
        let mut security = desk(&house, "security").await;
        security.get("/admin/people").await.says("Add a person");
        let made = security
            .post("/admin/people", &[("name", "Tuoba Ning")])
            .await;
        made.says("Tuoba Ning");
        let at = made.body.find("/desk/invite/").expect("a link is shown");
        let link = made.body[at..]
            .split(['<', '"'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut ning = house.browser();
        ning.get(&link).await.says("Tuoba Ning");
        let weak = ning
            .post(&link, &[("login", "ning"), ("password", "short")])
            .await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        weak.says("value=\"ning\"");
        let good = [("login", "ning"), ("password", "three quiet words")];
        assert_eq!(ning.post(&link, &good).await.location(), "/desk");
        let again = house.browser().post(&link, &good).await;
        assert!(again.status.is_client_error(), "a link works once");

        let mut other = house.browser();
        other.get("/desk/sign-in").await;
        let wrong = other
            .post("/desk/sign-in", &[("login", "ning"), ("password", "no")])
            .await;
        assert_eq!(wrong.status, StatusCode::FORBIDDEN);
        wrong.says("value=\"ning\"");
        assert!(
            !wrong.body.contains("value=\"no\""),
            "a password never comes back"
        );
        let evil = [good[0], good[1], ("back", "//evil.example")];
        assert_eq!(other.post("/desk/sign-in", &evil).await.location(), "/desk");
    }
}
