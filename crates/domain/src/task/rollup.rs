//! What many parts say together, and how much may lie on one desk.

use super::State;

/// The parts below a place, counted by how they stand. Parts that were broken down count
/// through what lies below them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rollup {
    pub given: i64,
    pub noted: i64,
    pub reported: i64,
    pub sent_back: i64,
    pub verified: i64,
    pub withdrawn: i64,
    /// The numbers of what was struck off, summed.
    pub amount_verified: i64,
    /// The numbers that wait to be verified, summed.
    pub amount_reported: i64,
}

impl Rollup {
    /// Counts so many more parts that stand so.
    pub fn add(&mut self, state: State, count: i64, amount: i64) {
        let (counted, summed) = match state {
            State::Given => (&mut self.given, None),
            State::Noted => (&mut self.noted, None),
            State::SentBack => (&mut self.sent_back, None),
            State::Withdrawn => (&mut self.withdrawn, None),
            State::Reported => (&mut self.reported, Some(&mut self.amount_reported)),
            State::Verified => (&mut self.verified, Some(&mut self.amount_verified)),
            State::BrokenDown => return,
        };
        *counted += count;
        if let Some(summed) = summed {
            *summed += amount;
        }
    }

    /// The sum of both.
    pub fn join(&mut self, other: &Rollup) {
        self.given += other.given;
        self.noted += other.noted;
        self.reported += other.reported;
        self.sent_back += other.sent_back;
        self.verified += other.verified;
        self.withdrawn += other.withdrawn;
        self.amount_verified += other.amount_verified;
        self.amount_reported += other.amount_reported;
    }

    /// All that count.
    pub fn total(&self) -> i64 {
        self.to_do() + self.reported + self.verified
    }

    /// What somebody below has yet to report: late, once the day is over.
    pub fn to_do(&self) -> i64 {
        self.given + self.noted + self.sent_back
    }

    /// Whether everything below is struck off, and there was something.
    pub fn is_done(&self) -> bool {
        self.verified > 0 && self.verified == self.total()
    }

    /// How much of it is struck off, of a hundred.
    pub fn share(&self) -> i64 {
        100 * self.verified / self.total().max(1)
    }
}

/// How many tasks may be due in one week on one desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From so many on, whoever gives one more is told before.
    pub warn: i64,
    /// More than so many are refused, unless the task is urgent and there is a reason.
    pub refuse: i64,
}

impl Limits {
    /// What holds where nobody has said anything else: one a day is enough to be asked about.
    pub const USUAL: Limits = Limits { warn: 5, refuse: 8 };
    /// Whoever sets more than this sets no limit.
    pub const MAX: i64 = 99;

    /// Whether these can be limits.
    pub fn are_good(self) -> bool {
        1 <= self.warn && self.warn <= self.refuse && self.refuse <= Limits::MAX
    }

    /// What it means for a desk on which so many lie to get one more.
    pub fn judge(self, lying: i64) -> Load {
        match lying {
            _ if lying >= self.refuse => Load::Over,
            _ if lying >= self.warn => Load::Full,
            _ => Load::Light,
        }
    }
}

/// How full a desk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Load {
    Light,
    /// Enough lies there.
    Full,
    /// No more is given to it.
    Over,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_done_when_all_of_it_is_struck_off() {
        let mut sum = Rollup::default();
        assert!(!sum.is_done(), "nothing is not done");
        sum.add(State::Verified, 3, 30);
        sum.add(State::BrokenDown, 1, 99);
        sum.add(State::Withdrawn, 2, 0);
        assert!(sum.is_done());
        sum.add(State::Reported, 1, 5);
        assert_eq!((sum.is_done(), sum.share(), sum.total()), (false, 75, 4));
        let mut both = sum;
        both.join(&sum);
        assert_eq!((both.amount_verified, both.amount_reported), (60, 10));
    }

    #[test]
    fn a_desk_is_full_before_it_is_over() {
        let loads: Vec<Load> = [0, 4, 5, 7, 8, 9]
            .map(|lying| Limits::USUAL.judge(lying))
            .to_vec();
        use Load::{Full, Light, Over};
        assert_eq!(loads, [Light, Light, Full, Full, Over, Over]);
        for (warn, refuse) in [(0, 5), (6, 5), (5, 100)] {
            assert!(!Limits { warn, refuse }.are_good());
        }
    }
}
