//! Bad input: each gets a clear 4xx in the reader's language, and the form comes back filled.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use huiyin_domain::place::Level;

use crate::browser::{Browser, House, houses};

const FORM: &str = "application/x-www-form-urlencoded";

fn building(house: &House) -> String {
    let mut places = house.town.town.places_at(Level::Building);
    places
        .next()
        .expect("the town has buildings")
        .code
        .to_string()
}

/// How many cases there are, counted by the audit, which must find nothing wrong.
fn cases_count(house: &House) -> u64 {
    let report = std::thread::scope(|scope| {
        let verify = scope.spawn(|| huiyin_app::verify::verify(&house.town.app));
        verify.join().expect("the audit does not panic")
    });
    let report = report.expect("the database can be audited");
    assert_eq!(report.findings, []);
    report.cases
}

async fn sends(browser: &mut Browser, text: &str, place: &str) -> crate::browser::Answer {
    let fields = [
        ("checked", "1"),
        ("f-description", text),
        ("f-place", place),
    ];
    browser.post("/new/appeal", &fields).await
}

#[tokio::test]
async fn nothing_and_too_much_come_back_with_what_was_typed() {
    for house in houses(21) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let empty = sends(&mut phone, "  ", &place).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        empty.says(&place).says("f-description-error");
        let huge = "long ".repeat(4_000);
        let huge = sends(&mut phone, &huge, &place).await;
        assert_eq!(huge.status, StatusCode::UNPROCESSABLE_ENTITY);
        huge.says("long long").says("f-description-error");
        for bad in ["652", "x", "' OR 1=1 --", "999999999999"] {
            let nowhere = sends(&mut phone, "Kept all the same", bad).await;
            assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
            nowhere.says("Kept all the same");
        }
        assert_eq!(cases_count(&house), 0);
    }
}

