//! Notices, preferences and duty at the desk and for residents, and the addresses elsewhere that
//! the administration keeps: with forms, without JavaScript.

use axum::http::StatusCode;
use huiyin_domain::case::Value;

use crate::browser::{Browser, House, houses};

async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

/// Somebody says something where the community worker of the town is at work.
async fn says(house: &House, said: &str) {
    let community = house.town.town.person("community").expect("somebody");
    let values = [
        ("description", Value::Text(said.to_owned())),
        ("place", Value::Place(community.posts[0].place.clone())),
    ];
    let brought = house.town.resident("ana").opens("appeal", &values).await;
    brought.expect("anybody may");
    house.town.does_its_work().await;
}

#[tokio::test]
async fn staff_find_what_they_have_not_read_and_what_they_look_at_is_read() {
    for house in houses(61) {
        let mut community = desk(&house, "community").await;
        community.get("/desk/notices").await.says("No notices yet");
        says(&house, "The lamp by the gate is dark").await;
        says(&house, "The bench is broken").await;
        let page = community.get("/desk/notices").await;
        page.says("The lamp by the gate is dark")
            .says("Yours to do")
            .says("class=\"count\">2<")
            .says("/desk/me/telling");
        let one = page.body.split("name=\"one\" value=\"").nth(1);
        let one = one
            .and_then(|rest| rest.split('"').next())
            .expect("a notice");
        let read = community.post("/desk/notices", &[("one", one)]).await;
        assert_eq!(read.location(), "/desk/notices", "{}", read.body);
        let page = community.get("/desk/notices").await;
        page.says("class=\"count\">1<");
        // Whoever looks at the case has seen what they were told of it.
        let case = page.body.split("href=\"/desk/cases/").last();
        let case = case
            .and_then(|rest| rest.split('"').next())
            .expect("a case");
        let seen = community.get(&format!("/desk/cases/{case}")).await;
        assert_eq!(seen.status, StatusCode::OK);
        let page = community.get("/desk/notices").await;
        assert!(!page.body.contains("class=\"count\">"), "{}", page.body);
        let nonsense = community.post("/desk/notices", &[("one", "x")]).await;
        assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn everybody_says_how_they_want_to_be_told() {
    for house in houses(62) {
        let wanted = [
            ("urgent-product", "now"),
            ("act-product", "now"),
            ("info-product", "never"),
            ("urgent-mail", "now"),
            ("act-mail", "daily"),
            ("info-mail", "never"),
            ("daily_at", "17:45"),
            ("quiet_from", "22:30"),
            ("quiet_until", "07:00"),
        ];
        let mut community = desk(&house, "community").await;
        community.get("/desk/me").await.says("/desk/me/telling");
        let page = community.get("/desk/me/telling").await;
        page.says("value=\"08:30\"").says("value=\"21:00\"");
        let kept = community.post("/desk/me/telling", &wanted).await;
        assert_eq!(kept.location(), "/desk/me/telling", "{}", kept.body);
        let page = community.get("/desk/me/telling").await;
        page.says("value=\"17:45\"")
            .says("value=\"22:30\"")
            .says("Noted.");

        let volunteer = house.town.town.volunteers().next().expect("a volunteer");
        let mut phone = house.signed_in(volunteer.id).await;
        phone
            .get("/my")
            .await
            .says("/my/telling")
            .says("/my/notices");
        phone.get("/my/telling").await.says("@tingxi.example");
        let kept = phone.post("/my/telling", &wanted).await;
        assert_eq!(kept.location(), "/my/telling", "{}", kept.body);
        let page = phone.get("/my/telling").await;
        page.says("<option value=\"daily\" selected>");
        phone.get("/my/notices").await.says("No notices yet");
        let broken = [
            ("daily_at", "noon"),
            ("quiet_from", ""),
            ("quiet_until", ""),
        ];
        let broken = phone.post("/my/telling", &broken).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn staff_put_themselves_on_duty() {
    for house in houses(63) {
        let mut community = desk(&house, "community").await;
        let page = community.get("/desk/me/telling").await;
        let post = page.body.split("<select id=\"post\"").nth(1);
        let post = post.and_then(|rest| rest.split("value=\"").nth(1));
        let post = post
            .and_then(|rest| rest.split('"').next())
            .expect("a post");
        let now = house.town.app.now();
        let zone = house.town.app.config.time_zone.clone();
        let at = |hours: i64| {
            let at = now + jiff::SignedDuration::from_hours(hours);
            at.to_zoned(zone.clone())
                .strftime("%Y-%m-%dT%H:%M")
                .to_string()
        };
        let (tonight, morning) = (at(10), at(20));
        let backwards = [("post", post), ("starts", &*morning), ("ends", &*tonight)];
        let refused = community.post("/desk/me/duty", &backwards).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("after the beginning").says(&morning);
        let shift = [("post", post), ("starts", &*tonight), ("ends", &*morning)];
        let kept = community.post("/desk/me/duty", &shift).await;
        assert_eq!(kept.location(), "/desk/me/telling", "{}", kept.body);
        let page = community.get("/desk/me/telling").await;
        let end = page.body.split("action=\"/desk/me/duty/").nth(1);
        let end = end
            .and_then(|rest| rest.split('"').next())
            .expect("a shift");
        let ended = community.post(&format!("/desk/me/duty/{end}"), &[]).await;
        assert_eq!(ended.location(), "/desk/me/telling", "{}", ended.body);
        let page = community.get("/desk/me/telling").await;
        assert!(!page.body.contains("/desk/me/duty/"), "{}", page.body);
    }
}

#[tokio::test]
async fn addresses_elsewhere_are_registered_tried_turned_off_and_taken_away() {
    for house in houses(64) {
        let mut system = desk(&house, "system").await;
        let county = house.town.town.person("office").expect("an office").posts[0]
            .place
            .to_string();
        system.get("/admin").await.says("/admin/webhooks");
        system.get("/admin/webhooks").await.says("No addresses yet");
        let wanted = |url| {
            [
                ("name", "data platform"),
                ("url", url),
                ("place", &*county),
                ("event", "cn.huiyin.case.closed.v1"),
            ]
        };
        let private = system
            .post("/admin/webhooks", &wanted("https://10.1.2.3/x"))
            .await;
        assert_eq!(private.status, StatusCode::UNPROCESSABLE_ENTITY);
        private
            .says("private network")
            .says("value=\"data platform\"");
        let made = system
            .post("/admin/webhooks", &wanted("https://hooks.example.org/x"))
            .await;
        made.says("whsec_").says("hooks.example.org");
        let page = system.get("/admin/webhooks").await;
        assert!(!page.body.contains("whsec_"), "it is shown once");
        let id = page.body.split("action=\"/admin/webhooks/").nth(1);
        let id = id
            .and_then(|rest| rest.split('"').next())
            .expect("an address");
        let path = format!("/admin/webhooks/{id}");
        for (does, says) in [
            ("test", "on its way"),
            ("off", "Turn on"),
            ("on", "Turn off"),
            ("end", "No addresses yet"),
        ] {
            let done = system.post(&path, &[("do", does)]).await;
            assert_eq!(done.location(), "/admin/webhooks", "{}", done.body);
            system.get("/admin/webhooks").await.says(says);
        }
        let gone = system.post(&path, &[("do", "on")]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
}
