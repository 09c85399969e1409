//! Interest groups on the pages: a resident begins one, the community registers it, others join
//! and leave, and names are seen by those who lead it and the community alone.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::browser::houses;
use crate::venues::{Fields, neighbour, with};

const GROUP: &str = "/associations/0000000000031";

fn choir(place: &str) -> Fields<'_> {
    vec![
        ("id", "0000000000031"),
        ("name", "Ferry choir"),
        ("interest", "music"),
        ("about", "We sing."),
        ("meets", "Fridays at seven"),
        ("entry", "asked"),
        ("place", place),
    ]
}

#[tokio::test]
async fn a_group_is_begun_registered_joined_and_handed_over() {
    for house in houses(121) {
        let community = house.town.town.person("community").expect("a community");
        let place = community.posts[0].place.to_string();
        let (mut ana, mut ben) = (neighbour(&house, 0).await, neighbour(&house, 1).await);
        for (field, value) in [
            ("name", ""),
            ("interest", "luck"),
            ("entry", ""),
            ("place", "nowhere"),
            ("meets", ""),
            ("id", "nonsense"),
        ] {
            let wrong = ana
                .post("/associations", &with(choir(&place), field, value))
                .await;
            let place = format!("{field}={value}: {}", wrong.body);
            assert!(wrong.status.is_client_error(), "{place}");
            wrong.says("We sing.");
            assert_eq!(missing_words(&wrong.body), Vec::<&str>::new(), "{place}");
        }
        for _ in 0..2 {
            let begun = ana.post("/associations", &choir(&place)).await;
            assert_eq!(begun.location(), GROUP, "{}", begun.body);
        }
        assert_eq!(ben.get(GROUP).await.status, StatusCode::NOT_FOUND);
        let mut keeper = desk(&house, "community").await;
        let at_desk = format!("/desk{GROUP}");
        keeper.get("/desk/associations").await.says("Ferry choir");
        let registered = [("decision", "registered")];
        let done = keeper.post(&at_desk, &registered).await;
        assert_eq!(done.location(), "/desk/associations", "{}", done.body);
        let public = house.browser().get(GROUP).await;
        public
            .says("Fewer than ten")
            .says("/sign-in?back=/associations/");
        let members = format!("{GROUP}/members");
        let foreign = ben.get(&members).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{}", foreign.body);
        let join = format!("{GROUP}/join");
        let joined = ben.post(&join, &[("says", "I sing bass.")]).await;
        assert_eq!(joined.location(), GROUP, "{}", joined.body);
        let list = ana.get(&members).await;
        list.says("I sing bass.");
        let person = list.input("person");
        let leave = format!("{GROUP}/leave");
        let last = ana.post(&leave, &[]).await;
        assert_eq!(last.status, StatusCode::CONFLICT, "{}", last.body);
        last.says("Please hand it over first");
        for act in ["take-in", "hand-over"] {
            let done = ana
                .post(&members, &[("person", &person), ("do", act)])
                .await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.body);
        }
        assert_eq!(ana.get(&members).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ana.post(&leave, &[]).await.location(), "/associations");
        let pages = [GROUP, &members, "/associations", "/associations/new"];
        for page in pages {
            let seen = ben.get(page).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}");
            assert_eq!(missing_words(&seen.body), Vec::<&str>::new(), "{page}");
        }
        let slip = keeper.post(&at_desk, &[("decision", "closed")]).await;
        assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
        let closed = [("decision", "closed"), ("sure", "yes")];
        let done = keeper.post(&at_desk, &closed).await;
        assert_eq!(done.location(), "/desk/associations", "{}", done.body);
        assert_eq!(ben.get(GROUP).await.status, StatusCode::NOT_FOUND);
    }
}
