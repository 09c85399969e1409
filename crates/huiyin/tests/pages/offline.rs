//! What phones send that was written down without signal: once whatever is delivered, files in
//! pieces, nobody else's, and refusals that leave everything open.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};

use crate::admin::desk;
use crate::bad_input::a_photo;
use crate::browser::{Answer, Browser, House, houses};
use crate::desk::{calls, near};
use crate::tasks::{gives, place_of};
use crate::volunteers::{accepted, neighbour};

const FORM: &str = "application/x-www-form-urlencoded";
const ID: &str = "0123456789abcdef0123456789abcdef";

/// What the phone asks before it sends.
async fn state(phone: &mut Browser) -> (String, String) {
    let state = phone.get("/queue/state").await.json();
    let text = |name: &str| state[name].as_str().unwrap_or_default().to_owned();
    (text("owner"), text("token"))
}

/// Sends a form that waited, under this name.
async fn sends(phone: &mut Browser, path: &str, (id, body): (&str, &str)) -> Answer {
    let (owner, token) = state(phone).await;
    let request = phone
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, FORM)
        .header("x-csrf-token", token)
        .header("x-queue-id", id)
        .header("x-queue-owner", owner)
        .header("x-queue-made-ms", "5000")
        .body(Body::from(body.to_owned()));
    phone.send(request.expect("a request can be made")).await
}

async fn report(phone: &mut Browser, what: &str) -> String {
    let form = phone.get("/volunteer/report").await;
    let day = form.body.split("type=\"date\" value=\"").nth(1);
    let day = day.and_then(|rest| rest.split('"').next()).expect("today");
    format!(
        "id={}&what={what}&whom=elders&day={day}&hours=1",
        form.input("id")
    )
}

async fn helper(house: &House) -> Browser {
    let mut ana = neighbour(house, 0).await;
    accepted(house, &mut ana, "Ana Wu").await;
    ana
}

#[tokio::test]
async fn a_form_is_applied_once_however_often_it_comes() {
    for house in houses(83) {
        let mut ana = helper(&house).await;
        let body = report(&mut ana, "snow").await;
        let first = sends(&mut ana, "/volunteer/report", (ID, &body)).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        assert_eq!(first.json()["state"], "done");
        assert_eq!(first.json()["see"], "/volunteer");
        assert_eq!(first.json()["before"], false);
        // With another id of the report the operation itself would take it for a new one.
        let other = report(&mut ana, "snow").await;
        for _ in 0..4 {
            let again = sends(&mut ana, "/volunteer/report", (ID, &other)).await;
            assert_eq!(again.json()["before"], true, "{}", again.body);
            assert_eq!(again.json()["differs"], true, "it is not what was sent");
        }
        let again = sends(&mut ana, "/volunteer/report", (ID, &body)).await;
        assert_eq!(again.json()["differs"], false);
        let page = ana.get("/volunteer").await;
        assert_eq!(page.body.matches("snow").count(), 1, "{}", page.body);
    }
}

