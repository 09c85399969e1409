//! In which order one walks: those that somebody numbered first, in that order; the others from
//! one to the nearest next, and then with every detour taken out that two turns can take out.
//! Where nobody has drawn the places, by their codes, as buildings are numbered along a street.

use crate::place::PlaceCode;

/// More are ordered by their codes alone: looking for detours would take too long.
const STOPS_MAX: usize = 200;

/// Where a spot is, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop<K> {
    pub key: K,
    pub place: PlaceCode,
    /// A place in the order that somebody gave.
    pub position: Option<i64>,
    /// Longitude and latitude.
    pub at: Option<(f64, f64)>,
}

/// The keys in the order of walking.
pub fn walk<K: Copy + Ord>(mut stops: Vec<Stop<K>>) -> Vec<K> {
    stops.sort_by(|a, b| {
        let by_code = || a.place.cmp(&b.place).then(a.key.cmp(&b.key));
        match (a.position, b.position) {
            (Some(x), Some(y)) => x.cmp(&y).then_with(by_code),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => by_code(),
        }
    });
    let given = stops.iter().take_while(|stop| stop.position.is_some());
    let given = given.count();
    let rest = stops.split_off(given);
    let is_drawn = rest.iter().all(|stop| stop.at.is_some());
    let rest = match is_drawn && rest.len() > 2 && rest.len() <= STOPS_MAX {
        true => shortest(stops.last().and_then(|stop| stop.at), rest),
        false => rest,
    };
    stops.into_iter().chain(rest).map(|stop| stop.key).collect()
}

fn distance(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else {
        return 0.0;
    };
    // A degree of longitude is shorter than one of latitude.
    let east = (a.0 - b.0) * ((a.1 + b.1) / 2.0).to_radians().cos();
    east.hypot(a.1 - b.1)
}

/// From one to the nearest next, then two turns at a time while the way gets shorter.
fn shortest<K>(from: Option<(f64, f64)>, mut rest: Vec<Stop<K>>) -> Vec<Stop<K>> {
    let mut way: Vec<Stop<K>> = Vec::with_capacity(rest.len());
    let mut here = from.or(rest[0].at);
    while !rest.is_empty() {
        let far = |stop: &Stop<K>| distance(here, stop.at);
        let nearest = (0..rest.len()).min_by(|&a, &b| far(&rest[a]).total_cmp(&far(&rest[b])));
        let next = rest.remove(nearest.expect("there is one"));
        here = next.at;
        way.push(next);
    }
    // The first stays: one begins where one is.
    let mut turned = true;
    while turned {
        turned = false;
        for i in 1..way.len() {
            for j in i + 1..way.len() {
                let end = way.get(j + 1).and_then(|stop| stop.at);
                let now = distance(way[i - 1].at, way[i].at) + distance(way[j].at, end);
                let then = distance(way[i - 1].at, way[j].at) + distance(way[i].at, end);
                if then + 1e-12 < now {
                    way[i..=j].reverse();
                    turned = true;
                }
            }
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(key: i64, place: &str, position: Option<i64>, at: Option<(f64, f64)>) -> Stop<i64> {
        Stop {
            key,
            place: place.parse().unwrap(),
            position,
            at,
        }
    }

    #[test]
    fn what_is_numbered_goes_first_and_the_rest_by_code() {
        let stops = vec![
            stop(1, "652901001001002", None, None),
            stop(2, "652901001001001", None, None),
            stop(3, "652901001001009", Some(2), None),
            stop(4, "652901001001008", Some(1), None),
        ];
        assert_eq!(walk(stops), [4, 3, 2, 1]);
    }

    #[test]
    fn one_walks_along_and_not_to_and_fro() {
        // Five houses along a road, numbered as they were built.
        let at = |x: f64| Some((80.0 + x / 1000.0, 41.0));
        let stops = vec![
            stop(1, "652901001001001", None, at(0.0)),
            stop(2, "652901001001002", None, at(4.0)),
            stop(3, "652901001001003", None, at(1.0)),
            stop(4, "652901001001004", None, at(3.0)),
            stop(5, "652901001001005", None, at(2.0)),
        ];
        assert_eq!(walk(stops), [1, 3, 5, 4, 2]);
    }

    #[test]
    fn a_detour_is_taken_out() {
        // The nearest next alone crosses its own way here.
        let points = [
            (0.0, 0.0),
            (1.0, 0.0),
            (2.1, 0.0),
            (2.0, 1.0),
            (0.9, 1.0),
            (-0.5, 1.0),
        ];
        let stops: Vec<_> = points
            .iter()
            .enumerate()
            .map(|(key, &(x, y))| {
                let at = Some((80.0 + x / 1000.0, y / 1000.0));
                stop(i64::try_from(key).unwrap(), "652901001001001", None, at)
            })
            .collect();
        let length = |way: &[i64]| -> f64 {
            let point = |key: i64| stops.iter().find(|stop| stop.key == key).unwrap().at;
            way.windows(2)
                .map(|two| distance(point(two[0]), point(two[1])))
                .sum()
        };
        let way = walk(stops.clone());
        assert_eq!(way.len(), 6);
        assert!(length(&way) <= length(&[0, 1, 2, 3, 4, 5]) + 1e-12);
    }
}
