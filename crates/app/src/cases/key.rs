//! The key with which a client makes the same request twice and gets one answer.

use huiyin_domain::case::{Class, Value, Values};
use huiyin_domain::id::{CaseId, FileId};
use huiyin_domain::planted::{self, Fault};
use huiyin_store::idempotency::{self, Answered};
use huiyin_store::{DbError, Tx, files};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::outside::hex;
use crate::{App, Error, Refusal};

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

    /// The key of a form that may bring its files with it: each delivery keeps them anew, under
    /// another id, so what they hold is what is asked.
    pub async fn of_form(
        app: &App,
        (caller, token): (&str, &str),
        values: &Values,
    ) -> Result<IdempotencyKey, Error> {
        let mut asked =
            serde_json::to_value(values).map_err(|fault| Error::broken("writing values", fault))?;
        for (name, value) in values {
            if let Value::Files(ids) = value {
                asked[name] = holdings(app, ids.clone()).await?.into();
            }
        }
        Ok(IdempotencyKey::new(
            caller,
            token,
            asked.to_string().as_bytes(),
        ))
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

/// What each of these files holds; of one that is not there, which it is.
async fn holdings(app: &App, ids: Vec<FileId>) -> Result<Vec<String>, Error> {
    let lane = ids.first().map_or(0, |id| id.get());
    let read = move |tx: &mut Tx<'_>| {
        let holds = |id: FileId| {
            let file = files::by_id(tx, id)?;
            Ok(file.map_or_else(|| id.to_string(), |file| hex(&file.hash)))
        };
        ids.iter()
            .copied()
            .map(holds)
            .collect::<Result<_, DbError>>()
    };
    // Where it is written: a copy of the database may not have them yet.
    app.store.write_aside(lane, read).await.map_err(Error::from)
}
