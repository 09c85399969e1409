use super::*;
use crate::places::locate;
use crate::testing::{Bench, actor, benches};
use huiyin_domain::geo::Degrees;
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;

const LEFT: &str = "652901001001001";
const RIGHT: &str = "652901001001002";

/// A community of 0.02 by 0.01 degrees with two grids that are not drawn.
async fn town(bench: &Bench) {
    let write = |tx: &mut Tx<'_>| {
        for code in [LEFT, RIGHT] {
            let place = Place {
                code: code.parse().unwrap(),
                names: Names::one("zh", code),
                shape: None,
                closed_at: None,
            };
            places::put(tx, &place)?;
        }
        Ok::<_, Error>(())
    };
    bench.app.store.write(0, write).await.unwrap();
    let office = actor(Role::Office);
    let whole = corners(80.0, 80.02);
    let drawn = draw(&bench.app, &office, request("652901001001", &whole, "")).await;
    assert_eq!(drawn.unwrap(), Outcome::Saved);
}

fn corners(west: f64, east: f64) -> String {
    format!("{west},41\n{east},41\n{east},41.01\n{west},41.01")
}

fn request(place: &str, corners: &str, seen: &str) -> Request {
    Request {
        place: place.parse().unwrap(),
        corners: corners.to_owned(),
        system: System::Wgs84,
        seen: seen.to_owned(),
    }
}

/// What is said first, and how to say that it was seen.
async fn warned(bench: &Bench, by: &Actor, request: Request) -> (Vec<&'static str>, String) {
    match draw(&bench.app, by, request).await.unwrap() {
        Outcome::Warned { warnings, seen } => (warnings.iter().map(Warning::key).collect(), seen),
        Outcome::Saved => panic!("saved without a word"),
    }
}

async fn at(bench: &Bench, lon: f64) -> Option<String> {
    let at = Degrees { lon, lat: 41.005 };
    let system = System::Wgs84;
    let found = locate::locate(&bench.app, locate::Request { at, system });
    found
        .await
        .unwrap()
        .map(|found| found.place.code.to_string())
}

#[tokio::test]
async fn gaps_and_overlaps_are_said_before_anything_is_saved() {
    for bench in benches() {
        town(&bench).await;
        let community = bench.employ(7, Role::Community, "x").await;
        let left = corners(80.0, 80.01);
        // Half of the community is still in no grid.
        let (says, seen) = warned(&bench, &community, request(LEFT, &left, "")).await;
        assert_eq!(says, ["land-gap"]);
        assert_eq!(at(&bench, 80.005).await.as_deref(), Some("652901001001"));
        let saved = draw(&bench.app, &community, request(LEFT, &left, &seen)).await;
        assert_eq!(saved.unwrap(), Outcome::Saved);
        assert_eq!(at(&bench, 80.005).await.as_deref(), Some(LEFT));
        // What was seen of one border says nothing of another.
        let over = corners(80.008, 80.02);
        let (says, _) = warned(&bench, &community, request(RIGHT, &over, &seen)).await;
        assert_eq!(says, ["land-overlap"]);
        let beyond = corners(80.01, 80.021);
        let (says, _) = warned(&bench, &community, request(RIGHT, &beyond, "")).await;
        assert_eq!(says, ["land-outside"]);
        // What fits is saved without a word.
        let fits = corners(80.01, 80.02);
        let saved = draw(&bench.app, &community, request(RIGHT, &fits, "")).await;
        assert_eq!(saved.unwrap(), Outcome::Saved);
        let near = near(&bench.app, &community, LEFT.parse().unwrap()).await;
        assert_eq!(near.unwrap()["features"].as_array().unwrap().len(), 2);
        let now = border(&bench.app, &community, LEFT.parse().unwrap()).await;
        assert!(now.unwrap().corners.starts_with("80.0000000,41.0000000\n"));
    }
}

#[tokio::test]
async fn what_is_no_border_and_what_is_not_theirs_is_refused() {
    for bench in benches() {
        town(&bench).await;
        let community = bench.employ(7, Role::Community, "x").await;
        let fault = async |place: &str, corners: &str| {
            let request = request(place, corners, "");
            let error = draw(&bench.app, &community, request).await.unwrap_err();
            let refusal = error.refusal().expect("it is refused").clone();
            match refusal.faults().first() {
                Some(fault) => fault.key.to_owned(),
                None => refusal.key(),
            }
        };
        assert_eq!(fault(LEFT, "").await, "fault-border-none");
        assert_eq!(fault(LEFT, "1,1\nx").await, "fault-border-line");
        assert_eq!(fault(LEFT, "1,1\n2,2").await, "fault-border-few");
        assert_eq!(fault(LEFT, "200,1").await, "fault-border-not-on-earth");
        let crossed = "0,0\n2,2\n2,0\n0,1";
        assert_eq!(fault(LEFT, crossed).await, "fault-shape-crosses");
        let sound = corners(80.0, 80.01);
        assert_eq!(fault("652901001001", &sound).await, "refused-border-level");
        assert_eq!(
            fault("652902001001001", &sound).await,
            "refused-not-permitted"
        );
        let missing = fault("652901001001009", &sound).await;
        assert_eq!(missing, "refused-no-place");
        for nobody in [Actor::anyone(), actor(Role::GridWorker)] {
            let refused = draw(&bench.app, &nobody, request(LEFT, &sound, "")).await;
            assert!(refused.is_err());
        }
    }
}

#[tokio::test]
async fn a_building_may_lie_at_a_point_and_a_grid_has_a_border() {
    for bench in benches() {
        town(&bench).await;
        let office = actor(Role::Office);
        let building = "652901001001001001001";
        let write = move |tx: &mut Tx<'_>| {
            let place = Place {
                code: building.parse().unwrap(),
                names: Names::one("zh", "1 号楼"),
                shape: None,
                closed_at: None,
            };
            places::put(tx, &place)
        };
        bench.app.store.write(0, write).await.unwrap();
        let point = "80.0050000,41.0050000";
        let refused = draw(&bench.app, &office, request(LEFT, point, "")).await;
        let refused = refused.unwrap_err();
        assert_eq!(
            refused.refusal().unwrap().faults()[0].key,
            "fault-border-few"
        );
        let drawn = draw(&bench.app, &office, request(building, point, "")).await;
        assert_eq!(drawn.unwrap(), Outcome::Saved);
        let code: PlaceCode = building.parse().unwrap();
        let kept = border(&bench.app, &office, code.clone()).await.unwrap();
        assert_eq!(kept.corners, point);
        let bounds = super::super::map::around(&bench.app, code).await.unwrap();
        assert!(bounds.is_some(), "a map of it shows where it is");
    }
}
