use super::*;
use crate::testing::{Bench, actor, benches};
use huiyin_domain::person::Role;
use huiyin_domain::place::Place;

/// A tile whose middle lies here.
fn tile_at(zoom: u8, lon: f64, lat: f64) -> Tile {
    let side = f64::from(1_u32 << zoom);
    let column = (lon + 180.0) / 360.0 * side;
    let row = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    Tile::new(zoom, column as u32, row as u32).unwrap()
}

async fn draw(bench: &Bench, code: &str, (west, south, side): (f64, f64, f64)) {
    let ring = serde_json::json!([
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south]
    ]);
    let shape = serde_json::json!({ "type": "Polygon", "coordinates": [ring] });
    let place = Place {
        code: code.parse().unwrap(),
        names: Names::both(&format!("{code} 号"), code),
        shape: Some(shape.to_string()),
        closed_at: None,
    };
    let write = move |tx: &mut Tx<'_>| {
        places::put(tx, &place)?;
        super::super::shelf::touch(tx)
    };
    bench.app.store.write(0, write).await.unwrap();
}

/// Whether the bytes of a tile say this word.
fn says(tile: &[u8], word: &str) -> bool {
    tile.windows(word.len()).any(|some| some == word.as_bytes())
}

#[tokio::test]
async fn each_zoom_has_the_places_that_can_be_seen() {
    for bench in benches() {
        draw(&bench, "652901", (80.0, 41.0, 1.0)).await;
        draw(&bench, "652901001001", (80.4, 41.4, 0.05)).await;
        draw(&bench, "652901001001001", (80.4, 41.4, 0.02)).await;
        let seen = async |zoom| {
            let tile = tile_at(zoom, 80.405, 41.405);
            let tile = of_places(&bench.app, tile, None).await.unwrap();
            ["county", "community", "grid"].map(|level| says(&tile, level))
        };
        assert_eq!(seen(8).await, [true, false, false]);
        assert_eq!(seen(11).await, [true, true, false]);
        assert_eq!(seen(13).await, [false, true, true]);
        let tile = of_places(&bench.app, tile_at(13, 80.405, 41.405), None);
        let tile = tile.await.unwrap();
        assert!(says(&tile, "652901001001001 号") && says(&tile, "name_en"));
        let far = of_places(&bench.app, tile_at(8, 80.405, 41.405), Some(Level::Grid));
        assert!(
            says(&far.await.unwrap(), "grid"),
            "whoever wants grids sees them"
        );
        let sea = of_places(&bench.app, tile_at(13, 0.0, 0.0), None)
            .await
            .unwrap();
        assert!(sea.is_empty());
    }
}

#[tokio::test]
async fn a_building_that_nobody_drew_is_where_it_is_said_to_be() {
    for bench in benches() {
        let place = Place {
            code: "652901001001001001001".parse().unwrap(),
            names: Names::both("1 号楼", "Building 1"),
            shape: Some(r#"{"type":"Point","coordinates":[80.405,41.405]}"#.to_owned()),
            closed_at: None,
        };
        let write = move |tx: &mut Tx<'_>| {
            places::put(tx, &place)?;
            super::super::shelf::touch(tx)
        };
        bench.app.store.write(0, write).await.unwrap();
        let seen = async |zoom, lon| {
            let tile = of_places(&bench.app, tile_at(zoom, lon, 41.405), None).await;
            let tile = tile.unwrap();
            (says(&tile, "Building 1"), says(&tile, "spot"))
        };
        assert_eq!(seen(16, 80.405).await, (true, true));
        assert_eq!(seen(12, 80.405).await, (false, false), "too far to be seen");
        assert_eq!(seen(16, 80.5).await, (false, false), "it lies elsewhere");
    }
}

#[tokio::test]
async fn whoever_lists_no_cases_gets_no_tile_of_the_desk() {
    for bench in benches() {
        let tile = tile_at(13, 80.405, 41.405);
        for nobody in [actor(Role::System), Actor::anyone()] {
            let refused = of_desk(&bench.app, &nobody, (tile, None)).await;
            assert!(matches!(refused, Err(Error::Refused(_))));
        }
    }
}
