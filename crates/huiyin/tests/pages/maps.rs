//! Maps: tiles, who gets which, the list beside the map, and a border that is typed.

use axum::http::{Method, StatusCode, header};

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};
use crate::tasks::{gives, place_of};

/// The tile at a zoom in which the middle of the demo's county lies.
fn tile_of(house: &House, zoom: u8) -> String {
    let county = place_of(house, "office");
    let places = house.town.town.places.iter();
    let mut drawn = places.filter(|place| place.code.is_within(&county));
    let shape = drawn.find_map(|place| {
        let shape = place
            .shape
            .as_deref()
            .filter(|shape| shape.contains("Polygon"));
        serde_json::from_str::<serde_json::Value>(shape?).ok()
    });
    let shape = shape.expect("something is drawn");
    let corner = &shape["coordinates"][0][0];
    let (lon, lat) = (corner[0].as_f64().unwrap(), corner[1].as_f64().unwrap());
    let side = f64::from(1_u32 << zoom);
    let column = (lon + 180.0) / 360.0 * side;
    let row = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    format!("{zoom}/{}/{}.mvt", column as u32, row as u32)
}

async fn asks(browser: &mut Browser, path: &str, known: &str) -> Answer {
    let request = browser
        .request(Method::GET, path)
        .header(header::IF_NONE_MATCH, known);
    let request = request.body(axum::body::Body::empty());
    browser.send(request.expect("a request can be made")).await
}

fn header_of<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let value = answer.headers.get(name);
    value.map_or("", |value| value.to_str().expect("headers are ASCII"))
}

