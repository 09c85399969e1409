//! The second factor: six digits from a telephone, after RFC 6238 (SHA-1, 30 seconds).
//!
//! Written here because it is forty lines and the rules around it (one code works once,
//! one step of drift) are ours.

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha1::Sha1;
use subtle::ConstantTimeEq;

const STEP_S: i64 = 30;
/// Telephones that go a little wrong are still believed.
const DRIFT_STEPS: i64 = 1;
pub const SECRET_BYTES: usize = 20;

/// The step whose code this is, if it is one of now; a step once used is used up.
pub fn verify(secret: &[u8], code: &str, now: Timestamp, used: Option<i64>) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let current = now.as_second().div_euclid(STEP_S);
    (current - DRIFT_STEPS..=current + DRIFT_STEPS)
        .filter(|&step| used.is_none_or(|used| step > used))
        .find(|&step| bool::from(digits(secret, step).as_bytes().ct_eq(code.as_bytes())))
}

/// The code of a step.
pub fn digits(secret: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("a key of any length is one");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[hash.len() - 1] & 0xf);
    let four = [
        hash[offset],
        hash[offset + 1],
        hash[offset + 2],
        hash[offset + 3],
    ];
    let number = (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000;
    format!("{number:06}")
}

/// The step of an instant; for telephones in tests and in the town.
pub fn step_at(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP_S)
}

/// The secret as people type it into a telephone: RFC 4648 base 32.
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    text
}

/// Reads what [`base32`] wrote.
pub fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let digit = match c.to_ascii_uppercase() {
            letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
            number @ '2'..='7' => u32::from(number) - u32::from('2') + 26,
            _ => return None,
        };
        bits = (bits << 5) | digit;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).expect("eight bits are a byte"));
        }
        bits &= (1 << held) - 1;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_examples_of_the_standard() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(digits(SECRET, step_at(at(second))), code, "{second}");
            assert_eq!(verify(SECRET, code, at(second), None), Some(second / 30));
        }
        assert_eq!(base32(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(base32(b"fo"), "MZXQ");
        assert_eq!(
            unbase32("gezd gnbv gy3t qojq gezd gnbv gy3t qojq").as_deref(),
            Some(SECRET)
        );
        assert_eq!(unbase32("GEZ1"), None);
    }

    #[test]
    fn a_code_works_once_and_only_around_now() {
        let now = at(1_234_567_890);
        let step = step_at(now);
        assert_eq!(verify(SECRET, "005 924", now, Some(step - 1)), Some(step));
        assert_eq!(verify(SECRET, "005924", now, Some(step)), None);
        assert_eq!(
            verify(SECRET, "005924", at(1_234_567_890 + 30), None),
            Some(step)
        );
        assert_eq!(verify(SECRET, "005924", at(1_234_567_890 + 90), None), None);
        assert_eq!(verify(SECRET, "005924", at(1_234_567_890 - 90), None), None);
        for wrong in ["", "005925", "5924", "0059240", "００５９２４"] {
            assert_eq!(verify(SECRET, wrong, now, None), None, "{wrong}");
        }
    }
}
