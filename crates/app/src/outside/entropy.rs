//! Where chance comes from.

use std::sync::{Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

/// A source of chance. Secrets are made from it, so the live one is the system's own.
pub trait Entropy: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    pub fn u64(&self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    /// `count` decimal digits, each equally likely.
    pub fn digits(&self, count: usize) -> String {
        let mut digits = String::with_capacity(count);
        while digits.len() < count {
            // 250 is the greatest multiple of ten in a byte; what lies above would favour 0–5.
            match self.bytes::<1>()[0] {
                byte @ 0..250 => digits.push(char::from(b'0' + byte % 10)),
                _ => continue,
            }
        }
        digits
    }
}

/// The system's source of chance.
#[derive(Debug, Clone, Copy, Default)]
pub struct LiveEntropy;

impl Entropy for LiveEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("a system without chance cannot keep a secret");
    }
}

/// Chance that repeats: for tests and for the town, never for a product in use.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let (one, same, other) = (
            SeededEntropy::new(7),
            SeededEntropy::new(7),
            SeededEntropy::new(8),
        );
        let draw = |source: &dyn Entropy| (source.u64(), source.digits(20));
        let first = draw(&one);
        assert_eq!(first, draw(&same));
        assert_ne!(first, draw(&other));
        assert_ne!(first, draw(&one));
    }

    #[test]
    fn digits_are_digits_and_all_of_them_occur() {
        let live: &dyn Entropy = &LiveEntropy;
        let digits = live.digits(2_000);
        assert_eq!(digits.len(), 2_000);
        assert!(('0'..='9').all(|digit| digits.contains(digit)));
    }
}
