//! Meals to ask for: what may be in a dish, how a meal is handed out, the code with which it is
//! fetched, and whether there is enough of it.
//!
//! One more allergen: a variant here and its words in the pages.

use std::collections::BTreeMap;

use crate::code::check_digit;
use crate::worded::worded;

/// So many portions one person may ask for at once.
pub const PORTIONS_MAX: i64 = 20;
/// How many digits of a code are chance; one more is its check.
pub const CODE_CHANCE_DIGITS: usize = 4;

worded! {
    /// Which meal of the day.
    Sitting {
        Breakfast = "breakfast",
        Lunch = "lunch",
        Dinner = "dinner",
    }
}

worded! {
    /// What some people must not eat: the eight of GB 7718, and sesame.
    Allergen {
        Gluten = "gluten",
        Crustaceans = "crustaceans",
        Fish = "fish",
        Eggs = "eggs",
        Peanuts = "peanuts",
        Soy = "soy",
        Milk = "milk",
        Nuts = "nuts",
        Sesame = "sesame",
    }
}

worded! {
    /// Whether a kitchen brings meals to the door.
    Bringing {
        Offered = "offered",
        Not = "not",
    }
}

worded! {
    /// How a meal reaches whoever asked for it.
    Handing {
        PickUp = "pick-up",
        Brought = "brought",
    }
}

worded! {
    /// Where a meal stands.
    MealState {
        Asked = "asked",
        Handed = "handed",
        Cancelled = "cancelled",
    }
}

/// The code with which a meal is fetched: short, because it is said over a counter, and with a
/// digit that tells a misheard code from one that does not exist.
#[derive(Clone, PartialEq, Eq)]
pub struct MealCode(String);

/// Why some text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadMealCode {
    #[error("a code has five digits")]
    Length,
    #[error("a digit is wrong")]
    CheckDigit,
}

impl MealCode {
    /// None unless it is as many digits of chance as a code has.
    pub fn from_chance(digits: &str) -> Option<MealCode> {
        let is_right = digits.len() == CODE_CHANCE_DIGITS && is_number(digits);
        is_right.then(|| MealCode(format!("{digits}{}", check_digit(digits))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl std::str::FromStr for MealCode {
    type Err = BadMealCode;

    fn from_str(text: &str) -> Result<MealCode, BadMealCode> {
        let digits: String = text.chars().filter(|one| !one.is_whitespace()).collect();
        if digits.len() != CODE_CHANCE_DIGITS + 1 || !is_number(&digits) {
            return Err(BadMealCode::Length);
        }
        match digits.ends_with(check_digit(&digits[..CODE_CHANCE_DIGITS])) {
            true => Ok(MealCode(digits)),
            false => Err(BadMealCode::CheckDigit),
        }
    }
}

/// Whoever has the code gets the meal: it is never written to a log.
impl std::fmt::Debug for MealCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MealCode(…)")
    }
}

/// Why what is asked for cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MealFault {
    /// Nothing was chosen.
    Nothing,
    /// More than one person may ask for at once.
    TooMany,
    NoSuchDish,
    /// No number of portions at all.
    NoNumber,
    /// So many are left.
    Left(i64),
}

/// Portions by the number of their dish.
pub type Portions = BTreeMap<i64, i64>;

/// What is wrong with what is asked for, by dish; none stands for the whole. `left` is how many
/// portions of each dish whoever asks could have.
pub fn check(asked: &Portions, left: &Portions) -> Vec<(Option<i64>, MealFault)> {
    let mut faults = Vec::new();
    for (&dish, &portions) in asked {
        match left.get(&dish) {
            None => faults.push((Some(dish), MealFault::NoSuchDish)),
            Some(_) if !(0..=PORTIONS_MAX).contains(&portions) => {
                faults.push((Some(dish), MealFault::NoNumber));
            }
            Some(&left) if portions > left => faults.push((Some(dish), MealFault::Left(left))),
            Some(_) => {}
        }
    }
    if faults.is_empty() {
        match asked.values().sum::<i64>() {
            0 => faults.push((None, MealFault::Nothing)),
            sum if sum > PORTIONS_MAX => faults.push((None, MealFault::TooMany)),
            _ => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_and_every_single_misheard_digit_is_noticed() {
        for chance in ["0000", "1234", "9999", "4711"] {
            let code = MealCode::from_chance(chance).expect("four digits");
            assert_eq!(code.as_str().parse(), Ok(code.clone()));
            for at in 0..5 {
                let mut wrong = code.as_str().as_bytes().to_vec();
                wrong[at] = b'0' + (wrong[at] - b'0' + 1) % 10;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(wrong.parse::<MealCode>(), Err(BadMealCode::CheckDigit));
            }
        }
        assert_eq!(MealCode::from_chance("12345"), None);
        assert_eq!(MealCode::from_chance("12a4"), None);
        for wrong in ["", "123", "123456", "12a45", "一二三四五"] {
            assert_eq!(
                wrong.parse::<MealCode>(),
                Err(BadMealCode::Length),
                "{wrong}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_is_there_or_it_is_said_what_is_left() {
        let left = Portions::from([(1, 5), (2, 0), (3, 60)]);
        let check = |asked: &[(i64, i64)]| check(&asked.iter().copied().collect(), &left);
        let all = |fault| vec![(None, fault)];
        assert_eq!(check(&[(1, 5)]), []);
        assert_eq!(check(&[(1, 2), (2, 0), (3, 18)]), []);
        assert_eq!(check(&[]), all(MealFault::Nothing));
        assert_eq!(check(&[(1, 0)]), all(MealFault::Nothing));
        assert_eq!(check(&[(1, 5), (3, 16)]), all(MealFault::TooMany));
        assert_eq!(check(&[(2, 1)]), [(Some(2), MealFault::Left(0))]);
        assert_eq!(check(&[(1, 6)]), [(Some(1), MealFault::Left(5))]);
        assert_eq!(check(&[(1, -1)]), [(Some(1), MealFault::NoNumber)]);
        assert_eq!(check(&[(3, 21)]), [(Some(3), MealFault::NoNumber)]);
        assert_eq!(check(&[(9, 1)]), [(Some(9), MealFault::NoSuchDish)]);
    }
}
