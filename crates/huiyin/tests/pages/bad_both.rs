//! Bad input at both doors, as tables: the same nonsense sent as a form and over the API. Each
//! row gets a clear 4xx in the sender's language, changes nothing that is kept, and a form comes
//! back with what else was typed in it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{Method, header};
use huiyin_domain::id::FileId;
use huiyin_domain::place::Level;
use huiyin_store::{Tx, files};
use serde_json::{Value, json};

use crate::browser::{Answer, Browser, House, houses};

/// What is kept: cases, entries and files. Nothing of it may be broken.
pub fn kept(house: &House) -> (u64, u64, usize) {
    let app = &house.town.app;
    std::thread::scope(|scope| {
        let count = scope.spawn(|| {
            let report = huiyin_app::verify::verify(app).expect("the database can be audited");
            assert_eq!(report.findings, []);
            let files = |tx: &mut Tx<'_>| files::each(tx, None::<FileId>, 1_000);
            let files = app.store.read_blocking(files).expect("files can be listed");
            (report.cases, report.entries, files.len())
        });
        count.join().expect("counting does not panic")
    })
}

/// The answer is a 4xx that says in Chinese what is wrong.
fn is_told(what: &str, answer: &Answer, status: u16) {
    let told = answer.body.chars().take(2_000).collect::<String>();
    assert_eq!(answer.status.as_u16(), status, "{what}: {told}");
    assert!(answer.status.is_client_error(), "{what}");
    let kind = answer.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/problem+json") {
        let detail = answer.json()["detail"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(detail.chars().any(|c| c > '\u{3000}'), "{what}: {detail}");
    } else {
        assert!(kind.starts_with("text/html"), "{what}: {kind}");
        assert!(answer.body.contains("<html lang=\"zh\""), "{what}");
        assert!(answer.body.contains("<h1"), "{what}");
    }
}

struct Doors {
    page: Browser,
    api: Browser,
    place: String,
}

impl Doors {
    async fn of(house: &House) -> Doors {
        let place = house.town.town.places_at(Level::Building).next();
        let (mut page, mut api) = (house.browser(), house.browser());
        (page.language, api.language) = ("zh", "zh");
        page.get("/new/appeal").await;
        let place = place.expect("the town has buildings").code.to_string();
        Doors { page, api, place }
    }

    /// Opens a case with one field that is otherwise, as a form.
    async fn form(&mut self, field: &str, value: &str) -> Answer {
        let (name, place) = (format!("f-{field}"), self.place.clone());
        let good = [
            ("checked", "1"),
            ("f-description", "路灯不亮"),
            ("f-place", place.as_str()),
            ("f-name", "小心写下的名字"),
        ];
        let mut fields: Vec<_> = good
            .into_iter()
            .filter(|(known, _)| *known != name)
            .collect();
        fields.push((&name, value));
        self.page.post("/new/appeal", &fields).await
    }

    /// The same over the API.
    async fn json(&mut self, field: &str, value: Value) -> Answer {
        let mut values = json!({"description": "路灯不亮", "place": self.place, "name": "名字"});
        values[field] = value;
        let body = json!({"kind": "appeal", "values": values}).to_string();
        self.post("/api/v1/cases", &[], body).await
    }

    async fn post(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        self.api.api(Method::POST, path, (headers, body)).await
    }
}

/// Closes a building that is not the one of the tables.
async fn closed_place(house: &House) -> String {
    let place = house.town.town.places_at(Level::Building).nth(1);
    let code = place.expect("two buildings").code.clone();
    let office = house.town.staff("office").actor;
    let closed = huiyin_app::places::close::close(&house.town.app, &office, code.clone()).await;
    closed.expect("the office closes places");
    code.to_string()
}

