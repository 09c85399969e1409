//! Volunteers on the pages: they register, are accepted or not, report back, have it certified
//! and leave; and whoever may not does not.

use axum::http::StatusCode;
use huiyin_domain::place::PlaceCode;

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};

/// The community of whoever signs in as `community`.
pub fn community(house: &House) -> PlaceCode {
    let person = house.town.town.person("community").expect("a community");
    person.posts[0].place.clone()
}

pub async fn neighbour(house: &House, number: usize) -> Browser {
    let person = house.town.town.volunteers().nth(number);
    house.signed_in(person.expect("a dozen").id).await
}

/// Registers; only what must be there.
async fn registers(house: &House, browser: &mut Browser, name: &str) -> Answer {
    let place = community(house).to_string();
    let id = browser.get("/volunteer/offer").await.input("id");
    let fields = [("id", id.as_str()), ("name", name), ("place", &place)];
    browser.post("/volunteer/offer", &fields).await
}

/// Where the first link that begins so leads.
pub fn link(page: &Answer, begins: &str) -> String {
    let at = page.body.find(&format!("\"{begins}"));
    let at = at.unwrap_or_else(|| panic!("no link to {begins} in {}", page.body));
    let rest = &page.body[at + 1..];
    rest.split('"')
        .next()
        .expect("an attribute ends")
        .to_owned()
}

pub async fn accepted(house: &House, browser: &mut Browser, name: &str) {
    let asked = registers(house, browser, name).await;
    assert_eq!(asked.location(), "/volunteer", "{}", asked.body);
    let mut keeper = desk(house, "community").await;
    let list = keeper.get("/desk/volunteers?which=asking").await;
    let page = link(&list, "/desk/volunteers/0");
    let welcome = keeper.post(&format!("{page}/accept"), &[]).await;
    assert_eq!(welcome.location(), page, "{}", welcome.body);
}

async fn reports(browser: &mut Browser, what: &str, hours: &str) -> Answer {
    let form = browser.get("/volunteer/report").await;
    let (id, day) = (
        form.input("id"),
        form.body.split("type=\"date\" value=\"").nth(1),
    );
    let day = day
        .and_then(|rest| rest.split('"').next())
        .expect("today")
        .to_owned();
    let fields = [
        ("id", id.as_str()),
        ("what", what),
        ("whom", "elders"),
        ("day", &day),
        ("hours", hours),
    ];
    browser.post("/volunteer/report", &fields).await
}

