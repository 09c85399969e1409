//! Secrets that we hand out: 256 bits of chance, of which only the hash is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::outside::Entropy;

/// A secret on its way to the one who may have it. It is shown once and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is kept of a secret. Safe to show: nothing follows from it.
pub type SecretHash = [u8; 32];

impl Secret {
    pub fn make(entropy: &dyn Entropy) -> Self {
        Self(URL_SAFE_NO_PAD.encode(entropy.bytes::<32>()))
    }

    /// A secret with a beginning that tells leak scanners and people what it is.
    pub fn make_marked(mark: &str, entropy: &dyn Entropy) -> Self {
        Self(format!("{mark}{}", Self::make(entropy).0))
    }

    /// The secret in the open: for the cookie, the link or the page that hands it over.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The hash under which a presented secret would be found.
pub fn hash(presented: &str) -> SecretHash {
    Sha256::digest(presented.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::SeededEntropy;

    #[test]
    fn secrets_differ_are_long_and_do_not_print() {
        let entropy = SeededEntropy::new(1);
        let (one, other) = (Secret::make(&entropy), Secret::make_marked("hy_", &entropy));
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 43);
        assert!(other.reveal().starts_with("hy_"));
        assert_eq!(hash(one.reveal()), one.hash());
        assert!(!format!("{one:?}").contains(one.reveal()));
    }
}