#[tokio::test]
async fn script_and_sql_are_words_like_others() {
    for house in houses(22) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let texts = [
            "<script>alert(1)</script>",
            "'); DROP TABLE cases; --",
            "\u{202e}txt.exe reversed",
            "{{ page.csrf }} ${7*7} %00",
        ];
        for text in texts {
            let sent = sends(&mut phone, text, &place).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{text}: {}", sent.body);
            let path = sent.location().trim_end_matches("/receipt").to_owned();
            let page = phone.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.body.contains("<script>alert"), "{text}");
            assert!(
                !page.body.contains('\u{202e}'),
                "direction is not overridden"
            );
        }
        assert_eq!(cases_count(&house), texts.len() as u64);
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused_before_anything_is_done() {
    for house in houses(23) {
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let token = phone.token.clone();
        let rows: [(&str, String, StatusCode); 7] = [
            (
                FORM,
                format!("csrf={token}&f-description=%ff%fe"),
                StatusCode::BAD_REQUEST,
            ),
            (
                FORM,
                format!("csrf={token}&f-description=a%00b"),
                StatusCode::BAD_REQUEST,
            ),
            (
                FORM,
                format!("csrf={token}{}", "&x=1".repeat(1_000)),
                StatusCode::BAD_REQUEST,
            ),
            (
                FORM,
                format!("csrf={token}&x={}", "a".repeat(2 << 20)),
                StatusCode::PAYLOAD_TOO_LARGE,
            ),
            (
                "application/json",
                "{}".to_owned(),
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
            (
                "multipart/form-data",
                "--".to_owned(),
                StatusCode::BAD_REQUEST,
            ),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nzz".to_owned(),
                StatusCode::BAD_REQUEST,
            ),
        ];
        for (kind, body, status) in rows {
            let shown: String = body.chars().take(60).collect();
            let answer = phone.post_raw("/new/appeal", kind, body).await;
            assert_eq!(answer.status, status, "{kind} {shown}");
            answer.says("<h1>");
        }
        let ten_gib = phone
            .request(Method::POST, "/new/appeal")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header(header::CONTENT_LENGTH, (10_u64 << 30).to_string())
            .body(Body::empty())
            .expect("a request can be made");
        assert_eq!(
            phone.send(ten_gib).await.status,
            StatusCode::PAYLOAD_TOO_LARGE
        );
        assert_eq!(cases_count(&house), 0);
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_does_nothing_and_an_old_page_keeps_what_was_typed() {
    for house in houses(24) {
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let foreign = phone
            .request(Method::POST, "/settings")
            .header(header::ORIGIN, "https://evil.example")
            .header(header::CONTENT_TYPE, FORM)
            .body(Body::from(format!("csrf={}&lang=zh", phone.token)))
            .expect("a request can be made");
        let foreign = phone.send(foreign).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        assert!(
            foreign
                .headers
                .get_all(header::SET_COOKIE)
                .iter()
                .all(|cookie| !cookie.as_bytes().starts_with(b"lang"))
        );
        phone.token = "0123456789abcdef.forged".to_owned();
        let old = phone
            .post("/new/appeal", &[("f-description", "Typed with care")])
            .await;
        assert_eq!(old.status, StatusCode::FORBIDDEN);
        old.says("Typed with care");
    }
}

#[tokio::test]
async fn photos_that_are_none_are_named_and_good_ones_survive_a_fault() {
    for house in houses(25) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let fields = [
            ("checked", "1"),
            ("f-description", "With a photo"),
            ("f-place", place.as_str()),
        ];
        let none = phone
            .post_files(
                "/new/appeal",
                &fields,
                &[("f-photos", b"GIF or not?".as_slice())],
            )
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        none.says("With a photo").says("f-photos-error");
        let photo = a_photo();
        let lacking = [
            ("checked", "1"),
            ("f-description", ""),
            ("f-place", place.as_str()),
        ];
        let kept = phone
            .post_files("/new/appeal", &lacking, &[("f-photos", photo.as_slice())])
            .await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        let file = kept.input("f-photos");
        let seen = phone.get(&format!("/files/{file}/small")).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(
            seen.headers[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("sandbox")
        );
        let complete = [
            ("checked", "1"),
            ("f-description", "With a photo"),
            ("f-place", place.as_str()),
            ("f-photos", file.as_str()),
        ];
        let sent = phone.post("/new/appeal", &complete).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let private = house.browser().get(&format!("/files/{file}")).await;
        assert_eq!(
            private.status,
            StatusCode::NOT_FOUND,
            "strangers do not see it"
        );
        assert_eq!(
            phone.get(&format!("/files/{file}")).await.status,
            StatusCode::OK
        );
    }
}

pub fn a_photo() -> Vec<u8> {
    use huiyin_testkit::town::pictures::{Subject, draw};
    let mut chance = rand_of(7);
    draw(Subject::of(None), &mut chance)
}

fn rand_of(seed: u64) -> rand_chacha::ChaCha8Rng {
    use rand_chacha::rand_core::SeedableRng;
    rand_chacha::ChaCha8Rng::seed_from_u64(seed)
}

#[tokio::test]
async fn codes_and_steps_that_are_not_ones_own_are_not_found() {
    for house in houses(26) {
        let place = building(&house);
        let mut phone = house.browser();
        phone.get("/new/appeal").await;
        let sent = sends(&mut phone, "Mine", &place).await;
        let path = sent.location().trim_end_matches("/receipt").to_owned();
        let mut stranger = house.browser();
        stranger.get("/where").await;
        for typed in [
            "",
            "1234",
            "4539 1488 0343 6467",
            "4539 1488 0343 6468",
            "' OR 1=1",
            "１２３４",
        ] {
            let answer = stranger.post("/where", &[("code", typed)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            answer.says("code-error");
        }
        for step in ["withdraw", "judge", "no-such-step"] {
            let answer = stranger.post(&format!("{path}/steps/{step}"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{step}");
        }
        assert_eq!(
            stranger.get(&format!("{path}/receipt")).await.status,
            StatusCode::NOT_FOUND
        );
        let early = phone
            .post(
                &format!("{path}/steps/judge"),
                &[("f-solved", "yes"), ("f-content", "yes")],
            )
            .await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        let stale = phone
            .post(
                &format!("{path}/steps/add"),
                &[("version", "99"), ("f-message", "Kept words")],
            )
            .await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        stale.says("Kept words");
        for path in [
            "/my/zzz",
            "/wall/0",
            "/files/x",
            "/new/no-such-kind",
            "/p/12",
            "/t/1",
            "/desk/cases/x",
        ] {
            let answer = phone.get(path).await;
            assert!(
                answer.status.is_client_error() || answer.status == StatusCode::SEE_OTHER,
                "{path}: {}",
                answer.status
            );
        }
    }
}
