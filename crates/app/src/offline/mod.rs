//! What was written down without signal and is sent later: its files come ahead in pieces, and
//! each form is applied once, however often it is delivered.
//!
//! That it is applied once is the store's doing ([`huiyin_store::Ticket`]); here is what the
//! edge asks about it.

pub mod once;
pub mod stage;
pub mod staged;

use jiff::SignedDuration;

use crate::{Error, Refusal};

/// How long pieces wait for their form.
pub(crate) const STAGED_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// The name of a form or of a file, made on the phone: 128 bits of chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// 32 hexadecimal digits, and nothing else.
    pub fn parse(text: &str) -> Option<Token> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 32 && text.bytes().all(is_hex)).then(|| Token(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whoever sends something from a phone has signed in.
fn person(actor: &huiyin_domain::access::Actor) -> Result<huiyin_domain::id::PersonId, Error> {
    actor.person().ok_or_else(|| Refusal::SignInNeeded.into())
}

#[cfg(test)]
mod tests;
