//! A resident's way: say it, get a code, find it again, get an answer, judge it.

use axum::http::StatusCode;
use huiyin_domain::case::Value;
use huiyin_domain::place::Level;
use huiyin_testkit::actors::Brought;
use jiff::SignedDuration;

use crate::browser::{Browser, House, houses};

const TEXT: &str = "The light at our door has been dark for a week.";

/// The code of some building of the town.
fn building(house: &House) -> String {
    let mut places = house.town.town.places_at(Level::Building);
    places
        .next()
        .expect("the town has buildings")
        .code
        .to_string()
}

/// Brings an appeal in and returns the code and the path of the case.
async fn brings(browser: &mut Browser, place: &str, text: &str) -> (String, String) {
    browser.get("/").await;
    let sorts = browser.post("/new", &[("text", text)]).await;
    assert_eq!(sorts.status, StatusCode::OK);
    let begun = [("act", "begin"), ("text", text), ("place", place)];
    let form = browser.post("/new/appeal", &begun).await;
    form.says(text);
    let id = form.input("id");
    let filled = [
        ("id", id.as_str()),
        ("f-description", text),
        ("f-place", place),
        ("f-contact", "ana@example.org"),
    ];
    let mut sent = browser.post("/new/appeal", &filled).await;
    if sent.status == StatusCode::OK {
        // Something like it is on its way; this one is sent all the same.
        let mut again = filled.to_vec();
        again.push(("checked", "1"));
        sent = browser.post("/new/appeal", &again).await;
    }
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let receipt = browser.get(sent.location()).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    let code = receipt
        .body
        .split("data-copy=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    (
        code.expect("the receipt has a code").to_owned(),
        format!("/my/{id}"),
    )
}

#[tokio::test]
async fn say_it_find_it_again_and_judge_the_answer() {
    for house in houses(11) {
        let place = building(&house);
        let mut phone = house.browser();
        let (code, path) = brings(&mut phone, &place, TEXT).await;
        let case = phone.get(&path).await;
        case.says(TEXT).says("class=\"clock");
        assert!(
            !case.body.contains("ana@example.org"),
            "no contact on the page"
        );

        // On another phone the code opens it, however it is typed.
        let mut other = house.browser();
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        other.get("/where").await;
        let spaced = format!("{} {}", &code[..4], &code[4..]);
        let found = other.post("/where", &[("code", &spaced)]).await;
        assert_eq!(found.location(), path);
        other.get(&path).await.says(TEXT);
        let scanned = house.browser().get(&format!("/t/{code}")).await;
        assert_eq!(scanned.location(), path);

        answered(&house, &path).await;
        let judged = phone.get(&path).await;
        judged.says("/steps/judge");
        let version = judged.input("version");
        let judgement = [
            ("version", version.as_str()),
            ("f-solved", "yes"),
            ("f-content", "yes"),
        ];
        let judged = phone.post(&format!("{path}/steps/judge"), &judgement).await;
        assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
        house.town.verify();
    }
}

/// The staff's part: the community takes it and answers.
async fn answered(house: &House, path: &str) {
    let id = path
        .rsplit('/')
        .next()
        .expect("a path has an end")
        .parse()
        .expect("an id");
    let case = Brought { id, code: None };
    let town = &house.town;
    for (step, values) in [
        ("take", vec![]),
        (
            "answer",
            vec![
                ("outcome", Value::Choice("solved".to_owned())),
                ("answer", Value::Text("A new lamp hangs there.".to_owned())),
            ],
        ),
    ] {
        let mut taken = false;
        for person in &town.town.people {
            let actor = huiyin_testkit::actors::Staff::of(town, person.actor());
            if actor
                .may_take(&case)
                .await
                .iter()
                .any(|offer| offer == step)
            {
                actor
                    .takes(&case, step, &values)
                    .await
                    .expect("an offered step can be taken");
                taken = true;
                break;
            }
        }
        assert!(taken, "nobody may {step}");
    }
    town.passes(SignedDuration::from_secs(1)).await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_case_and_a_changed_one_is_said_to_be_another() {
    for house in houses(12) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let id = phone.get("/new/appeal").await.input("id");
        let filled = |text: &'static str| {
            [
                ("id", id.as_str().to_owned()),
                ("checked", "1".to_owned()),
                ("f-description", text.to_owned()),
                ("f-place", place.clone()),
            ]
        };
        let send = |text| filled(text);
        let mut answers = Vec::new();
        for text in [TEXT, TEXT, "Something else."] {
            let fields = send(text);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            answers.push(phone.post("/new/appeal", &fields).await);
        }
        assert_eq!(answers[0].status, StatusCode::SEE_OTHER);
        assert_eq!(answers[1].location(), answers[0].location());
        assert_eq!(answers[2].status, StatusCode::CONFLICT);
        answers[2].says("Something else.");
        assert_ne!(
            answers[2].input("id"),
            id,
            "sent again it is a case of its own"
        );
    }
}