#[tokio::test]
async fn a_refusal_comes_back_as_the_page_and_the_same_form_counts_when_mended() {
    for house in houses(84) {
        let mut ana = helper(&house).await;
        let body = report(&mut ana, "").await;
        let refused = sends(&mut ana, "/volunteer/report", (ID, &body)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("what-error");
        let body = report(&mut ana, "ice").await;
        let mended = sends(&mut ana, "/volunteer/report", (ID, &body)).await;
        assert_eq!(mended.json()["before"], false, "{}", mended.body);
    }
}

#[tokio::test]
async fn nobody_sends_what_somebody_else_wrote_or_without_signing_in() {
    for house in houses(85) {
        let (mut ana, mut ben) = (helper(&house).await, neighbour(&house, 1).await);
        let (owner, _) = state(&mut ana).await;
        let (_, token) = state(&mut ben).await;
        let request = |phone: &Browser, id: &str, made: &str| {
            let request = phone
                .request(Method::POST, "/volunteer/report")
                .header(header::CONTENT_TYPE, FORM)
                .header("x-csrf-token", &token)
                .header("x-queue-id", id)
                .header("x-queue-owner", &owner)
                .header("x-queue-made-ms", made)
                .body(Body::from("what=theft"));
            request.expect("a request can be made")
        };
        let answer = ben.send(request(&ben.clone(), ID, "1")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
        let answer = ben.send(request(&ben.clone(), "short", "1")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        ben.cookies.remove("session");
        let answer = ben.send(request(&ben.clone(), ID, "1")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let nobody = state(&mut ben).await;
        assert_eq!(nobody.0, "", "nobody is told whose the phone was");
    }
}

/// One piece of a file, at this place.
async fn piece(phone: &mut Browser, offset: usize, content: &[u8]) -> Answer {
    let (_, token) = state(phone).await;
    let mut body =
        b"--b\r\nContent-Disposition: form-data; name=\"piece\"; filename=\"p\"\r\n\r\n".to_vec();
    body.extend(content);
    body.extend(b"\r\n--b--\r\n");
    let request = phone
        .request(Method::POST, &format!("/queue/files/{ID}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("x-csrf-token", token)
        .header("upload-offset", offset.to_string())
        .body(Body::from(body));
    phone.send(request.expect("a request can be made")).await
}

#[tokio::test]
async fn a_photo_comes_ahead_in_pieces_and_is_put_in_with_its_form() {
    for house in houses(86) {
        let mut worker = desk(&house, "grid-worker").await;
        let photo: Vec<u8> = (0..1000).map(|at| (at % 251) as u8).collect();
        let half = photo.len() / 2;
        let first = piece(&mut worker, 0, &photo[..half]).await;
        assert_eq!(first.status, StatusCode::NO_CONTENT, "{}", first.body);
        let again = piece(&mut worker, 0, &photo[..half]).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT, "it is there already");
        let gap = piece(&mut worker, photo.len(), &photo[half..]).await;
        assert_eq!(
            gap.status,
            StatusCode::CONFLICT,
            "something is missing before"
        );
        let offset = |answer: &Answer| answer.headers["upload-offset"].to_str().unwrap().to_owned();
        assert_eq!(offset(&again), half.to_string());

        // The form is there before the rest of its photo: nothing is written.
        let form = format!("queue-file%3Ap={ID}:{}", photo.len());
        let early = sends(&mut worker, "/desk/views", ("f".repeat(32).as_str(), &form)).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        assert_eq!(early.json()["state"], "files");
        assert_eq!(early.json()["missing"][0], ID);
        // No file is named twice, and all together are no more than a form may bring.
        let other = "e".repeat(32);
        for (named, status) in [
            (format!("{form}&queue-file%3Aq={ID}:7"), 400),
            (format!("{form}&queue-file%3Aq={other}:999999999"), 413),
            (format!("{form}&queue-file%3Aq={other}:{}", u64::MAX), 413),
            ("queue-file%3Ap=nonsense".to_owned(), 400),
        ] {
            let wrong = sends(
                &mut worker,
                "/desk/views",
                ("f".repeat(32).as_str(), &named),
            )
            .await;
            assert_eq!(wrong.status.as_u16(), status, "{named}");
        }
        let rest = piece(&mut worker, half, &photo[half..]).await;
        assert_eq!(offset(&rest), photo.len().to_string());
        let form = format!("{form}&name=mine&query=kind%3Dappeal");
        let done = sends(&mut worker, "/desk/views", ("f".repeat(32).as_str(), &form)).await;
        assert_eq!(done.json()["state"], "done", "{}", done.body);
        let there = worker.get(&format!("/queue/files/{ID}")).await;
        assert_eq!(
            offset(&there),
            "0",
            "it has arrived and lies there no longer"
        );
    }
}

/// What stands in the history of a case: how often these words, and which photos.
fn told(page: &Answer, words: &str) -> (usize, BTreeSet<String>) {
    let history = page.body.split("<ol class=\"history\">").nth(1);
    let history = history.expect("a case has a history");
    let files = history.split("/files/").skip(1);
    let files = files.filter_map(|rest| rest.split(['/', '"']).next());
    (
        history.matches(words).count(),
        files.map(str::to_owned).collect(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_there_once_whatever_is_cut_or_delivered_at_once() {
    for house in houses(88) {
        let mut operator = desk(&house, "operator").await;
        let case = calls(&mut operator, &near(&house), "The lamp is dark.").await;
        let photo = a_photo();
        let first = piece(&mut operator, 0, &photo).await;
        assert_eq!(first.status, StatusCode::NO_CONTENT, "{}", first.body);
        let version = operator.get(&case).await.input("version");
        let size = photo.len();
        let body =
            format!("version={version}&f-message=Looked&queue-file%3Af-photos={ID}%3A{size}");
        let step = format!("{case}/steps/add");
        // Cut wherever it is by then: before, while and after the photo is written aside.
        for cut_ms in [1, 3, 8, 15, 30, 60] {
            let delivery = sends(&mut operator, &step, (ID, &body));
            let cut = tokio::time::timeout(Duration::from_millis(cut_ms), delivery);
            let _ = cut.await;
        }
        let (mut one, mut two) = (operator.clone(), operator.clone());
        let both = tokio::join!(
            sends(&mut one, &step, (ID, &body)),
            sends(&mut two, &step, (ID, &body)),
        );
        let both = [both.0, both.1];
        let is_first = |answer: &&Answer| answer.json()["before"] == false;
        for answer in &both {
            assert_eq!(answer.json()["state"], "done", "{}", answer.body);
            assert_eq!(answer.json()["differs"], false, "{}", answer.body);
        }
        assert!(both.iter().filter(is_first).count() <= 1);
        let page = operator.get(&case).await;
        let (times, files) = told(&page, "Looked");
        assert_eq!((times, files.len()), (1, 1), "{}", page.body);
        house.town.verify();
    }
}

#[tokio::test]
async fn a_task_is_reported_without_signal_and_once() {
    for house in houses(89) {
        let mut office = desk(&house, "office").await;
        let mut village = desk(&house, "community").await;
        let (id, _) = gives(&mut office, &house, ("sort", "key")).await;
        let part = format!("/desk/tasks/{id}/{}", place_of(&house, "community"));
        for kept in ["/desk/tasks", &part] {
            let page = village.get(kept).await;
            assert_eq!(page.headers["x-offline"], "keep", "{kept}");
        }
        let key = village.get(&part).await.input("key");
        let report = format!("{part}/report");
        let bare = format!("key={key}&says=stoves-seen");
        let refused = sends(&mut village, &report, (ID, &bare)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let whole = format!("{bare}&amount=12");
        let first = sends(&mut village, &report, (ID, &whole)).await;
        assert_eq!(first.json()["before"], false, "{}", first.body);
        assert_eq!(first.json()["see"], part.as_str());
        let again = sends(&mut village, &report, (ID, &whole)).await;
        assert_eq!(again.json()["before"], true, "{}", again.body);
        let page = village.get(&part).await;
        assert_eq!(page.body.matches("stoves-seen").count(), 1);
    }
}

#[tokio::test]
async fn only_pages_of_today_may_be_kept_and_signing_out_clears_the_browser() {
    for house in houses(87) {
        let mut ana = helper(&house).await;
        let kept = ana.get("/volunteer/report").await;
        assert_eq!(kept.headers["x-offline"], "keep");
        let not = ana.get("/my").await;
        assert!(!not.headers.contains_key("x-offline"));
        assert!(!not.headers.contains_key("clear-site-data"));
        let out = ana.post("/sign-out", &[]).await;
        assert_eq!(out.headers["clear-site-data"], "\"storage\"");
        let worker = ana.get("/sw.js").await;
        worker.says("const SHELL = [\"/assets/app.");
        let manifest = ana.get("/manifest.webmanifest").await;
        assert_eq!(manifest.json()["display"], "standalone");
    }
}
