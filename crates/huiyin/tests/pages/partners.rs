//! Partner units on the pages: paired, agreed, reported, confirmed; both sides see one year.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::browser::{Browser, houses};

async fn sees_the_year(side: &mut Browser, page: &str) {
    let seen = side.get(page).await;
    seen.says("1 of 2")
        .says("cleared the snow")
        .says("a hall for 80");
    assert!(!seen.body.contains("{NUMBER"), "the year is told");
    assert_eq!(missing_words(&seen.body), Vec::<&str>::new());
}

#[tokio::test]
async fn a_unit_is_paired_and_both_sides_see_its_year() {
    for house in houses(91) {
        let community = house.town.town.person("community").expect("a community");
        let place = community.posts[0].place.to_string();
        let mut unit = desk(&house, "partner").await;
        let own = unit.get("/desk/partner").await;
        own.says("Nobody has named your unit yet");
        let id = own.input("id");
        let nobody = [("id", id.as_str()), ("place", &place), ("contact", "")];
        let wrong = unit.post("/desk/partner", &nobody).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("id", id.as_str()),
            ("place", &place),
            ("contact", "Office"),
        ];
        for _ in 0..2 {
            let asked = unit.post("/desk/partner", &fields).await;
            assert_eq!(asked.location(), "/desk/partner", "{}", asked.body);
        }
        let again = [
            ("id", "0000000000007"),
            ("place", place.as_str()),
            ("contact", "Office"),
        ];
        let twice = unit.post("/desk/partner", &again).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "once for a community");

        let page = format!("/desk/partners/{id}");
        let deeds = format!("{page}/deeds");
        let deed = [
            ("id", "0000000000008"),
            ("sort", "service"),
            ("what", "cleared the snow"),
            ("day", "2026-11-01"),
        ];
        let early = unit.post(&deeds, &deed).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "not agreed yet");
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/partners").await;
        list.says("The unit asks to be paired").says("0 of 2");
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        let agreed = keeper.post(&format!("{page}/agree"), &[]).await;
        assert_eq!(agreed.location(), page, "{}", agreed.body);

        assert_eq!(unit.post(&deeds, &deed).await.location(), page);
        let confirm = format!("{deeds}/0000000000008/confirm");
        let itself = unit.post(&confirm, &[]).await;
        assert_eq!(itself.status, StatusCode::FORBIDDEN, "the community does");
        keeper
            .get("/desk/partners")
            .await
            .says("one report to confirm");
        assert_eq!(keeper.post(&confirm, &[]).await.location(), page);
        let late = keeper
            .post(&format!("{deeds}/0000000000008/refuse"), &[])
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT, "it is decided");

        let hall = [("id", "0000000000009"), ("resource", "a hall for 80")];
        let lent = unit.post(&format!("{page}/resources"), &hall).await;
        assert_eq!(lent.location(), page);
        for side in [&mut unit, &mut keeper] {
            sees_the_year(side, &page).await;
        }
        let mut other = desk(&house, "dispatcher").await;
        let foreign = other.get(&page).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let ended = keeper.post(&format!("{page}/end"), &[]).await;
        assert_eq!(ended.location(), "/desk/partners");
        assert_eq!(unit.get(&page).await.status, StatusCode::NOT_FOUND);
    }
}