#[tokio::test]
async fn what_is_similar_is_offered_without_a_word_of_others() {
    for house in houses(13) {
        let place = building(&house);
        let mut phone = house.browser();
        brings(
            &mut phone,
            &place,
            "The street lamp at the east gate is broken since Monday, call Zhang at 42.",
        )
        .await;
        let mut other = house.browser();
        other.get("/new/appeal").await;
        let like = "The street lamp at the east gate is broken.";
        let filled = [("f-description", like), ("f-place", place.as_str())];
        let offered = other.post("/new/appeal", &filled).await;
        assert_eq!(
            offered.status,
            StatusCode::OK,
            "it is offered, not sent: {}",
            offered.body
        );
        offered.says("name=\"checked\" value=\"1\"");
        assert!(!offered.body.contains("Zhang"), "words of others are shown");
    }
}

#[tokio::test]
async fn a_place_is_found_by_typing_and_by_the_list() {
    for house in houses(14) {
        let place = house
            .town
            .town
            .places_at(Level::Community)
            .next()
            .expect("a community");
        let name = place.names.in_lang("zh").to_owned();
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let search = [
            ("f-description", TEXT),
            ("f-place--search", name.as_str()),
            ("act", "place-find:f-place"),
        ];
        let found = phone.post("/new/appeal", &search).await;
        assert_eq!(found.status, StatusCode::OK);
        found.says(TEXT).says(&format!("value=\"{}\"", place.code));
        let listed = [("act", "place-inside:f-place:")];
        phone
            .post("/new/appeal", &listed)
            .await
            .says("place-inside:f-place:");
        let part = phone
            .get(&format!(
                "/places?name=f-place&id=x&f-place--search={}",
                place.code
            ))
            .await;
        part.says(&format!("value=\"{}\"", place.code));
        let poster = phone.get(&format!("/p/{}", place.code)).await;
        poster.says(&format!("value=\"{}\"", place.code));
    }
}

#[tokio::test]
async fn a_neighbour_signs_in_with_a_code_and_sees_their_own() {
    for house in houses(15) {
        let place = building(&house);
        let mut phone = house.browser();
        let (_, path) = brings(&mut phone, &place, TEXT).await;
        let mut other = house.browser();
        other.get("/sign-in").await;
        let asked = other
            .post("/sign-in", &[("contact", "ana@example.org")])
            .await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
        let letters = house.town.letters().await;
        let letter = letters
            .iter()
            .find(|letter| letter.recipient == "ana@example.org");
        let body = &letter.expect("a letter went out").body;
        let code: String = body
            .split(|c: char| !c.is_ascii_digit())
            .find(|part| part.len() == 6)
            .expect("a code")
            .to_owned();
        let wrong = other
            .post(
                "/sign-in/code",
                &[("contact", "ana@example.org"), ("code", "000000")],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = [
            ("contact", "ana@example.org"),
            ("code", code.as_str()),
            ("back", "/my"),
        ];
        let right = other.post("/sign-in/code", &right).await;
        assert_eq!(right.location(), "/my", "{}", right.body);
        other.get("/my").await.says(&path);
        other.get(&path).await.says(TEXT);
        let out = other.post("/sign-out", &[]).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}
