//! A team on the pages: somebody joins, is stood in for, hands over; the card, and the posters.

use axum::http::StatusCode;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};
use crate::volunteers::{community, link};

const WORKER: &str = "0000000000061";
const NEXT: &str = "0000000000062";
const AWAY: &str = "0000000000063";
const HEAD: &str = "0000000000064";

fn grid(house: &House) -> PlaceCode {
    let community = community(house);
    let mut grids = house.town.town.places_at(Level::Grid);
    let grid = grids.find(|grid| grid.code.is_within(&community));
    grid.expect("a grid").code.clone()
}

/// Two who work for the community: their ids and names.
fn colleagues(house: &House) -> [(String, String); 2] {
    let place = community(house);
    let people = house.town.town.people.iter().filter(|person| {
        let mut posts = person.posts.iter();
        posts.any(|post| post.role == Role::Community && post.place == place)
    });
    let told: Vec<_> = people
        .map(|person| (person.id.to_string(), person.name.clone()))
        .collect();
    [told[0].clone(), told[1].clone()]
}

fn well(answer: &Answer) -> &Answer {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(missing_words(&answer.body), Vec::<&str>::new());
    answer
}

async fn joins(keeper: &mut Browser, page: &str, fields: &[(&str, &str)]) {
    let wrong = keeper.post(page, &[("id", WORKER), ("phone", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..2 {
        let joined = keeper.post(page, fields).await;
        assert_eq!(joined.location(), page, "{}", joined.body);
    }
}

#[tokio::test]
async fn a_grid_worker_joins_is_stood_in_for_and_hands_over() {
    for house in houses(141) {
        let mut keeper = desk(&house, "community").await;
        let (grid, [ana, ben]) = (grid(&house), colleagues(&house));
        let page = format!("/desk/teams/{grid}");
        well(&keeper.get("/desk/teams").await).says("No Grid worker yet");
        well(&keeper.get(&format!("{page}/new")).await).says(&ana.1);
        let fields = [
            ("id", WORKER),
            ("function", "grid-worker"),
            ("at", grid.as_str()),
            ("person", &ana.0),
            ("phone", "0998-5550177"),
            ("hours", "9-17"),
            ("agreed", "yes"),
        ];
        joins(&mut keeper, &page, &fields).await;
        let public = format!("/grid/{grid}");
        let seen = house.browser().get(&public).await;
        well(&seen).says("tel:09985550177").says(&ana.1);
        seen.says(&format!("/p/{grid}"));

        let member = link(&keeper.get(&page).await, "/desk/team/");
        well(&keeper.get(&member).await).says("0998-5550177");
        let unasked = [("phone", "0998-5550178")];
        let wrong = keeper.post(&member, &unasked).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong
            .says("value=\"0998-5550178\"")
            .says("agreed-group-error");
        let asked = [("phone", "0998-5550178"), ("agreed", "yes")];
        assert_eq!(keeper.post(&member, &asked).await.location(), member);

        let stand_in = format!("{member}/stand-in");
        let form = keeper.get(&stand_in).await;
        well(&form);
        let wrong = keeper.post(&stand_in, &[("id", AWAY)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (from, until) = (day(&form, "from"), day(&form, "until"));
        let fields = [
            ("id", AWAY),
            ("person", &ben.0),
            ("from", &from),
            ("until", &until),
        ];
        assert_eq!(keeper.post(&stand_in, &fields).await.location(), page);
        let seen = house.browser().get(&public).await;
        seen.says(&ben.1).says("Stands in for");
        assert!(!seen.body.contains("5550178"), "who is away is not called");
        let end = format!("/desk/substitutes/{AWAY}/end");
        let ended = keeper.post(&end, &[("back", &page)]).await;
        assert_eq!(ended.location(), page);

        let over = format!("{member}/hand-over");
        well(&keeper.get(&over).await).says("open case");
        let orphan = keeper.post(&over, &[("to", "nobody")]).await;
        assert_eq!(orphan.status, StatusCode::CONFLICT, "{}", orphan.body);
        let next = [("id", NEXT), ("to", "successor"), ("person", &ben.0)];
        for _ in 0..2 {
            assert_eq!(keeper.post(&over, &next).await.location(), page);
        }
        well(&keeper.get(&page).await).says("handed over to the next");
        let seen = house.browser().get(&public).await;
        assert!(!seen.body.contains(&ana.1), "who left is on no card");
        house.town.verify();
    }
}

fn day(form: &Answer, name: &str) -> String {
    let begins = format!("name=\"{name}\" type=\"date\" value=\"");
    let rest = form.body.split(&begins).nth(1);
    let day = rest.and_then(|rest| rest.split('"').next());
    day.expect("a day").to_owned()
}

#[tokio::test]
async fn every_door_has_a_poster_that_opens_the_form_there() {
    for house in houses(142) {
        let mut keeper = desk(&house, "community").await;
        let grid = grid(&house);
        let mut all = house.town.town.places_at(Level::Building);
        let building = all.find(|place| place.code.is_within(&grid));
        let building = building.expect("a building").code.clone();
        let page = format!("/desk/teams/{grid}");
        let fields = [
            ("id", HEAD),
            ("function", "building-head"),
            ("at", building.as_str()),
            ("name", "王阿姨"),
            ("phone", "5550199"),
            ("agreed", "yes"),
        ];
        joins(&mut keeper, &page, &fields).await;
        well(&keeper.get(&format!("{page}/posters")).await);
        let print = format!("{page}/posters/print?each=building&size=a3");
        let printed = keeper.get(&print).await;
        well(&printed)
            .says("王阿姨")
            .says(&format!("/p/{building}"));
        let file = keeper
            .get(&format!("{page}/posters.pdf?each=building&size=a3"))
            .await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.headers["content-type"], "application/pdf");
        let count = house.town.town.places_at(Level::Building);
        let count = count.filter(|place| place.code.is_within(&grid)).count();
        file.says(&format!("/Count {count}"))
            .says(&format!("/p/{building})"));
        let none = keeper
            .get(&format!("/desk/teams/{building}/posters.pdf?each=door"))
            .await;
        assert!(none.status == StatusCode::OK || none.status == StatusCode::NOT_FOUND);
        let door = house.browser().get(&format!("/grid/{building}")).await;
        well(&door).says("王阿姨").says("5550199");
        let list = format!("/grids/{}", community(&house));
        well(&house.browser().get(&list).await).says(&format!("/grid/{grid}"));

        let mut worker = desk(&house, "grid-worker").await;
        let own = worker.get("/desk/teams").await;
        well(&own);
        let refused = worker.get(&format!("{page}/new")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let elsewhere = worker.get("/desk/teams/990199001001001").await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        house.town.verify();
    }
}