#[tokio::test]
async fn a_field_that_is_wrong() {
    for house in houses(71) {
        let mut doors = Doors::of(&house).await;
        let closed = closed_place(&house).await;
        let huge = "长".repeat(5_001);
        let before = kept(&house);
        #[rustfmt::skip]
        let rows: Vec<(&str, &str, &str, Value, u16)> = vec![
            // what               field          as a form            over the API           a form is told
            ("nothing",           "description", "",                  json!(""),             422),
            ("blanks",            "description", " \u{3000}\n ",      json!(" \u{3000}\n "), 422),
            ("control signs",     "description", "\u{7}\u{8}\u{1b}",  json!("\u{7}\u{8}"),   422),
            ("hidden directions", "description", "\u{202e}\u{2066}",  json!("\u{202e}"),     422),
            ("too long",          "description", &huge,               json!(huge),           422),
            ("a NUL",             "description", "a\0b",              json!("a\0b"),         400),
            ("no place",          "place",       "",                  json!(""),             422),
            ("half a place",      "place",       "652",               json!("652"),          422),
            ("SQL for a place",   "place",       "' OR 1=1 --",       json!("' OR 1=1 --"),  422),
            ("an unknown place",  "place",       "998877",            json!("998877"),       422),
            ("a closed place",    "place",       &closed,             json!(closed),         422),
            ("no contact",        "contact",     "'; DROP TABLE x",   json!("'; DROP"),      422),
            ("a script to reach", "contact",     "<script>x</script>", json!("<script>"),    422),
            ("a name too long  ", "name",        &huge, json!("长".repeat(200)), 422),
            ("no photo",          "photos",      "nothing",           json!(["nothing"]),    422),
            ("a photo of nobody", "photos",      "0000000000001",     json!(["0000000000001"]), 422),
            ("a field of nobody", "colour",      "red",               json!("red"),          422),
            ("what staff asks",   "urgent",      "yes",               json!(true),           422),
            ("a wrong type",      "place",       "true",              json!(true),           422),
            ("another type",      "description", "",                  json!(7),              422),
            ("a list for one",    "description", "",                  json!(["a", "b"]),     422),
            ("an object",         "description", "",                  json!({"a": 1}),       422),
        ];
        for (what, field, text, value, status) in rows {
            let answer = doors.form(field, text).await;
            is_told(what, &answer, status);
            if field != "name" {
                answer.says("小心写下的名字");
            }
            is_told(what, &doors.json(field, value).await, 422);
            assert_eq!(kept(&house), before, "{what}");
        }
    }
}

#[tokio::test]
async fn script_and_sql_in_every_field_are_words_like_others() {
    for house in houses(72) {
        let mut doors = Doors::of(&house).await;
        let before = kept(&house);
        let nasty = "<script>alert(1)</script>'); DROP TABLE cases; --\u{202e}\u{7}";
        let mut sent = 0;
        for field in ["description", "name"] {
            let answer = doors.form(field, nasty).await;
            assert_eq!(answer.status.as_u16(), 303, "{field}: {}", answer.body);
            let path = answer.location().trim_end_matches("/receipt").to_owned();
            let page = doors.page.get(&path).await;
            assert_eq!(page.status.as_u16(), 200);
            assert!(!page.body.contains("<script>alert"), "{field}");
            let answer = doors.json(field, json!(nasty)).await;
            assert_eq!(answer.status.as_u16(), 201, "{field}: {}", answer.body);
            let receipt = answer.json();
            let path = format!("/api/v1/cases/{}", receipt["id"].as_str().expect("an id"));
            let code = [(
                "tracking-code",
                receipt["tracking_code"].as_str().expect("a code"),
            )];
            let case = doors.api.api(Method::GET, &path, (&code, "")).await;
            for hidden in ['\u{202e}', '\u{7}'] {
                assert!(
                    !page.body.contains(hidden) && !case.body.contains(hidden),
                    "{field}"
                );
            }
            sent += 2;
        }
        assert_eq!(kept(&house), (before.0 + sent, before.1 + sent, before.2));
    }
}

