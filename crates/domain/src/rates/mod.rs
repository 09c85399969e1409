//! The three rates: response 响应率, resolution 解决率, satisfaction 满意率. What they are stands
//! in `docs/rates.md`; here it is counted, from nothing but the histories of cases, so that the
//! figures of any past day can be counted anew.
//!
//! [`contributions`] says what one history adds, [`Rates`] adds up.

mod life;
mod rules;
mod tally;
#[cfg(test)]
mod tests;

pub use life::{Contribution, Line, Shape, contributions};
pub use rules::{BadRules, RateRules, Weights};
pub use tally::{Fraction, Rates};

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rate {
    Response,
    Resolution,
    Satisfaction,
}

impl Rate {
    pub const ALL: [Rate; 3] = [Rate::Response, Rate::Resolution, Rate::Satisfaction];

    /// The word for it in word keys and files.
    pub fn word(self) -> &'static str {
        match self {
            Rate::Response => "response",
            Rate::Resolution => "resolution",
            Rate::Satisfaction => "satisfaction",
        }
    }
}
