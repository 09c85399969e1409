//! Rules of the house with a date from which they count. What held on a day is never rewritten:
//! a new rule begins today or later, so that figures of any past day can be counted anew.

use jiff::civil::Date;

/// Rules by the day from which they hold; before the first the usual one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// By day; of two of one day the one said later stands behind.
    rules: Vec<(Date, T)>,
    usual: T,
}

impl<T> Dated<T> {
    /// `rules` in the order in which they were said.
    pub fn new(usual: T, mut rules: Vec<(Date, T)>) -> Dated<T> {
        rules.sort_by_key(|(from, _)| *from);
        Dated { rules, usual }
    }

    /// The rule that holds on a day.
    pub fn on(&self, day: Date) -> &T {
        let before = self.rules.iter().rev().find(|(from, _)| *from <= day);
        before.map_or(&self.usual, |(_, rule)| rule)
    }

    /// Every rule that was said, with the day from which it holds; the last one first.
    pub fn all(&self) -> impl Iterator<Item = (Date, &T)> {
        self.rules.iter().rev().map(|(from, rule)| (*from, rule))
    }
}

impl<T: Default> Default for Dated<T> {
    fn default() -> Dated<T> {
        Dated::new(T::default(), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_rule_holds_from_its_day_until_the_next_and_the_later_word_stands() {
        let june = date(2026, 6, 1);
        let rules = Dated::new(
            "usual",
            vec![(june, "b"), (date(2026, 3, 1), "a"), (june, "c")],
        );
        let held = |month, day| *rules.on(date(2026, month, day));
        assert_eq!([held(2, 28), held(3, 1), held(5, 31)], ["usual", "a", "a"]);
        assert_eq!([held(6, 1), held(12, 31)], ["c", "c"]);
        assert_eq!(rules.all().next(), Some((june, &"c")));
    }
}
