//! The key with which a client makes the same request twice and gets one answer.

use huiyin_domain::case::Class;
use huiyin_domain::id::CaseId;
use huiyin_domain::planted::{self, Fault};
use huiyin_store::idempotency::{self, Answered};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Refusal};

/// An `Idempotency-Key` (or a form's own), with the hash of what was asked under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    caller: String,
    token: String,
    request_hash: [u8; 32],
}

/// What the same request led to before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub case: CaseId,
    pub version: i64,
}

impl IdempotencyKey {
    /// `caller` keeps apart the keys of different clients; `request` is what is asked.
    pub fn new(caller: &str, token: &str, request: &[u8]) -> IdempotencyKey {
        IdempotencyKey {
            caller: caller.to_owned(),
            token: token.to_owned(),
            request_hash: Sha256::digest(request).into(),
        }
    }

    /// Requests with the same key wait for each other, by going the same way to the store.
    pub(crate) fn lane(&self) -> i64 {
        let hash = Sha256::new()
            .chain_update(&self.caller)
            .chain_update([0])
            .chain_update(&self.token)
            .finalize();
        i64::from_be_bytes(hash[..8].try_into().expect("a hash has eight bytes")) & i64::MAX
    }

    /// What the same request led to before; a refusal when the key was used for another one.
    pub(crate) fn find(&self, tx: &mut Tx<'_>) -> Result<Option<Answer>, Error> {
        match idempotency::read(tx, &self.caller, &self.token)? {
            None => Ok(None),
            Some(before) if before.request_hash != self.request_hash => {
                Err(Refusal::KeyReused.into())
            }
            Some(before) => serde_json::from_str(&before.answer)
                .map(Some)
                .map_err(|fault| Error::broken("reading a kept answer", fault)),
        }
    }

    /// Keeps the answer for the next time.
    pub(crate) fn keep(
        &self,
        tx: &mut Tx<'_>,
        answer: Answer,
        now: Timestamp,
    ) -> Result<(), Error> {
        if planted::is(Fault::KeyForgotten) {
            return Ok(());
        }
        let answer = serde_json::to_string(&answer)
            .map_err(|fault| Error::broken("keeping an answer", fault))?;
        let answered = Answered {
            request_hash: self.request_hash,
            answer,
        };
        match idempotency::keep(tx, &self.caller, &self.token, &answered, now) {
            // The same request was made at the same moment, of another process.
            Err(DbError::Unique { .. }) => Err(Refusal::rule(Class::Conflict, "key-in-use").into()),
            kept => Ok(kept?),
        }
    }
}
