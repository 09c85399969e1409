//! A case that two installations share: a county hands it to its prefecture, and both have the
//! same answer in the end, over a line that loses and repeats, and after days without any.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use huiyin_app::identity::token;
use huiyin_app::installations::chain;
use huiyin_app::installations::create::{self, Request};
use huiyin_app::outside::{Ask, Call, Elsewhere, Part, Pending, SendError, Told};
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Link, Value};
use huiyin_domain::id::{CaseId, InstallationId};
use huiyin_domain::person::Role;
use huiyin_testkit::actors::{Brought, Staff};
use jiff::SignedDuration;
use serde_json::json;

use crate::bad_input::a_photo;
use crate::browser::{Answer, Browser, House, houses};

const WORDS: &str = "The heating main of our county is too narrow";
const ANSWER: &str = "A wider main was laid on Monday";
const SECRET: &[u8] = b"a key of thirty-two bytes or so!";

/// What lies between the two: of so many answers one is lost on its way back, by chance.
struct Between {
    browser: Browser,
    asked: AtomicU64,
    loses: Option<u64>,
}

impl Between {
    async fn carry(&self, ask: &Ask) -> Result<Told, SendError> {
        let mut browser = self.browser.clone();
        let bearer = format!("Bearer {}", ask.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        if let Some(key) = &ask.key {
            headers.push(("idempotency-key", key));
        }
        let answer = match &ask.body {
            None => browser.api(Method::GET, &ask.path, (&headers, "")).await,
            Some(Part::Json(json)) => {
                let json = json.clone();
                browser.api(Method::POST, &ask.path, (&headers, json)).await
            }
            Some(Part::File(bytes, _)) => sends(&mut browser, bytes).await,
        };
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let chance = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        if self
            .loses
            .is_some_and(|one_of| chance.is_multiple_of(one_of))
        {
            return Err(SendError::Away("the answer was lost".to_owned()));
        }
        Ok(Told {
            status: answer.status.as_u16(),
            body: answer.bytes,
        })
    }
}

async fn sends(browser: &mut Browser, bytes: &[u8]) -> Answer {
    let head = "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--b0--\r\n"].concat();
    let kind = "multipart/form-data; boundary=b0";
    browser.post_raw("/api/v1/files", kind, body).await
}

impl Elsewhere for Between {
    fn ask<'a>(&'a self, ask: &'a Ask) -> Pending<'a, Result<Told, SendError>> {
        Box::pin(self.carry(ask))
    }

    fn fault(&self, _: &str) -> Option<&'static str> {
        None
    }
}

/// The two installations, and the case of the county.
struct Two {
    county: House,
    prefecture: House,
    id: InstallationId,
    loses: Option<u64>,
}

impl Two {
    /// On each engine at hand, with a line between them that loses some answers.
    async fn each(seed: u64, loses: Option<u64>) -> Vec<Two> {
        let mut all = Vec::new();
        for (county, prefecture) in houses(seed).into_iter().zip(houses(seed + 1)) {
            let two = Two {
                id: registered(&county, &prefecture).await,
                county,
                prefecture,
                loses,
            };
            two.connect();
            all.push(two);
        }
        all
    }

    fn connect(&self) {
        let between = Between {
            browser: self.county.browser(),
            asked: AtomicU64::new(0),
            loses: self.loses,
        };
        self.prefecture.town.line.connect(Some(Arc::new(between)));
    }

    /// Time passes, and both do their work; over a line that loses much, events come as well.
    async fn settles(&self, case: CaseId) {
        let (rounds, time) = match self.loses {
            None => (6, SignedDuration::from_mins(70)),
            Some(_) => (40, SignedDuration::from_mins(1)),
        };
        for _ in 0..rounds {
            if self.loses.is_some() {
                told(self, case, SECRET).await;
            }
            self.passes(time).await;
        }
    }

    async fn passes(&self, time: SignedDuration) {
        self.county.town.passes(time).await;
        self.prefecture.town.passes(time).await;
    }

