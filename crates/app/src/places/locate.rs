//! Which place is this point in: the deepest whose border holds it, with those around it.
//! Everybody may ask, and nothing is kept of what was asked.

use huiyin_domain::geo::{Degrees, System};
use huiyin_store::{Tx, places};

use super::look::{Found, found};
use crate::{App, Error, Refusal};

/// A point, and in which system its coordinates are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    pub at: Degrees,
    pub system: System,
}

pub async fn locate(app: &App, request: Request) -> Result<Option<Found>, Error> {
    let wrong = |field| Error::from(Refusal::field(field, "fault-not-on-earth"));
    if !(-180.0..=180.0).contains(&request.at.lon) {
        return Err(wrong("lon"));
    }
    if !(-90.0..=90.0).contains(&request.at.lat) {
        return Err(wrong("lat"));
    }
    let spot = request.system.to_wgs84(request.at).spot();
    let spot = spot.ok_or_else(|| wrong("lat"))?;
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let land = inner.land.current(tx)?;
        let Some(code) = land.at(spot) else {
            return Ok(None);
        };
        let place = places::read(tx, code)?;
        let place = place.filter(|place| place.closed_at.is_none());
        place
            .map(|place| found(tx, place, &mut Default::default()))
            .transpose()
    };
    app.store.read(read).await.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::{close, put};
    use crate::testing::{Bench, actor, benches};
    use huiyin_domain::names::Names;
    use huiyin_domain::person::Role;

    async fn draw(bench: &Bench, code: &str, west: f64, east: f64) {
        let ring = [
            [west, 41.0],
            [east, 41.0],
            [east, 41.1],
            [west, 41.1],
            [west, 41.0],
        ];
        let shape = serde_json::json!({ "type": "Polygon", "coordinates": [ring] });
        let known = code.len() <= 12;
        let request = put::Request {
            code: code.parse().unwrap(),
            aim: match known {
                true => put::Aim::Change,
                false => put::Aim::AddWithin,
            },
            names: Names::one("zh", code),
            shape: Some(shape.to_string()),
        };
        put::put(&bench.app, &actor(Role::Office), request)
            .await
            .unwrap();
    }

    async fn at(bench: &Bench, lon: f64, system: System) -> Option<String> {
        let at = Degrees { lon, lat: 41.05 };
        let found = locate(&bench.app, Request { at, system }).await.unwrap();
        found.map(|found| found.place.code.to_string())
    }

    #[tokio::test]
    async fn a_border_that_was_drawn_holds_with_the_next_question() {
        for bench in benches() {
            assert_eq!(at(&bench, 80.05, System::Wgs84).await, None);
            draw(&bench, "652901001001", 80.0, 80.1).await;
            draw(&bench, "652901001001001", 80.0, 80.05).await;
            assert_eq!(
                at(&bench, 80.01, System::Wgs84).await.as_deref(),
                Some("652901001001001")
            );
            // The border itself counts to the east.
            assert_eq!(
                at(&bench, 80.05, System::Wgs84).await.as_deref(),
                Some("652901001001")
            );
            // What a map made in China shows lies some hundred metres beside.
            let shown = System::Gcj02.from_wgs84(Degrees {
                lon: 80.0999,
                lat: 41.05,
            });
            assert_eq!(
                at(&bench, shown.lon, System::Gcj02).await.as_deref(),
                Some("652901001001")
            );
            assert_eq!(at(&bench, shown.lon, System::Wgs84).await, None);
            let office = actor(Role::Office);
            let code = "652901001001001".parse().unwrap();
            close::close(&bench.app, &office, code).await.unwrap();
            assert_eq!(
                at(&bench, 80.01, System::Wgs84).await.as_deref(),
                Some("652901001001")
            );
        }
    }

    #[tokio::test]
    async fn a_point_that_is_nowhere_is_refused() {
        for bench in benches() {
            for (lon, lat) in [
                (181.0, 0.0),
                (0.0, -90.5),
                (f64::NAN, 0.0),
                (0.0, f64::INFINITY),
            ] {
                let at = Degrees { lon, lat };
                let asked = locate(
                    &bench.app,
                    Request {
                        at,
                        system: System::Wgs84,
                    },
                )
                .await;
                assert!(matches!(asked, Err(Error::Refused(_))), "{lon} {lat}");
            }
        }
    }
}
