//! Prints points and what they are in another system of coordinates: `gcj02 wgs84 116.1 39.9
//! 116.09 39.89`. The tests compare it with a package that others keep.

use huiyin_domain::geo::{Degrees, System};

/// So many points for each pair of systems, and so many of them abroad.
const POINTS: u32 = 5_000;
const ABROAD: u32 = 500;

fn main() {
    let pairs = [
        (System::Wgs84, System::Gcj02),
        (System::Wgs84, System::Bd09),
        (System::Gcj02, System::Wgs84),
        (System::Bd09, System::Wgs84),
        (System::Gcj02, System::Bd09),
        (System::Bd09, System::Gcj02),
    ];
    for (from, to) in pairs {
        for at in 0..POINTS {
            let (lon, lat) = (spread(at, 0.754_877_666), spread(at, 0.569_840_291));
            // Not right beside the edge of the box, where the way back has no answer.
            let point = match at < ABROAD {
                true => Degrees {
                    lon: -170.0 + 230.0 * lon,
                    lat: -80.0 + 160.0 * lat,
                },
                false => Degrees {
                    lon: 72.1 + 65.6 * lon,
                    lat: 0.95 + 54.7 * lat,
                },
            };
            let turned = to.from_wgs84(from.to_wgs84(point));
            let (from, to) = (from.word(), to.word());
            println!(
                "{from} {to} {} {} {} {}",
                point.lon, point.lat, turned.lon, turned.lat
            );
        }
    }
}

/// Points that fill 0 to 1 evenly, without chance: multiples of an irrational number.
fn spread(at: u32, step: f64) -> f64 {
    (f64::from(at) * step).fract()
}
