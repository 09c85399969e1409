//! Files that are none, the same thing twice, two at once, and somebody who stops speaking: at
//! both doors.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode, header};
use huiyin_domain::case::Value as Said;
use huiyin_domain::place::Level;
use serde_json::json;
use tokio::task::JoinSet;

use crate::bad_both::kept;
use crate::browser::{Answer, Browser, House, houses};

/// A PNG that says how large it is, and then is nothing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head.as_slice()), (b"IDAT", b"x"), (b"IEND", b"")] {
        bytes.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        let part = [kind.as_slice(), data].concat();
        bytes.extend(&part);
        bytes.extend(crc(&part).to_be_bytes());
    }
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
        })
    })
}

/// A photo, always the same.
fn drawn() -> Vec<u8> {
    use huiyin_testkit::town::pictures::{Subject, draw};
    use rand_chacha::rand_core::SeedableRng;
    draw(
        Subject::of(None),
        &mut rand_chacha::ChaCha8Rng::seed_from_u64(7),
    )
}

fn building(house: &House) -> String {
    let place = house.town.town.places_at(Level::Building).next();
    place.expect("the town has buildings").code.to_string()
}

async fn to_api(api: &mut Browser, file: &[u8]) -> Answer {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--b--\r\n"].concat();
    let request = api.request(Method::POST, "/api/v1/files");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    let request = request.body(Body::from(body));
    api.send(request.expect("a request can be made")).await
}

#[tokio::test]
async fn a_picture_that_is_none() {
    for house in houses(81) {
        let place = building(&house);
        let (mut page, mut api) = (house.browser(), house.browser());
        page.get("/new/appeal").await;
        let before = kept(&house);
        let jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\0 and then nothing".to_vec();
        #[rustfmt::skip]
        let rows: Vec<(&str, Vec<u8>, u16)> = vec![
            // what             file                                    the API says
            ("nothing at all",  Vec::new(),                             422),
            ("a text",          b"GIF or not?".to_vec(),                422),
            ("a page",          b"<html><script>x</script>".to_vec(),   422),
            ("a program",       b"\x7fELF\x02\x01\x01".to_vec(),        422),
            ("half a picture",  jpeg,                                   422),
            ("30,000 px wide",  png(30_000, 30_000),                    422),
            ("30,000 px long",  png(10, 30_000),                        422),
            ("11 MiB",          vec![b'z'; 11 << 20],                   413),
        ];
        for (what, file, status) in rows {
            let fields = [
                ("checked", "1"),
                ("f-description", "Typed with care"),
                ("f-place", place.as_str()),
            ];
            let api = to_api(&mut api, &file).await;
            assert_eq!(api.status.as_u16(), status, "{what}: {}", api.body);
            api.says("\"detail\"");
            // No file chosen is what a browser sends as an empty one.
            if !file.is_empty() {
                let files = [("f-photos", file.as_slice())];
                let page = page.post_files("/new/appeal", &fields, &files).await;
                assert_eq!(
                    page.status,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "{what}: {}",
                    page.body
                );
                page.says("Typed with care").says("f-photos-error");
            }
            assert_eq!(kept(&house), before, "{what}");
        }
    }
}