    /// A case of the county that is with the unit which the prefecture is to it.
    async fn handed(&self) -> Brought {
        let town = &self.county.town;
        let mut phone = self.county.browser();
        let photo = sends(&mut phone, &a_photo()).await.json();
        let photo = photo["id"].as_str().expect("a file has an id");
        let resident = town.resident("Ana");
        let place = town.town.person("community").expect("a community");
        let values = [
            ("description", Value::Text(WORDS.to_owned())),
            ("place", Value::Place(place.posts[0].place.clone())),
            ("photos", Value::Files(vec![photo.parse().expect("an id")])),
            ("contact", Value::Text("ana@example.org".to_owned())),
        ];
        let case = resident.opens("appeal", &values).await;
        let case = case.expect("anybody may open one");
        let unit = town.town.person("handler").expect("a handler").posts[0].unit;
        acts(
            &self.county,
            &case,
            "dispatch",
            &[("unit", Value::Unit(unit))],
        )
        .await;
        case
    }

    /// The same case as the prefecture numbers it.
    async fn there(&self, case: &Brought) -> Brought {
        let (id, theirs) = (self.id, case.id);
        let find =
            move |tx: &mut huiyin_store::Tx<'_>| huiyin_store::installations::find(tx, id, theirs);
        let found = self.prefecture.town.app.store.read(find).await;
        let handed = found.expect("it can be read").expect("it was taken");
        Brought {
            id: handed.case.expect("it was opened"),
            code: None,
        }
    }

    /// The steps of a case on one side, in their order.
    async fn steps(&self, house: &House, case: CaseId) -> Vec<String> {
        let links = links(house, case).await;
        links.into_iter().map(|link| link.step).collect()
    }
}

async fn links(house: &House, case: CaseId) -> Vec<Link> {
    let office = house.town.staff("office").actor;
    let read = chain::read(&house.town.app, &office, (case, 0)).await;
    read.expect("the office reads all")
}

async fn registered(county: &House, prefecture: &House) -> InstallationId {
    let handler = county.town.town.person("handler").expect("a handler");
    let office = county.town.town.person("office").expect("an office");
    let request = token::Request {
        name: "prefecture".to_owned(),
        scopes: token::Scope::ALL.to_vec(),
        unit: handler.posts[0].unit,
        role: Role::Partner,
        place: office.posts[0].place.clone(),
        expires_at: None,
    };
    let made = token::create(&county.town.app, &Actor::system(), request).await;
    let place = prefecture.town.town.person("office").expect("an office");
    let operator = prefecture.town.town.person("operator").expect("a hotline");
    let request = Request {
        name: "Qingshi county".to_owned(),
        url: "https://county.example/".to_owned(),
        token: made.expect("a token").token.reveal().to_owned(),
        unit: operator.posts[0].unit,
        place: place.posts[0].place.clone(),
    };
    let app = &prefecture.town.app;
    let id = create::create(app, &Actor::system(), request).await;
    let id = id.expect("it can be registered");
    let secret = format!("whsec_{}", BASE64.encode(SECRET));
    let believed = create::believe(app, &Actor::system(), (id, &secret)).await;
    believed.expect("a key");
    id
}

/// Whoever may take this step takes it.
async fn acts(house: &House, case: &Brought, step: &str, values: &[(&str, Value)]) {
    for person in &house.town.town.people {
        let staff = Staff::of(&house.town, person.actor());
        let offers = staff.may_take(case).await;
        if offers.iter().any(|offer| offer == step) {
            let taken = staff.takes(case, step, values).await;
            taken.expect("what is offered can be taken");
            return;
        }
    }
    panic!("nobody may {step}");
}

/// The unit that is to do it takes it on and answers.
async fn answered(house: &House, case: &Brought) {
    let unit = house.town.town.person("handler").expect("a handler").posts[0].unit;
    acts(house, case, "dispatch", &[("unit", Value::Unit(unit))]).await;
    acts(house, case, "accept", &[]).await;
    let mut phone = house.browser();
    let photo = sends(&mut phone, &a_photo()).await.json();
    let photo = photo["id"].as_str().expect("a file has an id");
    let values = [
        ("outcome", Value::Choice("solved".to_owned())),
        ("answer", Value::Text(ANSWER.to_owned())),
        ("photos", Value::Files(vec![photo.parse().expect("an id")])),
    ];
    acts(house, case, "answer", &values).await;
}

