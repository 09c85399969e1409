//! The tracking code: what somebody without an account shows to see their case.
//!
//! Sixteen digits, read in fours like a bank card, because digits survive the telephone
//! in every dialect. Fifteen are chance (about 50 bits), the last is the check digit of
//! ISO/IEC 7812-1 (Luhn), so a misheard digit is told apart from a code that does not exist.

/// A tracking code that passes its check digit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TrackingCode(String);

/// The text is not a tracking code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    #[error("a tracking code has sixteen digits")]
    Length,
    #[error("a digit was misheard or mistyped")]
    CheckDigit,
}

const CHANCE_DIGITS: usize = 15;

impl TrackingCode {
    /// The code of this chance (64 even bits).
    pub fn from_chance(chance: u64) -> TrackingCode {
        let digits = format!("{:015}", chance % 1_000_000_000_000_000);
        let check = check_digit(&digits);
        TrackingCode(format!("{digits}{check}"))
    }

    /// Sixteen digits without spaces, as they are kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In fours, as it is shown and read aloud.
    pub fn in_fours(&self) -> String {
        let fours: Vec<&str> = (0..4).map(|i| &self.0[4 * i..4 * i + 4]).collect();
        fours.join(" ")
    }
}

impl std::str::FromStr for TrackingCode {
    type Err = BadCode;

    /// Reads a code however it was typed: spaces, hyphens and full-width digits are forgiven.
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let mut digits = String::with_capacity(16);
        for ch in text.chars() {
            match ch {
                '0'..='9' => digits.push(ch),
                '０'..='９' => {
                    let digit = u32::from(ch) - u32::from('０');
                    digits.extend(char::from_digit(digit, 10));
                }
                ch if ch.is_whitespace() || matches!(ch, '-' | '—' | '–' | '.' | '·') => {}
                _ => return Err(BadCode::Length),
            }
            if digits.len() > CHANCE_DIGITS + 1 {
                return Err(BadCode::Length);
            }
        }
        if digits.len() != CHANCE_DIGITS + 1 {
            return Err(BadCode::Length);
        }
        match digits.ends_with(check_digit(&digits[..CHANCE_DIGITS])) {
            true => Ok(TrackingCode(digits)),
            false => Err(BadCode::CheckDigit),
        }
    }
}

/// A code is a secret: it is never written to a log.
impl std::fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}

/// The Luhn check digit of some digits.
pub(crate) fn check_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).expect("a remainder of ten is a digit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_card_number_passes() {
        assert!("4539 1488 0343 6467".parse::<TrackingCode>().is_ok());
    }

    #[test]
    fn every_single_misheard_digit_is_noticed() {
        for chance in [0, 1, 7_777_777_777, u64::MAX] {
            let code = TrackingCode::from_chance(chance);
            assert_eq!(code.in_fours().parse(), Ok(code.clone()));
            for at in 0..16 {
                let mut wrong = code.as_str().as_bytes().to_vec();
                wrong[at] = b'0' + (wrong[at] - b'0' + 1) % 10;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(wrong.parse::<TrackingCode>(), Err(BadCode::CheckDigit));
            }
        }
    }

    #[test]
    fn typed_by_people() {
        let code = TrackingCode::from_chance(123_456_789_012_345);
        let typed: String = code.in_fours().replace(' ', "－").replace('－', "-");
        assert_eq!(typed.parse(), Ok(code.clone()));
        let wide: String = code
            .as_str()
            .chars()
            .filter_map(|c| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')))
            .collect();
        assert_eq!(wide.parse(), Ok(code));
        for text in [
            "",
            "1234",
            "12345678901234567",
            "4539 1488 0343 646x",
            "' OR 1=1",
        ] {
            assert_eq!(text.parse::<TrackingCode>(), Err(BadCode::Length), "{text}");
        }
    }
}
