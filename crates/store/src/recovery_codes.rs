//! Recovery codes: what opens an account when the second factor is lost.

use huiyin_domain::id::PersonId;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    INSERT = "INSERT INTO recovery_codes (person, code_hash) VALUES ($1, $2)";
    USE = "DELETE FROM recovery_codes WHERE person = $1 AND code_hash = $2";
    DELETE = "DELETE FROM recovery_codes WHERE person = $1";
    COUNT = "SELECT count(*) FROM recovery_codes WHERE person = $1";
}

/// Replace all codes of a person.
pub fn put(tx: &mut Tx<'_>, person: PersonId, hashes: &[[u8; 32]]) -> Result<(), DbError> {
    delete(tx, person)?;
    for hash in hashes {
        tx.execute_one(&INSERT, vals![person, hash])?;
    }
    Ok(())
}

/// Use a code up; whether it was one.
pub fn use_up(tx: &mut Tx<'_>, person: PersonId, hash: &[u8; 32]) -> Result<bool, DbError> {
    let touched = tx.execute(&USE, vals![person, hash])?;
    Ok(touched > 0)
}

pub fn delete(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute(&DELETE, vals![person]).map(drop)
}

/// How many are left.
pub fn count(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, vals![person], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}
