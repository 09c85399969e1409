//! Invites: one-time links with which a person sets login and password.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub token_hash: [u8; 32],
    pub person: PersonId,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

statements! {
    INSERT = "INSERT INTO invites (token_hash, person, made_at, expires_at, used_at) \
        VALUES ($1, $2, $3, $4, $5)";
    READ = "SELECT token_hash, person, made_at, expires_at, used_at FROM invites \
        WHERE token_hash = $1";
    USE = "UPDATE invites SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL";
    WITHDRAW = "DELETE FROM invites WHERE person = $1 AND used_at IS NULL";
}

pub fn insert(tx: &mut Tx<'_>, invite: &Invite) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            &invite.token_hash,
            invite.person,
            invite.made_at,
            invite.expires_at,
            invite.used_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<Invite>, DbError> {
    tx.query_one(&READ, vals![token_hash], |row| {
        Ok(Invite {
            token_hash: row.get(0)?,
            person: row.get(1)?,
            made_at: row.get(2)?,
            expires_at: row.get(3)?,
            used_at: row.get(4)?,
        })
    })
}

/// Use an invite up; one that was used is [`DbError::Conflict`].
pub fn use_up(tx: &mut Tx<'_>, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&USE, vals![at, token_hash])
}

/// Take back what a person has not used yet.
pub fn withdraw(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute(&WITHDRAW, vals![person]).map(drop)
}