#[tokio::test]
async fn tiles_are_sent_once_and_only_where_there_are_any() {
    for house in houses(181) {
        let mut anyone = house.browser();
        let tile = tile_of(&house, 10);
        let public = anyone.get(&format!("/map/tiles/{tile}")).await;
        assert_eq!(public.status, StatusCode::OK);
        let kind = header_of(&public, "content-type");
        assert_eq!(kind, "application/vnd.mapbox-vector-tile");
        assert!(header_of(&public, "cache-control").starts_with("public"));
        assert!(public.body.contains("places") && !public.body.contains("cases"));
        let tag = header_of(&public, "etag").to_owned();
        let again = asks(&mut anyone, &format!("/map/tiles/{tile}"), &tag).await;
        assert_eq!(
            (again.status, again.body.as_str()),
            (StatusCode::NOT_MODIFIED, "")
        );
        let sea = anyone.get("/map/tiles/12/1/1.mvt").await;
        assert_eq!(sea.status, StatusCode::NO_CONTENT);
        for wrong in [
            "23/0/0.mvt",
            "3/8/0.mvt",
            "3/0/8.mvt",
            "3/0/0",
            "a/0/0.mvt",
            "-1/0/0.mvt",
            "3/0/0.png",
            "3/99999999999/0.mvt",
        ] {
            let answer = anyone.get(&format!("/map/tiles/{wrong}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        let base = anyone.get("/map/base.pmtiles").await;
        assert_eq!(base.status, StatusCode::NOT_FOUND, "no base map is set");

        let address = format!("/desk/map/tiles/{tile}?to=grid");
        assert_ne!(anyone.get(&address).await.status, StatusCode::OK);
        let mut community = desk(&house, "community").await;
        let own = community.get(&address).await;
        assert_eq!(own.status, StatusCode::OK);
        assert!(header_of(&own, "cache-control").starts_with("private"));
        let mut system = desk(&house, "system").await;
        let kept_out = system.get(&address).await;
        assert_eq!(kept_out.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_map_says_in_its_list_what_the_inbox_says() {
    for house in houses(182) {
        let mut community = desk(&house, "community").await;
        let inbox = community.get("/desk").await;
        inbox.says("href=\"/desk/map\"");
        let map = community.get("/desk/map").await;
        assert_eq!(map.status, StatusCode::OK);
        assert!(missing_words(&map.body).is_empty(), "{}", map.body);
        map.says("data-tiles=\"/desk/map/tiles/{z}/{x}/{y}.mvt?to=grid\"");
        map.says("data-place=");
        let policy = header_of(&map, "content-security-policy");
        assert!(policy.contains("worker-src 'self'") && policy.contains("connect-src 'self';"));
        let nowhere = community.get("/desk/map?at=652999").await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
        let nonsense = community.get("/desk/map?at=here").await;
        assert_eq!(nonsense.status, StatusCode::NOT_FOUND);
        // Places are public; what is open in those of others is not counted.
        let own = place_of(&house, "community");
        let street = own.parent().expect("a street");
        let around = community.get(&format!("/desk/map?at={street}")).await;
        let other = house
            .town
            .town
            .places
            .iter()
            .find(|place| place.code.parent().as_ref() == Some(&street) && place.code != own);
        let other = other.expect("another community").code.to_string();
        around.says(&format!("data-place=\"{other}\""));
        assert!(
            !around
                .body
                .contains(&format!("<a href=\"/desk?place={other}\""))
        );
    }
}

#[tokio::test]
async fn a_border_is_typed_warned_of_and_saved() {
    for house in houses(183) {
        let mut community = desk(&house, "community").await;
        let own = place_of(&house, "community");
        let mut places = house.town.town.places.iter();
        let grid = places.find(|place| place.code.parent().as_ref() == Some(&own));
        let grid = grid.expect("a grid").code.clone();
        let address = format!("/desk/places/{grid}/border");
        community
            .get(&format!("/desk/places/{grid}"))
            .await
            .says(&address);
        let form = community.get(&address).await;
        assert_eq!(form.status, StatusCode::OK);
        assert!(missing_words(&form.body).is_empty(), "{}", form.body);
        let near = community.get(&format!("{address}/near")).await;
        let around = near.json()["features"].as_array().expect("a list").len();
        assert!(around > 1, "{}", near.body);

        for (corners, says) in [
            ("", "no corners"),
            ("160,30\nhere", "Line 2"),
            ("160,30\n160.1,30", "three different corners"),
            ("160,30\n160.2,30.2\n160.2,30\n160,30.1", "crosses itself"),
            ("160,95", "Line 1"),
        ] {
            let wrong = community
                .post(&address, &[("corners", corners), ("system", "wgs84")])
                .await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{corners}");
            wrong.says(says).says(corners);
        }

        let corners = "160,30\n160.01,30\n160.01,30.01";
        let fields = [("corners", corners), ("system", "gcj02"), ("seen", "")];
        let warned = community.post(&address, &fields).await;
        assert_eq!(warned.status, StatusCode::CONFLICT, "{}", warned.body);
        warned
            .says("m²")
            .says(corners)
            .says("value=\"gcj02\" selected");
        assert!(missing_words(&warned.body).is_empty(), "{}", warned.body);
        let seen = warned.input("seen");
        let fields = [
            ("corners", corners),
            ("system", "gcj02"),
            ("seen", seen.as_str()),
        ];
        let saved = community.post(&address, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        community.get(&address).await.says("160.0000000,30.0000000");

        let wide = community.get(&format!("/desk/places/{own}/border")).await;
        assert_eq!(wide.status, StatusCode::FORBIDDEN);
        let mut office = desk(&house, "office").await;
        let wide = office.get(&format!("/desk/places/{own}/border")).await;
        assert_eq!(wide.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_task_stands_on_the_map_as_in_the_list() {
    for house in houses(184) {
        let mut office = desk(&house, "office").await;
        let (id, _) = gives(&mut office, &house, ("sort", "key")).await;
        let address = format!("/desk/tasks/{id}/map");
        office.get("/desk/tasks").await.says(&address);
        office
            .get(&format!("/desk/tasks/{id}"))
            .await
            .says(&address);
        let map = office.get(&address).await;
        assert_eq!(map.status, StatusCode::OK);
        assert!(missing_words(&map.body).is_empty(), "{}", map.body);
        map.says("data-state=\"todo\"").says("?to=street");
        let street = place_of(&house, "dispatcher");
        let mut dispatcher = desk(&house, "dispatcher").await;
        let part = dispatcher.get(&address).await;
        part.says(&format!("data-place=\"{street}"));
        let mut auditor = desk(&house, "auditor").await;
        assert_eq!(auditor.get(&address).await.status, StatusCode::FORBIDDEN);
    }
}
