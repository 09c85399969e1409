//! Adding up: numerators, denominators, and what they come to. Whole numbers only, so that two
//! machines never differ.

use super::rules::RateRules;
use super::{Contribution, Rate};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fraction {
    pub hits: u64,
    pub of: u64,
}

impl Fraction {
    /// In tenths of a per cent, half up; none of nothing.
    pub fn permille(self) -> Option<u64> {
        (self.of > 0).then(|| (2 * 1000 * self.hits + self.of) / (2 * self.of))
    }

    /// Whether too few stand behind it to say anything.
    pub fn is_small(self, rules: &RateRules) -> bool {
        self.of < rules.sample_min
    }
}

/// The three rates of a group of cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    pub response: Fraction,
    pub resolution: Fraction,
    pub satisfaction: Fraction,
}

impl Rates {
    pub fn of(&self, rate: Rate) -> Fraction {
        match rate {
            Rate::Response => self.response,
            Rate::Resolution => self.resolution,
            Rate::Satisfaction => self.satisfaction,
        }
    }

    pub fn add(&mut self, contribution: &Contribution) {
        let fraction = match contribution.rate {
            Rate::Response => &mut self.response,
            Rate::Resolution => &mut self.resolution,
            Rate::Satisfaction => &mut self.satisfaction,
        };
        fraction.of += 1;
        fraction.hits += u64::from(contribution.hit);
    }

    /// The weighted sum in tenths of a per cent, half up, from the rates before they are
    /// rounded; none while one that counts rests on too few cases.
    pub fn score(&self, rules: &RateRules) -> Option<u64> {
        let weights = &rules.weights;
        let parts = [
            (weights.response, self.response),
            (weights.resolution, self.resolution),
            (weights.satisfaction, self.satisfaction),
        ];
        let parts = parts.into_iter().filter(|(weight, _)| *weight > 0);
        let (mut above, mut below) = (0_u128, 1_u128);
        for (weight, part) in parts {
            if part.of == 0 || part.is_small(rules) {
                return None;
            }
            let (hits, of) = (u128::from(part.hits), u128::from(part.of));
            above = above * of + u128::from(weight) * hits * below;
            below *= of;
        }
        let score = (2 * 1000 * above + 100 * below) / (2 * 100 * below);
        u64::try_from(score).ok()
    }
}
