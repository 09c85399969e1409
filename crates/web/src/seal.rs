//! Short texts that only this house can have written: form tokens and the list
//! of cases whose tracking codes a browser has shown.
//!
//! To seal something new: a [`Purpose`] of its own, so that one seal never passes
//! for another.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The key of all seals.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// What a seal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    FormToken,
    ShownCases,
    ShownAppointments,
    /// Whose a phone's queue is.
    Owner,
}

impl Purpose {
    fn word(self) -> &'static [u8] {
        match self {
            Purpose::FormToken => b"form token\0",
            Purpose::ShownCases => b"shown cases\0",
            Purpose::ShownAppointments => b"shown appointments\0",
            Purpose::Owner => b"owner\0",
        }
    }
}

impl Secret {
    pub fn new(bytes: [u8; 32]) -> Secret {
        Secret(bytes)
    }

    /// The key as it is kept: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Secret> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Secret(bytes))
    }

    /// The seal of a text, 32 hexadecimal digits.
    pub fn seal(&self, purpose: Purpose, text: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(purpose.word());
        mac.update(text.as_bytes());
        let sum = mac.finalize().into_bytes();
        sum[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether `seal` is the seal of this text, told in constant time.
    pub fn holds(&self, purpose: Purpose, text: &str, seal: &str) -> bool {
        let right = self.seal(purpose, text);
        right.as_bytes().ct_eq(seal.as_bytes()).into()
    }

    /// The text with its seal, for a cookie: `text.seal`.
    pub fn close(&self, purpose: Purpose, text: &str) -> String {
        format!("{text}.{}", self.seal(purpose, text))
    }

    /// The text of a sealed cookie, if the seal holds.
    pub fn open<'a>(&self, purpose: Purpose, sealed: &'a str) -> Option<&'a str> {
        let (text, seal) = sealed.rsplit_once('.')?;
        self.holds(purpose, text, seal).then_some(text)
    }
}

/// A secret is never written to a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_text_purpose_and_key_only() {
        let secret = Secret::new([7; 32]);
        let sealed = secret.close(Purpose::ShownCases, "0abc.0def");
        assert_eq!(secret.open(Purpose::ShownCases, &sealed), Some("0abc.0def"));
        assert_eq!(secret.open(Purpose::FormToken, &sealed), None);
        assert_eq!(
            secret.open(Purpose::ShownCases, &sealed.replace("0abc", "0abd")),
            None
        );
        let other = Secret::new([8; 32]);
        assert_eq!(other.open(Purpose::ShownCases, &sealed), None);
        for text in ["", ".", "x.", "nothing"] {
            assert_eq!(secret.open(Purpose::ShownCases, text), None);
        }
    }
}
