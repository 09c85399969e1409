//! The code at the door: made of the activity's secret and the half minute that it is, so that a
//! picture of it is of no use a minute later. Long for the link in the QR code, short for typing.

use hmac::{Hmac, Mac};
use huiyin_store::activities::DoorSecret;
use jiff::Timestamp;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// A code counts in its own half minute and in the next.
const WINDOW_S: i64 = 30;

/// The two forms of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorCode {
    /// For the link.
    pub long: String,
    /// Six digits, for typing.
    pub short: String,
}

pub(crate) fn code(secret: &DoorSecret, now: Timestamp) -> DoorCode {
    of_window(secret, now.as_second().div_euclid(WINDOW_S))
}

/// Whether a code was shown within the last minute.
pub(crate) fn holds(secret: &DoorSecret, presented: &str, now: Timestamp) -> bool {
    let window = now.as_second().div_euclid(WINDOW_S);
    let matches = |window: i64| {
        let code = of_window(secret, window);
        let right = |form: &str| bool::from(form.as_bytes().ct_eq(presented.as_bytes()));
        right(&code.long) || right(&code.short)
    };
    matches(window) || matches(window - 1)
}

fn of_window(secret: &DoorSecret, window: i64) -> DoorCode {
    let mac = Hmac::<Sha256>::new_from_slice(secret);
    let mut mac = mac.expect("HMAC takes a key of any length");
    mac.update(b"door\0");
    mac.update(&window.to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let number = u32::from_be_bytes([sum[0], sum[1], sum[2], sum[3]]);
    DoorCode {
        long: sum[4..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        short: format!("{:06}", number % 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_for_about_a_minute_and_only_at_its_own_door() {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let secret = [7; 32];
        let shown = code(&secret, at(0));
        for form in [&shown.long, &shown.short] {
            assert!(holds(&secret, form, at(0)) && holds(&secret, form, at(59)));
            assert!(!holds(&secret, form, at(60)), "a minute later");
            assert!(!holds(&[8; 32], form, at(0)), "at another door");
        }
        assert_eq!((shown.long.len(), shown.short.len()), (24, 6));
        assert!(!holds(&secret, "", at(0)));
    }
}
