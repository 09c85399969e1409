//! Passwords: what is a good one, and hashing behind a bounded queue.
//!
//! Hashing takes memory and time on purpose. Only a few run at once and only some may
//! wait; whoever comes beyond that is told to try again, so that a flood of sign-ins
//! cannot stop everybody else's work.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Refusal};

pub const CHARS_MIN: usize = 10;
pub const CHARS_MAX: usize = 256;
/// Long enough to pass, and in every list of guesses.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password is not taken, as the key of a sentence.
pub fn fault(password: &str, login: &str) -> Option<&'static str> {
    let chars = password.chars().count();
    let lower = password.to_lowercase();
    let core: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    match () {
        () if chars < CHARS_MIN => Some("fault-password-short"),
        () if chars > CHARS_MAX => Some("fault-password-long"),
        () if COMMON
            .lines()
            .any(|common| common == lower || common == core) =>
        {
            Some("fault-password-common")
        }
        () if is_run(&lower) => Some("fault-password-common"),
        () if login.chars().count() >= 4 && lower.contains(&login.to_lowercase()) => {
            Some("fault-password-like-login")
        }
        () => None,
    }
}

/// One character again and again, or neighbours in order: `aaaaaaaaaa`, `23456789012`.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let is_step = |step: i64| {
        codes.windows(2).all(|two| {
            let by = two[1] - two[0];
            by == step || (step != 0 && by == -9 * step)
        })
    };
    [0, 1, -1].into_iter().any(is_step)
}

/// How much a hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    /// As OWASP advises: 19 MiB, two passes.
    #[default]
    Real,
    /// Next to nothing: for tests and for the town that is only played.
    Light,
}

/// Hashes passwords, a few at a time.
#[derive(Clone)]
pub struct Hasher {
    cost: Cost,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

const RUNNING_MAX: usize = 2;
const WAITING_MAX: usize = 32;
const RETRY_AFTER_S: u32 = 5;

impl Hasher {
    pub fn new(cost: Cost) -> Self {
        Self {
            cost,
            running: Arc::new(Semaphore::new(RUNNING_MAX)),
            waiting: Arc::new(Semaphore::new(RUNNING_MAX + WAITING_MAX)),
        }
    }

    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String, Error> {
        let argon = argon(self.cost);
        self.run(move || {
            let salt = SaltString::encode_b64(&salt).expect("sixteen bytes are a good salt");
            argon
                .hash_password(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|error| Error::broken("hashing a password", error.to_string()))
        })
        .await?
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long
    /// and is wrong, so that nobody learns which logins exist.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        let argon = argon(self.cost);
        self.run(move || match hash.as_deref().map(PasswordHash::new) {
            Some(Ok(parsed)) => Ok(argon.verify_password(password.as_bytes(), &parsed).is_ok()),
            Some(Err(error)) => Err(Error::broken("reading a hash", error.to_string())),
            None => {
                let salt = SaltString::encode_b64(&[7; 16]).expect("sixteen bytes are a good salt");
                let spent = argon.hash_password(password.as_bytes(), &salt);
                drop(spent);
                Ok(false)
            }
        })
        .await?
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let too_many = Refusal::TooMany {
            retry_after_s: RETRY_AFTER_S,
        };
        let place = self
            .waiting
            .clone()
            .try_acquire_owned()
            .map_err(|_| too_many)?;
        let turn = self.running.clone().acquire_owned().await;
        let turn = turn.expect("the queue is never closed");
        // The permits go along: they are given back when the work ends, not when a
        // visitor stops waiting for it.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((turn, place));
            done
        })
        .await
        .map_err(|error| Error::broken("hashing a password", error))
    }
}

fn argon(cost: Cost) -> Argon2<'static> {
    let params = match cost {
        Cost::Real => Params::new(19 * 1024, 2, 1, None),
        Cost::Light => Params::new(8, 1, 1, None),
    };
    let params = params.expect("these parameters are within the limits of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_and_bad_passwords() {
        for (password, expected) in [
            ("", Some("fault-password-short")),
            ("kurz", Some("fault-password-short")),
            ("九个汉字不够长啊啊", Some("fault-password-short")),
            ("1234567890", Some("fault-password-common")),
            ("9876543210", Some("fault-password-common")),
            ("aaaaaaaaaaaa", Some("fault-password-common")),
            ("Password123", Some("fault-password-common")),
            ("woaini1314520", Some("fault-password-common")),
            ("xx-AnaLiu-xx", Some("fault-password-like-login")),
            ("correct horse battery", None),
            ("十个汉字已经够长了吧", None),
        ] {
            assert_eq!(fault(password, "analiu"), expected, "{password}");
        }
        assert_eq!(
            fault(&"x y".repeat(100), "analiu"),
            Some("fault-password-long")
        );
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_only() {
        let hasher = Hasher::new(Cost::Light);
        let hash = hasher
            .hash("correct horse battery".into(), [1; 16])
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let check = |password: &str, hash: Option<String>| hasher.verify(password.to_owned(), hash);
        assert!(
            check("correct horse battery", Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!check("wrong horse battery", Some(hash)).await.unwrap());
        assert!(!check("correct horse battery", None).await.unwrap());
        assert!(check("x", Some("not a hash".into())).await.is_err());
    }

    #[tokio::test]
    async fn beyond_the_queue_one_is_told_to_come_back() {
        let hasher = Hasher::new(Cost::Light);
        let held = hasher.waiting.clone().acquire_many_owned(34).await.unwrap();
        let refused = hasher.verify("x".into(), None).await.unwrap_err();
        assert!(matches!(refused.refusal(), Some(Refusal::TooMany { .. })));
        drop(held);
        assert!(!hasher.verify("x".into(), None).await.unwrap());
    }
}
