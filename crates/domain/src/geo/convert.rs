//! Systems of coordinates that people in China meet, and the way from each to WGS 84.
//!
//! WGS 84 is what a satellite receiver says; CGCS 2000 differs from it by centimetres and
//! counts as the same here. GCJ-02 is what maps published in China show: shifted by some
//! hundred metres, by the formulas below. BD-09 is what Baidu's maps show: GCJ-02 turned a
//! little more. Neither has a published standard; the formulas and constants are those of the
//! npm package `gcoord`, which collects what everybody uses, and `cargo xtask test` holds
//! ours against it.

use std::f64::consts::PI;

use super::Degrees;

/// Semi-major axis of the ellipsoid of Krasovsky, in metres, and its eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_823;
const BAIDU: f64 = PI * 3000.0 / 180.0;
/// The way back is sought until it is found to a ten-millionth of a millimetre's order.
const CLOSE_ENOUGH: f64 = 1e-10;
const ROUNDS_MAX: usize = 40;

/// In which system coordinates are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum System {
    /// Also CGCS 2000.
    #[default]
    Wgs84,
    Gcj02,
    Bd09,
}

impl System {
    pub const ALL: [System; 3] = [System::Wgs84, System::Gcj02, System::Bd09];

    /// The word in files, URLs and word keys.
    pub fn word(self) -> &'static str {
        match self {
            System::Wgs84 => "wgs84",
            System::Gcj02 => "gcj02",
            System::Bd09 => "bd09",
        }
    }

    /// What a point of this system is in WGS 84.
    pub fn to_wgs84(self, point: Degrees) -> Degrees {
        match self {
            System::Wgs84 => point,
            System::Gcj02 => gcj02_to_wgs84(point),
            System::Bd09 => gcj02_to_wgs84(bd09_to_gcj02(point)),
        }
    }

    /// What a point in WGS 84 is in this system.
    pub fn from_wgs84(self, point: Degrees) -> Degrees {
        match self {
            System::Wgs84 => point,
            System::Gcj02 => wgs84_to_gcj02(point),
            System::Bd09 => gcj02_to_bd09(wgs84_to_gcj02(point)),
        }
    }
}

/// The text names no system of coordinates that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a system of coordinates: wgs84, cgcs2000, gcj02 or bd09")]
pub struct BadSystem;

impl std::str::FromStr for System {
    type Err = BadSystem;

    fn from_str(text: &str) -> Result<System, BadSystem> {
        match text {
            "wgs84" | "cgcs2000" => Ok(System::Wgs84),
            "gcj02" => Ok(System::Gcj02),
            "bd09" => Ok(System::Bd09),
            _ => Err(BadSystem),
        }
    }
}

/// Outside this box nothing is shifted; it is a rough one, as in every program that does this.
fn is_shifted(point: Degrees) -> bool {
    (72.004..=137.8347).contains(&point.lon) && (0.8293..=55.8271).contains(&point.lat)
}

fn wave(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn shift_lon(x: f64, y: f64) -> f64 {
    let mut shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    shift += wave(x);
    shift += (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0;
    shift + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0
}

fn shift_lat(x: f64, y: f64) -> f64 {
    let mut shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    shift += wave(x);
    shift += (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0;
    shift + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0
}

fn wgs84_to_gcj02(point: Degrees) -> Degrees {
    if !is_shifted(point) {
        return point;
    }
    let (x, y) = (point.lon - 105.0, point.lat - 35.0);
    let angle = point.lat / 180.0 * PI;
    let bend = 1.0 - ECCENTRICITY * angle.sin() * angle.sin();
    let lon = shift_lon(x, y) * 180.0 / (AXIS / bend.sqrt() * angle.cos() * PI);
    let lat = shift_lat(x, y) * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (bend * bend.sqrt()) * PI);
    Degrees {
        lon: point.lon + lon,
        lat: point.lat + lat,
    }
}

fn gcj02_to_bd09(point: Degrees) -> Degrees {
    let Degrees { lon: x, lat: y } = point;
    let far = x.hypot(y) + 0.000_02 * (y * BAIDU).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BAIDU).cos();
    Degrees {
        lon: far * angle.cos() + 0.0065,
        lat: far * angle.sin() + 0.006,
    }
}

/// There is no formula for the way back: start at the point itself and correct by what is
/// still wrong, until nothing is.
fn gcj02_to_wgs84(point: Degrees) -> Degrees {
    match is_shifted(point) {
        true => back(wgs84_to_gcj02, point, point),
        false => point,
    }
}

/// The usual formula for the way back is only near; the rest is found as above.
fn bd09_to_gcj02(point: Degrees) -> Degrees {
    let (x, y) = (point.lon - 0.0065, point.lat - 0.006);
    let far = x.hypot(y) - 0.000_02 * (y * BAIDU).sin();
    let angle = y.atan2(x) - 0.000_003 * (x * BAIDU).cos();
    let near = Degrees {
        lon: far * angle.cos(),
        lat: far * angle.sin(),
    };
    back(gcj02_to_bd09, near, point)
}

/// The point that `forth` takes to `aim`, sought from `near`.
fn back(forth: impl Fn(Degrees) -> Degrees, near: Degrees, aim: Degrees) -> Degrees {
    let mut here = near;
    for _ in 0..ROUNDS_MAX {
        let there = forth(here);
        let (lon, lat) = (there.lon - aim.lon, there.lat - aim.lat);
        here.lon -= lon;
        here.lat -= lat;
        if lon.abs() < CLOSE_ENOUGH && lat.abs() < CLOSE_ENOUGH {
            break;
        }
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn apart(a: Degrees, b: Degrees) -> f64 {
        (a.lon - b.lon).abs().max((a.lat - b.lat).abs())
    }

    #[test]
    fn points_that_everybody_compares_with() {
        // The Gate of Heavenly Peace, as `gcoord` gives it.
        let gate = Degrees {
            lon: 116.391_3,
            lat: 39.907_5,
        };
        let shifted = System::Gcj02.from_wgs84(gate);
        assert!((400.0..800.0).contains(&(apart(gate, shifted) * 111_000.0)));
        let baidu = System::Bd09.from_wgs84(gate);
        assert!((0.005..0.02).contains(&apart(gate, baidu)));
        for text in ["wgs84", "cgcs2000", "gcj02", "bd09"] {
            assert!(text.parse::<System>().is_ok());
        }
        assert!("WGS84".parse::<System>().is_err());
    }

    #[test]
    fn abroad_nothing_is_shifted() {
        let sea = Degrees {
            lon: 160.0,
            lat: 30.0,
        };
        assert_eq!(System::Gcj02.from_wgs84(sea), sea);
        assert_eq!(System::Gcj02.to_wgs84(sea), sea);
    }

    proptest! {
        #[test]
        fn there_and_back(lon in 72.2f64..137.6, lat in 1.0f64..55.6) {
            let point = Degrees { lon, lat };
            for system in System::ALL {
                let back = system.to_wgs84(system.from_wgs84(point));
                prop_assert!(apart(back, point) < 1e-7, "{system:?} {point:?} {back:?}");
            }
        }
    }
}
