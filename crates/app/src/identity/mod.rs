//! Who somebody is: passwords, second factors, one-time codes, invites, sessions, tokens.
//!
//! Staff sign in by login and password, with a second factor if they have one; residents
//! and volunteers by a one-time code to a contact that is theirs. Whoever signs in gets a
//! session; with every request the posts that count now are read anew. One more way to
//! sign in: a file that ends in [`session::begin`].

pub mod change_password;
pub mod code;
pub mod invite;
pub mod my_cases;
pub mod password;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod sign_in;
pub mod token;
pub mod totp;

use crate::import::clean;

const LOGIN_CHARS_MIN: usize = 3;
const LOGIN_CHARS_MAX: usize = 64;

pub use password::{Cost, Hasher};
pub use secret::{Secret, SecretHash};
pub use session::{NewSession, Visitor, visitor};

/// The form in which logins are kept and compared. One that is too long stays too long.
pub fn normal_login(login: &str) -> String {
    let login: String = login.chars().take(LOGIN_CHARS_MAX + 1).collect();
    clean(&login).to_lowercase()
}

/// Why a login is not taken, as the key of a sentence.
fn login_fault(login: &str) -> Option<&'static str> {
    let chars = login.chars().count();
    let is_good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    match login {
        _ if !(LOGIN_CHARS_MIN..=LOGIN_CHARS_MAX).contains(&chars) => Some("fault-login-length"),
        _ if !login.chars().all(is_good) => Some("fault-login-characters"),
        _ => None,
    }
}

#[cfg(test)]
mod identity_tests;
