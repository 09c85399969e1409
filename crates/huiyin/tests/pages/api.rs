//! The API as programs use it: who they are, what repeats, what is stale, what a list is
//! while others write, and what a token may not.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use huiyin_app::identity::token::{self, Scope};
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_domain::person::Role;
use serde_json::{Value, json};

use crate::bad_input::a_photo;
use crate::browser::{Answer, Browser, House, houses};

/// A program with a token, or with none.
struct Program {
    browser: Browser,
    token: String,
}

/// One of the headers that matter here.
type Header<'h> = (&'h str, &'h str);

impl Program {
    fn nobody(house: &House) -> Program {
        Program {
            browser: house.browser(),
            token: String::new(),
        }
    }

    /// Speaks for the unit of this login, in this role, where that person stands.
    async fn of(house: &House, login: &str, role: Role, scopes: &[Scope]) -> Program {
        let person = house.town.town.person(login).expect("somebody of the town");
        let request = token::Request {
            name: "a test".to_owned(),
            scopes: scopes.to_vec(),
            unit: person.posts[0].unit,
            role,
            place: person.posts[0].place.clone(),
            expires_at: None,
        };
        let made = token::create(&house.town.app, &Actor::system(), request).await;
        Program {
            token: made.expect("a token can be made").token.reveal().to_owned(),
            ..Program::nobody(house)
        }
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        with: &[Header<'_>],
        body: Option<&Value>,
    ) -> Answer {
        let mut request = self.browser.request(method, &format!("/api/v1{path}"));
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        for (name, value) in with {
            request = request.header(*name, *value);
        }
        let body = match body {
            None => Body::empty(),
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
        };
        let request = request.body(body).expect("a request can be made");
        self.browser.send(request).await
    }

    async fn sends_picture(&mut self, picture: &[u8]) -> Answer {
        let head = "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
        let body = [head.as_bytes(), picture, b"\r\n--b0--\r\n"].concat();
        let kind = "multipart/form-data; boundary=b0";
        self.browser.post_raw("/api/v1/files", kind, body).await
    }

    async fn get(&mut self, path: &str, with: &[Header<'_>]) -> Answer {
        self.send(Method::GET, path, with, None).await
    }

    async fn post(&mut self, path: &str, with: &[Header<'_>], body: &Value) -> Answer {
        self.send(Method::POST, path, with, Some(body)).await
    }
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// The answer is this refusal, as RFC 9457 has it.
fn refuses(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert_eq!(
        answer.headers[header::CONTENT_TYPE],
        "application/problem+json"
    );
    let problem = read(answer);
    assert_eq!(problem["status"], status, "{problem}");
    problem
}

fn etag(answer: &Answer) -> String {
    let tag = &answer.headers[header::ETAG];
    tag.to_str().expect("a tag is ASCII").to_owned()
}

fn cold_rooms(house: &House, words: &str) -> Value {
    let place = house.town.town.person("community").expect("a community");
    json!({"kind": "appeal", "values": {"description": words, "place": place.posts[0].place.as_str()}})
}

async fn opened(house: &House, words: &str) -> (String, String) {
    let mut nobody = Program::nobody(house);
    let answer = nobody.post("/cases", &[], &cold_rooms(house, words)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let receipt = read(&answer);
    let text = |name: &str| receipt[name].as_str().expect("a text").to_owned();
    (text("id"), text("tracking_code"))
}

const KEY: Header<'_> = ("idempotency-key", "7d9f5c0e-58c2-4f6e-9d0a-2f1f0a6f7a11");

#[tokio::test]
async fn a_key_makes_repeating_harmless_and_belongs_to_its_caller() {
    for house in houses(71) {
        let body = cold_rooms(&house, "Our rooms have been cold since Monday");
        let all = &Scope::ALL;
        let mut one = Program::of(&house, "dispatcher", Role::Dispatcher, all).await;
        let mut other = Program::of(&house, "dispatcher", Role::Dispatcher, all).await;
        let first = one.post("/cases", &[KEY], &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        assert!(!first.headers.contains_key("idempotent-replayed"));
        let again = one.post("/cases", &[KEY], &body).await;
        assert_eq!(again.status, StatusCode::CREATED);
        assert_eq!(again.headers["idempotent-replayed"], "true");
        assert_eq!(
            read(&again),
            read(&first),
            "the same receipt, code included"
        );
        // Another body under the same key is a mistake of the program.
        let changed = cold_rooms(&house, "Something else");
        refuses(&one.post("/cases", &[KEY], &changed).await, 422);
        // Another token's key is another key, and tells nothing of the first.
        let theirs = other.post("/cases", &[KEY], &body).await;
        assert_eq!(theirs.status, StatusCode::CREATED);
        assert_ne!(read(&theirs)["id"], read(&first)["id"]);
        for bad in ["short", "with spaces in the middle", "äääääääääääääääääää"]
        {
            refuses(
                &one.post("/cases", &[("idempotency-key", bad)], &body).await,
                400,
            );
        }

        // Two at the same moment are one.
        let key: Header<'_> = ("idempotency-key", "two-at-the-same-moment");
        let (mut here, mut there) = (one.browser.clone(), one.browser.clone());
        let ask = |browser: &mut Browser| {
            let mut program = Program {
                browser: browser.clone(),
                token: one.token.clone(),
            };
            let body = body.clone();
            async move { program.post("/cases", &[key], &body).await }
        };
        let (left, right) = tokio::join!(ask(&mut here), ask(&mut there));
        assert_eq!(
            read(&left)["id"],
            read(&right)["id"],
            "{} {}",
            left.body,
            right.body
        );
    }
}

#[tokio::test]
async fn a_step_is_taken_on_what_was_seen_or_not_at_all() {
    for house in houses(72) {
        let (id, code) = opened(&house, "The lift stands still").await;
        let mut theirs = Program::nobody(&house);
        let who: Header<'_> = ("tracking-code", &code);
        let case = format!("/cases/{id}");
        let seen = etag(&theirs.get(&case, &[who]).await);
        assert_eq!(seen, "\"1\"");
        let said = json!({"values": {"message": "Since Monday"}});
        let step = format!("{case}/steps/add");
        let first = theirs
            .post(&step, &[who, ("if-match", &seen), KEY], &said)
            .await;
        assert_eq!(
            (first.status, etag(&first)),
            (StatusCode::OK, "\"2\"".to_owned())
        );
        // The same request is answered as before, although its version is an old one by now.
        let again = theirs
            .post(&step, &[who, ("if-match", &seen), KEY], &said)
            .await;
        assert_eq!(again.headers["idempotent-replayed"], "true");
        assert_eq!(read(&again)["version"], 2);
        refuses(
            &theirs.post(&step, &[who, ("if-match", &seen)], &said).await,
            412,
        );
        refuses(
            &theirs.post(&step, &[who, ("if-match", "2")], &said).await,
            400,
        );
        let now = theirs.get(&case, &[who]).await;
        assert_eq!(etag(&now), "\"2\"", "nothing was done by those");
        let any = theirs.post(&step, &[who, ("if-match", "*")], &said).await;
        assert_eq!(any.status, StatusCode::OK);
        // What is missing is named; what cannot be done now is a conflict.
        let empty = refuses(&theirs.post(&step, &[who], &json!({})).await, 422);
        assert_eq!(empty["errors"][0]["field"], "message");
        let judge = format!("{case}/steps/judge");
        let early = json!({"values": {"solved": "yes", "content": true}});
        refuses(&theirs.post(&judge, &[who], &early).await, 409);
    }
}

#[tokio::test]
async fn comments_and_files_go_with_a_case_and_come_back() {
    for house in houses(73) {
        let (id, code) = opened(&house, "The lamp is broken").await;
        let who: Header<'_> = ("tracking-code", &code);
        let mut theirs = Program::nobody(&house);
        let sent = theirs.sends_picture(&a_photo()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
        let file = read(&sent)["id"].as_str().expect("an id").to_owned();
        let shown = json!({"text": "Here it is", "files": [file]});
        let all = &Scope::ALL;
        let mut desk = Program::of(&house, "dispatcher", Role::Dispatcher, all).await;
        let comments = format!("/cases/{id}/comments");
        let noted = desk
            .post(&comments, &[], &json!({"text": "Called the works"}))
            .await;
        assert_eq!(noted.status, StatusCode::CREATED, "{}", noted.body);
        assert_eq!(read(&noted)["step"], "note");
        let added = theirs
            .post(&comments, &[who], &json!({"text": "Still dark"}))
            .await;
        assert_eq!(read(&added)["step"], "add", "{}", added.body);
        let shown = theirs.post(&comments, &[who], &shown).await;
        assert_eq!(shown.status, StatusCode::CREATED, "{}", shown.body);
        let picture = format!("/cases/{id}/files/{file}");
        let fetched = desk.get(&picture, &[]).await;
        assert_eq!(fetched.headers[header::CONTENT_TYPE], "image/jpeg");
        assert_eq!(fetched.headers["x-content-type-options"], "nosniff");
        assert!(!fetched.body.is_empty());
        assert_eq!(theirs.get(&picture, &[who]).await.status, StatusCode::OK);
        refuses(&theirs.get(&picture, &[]).await, 401);
        let (other, code) = opened(&house, "Another").await;
        let elsewhere = format!("/cases/{other}/files/{file}");
        refuses(
            &theirs.get(&elsewhere, &[("tracking-code", &code)]).await,
            404,
        );
        let history = theirs.get(&format!("/cases/{id}/history"), &[who]).await;
        history.says("Still dark");
        assert!(
            !history.body.contains("Called the works"),
            "a note stays inside"
        );
        refuses(
            &theirs.post(&comments, &[who], &json!({"text": ""})).await,
            422,
        );
        refuses(
            &theirs.post(&comments, &[], &json!({"text": "Hello"})).await,
            401,
        );
        let strange = json!({"text": "Look", "files": ["0000000000001"]});
        refuses(&theirs.post(&comments, &[who], &strange).await, 422);
    }
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_while_others_write() {
    for house in houses(74) {
        let mut before = Vec::new();
        for number in 0..30 {
            before.push(opened(&house, &format!("Number {number}")).await.0);
        }
        let all = &Scope::ALL;
        let mut desk = Program::of(&house, "dispatcher", Role::Dispatcher, all).await;
        for order in ["due", "newest"] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/cases?state=open&order={order}&limit=7{cursor}");
                let page = read(&desk.get(&path, &[]).await);
                let rows = page["cases"].as_array().expect("rows").iter();
                seen.extend(rows.map(|row| row["id"].as_str().expect("an id").to_owned()));
                // Somebody brings in more meanwhile.
                opened(&house, "In between").await;
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            for id in &before {
                let times = seen.iter().filter(|row| *row == id).count();
                assert_eq!(times, 1, "{order}: {id} is there once");
            }
        }
        let found = read(
            &desk
                .get("/cases?state=all&text=Number&limit=200", &[])
                .await,
        );
        assert_eq!(found["cases"].as_array().expect("rows").len(), 30);
        let bad = refuses(&desk.get("/cases?cursor=x&limit=0&kind=", &[]).await, 422);
        assert_eq!(bad["errors"].as_array().expect("faults").len(), 3, "{bad}");
    }
}

#[tokio::test]
async fn a_token_may_what_its_scopes_and_its_role_allow() {
    for house in houses(75) {
        let (id, code) = opened(&house, "Nobody answers the telephone").await;
        let case = format!("/cases/{id}");
        let reads = &[Scope::CasesRead];
        let mut reader = Program::of(&house, "dispatcher", Role::Dispatcher, reads).await;
        assert_eq!(reader.get(&case, &[]).await.status, StatusCode::OK);
        assert_eq!(reader.get("/me", &[]).await.status, StatusCode::OK);
        refuses(&reader.get("/units", &[]).await, 403);
        let body = cold_rooms(&house, "Cold");
        refuses(&reader.post("/cases", &[], &body).await, 403);
        refuses(
            &reader
                .post(&format!("{case}/steps/note"), &[], &json!({}))
                .await,
            403,
        );
        // A code that comes with a token opens nothing more.
        let who: Header<'_> = ("tracking-code", &code);
        refuses(
            &reader
                .post(&format!("{case}/steps/add"), &[who], &json!({}))
                .await,
            403,
        );

        let writes = &[Scope::CasesWrite];
        let mut writer = Program::of(&house, "dispatcher", Role::Dispatcher, writes).await;
        refuses(&writer.get("/cases", &[]).await, 403);
        refuses(&writer.get(&case, &[]).await, 403);
        // A partner of another unit does not know of the case.
        let mut partner = Program::of(&house, "partner", Role::Partner, &Scope::ALL).await;
        refuses(&partner.get(&case, &[]).await, 404);
        let listed = read(&partner.get("/cases?state=all", &[]).await);
        assert_eq!(listed["cases"], json!([]));

        let mut nobody = Program::nobody(&house);
        refuses(&nobody.get(&case, &[]).await, 401);
        refuses(&nobody.get("/cases", &[]).await, 401);
        assert_eq!(nobody.get(&case, &[who]).await.status, StatusCode::OK);
        let other = opened(&house, "Another").await.1;
        let theirs: Header<'_> = ("tracking-code", &other);
        refuses(&nobody.get(&case, &[theirs]).await, 404);
        nobody.token = "hy_nothing".to_owned();
        refuses(&nobody.get("/kinds", &[]).await, 401);
        let made = id.parse::<CaseId>().expect("an id").to_string();
        assert_eq!(made, id);
    }
}
