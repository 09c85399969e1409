//! How the rates are weighed, and below how many cases a rate says nothing.

use serde::{Deserialize, Serialize};

/// How much each rate counts in the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub response: u32,
    pub resolution: u32,
    pub satisfaction: u32,
}

/// The rules of rates as they hold from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRules {
    pub weights: Weights,
    /// A rate with fewer cases behind it is marked as resting on few, and there is no score.
    pub sample_min: u64,
    /// Within how many hours the first contact is due where no promise was recorded.
    pub response_hours: i64,
}

/// What is wrong with rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRules {
    /// The weights do not add up to one hundred.
    Weights,
    Sample,
    Hours,
}

impl Default for RateRules {
    fn default() -> RateRules {
        RateRules {
            weights: Weights {
                response: 20,
                resolution: 40,
                satisfaction: 40,
            },
            sample_min: 10,
            response_hours: 24,
        }
    }
}

impl RateRules {
    pub fn check(&self) -> Result<(), BadRules> {
        let Weights {
            response,
            resolution,
            satisfaction,
        } = self.weights;
        let sum = [response, resolution, satisfaction].map(u64::from);
        if sum.iter().sum::<u64>() != 100 {
            return Err(BadRules::Weights);
        }
        if !(1..=1000).contains(&self.sample_min) {
            return Err(BadRules::Sample);
        }
        match (1..=2160).contains(&self.response_hours) {
            true => Ok(()),
            false => Err(BadRules::Hours),
        }
    }
}
