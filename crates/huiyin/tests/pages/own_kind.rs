//! The proof that a kind is data: one that nobody has built in lies in an operator's folder, is
//! checked and served by the program itself, and goes its whole way over HTTP, drawn as forms and
//! over the API, by a resident, by staff and by its clocks. The words are in `ladder/`.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use huiyin_domain::case::{Kinds, builtin_files};
use huiyin_domain::telling::TOGETHER;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser, House, houses_with};
use crate::kinds;

const FILES: &[(&str, &str)] = &[
    ("kind.toml", include_str!("ladder/kind.toml")),
    ("words.zh.ftl", include_str!("ladder/words.zh.ftl")),
    ("words.en.ftl", include_str!("ladder/words.en.ftl")),
    ("stories/way.story", include_str!("ladder/way.story")),
];

/// Writes the kind where an operator would.
fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in FILES {
        let path = folder.path().join("ladder").join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file can be written");
    }
    folder
}

/// The kinds of the house with those of the folder, as `--kinds` reads them.
fn kinds_with(folder: &Path) -> Kinds {
    let kinds = kinds::load(&[folder.to_owned()]).expect("the kind is good");
    assert_eq!(kinds.current().len(), builtin_files().len() + 1);
    kinds
}

fn huiyin(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    command
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[test]
fn the_program_checks_a_kind_and_says_what_is_wrong_with_it() {
    let folder = written();
    let check = || {
        let checked = huiyin(folder.path())
            .arg("check")
            .arg(folder.path())
            .output();
        let checked = checked.expect("the program runs");
        (
            checked.status.success(),
            String::from_utf8_lossy(&checked.stdout).into_owned(),
        )
    };
    let (good, told) = check();
    assert!(good && told.contains("1 kinds, 0 errors"), "{told}");
    let drawn = std::fs::read_to_string(folder.path().join("ladder/diagram.md"));
    assert!(
        drawn
            .expect("it was drawn")
            .contains("lent --> missing: miss (clock)")
    );

    let path = folder.path().join("ladder/kind.toml");
    let broken = FILES[0]
        .1
        .replace("times = 2, finally = \"nobody_replied\"", "");
    std::fs::write(path, broken.replace("to = \"lent\"", "to = \"lend\"")).expect("written");
    let (good, told) = check();
    assert!(!good);
    let fault = "names the stage `lend`, which is not there; did you mean `lent`?";
    assert!(told.contains(fault), "{told}");
}

/// The program while it serves; it ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
async fn the_program_serves_it_beside_its_own() {
    let folder = written();
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let serve = huiyin(folder.path())
        .args(["serve", "--listen", &address, "--database", "sqlite:own.db"])
        .arg("--kinds")
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _served = Served(serve.expect("the program runs"));
    let ask = |path: &str| {
        let address = format!("http://{address}{path}");
        async move { reqwest::get(address).await?.text().await }
    };
    let mut answer = ask("/api/v1/kinds/ladder").await;
    for _ in 0..150 {
        if answer.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        answer = ask("/api/v1/kinds/ladder").await;
    }
    let kind: Value = serde_json::from_str(&answer.expect("it answers")).expect("JSON");
    assert_eq!(kind["kind"], "ladder", "{kind}");
    let form = ask("/new/ladder").await.expect("it answers");
    for input in [
        "f-what_for",
        "f-rungs",
        "f-day",
        "f-extras",
        "f-helper",
        "f-contact",
    ] {
        assert!(
            form.contains(&format!("name=\"{input}\"")),
            "{input} in {form}"
        );
    }
    assert!(ask("/").await.expect("it answers").contains("/new"));
}

/// The community that lends it.
fn place(house: &House) -> String {
    let community = house
        .town
        .town
        .person("community")
        .expect("somebody of a community");
    community.posts[0].place.to_string()
}

async fn asks(phone: &mut Browser, place: &str, rungs: &str) -> Answer {
    let form = phone.get("/new/ladder").await;
    let id = form.input("id");
    let fields = [
        ("id", id.as_str()),
        ("checked", "1"),
        ("f-what_for", "A bulb in the stairwell"),
        ("f-place", place),
        ("f-rungs", rungs),
        ("f-day", "2026-11-05"),
        ("f-extras", "rope"),
        ("f-extras", "gloves"),
        ("f-helper", "yes"),
        ("f-contact", "ana@example.org"),
    ];
    phone.post("/new/ladder", &fields).await
}

async fn takes(browser: &mut Browser, case: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let version = browser.get(case).await.input("version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    browser.post(&format!("{case}/steps/{step}"), &all).await
}

async fn by_forms(house: &House) {
    let mut phone = house.browser();
    let mine = is_lent(house, &mut phone).await;
    comes_back_late_and_broken(house, &mut phone, &mine).await;
}

/// Asked for by a resident, lent by staff: where its page is.
async fn is_lent(house: &House, phone: &mut Browser) -> String {
    let small = asks(phone, &place(house), "2").await;
    assert_eq!(small.status, StatusCode::UNPROCESSABLE_ENTITY);
    small
        .says("f-rungs-error")
        .says("A bulb in the stairwell")
        .says("2026-11-05");
    let sent = asks(phone, &place(house), "7").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let mine = sent.location().trim_end_matches("/receipt").to_owned();
    phone
        .get(&mine)
        .await
        .says("Asked for")
        .says("A rope")
        .says("Gloves");
    let desk = mine.replace("/my/", "/desk/cases/");

    let person = house
        .town
        .town
        .person("community")
        .expect("somebody of a community");
    let mut community = house.signed_in(person.id).await;
    community.get("/desk").await.says("A bulb in the stairwell");
    let page = community.get(&desk).await;
    page.says("Lend it").says("Not this time");
    assert!(
        !page.body.contains("ana@example.org"),
        "the contact is sealed"
    );
    let late = takes(&mut community, &desk, "lend", &[("f-until", "2027-01-01")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says("2027-01-01");
    let lent = [("f-until", "2026-11-08"), ("f-shed_note", "The red one")];
    let lent = takes(&mut community, &desk, "lend", &lent).await;
    assert_eq!(lent.location(), desk, "{}", lent.body);
    community.get(&desk).await.says("The red one");
    let page = phone.get(&mine).await;
    assert!(
        !page.body.contains("The red one"),
        "only the owner sees this"
    );
    mine
}

async fn comes_back_late_and_broken(house: &House, phone: &mut Browser, mine: &str) {
    house.town.passes(SignedDuration::from_hours(7 * 24)).await;
    phone.get(mine).await.says("Not back yet");
    house.town.passes(SignedDuration::from_secs(1)).await;
    house.town.passes(TOGETHER).await;
    let letters = house.town.letters().await;
    assert!(
        letters
            .iter()
            .any(|letter| letter.body.contains("A bulb in the stairwell"))
    );
    let no_word = takes(phone, mine, "bring_back", &[("f-state", "broken")]).await;
    assert_eq!(
        no_word.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        no_word.body
    );
    let back = [
        ("f-state", "broken"),
        ("f-reason", "A rung gave way"),
        ("f-thanks", "4"),
    ];
    let back = takes(phone, mine, "bring_back", &back).await;
    assert_eq!(back.location(), mine, "{}", back.body);
    // Nobody stays signed in for a week.
    let person = house.town.town.person("community").expect("somebody");
    let desk = mine.replace("/my/", "/desk/cases/");
    let mut community = house.signed_in(person.id).await;
    let mended = takes(
        &mut community,
        &desk,
        "mend",
        &[("f-mended_how", "Glued it")],
    )
    .await;
    assert_eq!(mended.location(), desk, "{}", mended.body);
    phone.get(mine).await.says("Mended").says("/steps/reopen");
}

async fn over_the_api(house: &House) {
    let mut machine = house.browser();
    let token = format!("Bearer {}", house.token_of("community").await);
    let kind = machine
        .api(Method::GET, "/api/v1/kinds/ladder", (&[], ""))
        .await
        .json();
    assert_eq!(kind["kind"], "ladder");
    let mut values = json!({
        "what_for": "A bulb in the hall", "place": place(house), "rungs": "seven", "day": "2026-11-12",
        "extras": ["rope", "helmet"], "helper": false, "contact": "13800138000",
    });
    let body = |values: &Value| json!({"kind": "ladder", "values": values}).to_string();
    let wrong = machine
        .api(Method::POST, "/api/v1/cases", (&[], body(&values)))
        .await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    wrong.says("rungs");
    values["rungs"] = json!(7);
    let opened = machine
        .api(Method::POST, "/api/v1/cases", (&[], body(&values)))
        .await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let receipt = opened.json();
    nobody_replies_until_asked_again(house, &mut machine, &receipt, &token).await;
}

/// The clock says so itself; asked for again, it is lent and brought back.
async fn nobody_replies_until_asked_again(
    house: &House,
    machine: &mut Browser,
    receipt: &Value,
    token: &str,
) {
    let path = format!("/api/v1/cases/{}", receipt["id"].as_str().expect("an id"));
    let code = receipt["tracking_code"]
        .as_str()
        .expect("a code")
        .to_owned();
    let mine = [("tracking-code", code.as_str())];
    let staff = [("authorization", token)];

    let steps = machine
        .api(Method::GET, &format!("{path}/steps"), (&staff, ""))
        .await;
    steps.says("\"lend\"").says("\"refuse\"");
    let refused = json!({"values": {"until": "2026-11-14"}}).to_string();
    let lend = format!("{path}/steps/lend");
    let refused = machine.api(Method::POST, &lend, (&mine, refused)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);

    // Nobody replies: the clock nudges twice, ever more rarely, then says so itself.
    for (days, stage) in [(1, "asked"), (2, "asked"), (4, "closed")] {
        house
            .town
            .passes(SignedDuration::from_hours(24 * days))
            .await;
        let case = machine.api(Method::GET, &path, (&mine, "")).await.json();
        assert_eq!(case["stage"], stage, "{case}");
    }
    let case = machine.api(Method::GET, &path, (&mine, "")).await.json();
    assert_eq!(case["outcome"], "not_lent");
    let history = machine
        .api(Method::GET, &format!("{path}/history"), (&mine, ""))
        .await;
    history
        .says("\"nudge\"")
        .says("\"nobody_replied\"")
        .says("\"clock\"");
    let again = format!("{path}/steps/reopen");
    let again = machine.api(Method::POST, &again, (&mine, "{}")).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    let lent = json!({"values": {"until": "2026-11-20", "shed_note": "The long one"}}).to_string();
    let lent = machine.api(Method::POST, &lend, (&staff, lent)).await;
    assert_eq!(lent.json()["stage"], "lent", "{}", lent.body);
    let back = json!({"values": {"state": "whole", "thanks": 5}}).to_string();
    let bring_back = format!("{path}/steps/bring_back");
    let back = machine.api(Method::POST, &bring_back, (&mine, back)).await;
    assert_eq!(back.json()["stage"], "closed", "{}", back.body);
}

#[tokio::test]
async fn a_kind_of_ones_own_goes_its_whole_way_over_http() {
    let folder = written();
    let folder = folder.path();
    for house in houses_with(61, || kinds_with(folder)) {
        by_forms(&house).await;
        over_the_api(&house).await;
        house.town.verify();
    }
}
