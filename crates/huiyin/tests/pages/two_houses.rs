//! Two houses of which one hands cases to the other, and what lies between them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::Method;
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

pub const WORDS: &str = "The heating main of our county is too narrow";
pub const ANSWER: &str = "A wider main was laid on Monday";
pub const SECRET: &[u8] = b"a key of thirty-two bytes or so!";

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

pub async fn sends(browser: &mut Browser, bytes: &[u8]) -> Answer {
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
pub struct Two {
    pub county: House,
    pub prefecture: House,
    pub id: InstallationId,
    loses: Option<u64>,
}

impl Two {
    /// On each engine at hand, with a line between them that loses some answers.
    pub async fn each(seed: u64, loses: Option<u64>) -> Vec<Two> {
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

    pub fn connect(&self) {
        let between = Between {
            browser: self.county.browser(),
            asked: AtomicU64::new(0),
            loses: self.loses,
        };
        self.prefecture.town.line.connect(Some(Arc::new(between)));
    }

    /// Time passes, and both do their work; over a line that loses much, events come as well.
    pub async fn settles(&self, case: CaseId) {
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

    pub async fn passes(&self, time: SignedDuration) {
        self.county.town.passes(time).await;
        self.prefecture.town.passes(time).await;
    }

    /// A case of the county that is with the unit which the prefecture is to it.
    pub async fn handed(&self) -> Brought {
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
    pub async fn there(&self, case: &Brought) -> Brought {
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
}

/// The history of a case on one side, as it is sealed there.
pub async fn links(house: &House, case: CaseId) -> Vec<Link> {
    let office = house.town.staff("office").actor;
    let read = chain::read(&house.town.app, &office, (case, 0)).await;
    read.expect("the office reads all")
}

/// The county makes a token for the prefecture, which registers the county with it.
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
pub async fn acts(house: &House, case: &Brought, step: &str, values: &[(&str, Value)]) {
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
pub async fn answered(house: &House, case: &Brought) {
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

/// An event of the county about this case, signed with this key.
pub async fn told(two: &Two, case: CaseId, key: &[u8]) -> Answer {
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

/// The steps of a case on one side, in their order.
pub async fn steps(house: &House, case: CaseId) -> Vec<String> {
    let links = links(house, case).await;
    links.into_iter().map(|link| link.step).collect()
}