#[tokio::test]
async fn a_step_that_cannot_be_taken() {
    for house in houses(73) {
        let mut doors = Doors::of(&house).await;
        let mine = doors.form("contact", "13912345678").await;
        let mine = mine.location().trim_end_matches("/receipt").to_owned();
        let receipt = doors.json("contact", json!("13912345678")).await.json();
        let path = format!("/api/v1/cases/{}", receipt["id"].as_str().expect("an id"));
        let code = receipt["tracking_code"].as_str().expect("a code");
        let huge = "长".repeat(2_001);
        let before = kept(&house);
        #[rustfmt::skip]
        let rows: [(&str, &str, &str, &str, &str, u16, u16); 9] = [
            // what             step       version field      value       form  API
            ("before its time", "judge",   "1",  "why",     "留着的话",   409, 409),
            ("no such step",    "dance",   "1",  "message", "留着的话",   404, 404),
            ("a step of staff", "dispatch", "1", "note",    "留着的话",   403, 403),
            ("an old version",  "add",     "99", "message", "留着的话",   409, 412),
            ("nothing said",    "add",     "1",  "message", " ",          422, 422),
            ("too much said",   "add",     "1",  "message", &huge,        422, 422),
            ("a NUL",           "add",     "1",  "message", "a\0b",       400, 422),
            ("a field too much", "add",    "1",  "colour",  "红",         422, 422),
            ("an early thanks", "reopen",  "1",  "why",     "留着的话",   409, 409),
        ];
        for (what, step, version, field, value, form, api) in rows {
            let name = format!("f-{field}");
            let fields = [
                ("version", version),
                (name.as_str(), value),
                ("f-solved", "yes"),
                ("f-content", "yes"),
            ];
            let fields = &fields[..if step == "judge" { 4 } else { 2 }];
            let answer = doors
                .page
                .post(&format!("{mine}/steps/{step}"), fields)
                .await;
            is_told(what, &answer, form);
            if step == "add" && form == 409 {
                answer.says("留着的话");
            }
            let mut values = json!({field: value});
            if step == "judge" {
                (values["solved"], values["content"]) = (json!("yes"), json!(true));
            }
            let seen = format!("\"{version}\"");
            let headers = [("tracking-code", code), ("if-match", seen.as_str())];
            let body = json!({"values": values}).to_string();
            let answer = doors
                .post(&format!("{path}/steps/{step}"), &headers, body)
                .await;
            is_told(what, &answer, api);
            assert_eq!(kept(&house), before, "{what}");
        }
    }
}

/// What belongs to somebody else is not there, and nobody is told that it is.
#[tokio::test]
async fn a_case_of_somebody_else() {
    for house in houses(76) {
        let mut doors = Doors::of(&house).await;
        let mine = doors.form("contact", "13912345678").await;
        let mine = mine.location().trim_end_matches("/receipt").to_owned();
        let receipt = doors.json("contact", json!("13912345678")).await.json();
        let other = doors.json("contact", json!("13912345678")).await.json();
        let path = format!("/api/v1/cases/{}", receipt["id"].as_str().expect("an id"));
        let before = kept(&house);
        let mut stranger = doors.page.clone();
        stranger.cookies.remove("cases");
        let foreign = stranger.post(&format!("{mine}/steps/withdraw"), &[]).await;
        is_told("of somebody else", &foreign, 404);
        let add = format!("{path}/steps/withdraw");
        for (code, status) in [
            (other["tracking_code"].as_str(), 404),
            (Some("4929381057264018"), 401),
            (Some("no code"), 401),
            (None, 401),
        ] {
            let headers: Vec<_> = code
                .map(|code| ("tracking-code", code))
                .into_iter()
                .collect();
            is_told(
                "of somebody else",
                &doors.post(&add, &headers, "{}").await,
                status,
            );
        }
        assert_eq!(kept(&house), before);
    }
}

/// A body that goes on for ever, and counts what was taken of it.
fn endless(head: Vec<u8>, taken: &Arc<AtomicUsize>) -> Body {
    let taken = taken.clone();
    let first = futures_util::stream::iter([Ok::<_, Infallible>(Bytes::from(head))]);
    let rest = futures_util::stream::repeat_with(move || {
        taken.fetch_add(1 << 16, Ordering::Relaxed);
        Ok(Bytes::from_static(&[b'a'; 1 << 16]))
    });
    Body::from_stream(futures_util::StreamExt::chain(first, rest))
}

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=b";
const JSON: &str = "application/json";