#[tokio::test]
async fn a_neighbour_registers_helps_and_has_it_certified() {
    for house in houses(81) {
        let mut ana = neighbour(&house, 0).await;
        ana.get("/volunteer").await.says("I would like to help");
        accepted(&house, &mut ana, "Ana Wu").await;
        house.town.does_its_work().await;
        let letters = house.town.letters().await;
        let told = letters
            .iter()
            .any(|letter| letter.body.contains("/volunteer"));
        assert!(told, "they are told where to see it");

        let early = ana
            .post("/volunteer/certificates", &[("id", "0000000000002")])
            .await;
        assert_eq!(early.status, StatusCode::CONFLICT, "nothing to certify");
        let sent = reports(&mut ana, "shopping for a neighbour", "1.5").await;
        assert_eq!(sent.location(), "/volunteer", "{}", sent.body);
        ana.get("/volunteer").await.says("Waits to be confirmed");

        let mut keeper = desk(&house, "community").await;
        let waiting = keeper.get("/desk/services").await;
        waiting.says("shopping for a neighbour").says("Ana Wu");
        assert_eq!(missing_words(&waiting.body), Vec::<&str>::new());
        let confirm = link(&waiting, "/desk/services/");
        let confirmed = keeper.post(&confirm, &[]).await;
        assert_eq!(confirmed.location(), "/desk/services", "{}", confirmed.body);
        let again = keeper.post(&confirm, &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "somebody was quicker");

        let own = ana.get("/volunteer").await;
        own.says("Confirmed")
            .says("What was agreed for this year is done");
        let id = own.input("id");
        let made = ana
            .post("/volunteer/certificates", &[("id", id.as_str())])
            .await;
        assert_eq!(made.location(), "/volunteer", "{}", made.body);
        let twice = ana
            .post("/volunteer/certificates", &[("id", id.as_str())])
            .await;
        assert_eq!(twice.location(), "/volunteer", "sent twice is made once");
        let paper = ana.get(&format!("/volunteer/certificates/{id}")).await;
        paper
            .says("Ana Wu")
            .says("1.5 h")
            .says("shopping for a neighbour");

        let check = link(&paper, "/certificate/");
        let mut anybody = house.browser();
        let checked = anybody.get(&check).await;
        checked
            .says("The certificate is true")
            .says("A***")
            .says("1.5 h");
        assert!(!checked.body.contains("Ana Wu"), "the least form");
        assert!(!checked.body.contains("shopping"), "not what was done");
        let revoke = format!("/volunteer/certificates/{id}/revoke");
        let mut ben = neighbour(&house, 1).await;
        let foreign = ben.post(&revoke, &[]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(ana.post(&revoke, &[]).await.location(), "/volunteer");
        let gone = anybody.get(&check).await;
        gone.says("no longer valid");
        assert!(!gone.body.contains("A***"));
    }
}

#[tokio::test]
async fn somebody_declined_is_told_why_and_can_ask_again() {
    for house in houses(82) {
        let mut ana = neighbour(&house, 0).await;
        registers(&house, &mut ana, "Ana Wu").await;
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/volunteers?which=asking").await;
        let page = link(&list, "/desk/volunteers/0");
        let decline = format!("{page}/decline");
        let empty = keeper.post(&decline, &[("reason", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("reason", "Please choose the grid in which you live.")];
        assert_eq!(keeper.post(&decline, &fields).await.location(), page);
        let late = keeper.post(&format!("{page}/accept"), &[]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "it is decided");
        ana.get("/volunteer").await.says("Please choose the grid");
        let refused = reports(&mut ana, "anything", "1").await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "not accepted yet");
        let again = registers(&house, &mut ana, "Ana Wu").await;
        assert_eq!(again.location(), "/volunteer");
        let list = keeper.get("/desk/volunteers?which=asking").await;
        list.says("Ana Wu");
    }
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_as_it_was() {
    for house in houses(83) {
        let mut ana = neighbour(&house, 0).await;
        let id = ana.get("/volunteer/offer").await.input("id");
        let place = community(&house).to_string();
        let nowhere = [
            ("id", id.as_str()),
            ("name", "Ana Wu"),
            ("skill", "repair.water"),
        ];
        let form = ana.post("/volunteer/offer", &nowhere).await;
        assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
        form.says("value=\"Ana Wu\"")
            .says("value=\"repair.water\" checked");
        let high = [("id", id.as_str()), ("name", ""), ("place", &place[..6])];
        let form = ana.post("/volunteer/offer", &high).await;
        assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
        form.says("Choose a community, or a grid of one.");
        for (name, value) in [("free", "9-morning"), ("speaks", "xx"), ("reach", "km-900")] {
            let fields = [
                ("id", id.as_str()),
                ("name", "Ana"),
                ("place", &place),
                (name, value),
            ];
            let answer = ana.post("/volunteer/offer", &fields).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name}");
        }
        let unknown = [
            ("id", id.as_str()),
            ("name", "Ana"),
            ("place", &place),
            ("skill", "flying"),
        ];
        let answer = ana.post("/volunteer/offer", &unknown).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        accepted(&house, &mut ana, "Ana Wu").await;
        for (what, hours, says) in [
            ("", "1", "needs to be filled"),
            ("x", "0", "Half an hour"),
            ("x", "two", "Half an hour"),
            ("x", "25", "Half an hour"),
        ] {
            let answer = reports(&mut ana, what, hours).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{hours}");
            if !what.is_empty() {
                answer.says(says).says(&format!("value=\"{hours}\""));
            }
        }
    }
}

#[tokio::test]
async fn everything_offered_is_kept_exported_and_forgotten() {
    for house in houses(84) {
        let mut ana = neighbour(&house, 0).await;
        accepted(&house, &mut ana, "Ana Wu").await;
        let place = community(&house).to_string();
        let id = ana.get("/volunteer/offer").await.input("id");
        let fields = [
            ("id", id.as_str()),
            ("name", "Ana Wu"),
            ("place", &place),
            ("skill", "repair.water"),
            ("skill", "company.talk"),
            ("free", "6-morning"),
            ("day-1", "2027-01-01"),
            ("day-1-part", "evening"),
            ("reach", "km-5"),
            ("speaks", "zh"),
            ("avoid", "stairs"),
            ("avoid_note", "cigarette smoke"),
        ];
        let kept = ana.post("/volunteer/offer", &fields).await;
        assert_eq!(kept.location(), "/volunteer", "{}", kept.body);
        let form = ana.get("/volunteer/offer").await;
        for part in [
            "value=\"repair.water\" checked",
            "value=\"6-morning\"",
            "value=\"2027-01-01\"",
            "value=\"km-5\" selected",
            "value=\"stairs\" checked",
            "cigarette smoke",
        ] {
            form.says(part);
        }
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/volunteers?skill=repair.water").await;
        list.says("Ana Wu").says("5 km");
        let other = keeper.get("/desk/volunteers?skill=repair.door").await;
        assert!(!other.body.contains("Ana Wu"));
        let file = ana.get("/volunteer/data.json").await;
        assert_eq!(file.json()["volunteer"]["name"], "Ana Wu");
        assert_eq!(file.json()["volunteer"]["avoids"][0], "stairs");

        assert_eq!(
            ana.post("/volunteer/leave", &[]).await.location(),
            "/volunteer"
        );
        ana.get("/volunteer").await.says("I would like to help");
        let list = keeper.get("/desk/volunteers").await;
        assert!(!list.body.contains("Ana Wu"));
        let gone = ana.get("/volunteer/data.json").await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        house.town.verify();
    }
}

#[tokio::test]
async fn a_community_sees_and_decides_only_its_own() {
    for house in houses(85) {
        let mut ana = neighbour(&house, 0).await;
        registers(&house, &mut ana, "Ana Wu").await;
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/volunteers?which=asking").await;
        let page = link(&list, "/desk/volunteers/0");
        let here = community(&house);
        let elsewhere = house.town.town.people.iter().find(|person| {
            person.posts.iter().any(|post| {
                post.role.word() == "community"
                    && post.place.as_str().len() == 12
                    && post.place != here
            })
        });
        let elsewhere = elsewhere.expect("there are several communities").id;
        let mut stranger = house.signed_in(elsewhere).await;
        let list = stranger.get("/desk/volunteers?which=asking").await;
        assert!(!list.body.contains("Ana Wu"));
        for path in [page.clone(), format!("{page}/accept")] {
            let answer = match path.ends_with("accept") {
                true => stranger.post(&path, &[]).await,
                false => stranger.get(&path).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn a_community_adds_its_own_skills() {
    for house in houses(86) {
        let mut keeper = desk(&house, "community").await;
        keeper.get("/desk/skills").await.says("Cutting hair");
        let none = [("below", "house"), ("zh", ""), ("en", "")];
        let wrong = keeper.post("/desk/skills", &none).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("below", "house"), ("zh", "打馕"), ("en", "Baking naan")];
        let added = keeper.post("/desk/skills", &fields).await;
        assert_eq!(added.location(), "/desk/skills");
        keeper.get("/desk/skills").await.says("Baking naan");
        let twice = keeper.post("/desk/skills", &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        let below = [("below", "nothing"), ("zh", "x"), ("en", "")];
        let wrong = keeper.post("/desk/skills", &below).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_code_that_is_wrong_says_what_is_wrong_with_it() {
    for house in houses(87) {
        let mut anybody = house.browser();
        anybody.get("/certificate").await.says("Sixteen digits");
        for (code, says) in [
            ("1", "sixteen"),
            ("4539148803436468", "misread"),
            ("4539148803436467", "no certificate with this code"),
        ] {
            let answer = anybody.post("/certificate", &[("code", code)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
            if says.contains(' ') {
                answer.says(says);
            }
            let scanned = anybody.get(&format!("/certificate/{code}")).await;
            assert_eq!(scanned.status, StatusCode::NOT_FOUND, "{code}");
        }
    }
}
