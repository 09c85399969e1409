//! When people of a very large city bring something in: more on working days than on others, in
//! the morning than at night, and once twice as many, while a storm goes over the city.

use std::time::Duration;

/// Of a very large city.
const CASES_A_YEAR: f64 = 28_000_000.0;
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

/// How much of the city it is, and how much faster its time goes by.
#[derive(Clone, Copy)]
pub struct Pace {
    pub percent: f64,
    pub faster: f64,
}

impl Pace {
    /// Of a day as it is lived, so much passes in the replay.
    pub fn lived(self, minutes: u64) -> Duration {
        Duration::from_secs_f64(minutes as f64 * 60.0 / self.faster)
    }

    /// How many cases come in this hour of the replay.
    fn cases_in(self, hour: u64) -> u64 {
        let weekday = (FIRST_WEEKDAY + hour / 24) % 7;
        let mut weight = HOURS[(hour % 24) as usize] * WEEKDAYS[weekday as usize];
        if STORM.contains(&hour) {
            weight *= STORM_TIMES;
        }
        (CASES_A_YEAR / HOURS_A_YEAR * weight * self.percent / 100.0).round() as u64
    }

    /// How many come in so many days.
    pub fn cases(self, days: u64) -> u64 {
        (0..days * 24).map(|hour| self.cases_in(hour)).sum()
    }
}

/// When the case of this number comes, from the beginning of the replay; none after so many days.
pub struct Arrivals {
    pace: Pace,
    days: u64,
    hour: u64,
    number: u64,
}

impl Arrivals {
    pub fn over(pace: Pace, days: u64) -> Arrivals {
        Arrivals {
            pace,
            days,
            hour: 0,
            number: 0,
        }
    }
}

impl Iterator for Arrivals {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        while self.hour < self.days * 24 && self.number >= self.pace.cases_in(self.hour) {
            (self.hour, self.number) = (self.hour + 1, 0);
        }
        if self.hour >= self.days * 24 {
            return None;
        }
        let within = self.number as f64 / self.pace.cases_in(self.hour) as f64;
        self.number += 1;
        Some(self.pace.lived(60).mul_f64(self.hour as f64 + within))
    }
}
