//! Preferences: how people want to be told. Whoever has no row gets what is usual.

use huiyin_domain::id::PersonId;
use huiyin_domain::telling::Preferences;
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    READ = "SELECT how FROM preferences WHERE person = $1";
    PUT = "INSERT INTO preferences (person, how, changed_at) VALUES ($1, $2, $3) \
        ON CONFLICT (person) DO UPDATE SET how = excluded.how, changed_at = excluded.changed_at";
}

/// What somebody said, if they said anything.
pub fn read(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Preferences>, DbError> {
    tx.query_one(&READ, vals![person], |row| row.json(0))
}

pub fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    how: &Preferences,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![person, &json(how)?, now])
}
