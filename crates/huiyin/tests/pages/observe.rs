//! Somebody passes by: a poster, a photo, one tap, and the community has it on its desk.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::bad_input::a_photo;
use crate::browser::houses;
use crate::tasks::place_of;

#[tokio::test]
async fn whoever_passes_by_taps_one_word_and_sees_what_becomes_of_it() {
    for house in houses(151) {
        let place = place_of(&house, "community").to_string();
        let mut courier = house.browser();
        let door = courier.get(&format!("/p/{place}")).await;
        door.says(&format!("/observe?place={place}"));
        let form = courier
            .get(&format!("/observe?place={place}&way=wall"))
            .await;
        assert!(missing_words(&form.body).is_empty(), "{}", form.body);
        let id = form.input("id");
        assert_eq!(form.input("f-place"), place);

        for (name, seen, at) in [
            ("nothing tapped", "", place.as_str()),
            ("no such word", "ufo", place.as_str()),
            ("no place", "lamp", ""),
            ("no such place", "lamp", "000000999"),
        ] {
            let fields = [("id", id.as_str()), ("seen", seen), ("f-place", at)];
            let refused = courier.post("/observe", &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert_eq!(refused.input("id"), id, "{name}");
        }
        let long = "x".repeat(201);
        let fields = [
            ("id", id.as_str()),
            ("seen", "lamp"),
            ("f-place", &place),
            ("says", &long),
        ];
        let refused = courier.post("/observe", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(&long), "what was typed is there");

        let fields = [
            ("id", id.as_str()),
            ("seen", "lamp"),
            ("f-place", &place),
            ("way", "wall"),
            ("says", "At unit 3"),
        ];
        let photo = a_photo();
        let files = [("f-photos", photo.as_slice())];
        let sent = courier.post_files("/observe", &fields, &files).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let receipt = courier.get(sent.location()).await;
        assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
        courier
            .get(&format!("/my/{id}"))
            .await
            .says("At unit 3")
            .says("<img");

        let mut community = desk(&house, "community").await;
        let case = community.get(&format!("/desk/cases/{id}")).await;
        assert_eq!(case.status, StatusCode::OK);
        case.says("At unit 3");
        assert!(missing_words(&case.body).is_empty(), "{}", case.body);
        let notice = community.get(&format!("/desk/cases/{id}/mending")).await;
        assert_eq!(
            notice.status,
            StatusCode::NOT_FOUND,
            "nobody set a day by which it is to be mended"
        );
    }
}