/// From being handed over to being closed on both sides; what each of them did.
async fn whole_way(two: &Two) -> (Brought, Brought) {
    let case = two.handed().await;
    two.settles(case.id).await;
    let there = two.there(&case).await;
    let staff = two.prefecture.town.staff("office");
    let page = staff.reads(&there).await.expect("the office reads it");
    assert_eq!(page.values["description"], Value::Text(WORDS.to_owned()));
    assert_eq!(page.files.len(), 1, "the photo came with it");

    answered(&two.prefecture, &there).await;
    two.settles(case.id).await;
    let resident = two.county.town.resident("Ana");
    let page = resident.reads(&case).await.expect("it is hers");
    assert_eq!(page.case.stage, "answered");
    assert_eq!(page.values["answer"], Value::Text(ANSWER.to_owned()));
    assert_eq!(page.files.len(), 2, "the photo of the answer came back");

    let judged = [
        ("solved", Value::Choice("yes".to_owned())),
        ("content", Value::YesNo(true)),
    ];
    resident
        .takes(&case, "judge", &judged)
        .await
        .expect("she judges");
    two.settles(case.id).await;
    let page = staff.reads(&there).await.expect("the office reads it");
    assert_eq!(page.case.outcome.as_deref(), Some("solved"));
    (case, there)
}

const COUNTY: [&str; 5] = ["open", "dispatch", "accept", "answer", "judge"];

#[tokio::test]
async fn a_case_of_the_county_is_answered_by_the_prefecture() {
    for two in Two::each(71, None).await {
        let (case, there) = whole_way(&two).await;
        assert_eq!(two.steps(&two.county, case.id).await, COUNTY);
        assert_eq!(two.steps(&two.prefecture, there.id).await, COUNTY);
        // Each keeps the other's part, and both are whole.
        for (house, own, other, far) in [
            (&two.county, &case, &two.prefecture, &there),
            (&two.prefecture, &there, &two.county, &case),
        ] {
            let page = house.town.staff("office").reads(own).await.expect("a case");
            let [part] = &page.elsewhere[..] else {
                panic!("one other part: {:?}", page.elsewhere);
            };
            assert_eq!(part.links, links(other, far.id).await);
            house.town.verify();
        }
        // Who brought it in stayed where it was.
        let mut clerk = two
            .prefecture
            .signed_in(
                two.prefecture
                    .town
                    .town
                    .person("office")
                    .expect("an office")
                    .id,
            )
            .await;
        let page = clerk.get(&format!("/desk/cases/{}", there.id)).await;
        page.says(WORDS).says("At Qingshi county");
        assert!(!page.body.contains("ana@example.org"));
    }
}

#[tokio::test]
async fn what_goes_about_within_one_side_is_its_own_affair_until_it_is_given_back() {
    for two in Two::each(81, None).await {
        let case = two.handed().await;
        two.settles(case.id).await;
        let there = two.there(&case).await;
        let person = |login: &str| two.prefecture.town.town.person(login).expect(login);
        let (unit, theirs) = (
            person("handler").posts[0].unit,
            person("operator").posts[0].unit,
        );
        let to = |unit| [("unit", Value::Unit(unit))];
        acts(&two.prefecture, &there, "dispatch", &to(unit)).await;
        let reason = [("reason", Value::Text("not our pipe".to_owned()))];
        acts(&two.prefecture, &there, "send_back", &reason).await;
        two.settles(case.id).await;
        assert_eq!(two.steps(&two.county, case.id).await, ["open", "dispatch"]);
        let note = ("note", Value::Text("it is the county's pipe".to_owned()));
        let [unit] = to(theirs);
        acts(&two.prefecture, &there, "dispatch", &[unit, note]).await;
        two.settles(case.id).await;
        let page = two.county.town.staff("office").reads(&case).await;
        let page = page.expect("the office reads it");
        let back = page.entries.iter().find(|entry| entry.step == "send_back");
        let why = back.and_then(|entry| entry.says.get("reason"));
        let reason = Value::Text("it is the county's pipe".to_owned());
        assert_eq!(why, Some(&reason));
        let page = two.prefecture.town.staff("office").reads(&there).await;
        let outcome = page.expect("the office reads it").case.outcome;
        assert_eq!(outcome.as_deref(), Some("withdrawn"));
        two.county.town.verify();
        two.prefecture.town.verify();
    }
}

#[tokio::test]
async fn a_line_that_loses_answers_makes_nothing_twice() {
    for loses in [3, 8] {
        for two in Two::each(73, Some(loses)).await {
            let (case, there) = whole_way(&two).await;
            assert_eq!(two.steps(&two.county, case.id).await, COUNTY, "{loses}");
            assert_eq!(
                two.steps(&two.prefecture, there.id).await,
                COUNTY,
                "{loses}"
            );
            two.county.town.verify();
            two.prefecture.town.verify();
        }
    }
}

