//! One-time codes that were sent to a telephone or a mail address. A contact
//! has one code at a time; a new one replaces it.

use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInCode {
    pub contact: String,
    pub code_hash: [u8; 32],
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    /// How often a wrong one was entered.
    pub failures: i64,
}

statements! {
    PUT = "INSERT INTO sign_in_codes (contact, code_hash, made_at, expires_at, failures) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (contact) DO UPDATE SET \
        code_hash = excluded.code_hash, made_at = excluded.made_at, \
        expires_at = excluded.expires_at, failures = excluded.failures";
    READ = "SELECT contact, code_hash, made_at, expires_at, failures FROM sign_in_codes \
        WHERE contact = $1";
    FAIL = "UPDATE sign_in_codes SET failures = failures + 1 WHERE contact = $1";
    DELETE = "DELETE FROM sign_in_codes WHERE contact = $1";
    SWEEP = "DELETE FROM sign_in_codes WHERE expires_at <= $1";
}

pub fn put(tx: &mut Tx<'_>, code: &SignInCode) -> Result<(), DbError> {
    tx.execute_one(
        &PUT,
        vals![
            &code.contact,
            &code.code_hash,
            code.made_at,
            code.expires_at,
            code.failures,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, contact: &str) -> Result<Option<SignInCode>, DbError> {
    tx.query_one(&READ, vals![contact], |row| {
        Ok(SignInCode {
            contact: row.get(0)?,
            code_hash: row.get(1)?,
            made_at: row.get(2)?,
            expires_at: row.get(3)?,
            failures: row.get(4)?,
        })
    })
}

pub fn note_failure(tx: &mut Tx<'_>, contact: &str) -> Result<(), DbError> {
    tx.execute_one(&FAIL, vals![contact])
}

pub fn delete(tx: &mut Tx<'_>, contact: &str) -> Result<(), DbError> {
    tx.execute_one(&DELETE, vals![contact])
}

/// Forget codes that have run out.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![now])
}
