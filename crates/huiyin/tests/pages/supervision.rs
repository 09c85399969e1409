//! Supervision over HTTP: the board that says why, the steps it offers, rulings and what
//! becomes of them.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use huiyin_app::cases::erase::{Cause, erase};
use huiyin_domain::case::{Effect, Kinds, Step, builtin_files};
use jiff::SignedDuration;

use crate::browser::{Answer, Browser, House, houses, houses_with};

const ITEM: &str = "housing.elevator";
const DEFINITION: &str = "kind.toml";
const TEXT: &str = "Der Lift im vierten Haus steht seit gestern still.";

async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

/// Writes something down in the first community; where its page is.
async fn calls(house: &House, text: &str) -> String {
    let community = house
        .town
        .town
        .person("community")
        .expect("a community worker");
    let place = community.posts[0].place.to_string();
    let mut operator = desk(house, "operator").await;
    let id = operator.get("/desk/new/appeal").await.input("id");
    let fields = [
        ("id", id.as_str()),
        ("channel", "hotline"),
        ("f-description", text),
        ("f-place", place.as_str()),
    ];
    let saved = operator.post("/desk/new/appeal", &fields).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    format!("/desk/cases/{id}")
}

async fn takes(browser: &mut Browser, case: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let version = browser.get(case).await.input("version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    let answer = browser.post(&format!("{case}/steps/{step}"), &all).await;
    assert_eq!(answer.location(), case, "{}", answer.body);
    answer
}

/// The line of a case on the board.
async fn line(browser: &mut Browser, span: &str, case: &str) -> Option<String> {
    let board = browser.get(&format!("/desk/supervision?span={span}")).await;
    assert_eq!(board.status, StatusCode::OK);
    let mut lines = board.body.split("<li>\n").skip(1);
    let found = lines.find(|line| line.contains(&format!("href=\"{case}\"")));
    found.map(str::to_owned)
}

#[tokio::test]
async fn what_nobody_opens_is_told_until_somebody_does() {
    for house in houses(71) {
        let case = calls(&house, TEXT).await;
        let mut supervisor = desk(&house, "supervisor").await;
        let unread = "Nobody responsible has opened it";
        // A look from above does not read it for those who are responsible.
        supervisor.get(&case).await.says(TEXT);
        let told = line(&mut supervisor, "7-days", &case)
            .await
            .expect("it is on the board");
        assert!(told.contains(unread), "{told}");
        assert!(line(&mut supervisor, "late", &case).await.is_none());
        // Nor does a phone that fetches the page for later.
        let mut community = desk(&house, "community").await;
        let ahead = community.request(Method::GET, &case).header("x-ahead", "1");
        let ahead = ahead.body(Body::empty()).expect("a request can be made");
        community.send(ahead).await.says(TEXT);
        let told = line(&mut supervisor, "7-days", &case)
            .await
            .expect("it is there");
        assert!(told.contains(unread), "{told}");
        community.get(&case).await.says(TEXT);
        let told = line(&mut supervisor, "7-days", &case)
            .await
            .expect("it is still there");
        assert!(!told.contains(unread), "{told}");
    }
}

#[tokio::test]
async fn what_is_late_leads_to_the_steps_of_a_supervisor() {
    for house in houses(72) {
        let case = calls(&house, TEXT).await;
        let mut community = desk(&house, "community").await;
        takes(&mut community, &case, "take", &[]).await;
        house.town.passes(SignedDuration::from_hours(24 * 21)).await;
        let mut supervisor = desk(&house, "supervisor").await;
        let board = supervisor.get("/desk/supervision?span=7-days").await;
        board
            .says("By unit")
            .says("By place")
            .says("/desk/precedents");
        let mut spans = Vec::new();
        for span in ["late", "today", "3-days", "7-days"] {
            spans.extend(line(&mut supervisor, span, &case).await);
        }
        assert!(!spans.is_empty(), "it falls due within a week, or is late");
        let told = &spans[0];
        assert!(
            told.contains("at this stage") || told.contains("ran out"),
            "{told}"
        );
        let at = told.find("?step=").expect("a step is offered");
        let step = told[at + 6..].split('#').next().unwrap_or_default();
        let page = supervisor.get(&format!("{case}?step={step}")).await;
        page.says(&format!("id=\"step-{step}\" open"));
    }
}

#[tokio::test]
async fn the_board_is_narrowed_and_odd_addresses_are_forgiven() {
    for house in houses(73) {
        let case = calls(&house, TEXT).await;
        let mut supervisor = desk(&house, "supervisor").await;
        let owner = house.town.town.person("community").expect("somebody").posts[0].unit;
        let ours = format!("7-days&unit={owner}");
        assert!(line(&mut supervisor, &ours, &case).await.is_some());
        let other = house.town.town.person("handler").expect("somebody").posts[0].unit;
        let theirs = format!("7-days&unit={other}");
        assert!(line(&mut supervisor, &theirs, &case).await.is_none());
        for odd in [
            "?span=x&unit=%27&place=..",
            "?unit=0000000000001",
            "?place=11",
        ] {
            let board = supervisor.get(&format!("/desk/supervision{odd}")).await;
            assert_eq!(board.status, StatusCode::OK, "{odd}");
        }
        // A community worker helps, but does not supervise.
        let mut community = desk(&house, "community").await;
        let kept_out = community.get("/desk/supervision").await;
        assert_eq!(kept_out.status, StatusCode::FORBIDDEN);
    }
}

/// The kinds of the house, with a ruling where somebody above gives a case to a unit.
fn ruling_kinds() -> Kinds {
    let given = "{ take_over = true },\n  { notify = { owner = \"ruled\"";
    let mut folders = builtin_files();
    for folder in &mut folders {
        let kind = folder.files.get_mut(DEFINITION).expect("a kind is defined");
        if !kind.contains("ruling = true") {
            *kind = kind.replace(given, &format!("{{ ruling = true }},\n  {given}"));
        }
    }
    let kinds = Kinds::from_files(folders).expect("a ruling follows an assignment");
    let rules = |step: &&Step| {
        step.effects
            .iter()
            .any(|effect| matches!(effect.what, Effect::Ruling(_)))
    };
    let found = kinds
        .current()
        .iter()
        .flat_map(|kind| &kind.steps)
        .find(rules);
    assert!(found.is_some(), "some step is a ruling");
    kinds
}

/// A case that a department sends back twice, and that is ruled to be theirs all the same.
async fn ruled(house: &House, case: &str, unit: &str) {
    let mut community = desk(house, "community").await;
    let mut handler = desk(house, "handler").await;
    for sent_back in ["send_back", "send_back_again"] {
        let fields = [("f-unit", unit), ("f-item", ITEM)];
        takes(&mut community, case, "dispatch", &fields).await;
        takes(&mut handler, case, sent_back, &[("f-reason", "Not ours.")]).await;
    }
    let ruling = [
        ("f-unit", unit),
        ("f-reason", "The shaft is theirs by the contract."),
    ];
    takes(
        &mut desk(house, "county-supervisor").await,
        case,
        "give_to",
        &ruling,
    )
    .await;
}

#[tokio::test]
async fn a_ruling_is_a_precedent_and_becomes_a_duty_when_a_supervisor_says_so() {
    for house in houses_with(74, ruling_kinds) {
        let unit = house.town.town.person("handler").expect("a handler").posts[0]
            .unit
            .to_string();
        let case = calls(&house, TEXT).await;
        ruled(&house, &case, &unit).await;
        let mut supervisor = desk(&house, "supervisor").await;
        let why = "The shaft is theirs by the contract.";
        let list = supervisor.get("/desk/precedents").await;
        list.says(why)
            .says("Lift out of order")
            .says("Put into the duty list");
        let narrowed = format!("/desk/precedents?item={ITEM}&place=&after=x");
        supervisor.get(&narrowed).await.says(why);
        let other = supervisor.get("/desk/precedents?item=heating").await;
        assert!(!other.body.contains(why), "another item is another matter");

        // The next one of the same item from the same place.
        let next = calls(&house, "Wieder steht der Lift im vierten Haus.").await;
        let mut dispatcher = desk(&house, "dispatcher").await;
        takes(&mut dispatcher, &next, "classify", &[("f-item", ITEM)]).await;
        dispatcher.get(&next).await.says("Precedent:").says(why);

        let id = case.rsplit('/').next().unwrap_or_default();
        let at = list
            .body
            .find(&format!("/desk/precedents/{id}/"))
            .expect("a button");
        let adopt = list.body[at..]
            .split('"')
            .next()
            .unwrap_or_default()
            .to_owned();
        let refused = dispatcher.post(&adopt, &[]).await;
        assert_eq!(
            refused.status,
            StatusCode::FORBIDDEN,
            "dispatchers do not rule"
        );
        let nothing = supervisor
            .post(&format!("/desk/precedents/{id}/1/duty"), &[])
            .await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        for _ in 0..2 {
            let adopted = supervisor.post(&adopt, &[]).await;
            assert_eq!(adopted.location(), "/desk/precedents", "twice is once");
        }
        supervisor
            .get("/desk/precedents")
            .await
            .says("Says the same");
        desk(&house, "auditor")
            .await
            .get("/admin/log")
            .await
            .says("Ruling made a duty");
        let atlas = house
            .town
            .app
            .atlas_now()
            .await
            .expect("the lists can be read");
        let item = ITEM.parse().expect("an item");
        let place = &house.town.town.person("community").expect("somebody").posts[0].place;
        let duty = atlas.duty(&item, place).expect("a duty");
        assert_eq!((duty.unit.to_string(), &duty.place), (unit, place));
    }
}

#[tokio::test]
async fn what_is_erased_is_gone_from_the_precedents_too() {
    for house in houses_with(75, ruling_kinds) {
        let unit = house.town.town.person("handler").expect("a handler").posts[0]
            .unit
            .to_string();
        let case = calls(&house, TEXT).await;
        ruled(&house, &case, &unit).await;
        let mut handler = desk(&house, "handler").await;
        let answer = [("f-outcome", "solved"), ("f-answer", "It runs again.")];
        takes(&mut handler, &case, "answer", &answer).await;
        house.town.passes(SignedDuration::from_hours(24 * 20)).await;
        house.town.does_its_work().await;
        let office = house.town.staff("office").actor;
        let id = case
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .parse()
            .expect("an id");
        erase(&house.town.app, &office, id, Cause::Asked)
            .await
            .expect("a closed case can be erased");
        let list = desk(&house, "supervisor")
            .await
            .get("/desk/precedents")
            .await;
        list.says("Lift out of order");
        assert!(!list.body.contains("by the contract"), "the words are gone");
    }
}

/// The first large figure: what came in today.
fn came_in(answer: &Answer) -> i64 {
    let number = "class=\"screen-number\">";
    let at = answer.body.find(number).expect("a large figure") + number.len();
    let figure = answer.body[at..].split('<').next().unwrap_or_default();
    figure.parse().expect("a figure")
}

#[tokio::test]
async fn the_wall_screen_is_drawn_once_for_all_and_names_nobody() {
    for house in houses(76) {
        let mut supervisor = desk(&house, "county-supervisor").await;
        let before = supervisor.get("/desk/screen").await;
        before.says("By area").says("http-equiv=\"refresh\"");
        calls(&house, TEXT).await;
        let mut other = desk(&house, "county-dispatcher").await;
        let same = other.get("/desk/screen").await;
        assert_eq!(
            came_in(&same),
            came_in(&before),
            "the picture is seconds old"
        );
        house.town.passes(SignedDuration::from_secs(6)).await;
        let live = supervisor.get("/desk/screen/live").await;
        assert_eq!(live.headers["content-type"], "text/event-stream");
        assert_eq!(live.headers["x-accel-buffering"], "no");
        assert!(live.body.starts_with("event: picture\n"), "{}", live.body);
        assert_eq!(came_in(&live), came_in(&before) + 1);
        live.says("Appeal came in");
        assert!(!live.body.contains("Lift"), "nobody's words");
        // Whoever looks after a street sees that street, and nothing of the next.
        let street = desk(&house, "supervisor").await.get("/desk/screen").await;
        assert!(came_in(&street) <= came_in(&live));
        let handler = desk(&house, "handler").await.get("/desk/screen").await;
        assert_eq!(
            handler.status,
            StatusCode::FORBIDDEN,
            "a department has no area"
        );
    }
}
