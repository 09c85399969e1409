//! A case that two installations share: a county hands it to its prefecture, and both have the
//! same answer in the end, over a line that loses and repeats, and after days without any.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use huiyin_domain::case::Value;
use huiyin_testkit::actors::Brought;
use jiff::SignedDuration;
use serde_json::json;

use crate::two_houses::{ANSWER, SECRET, Two, WORDS, acts, answered, links, steps, told};

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
        assert_eq!(steps(&two.county, case.id).await, COUNTY);
        assert_eq!(steps(&two.prefecture, there.id).await, COUNTY);
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
        assert_eq!(steps(&two.county, case.id).await, ["open", "dispatch"]);
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
async fn what_was_added_before_it_came_over_comes_too() {
    for two in Two::each(83, None).await {
        let case = two.handed().await;
        let resident = two.county.town.resident("Ana");
        let said = "The neighbours are cold as well";
        let added = [("message", Value::Text(said.to_owned()))];
        let taken = resident.takes(&case, "add", &added).await;
        taken.expect("whoever brought it in may add");
        two.settles(case.id).await;
        let there = two.there(&case).await;
        let page = two.prefecture.town.staff("office").reads(&there).await;
        let entries = page.expect("the office reads it").entries;
        let added = entries.iter().filter(|entry| entry.step == "add");
        let says: Vec<_> = added.map(|entry| entry.says["message"].clone()).collect();
        assert_eq!(says, [Value::Text(said.to_owned())]);
        two.prefecture.town.verify();
    }
}

#[tokio::test]
async fn a_line_that_loses_answers_makes_nothing_twice() {
    for loses in [3, 8] {
        for two in Two::each(73, Some(loses)).await {
            let (case, there) = whole_way(&two).await;
            assert_eq!(steps(&two.county, case.id).await, COUNTY, "{loses}");
            assert_eq!(steps(&two.prefecture, there.id).await, COUNTY, "{loses}");
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
        assert_eq!(steps(&two.prefecture, there.id).await, ["open"]);
        // Taken back, it is over here.
        let back = [("reason", Value::Text("ours after all".to_owned()))];
        acts(&two.county, &case, "recall", &back).await;
        told(&two, case.id, SECRET).await;
        two.prefecture.town.does_its_work().await;
        let page = two.prefecture.town.staff("office").reads(&there).await;
        let outcome = page.expect("the office reads it").case.outcome;
        assert_eq!(outcome.as_deref(), Some("withdrawn"));
        // Handed over once more, it goes on where it was.
        let unit = two
            .county
            .town
            .town
            .person("handler")
            .expect("a handler")
            .posts[0]
            .unit;
        acts(
            &two.county,
            &case,
            "dispatch",
            &[("unit", Value::Unit(unit))],
        )
        .await;
        told(&two, case.id, SECRET).await;
        two.prefecture.town.does_its_work().await;
        let page = two.prefecture.town.staff("office").reads(&there).await;
        assert_eq!(page.expect("the office reads it").case.closed_at, None);
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
