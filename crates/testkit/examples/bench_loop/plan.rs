//! When people of a very large city bring something in: more on working days than on others, in
//! the morning than at night, and once twice as many, while a storm goes over the city.

use std::time::Duration;

/// Of a very large city.
const CASES_A_YEAR: f64 = 28_000_000.0;
/// A year goes by in a day.
const FASTER: f64 = 365.0;
const HOURS_A_YEAR: f64 = 365.0 * 24.0;

/// Each hour of a day against the mean hour.
const HOURS: [f64; 24] = [
    0.25, 0.15, 0.10, 0.10, 0.15, 0.30, 0.60, 1.00, 1.60, 2.00, 2.10, 1.80, 1.30, 1.30, 1.70, 1.80,
    1.70, 1.40, 1.20, 1.10, 0.90, 0.70, 0.45, 0.30,
];
/// Monday to Sunday against the mean day.
const WEEKDAYS: [f64; 7] = [1.20, 1.15, 1.10, 1.05, 1.05, 0.75, 0.70];
/// The storm is on the first day, in these hours, so that each replay has it.
const STORM: std::ops::Range<u64> = 14..20;
const STORM_TIMES: f64 = 2.0;
/// The replay begins on a Thursday.
const FIRST_WEEKDAY: u64 = 3;

/// Of a day as it is lived, so much passes in the replay.
pub fn lived(minutes: u64) -> Duration {
    Duration::from_secs_f64(minutes as f64 * 60.0 / FASTER)
}

/// How many cases come in this hour of the replay.
fn cases_in(hour: u64) -> u64 {
    let weekday = (FIRST_WEEKDAY + hour / 24) % 7;
    let mut weight = HOURS[(hour % 24) as usize] * WEEKDAYS[weekday as usize];
    if STORM.contains(&hour) {
        weight *= STORM_TIMES;
    }
    (CASES_A_YEAR / HOURS_A_YEAR * weight).round() as u64
}

/// When the case of this number comes, from the beginning of the replay; none after so many days.
pub struct Arrivals {
    days: u64,
    hour: u64,
    number: u64,
}

impl Arrivals {
    pub fn over(days: u64) -> Arrivals {
        Arrivals {
            days,
            hour: 0,
            number: 0,
        }
    }
}

impl Iterator for Arrivals {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        while self.hour < self.days * 24 && self.number >= cases_in(self.hour) {
            (self.hour, self.number) = (self.hour + 1, 0);
        }
        if self.hour >= self.days * 24 {
            return None;
        }
        let within = self.number as f64 / cases_in(self.hour) as f64;
        self.number += 1;
        Some(lived(60).mul_f64(self.hour as f64 + within))
    }
}
