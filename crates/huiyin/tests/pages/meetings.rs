//! A fault that was found on a round: the notice to mend it, and the meeting about it.

use axum::http::StatusCode;

use crate::admin::desk;
use crate::browser::{Browser, House, houses};
use crate::rounds::{all, filled, fine, lent, sets_up};
use crate::tasks::place_of;

/// Rounds are set up and walked, and a lamp is dark: the path of its case.
async fn finds(community: &mut Browser, worker: &mut Browser, house: &House) -> String {
    sets_up(community, house, &place_of(house, "grid-worker")).await;
    let today = worker.get("/desk/today").await;
    let round = all(&today.body, "href=\"/desk/rounds/")[1].to_owned();
    let page = worker.get(&format!("/desk/rounds/{round}")).await;
    let mut fields = filled(&page, "ok");
    for field in &mut fields {
        if field.0 == "mark-lamp" {
            field.1 = "not-ok".to_owned();
        }
    }
    let spot = all(&page.body, "action=\"/desk/rounds/")[0];
    let told = worker
        .post(&format!("/desk/rounds/{spot}"), &lent(&fields))
        .await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = worker.get(&format!("/desk/rounds/{round}")).await;
    format!("/desk/cases/{}", all(&page.body, "href=\"/desk/cases/")[0])
}

#[tokio::test]
async fn what_was_found_is_on_a_notice_and_on_the_agenda() {
    for house in houses(153) {
        let mut community = desk(&house, "community").await;
        let mut worker = desk(&house, "grid-worker").await;
        let place = place_of(&house, "community").to_string();
        let new = format!("/desk/meetings/new?of=weekly.{place}");
        let nothing = fine(community.get(&new).await);
        assert!(!nothing.body.contains("name=\"minutes\""));
        let case = finds(&mut community, &mut worker, &house).await;

        let shown = fine(community.get(&case).await);
        assert!(!shown.body.contains(&format!("{case}/mending")));
        let day = house.town.app.config.day(house.town.app.now()).to_string();
        let version = shown.input("version");
        let fields = [
            ("version", version.as_str()),
            ("f-responsible", "The shop at the corner"),
            ("f-demand", "Hang a new lamp"),
            ("f-until", &day),
        ];
        let served = community
            .post(&format!("{case}/steps/serve"), &fields)
            .await;
        assert_eq!(served.status, StatusCode::SEE_OTHER, "{}", served.body);
        community.get(&case).await.says(&format!("{case}/mending"));
        fine(community.get(&format!("{case}/mending")).await)
            .says("The shop at the corner")
            .says("Hang a new lamp");

        let refused = worker.get("/desk/meetings").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let form = fine(community.get(&new).await);
        form.says(&case);
        let id = form.input("id");
        let mut fields = vec![
            ("id", id.as_str()),
            ("place", place.as_str()),
            ("sort", "weekly"),
            ("attended", "The community and the property company"),
            ("what-1", "Hang lamps in every stairwell"),
            ("by-1", "soon"),
        ];
        let bare = community.post("/desk/meetings", &fields).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        bare.says("Hang lamps in every stairwell");
        assert_eq!(bare.input("id"), id, "the form keeps its name");
        fields.pop();
        fields.push(("by-1", &day));
        let silent = community.post("/desk/meetings", &fields).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        fields.push(("minutes", "Lamps first."));
        for _ in 0..2 {
            let held = community.post("/desk/meetings", &fields).await;
            assert_eq!(held.location(), format!("/desk/meetings/{id}"));
        }
        fine(community.get(&format!("/desk/meetings/{id}")).await)
            .says("Lamps first.")
            .says("Hang lamps in every stairwell")
            .says(&case);
        let list = fine(community.get("/desk/meetings").await);
        assert_eq!(
            list.body.matches(&format!("/desk/meetings/{id}")).count(),
            1
        );
    }
}