#[tokio::test]
async fn nothing_is_missed_when_nobody_was_there_for_days() {
    for two in Two::each(75, None).await {
        two.prefecture.town.line.connect(None);
        let case = two.handed().await;
        two.passes(SignedDuration::from_hours(5)).await;
        two.connect();
        two.settles(case.id).await;
        let there = two.there(&case).await;
        two.prefecture.town.line.connect(None);
        answered(&two.prefecture, &there).await;
        for _ in 0..4 {
            two.prefecture
                .town
                .passes(SignedDuration::from_hours(24))
                .await;
        }
        let page = two.county.town.staff("office").reads(&case).await;
        assert_ne!(page.expect("a case").case.stage, "answered");
        two.connect();
        two.settles(case.id).await;
        let page = two.county.town.staff("office").reads(&case).await;
        let answer = page.expect("a case").values.get("answer").cloned();
        assert_eq!(answer, Some(Value::Text(ANSWER.to_owned())));
        two.county.town.verify();
        two.prefecture.town.verify();
    }
}

/// An event of the county about this case, signed with this key.
async fn told(two: &Two, case: CaseId, key: &[u8]) -> Answer {
    let call = Call {
        id: 7,
        url: String::new(),
        secret: key.to_vec(),
        at: two.prefecture.town.app.now(),
        body: json!({"specversion": "1.0", "id": "x", "type": "cn.huiyin.case.advanced.v1",
            "source": "https://county.example", "subject": case.to_string()})
        .to_string(),
    };
    let (name, at, signature) = (
        call.name(),
        call.at.as_second().to_string(),
        call.signature(),
    );
    let headers = [
        ("webhook-id", name.as_str()),
        ("webhook-timestamp", at.as_str()),
        ("webhook-signature", signature.as_str()),
    ];
    let path = format!("/api/v1/installations/{}/events", two.id);
    let mut program = two.prefecture.browser();
    program
        .api(Method::POST, &path, (&headers, call.body))
        .await
}

#[tokio::test]
async fn an_event_is_believed_when_it_is_signed_and_is_acted_on_at_once() {
    for two in Two::each(77, None).await {
        // Its list has just been looked through.
        two.prefecture.town.does_its_work().await;
        let case = two.handed().await;
        let strange = told(&two, case.id, b"another key").await;
        assert_eq!(strange.status, StatusCode::UNAUTHORIZED);
        two.prefecture.town.does_its_work().await;
        for _ in 0..3 {
            let heard = told(&two, case.id, SECRET).await;
            assert_eq!(heard.status, StatusCode::NO_CONTENT, "{}", heard.body);
        }
        two.prefecture.town.does_its_work().await;
        let there = two.there(&case).await;
        assert_eq!(two.steps(&two.prefecture, there.id).await, ["open"]);
        // Taken back, it is over here.
        let back = [("reason", Value::Text("ours after all".to_owned()))];
        acts(&two.county, &case, "recall", &back).await;
        told(&two, case.id, SECRET).await;
        two.prefecture.town.does_its_work().await;
        let page = two.prefecture.town.staff("office").reads(&there).await;
        let outcome = page.expect("the office reads it").case.outcome;
        assert_eq!(outcome.as_deref(), Some("withdrawn"));
        two.county.town.verify();
        two.prefecture.town.verify();
    }
}

#[tokio::test]
async fn a_history_that_is_told_otherwise_later_is_refused() {
    for two in Two::each(79, None).await {
        let case = two.handed().await;
        two.settles(case.id).await;
        let there = two.there(&case).await;
        let token = two.county.token_of("handler").await;
        let bearer = format!("Bearer {token}");
        let mut program = two.county.browser();
        let path = format!("/api/v1/cases/{}/elsewhere", case.id);
        let whole = links(&two.prefecture, there.id).await;
        let mut changed = whole.clone();
        changed[0].step = "other".to_owned();
        let mut resealed = whole.clone();
        resealed[0].hash[0] ^= 1;
        for (links, status) in [
            (&changed, StatusCode::CONFLICT),
            (&whole, StatusCode::OK),
            (&whole, StatusCode::OK),
            (&resealed, StatusCode::CONFLICT),
        ] {
            let body = json!({"case": there.id, "entries": links}).to_string();
            let headers = [("authorization", bearer.as_str())];
            let answer = program
                .api(Method::POST, &path, (&headers, Body::from(body)))
                .await;
            assert_eq!(answer.status, status, "{}", answer.body);
        }
        two.county.town.verify();
    }
}