#[tokio::test]
async fn a_photo_of_somebody_else_is_not_taken() {
    for house in houses(85) {
        let place = building(&house);
        let (mut page, mut api) = (house.browser(), house.browser());
        page.get("/new/appeal").await;
        let sent = to_api(&mut api, &drawn()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
        let file = sent.json()["id"].as_str().expect("an id").to_owned();
        let fields = [
            ("checked", "1"),
            ("f-description", "Mine, with a photo"),
            ("f-place", place.as_str()),
            ("f-photos", file.as_str()),
        ];
        let mine = page.post("/new/appeal", &fields).await;
        assert_eq!(mine.status, StatusCode::SEE_OTHER, "{}", mine.body);
        let before = kept(&house);
        let mut thief = house.browser();
        thief.get("/new/appeal").await;
        let theirs = thief.post("/new/appeal", &fields).await;
        assert_eq!(
            theirs.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            theirs.body
        );
        theirs.says("Mine, with a photo");
        let values = json!({"description": "Theirs", "place": place, "photos": [file]});
        let body = json!({"kind": "appeal", "values": values}).to_string();
        let theirs = api.api(Method::POST, "/api/v1/cases", (&[], body)).await;
        assert_eq!(
            theirs.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            theirs.body
        );
        theirs.says("not-file");
        assert_eq!(kept(&house), before);
    }
}

#[tokio::test]
async fn the_same_twice_is_done_once() {
    for house in houses(82) {
        let place = building(&house);
        let before = kept(&house);
        let mut page = house.browser();
        let id = page.get("/new/appeal").await.input("id");
        let fields = [
            ("id", id.as_str()),
            ("checked", "1"),
            ("f-description", "Sent twice"),
            ("f-place", &place),
        ];
        let first = page.post("/new/appeal", &fields).await;
        let second = page.post("/new/appeal", &fields).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        assert_eq!(first.location(), second.location());
        assert_eq!(kept(&house), (before.0 + 1, before.1 + 1, before.2));
        let mut other = fields;
        other[2].1 = "Changed in between";
        let other = page.post("/new/appeal", &other).await;
        assert!(other.status.is_client_error(), "{}", other.status);
        other.says("Changed in between");

        let mut api = house.browser();
        let key = [("idempotency-key", "7d9f5c0e-58c2-4f6e-9d0a")];
        let values = json!({"description": "Sent twice over the API", "place": place});
        let body = json!({"kind": "appeal", "values": values}).to_string();
        let first = api
            .api(Method::POST, "/api/v1/cases", (&key, body.clone()))
            .await;
        let second = api.api(Method::POST, "/api/v1/cases", (&key, body)).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        assert_eq!((second.status, &second.body), (first.status, &first.body));
        assert_eq!(kept(&house), (before.0 + 2, before.1 + 2, before.2));
        let receipt = first.json();
        let path = format!("/api/v1/cases/{}", receipt["id"].as_str().expect("an id"));
        let code = receipt["tracking_code"].as_str().expect("a code");
        let headers = [
            ("tracking-code", code),
            ("idempotency-key", "another-key-of-theirs"),
        ];
        let add = json!({"values": {"message": "Still dark"}}).to_string();
        let path = format!("{path}/steps/add");
        for _ in 0..3 {
            let added = api.api(Method::POST, &path, (&headers, add.clone())).await;
            assert_eq!(added.json()["version"], 2, "{}", added.body);
        }
        assert_eq!(kept(&house), (before.0 + 2, before.1 + 3, before.2));
        let other = json!({"values": {"message": "Other words"}}).to_string();
        let other = api.api(Method::POST, &path, (&headers, other)).await;
        assert!(other.status.is_client_error(), "{}", other.body);
        assert_eq!(kept(&house), (before.0 + 2, before.1 + 3, before.2));
    }
}

#[tokio::test]
async fn a_form_with_a_photo_that_is_sent_twice_is_one_case() {
    for house in houses(86) {
        let place = building(&house);
        let (mut page, photo) = (house.browser(), drawn());
        let id = page.get("/new/appeal").await.input("id");
        let fields = [
            ("id", id.as_str()),
            ("checked", "1"),
            ("f-description", "Sent twice, with a photo"),
            ("f-place", &place),
        ];
        let files = [("f-photos", photo.as_slice())];
        let first = page.post_files("/new/appeal", &fields, &files).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let before = kept(&house);
        let second = page.post_files("/new/appeal", &fields, &files).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
        assert_eq!(first.location(), second.location());
        // What the second delivery brought is named by nobody, and swept away.
        assert_eq!((kept(&house).0, kept(&house).1), (before.0, before.1));
        let other = [("f-photos", &*png(1, 1))];
        let other = page.post_files("/new/appeal", &fields, &other).await;
        assert!(other.status.is_client_error(), "{}", other.status);
    }
}

#[tokio::test]
async fn of_many_who_take_the_same_step_at_once_one_does() {
    for house in houses(83) {
        let community = house.town.town.person("community").expect("somebody");
        let place = community.posts[0].place.clone();
        let browser = house.signed_in(community.id).await;
        let token = format!("Bearer {}", house.token_of("community").await);
        for over_api in [false, true] {
            let values = [
                ("description", Said::Text("At once".to_owned())),
                ("place", Said::Place(place.clone())),
            ];
            let case = house.town.resident("ana").opens("appeal", &values).await;
            let id = case.expect("anybody may").id;
            let before = kept(&house);
            let mut tries = JoinSet::new();
            for _ in 0..8 {
                let (mut browser, token) = (browser.clone(), token.clone());
                tries.spawn(async move {
                    match over_api {
                        false => {
                            let path = format!("/desk/cases/{id}/steps/take");
                            browser.post(&path, &[("version", "1")]).await.status
                        }
                        true => {
                            let path = format!("/api/v1/cases/{id}/steps/take");
                            let headers =
                                [("authorization", token.as_str()), ("if-match", "\"1\"")];
                            browser
                                .api(Method::POST, &path, (&headers, "{}"))
                                .await
                                .status
                        }
                    }
                });
            }
            let statuses = tries.join_all().await;
            let done = statuses
                .iter()
                .filter(|status| !status.is_client_error())
                .count();
            assert_eq!(done, 1, "{statuses:?}");
            assert!(
                statuses.iter().all(|status| !status.is_server_error()),
                "{statuses:?}"
            );
            assert_eq!(kept(&house), (before.0, before.1 + 1, before.2));
        }
    }
}

#[tokio::test]
async fn whoever_stops_speaking_is_told_so_and_holds_nobody_up() {
    let mut silent = JoinSet::new();
    let houses = houses(84);
    for house in &houses {
        let mut page = house.browser();
        page.get("/new/appeal").await;
        for (path, kind, head) in [
            ("/new/appeal", "application/x-www-form-urlencoded", "csrf="),
            ("/new/appeal", "multipart/form-data; boundary=b", "--b\r\n"),
            ("/api/v1/cases", "application/json", "{"),
            (
                "/api/v1/files",
                "multipart/form-data; boundary=b",
                "--b\r\n",
            ),
        ] {
            let mut browser = page.clone();
            silent.spawn(async move {
                let first = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(
                    Bytes::from(head),
                )]);
                let body = futures_util::StreamExt::chain(first, futures_util::stream::pending());
                let answer = browser.post_raw(path, kind, Body::from_stream(body)).await;
                (path, answer.status, answer.body.len())
            });
        }
        let others = page.get("/help").await;
        assert_eq!(others.status, StatusCode::OK);
    }
    for (path, status, length) in silent.join_all().await {
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT, "{path}");
        assert!(length > 0, "{path} says why");
    }
    for house in &houses {
        assert_eq!(kept(house), (0, 0, 0));
    }
}