#[tokio::test]
async fn a_body_that_is_none() {
    for house in houses(74) {
        let mut doors = Doors::of(&house).await;
        let token = doors.page.token.clone();
        let before = kept(&house);
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let long = format!("{{\"kind\": \"{}\"}}", "a".repeat(1 << 20));
        #[rustfmt::skip]
        let rows: Vec<(&str, &str, &str, Vec<u8>, u16)> = vec![
            // what            where            kind        body                                       told
            ("not UTF-8",      "/new/appeal",   FORM,       b"f-description=%ff%fe".to_vec(),           400),
            ("raw bytes",      "/new/appeal",   FORM,       b"f-description=\xff\xfe".to_vec(),         400),
            ("GBK",            "/new/appeal",   FORM,       b"f-description=%B5%C6".to_vec(),           400),
            ("too many",       "/new/appeal",   FORM,       "&x=1".repeat(500).into_bytes(),            400),
            ("too long",       "/new/appeal",   FORM,       vec![b'a'; 2 << 20],                        413),
            ("JSON to a page", "/new/appeal",   JSON,       b"{}".to_vec(),                             415),
            ("cut off",        "/new/appeal",   PARTS,      b"--b\r\nContent-Disp".to_vec(),            400),
            ("no boundary",    "/new/appeal",   "multipart/form-data", b"--".to_vec(),                  400),
            ("a form to the API", "/api/v1/cases", FORM,    b"kind=appeal".to_vec(),                    415),
            ("not UTF-8",      "/api/v1/cases", JSON,       b"{\"kind\": \"\xff\"}".to_vec(),           400),
            ("not JSON",       "/api/v1/cases", JSON,       b"{kind: appeal}".to_vec(),                 400),
            ("nothing",        "/api/v1/cases", JSON,       Vec::new(),                                 400),
            ("too deep",       "/api/v1/cases", JSON,       deep.into_bytes(),                          400),
            ("too long",       "/api/v1/cases", JSON,       long.into_bytes(),                          413),
            ("a list",         "/api/v1/cases", JSON,       b"[1]".to_vec(),                            422),
            ("a member too much", "/api/v1/cases", JSON,    b"{\"kind\":\"appeal\",\"values\":{},\"x\":1}".to_vec(), 422),
            ("no such kind",   "/api/v1/cases", JSON,       b"{\"kind\":\"nothing\",\"values\":{}}".to_vec(), 404),
            ("JSON for a file", "/api/v1/files", JSON,      b"{}".to_vec(),                             415),
            ("no file",        "/api/v1/files", PARTS,      b"--b--\r\n".to_vec(),                      422),
        ];
        for (what, path, kind, body, status) in rows {
            let answer = match path.starts_with("/api") {
                true => doors.post_as(path, kind, body).await,
                false => {
                    let lead = if kind == FORM {
                        format!("csrf={token}&")
                    } else {
                        String::new()
                    };
                    let body = [lead.into_bytes(), body].concat();
                    doors.page.post_raw(path, kind, body).await
                }
            };
            is_told(what, &answer, status);
            assert_eq!(kept(&house), before, "{what} at {path}");
        }
    }
}

impl Doors {
    async fn post_as(&mut self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self.api.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, kind).body(body.into());
        self.api.send(request.expect("a request can be made")).await
    }
}

#[tokio::test]
async fn ten_gibibytes_are_not_read() {
    for house in houses(75) {
        let mut doors = Doors::of(&house).await;
        let before = kept(&house);
        let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
        #[rustfmt::skip]
        let rows = [
            ("/new/appeal",   FORM,  "csrf=x&f-description="),
            ("/new/appeal",   PARTS, part),
            ("/api/v1/cases", JSON,  "{\"kind\": \""),
            ("/api/v1/files", PARTS, part),
        ];
        for (path, kind, head) in rows {
            // Once it says so itself, once it just goes on.
            for announced in [Some(10_u64 << 30), None] {
                let taken = Arc::new(AtomicUsize::new(0));
                let door = if path.starts_with("/api") {
                    &mut doors.api
                } else {
                    &mut doors.page
                };
                let mut request = door
                    .request(Method::POST, path)
                    .header(header::CONTENT_TYPE, kind);
                if let Some(bytes) = announced {
                    request = request.header(header::CONTENT_LENGTH, bytes.to_string());
                }
                let body = endless(head.as_bytes().to_vec(), &taken);
                let request = request
                    .header(header::ORIGIN, "http://huiyin.test")
                    .body(body);
                let answer = door.send(request.expect("a request can be made")).await;
                is_told(&format!("{path} {announced:?}"), &answer, 413);
                let taken = taken.load(Ordering::Relaxed);
                assert!(taken < 64 << 20, "{taken} bytes of {path} were read");
            }
        }
        assert_eq!(kept(&house), before);
    }
}
