//! Saved views: filters of the inbox that a person gave a name.

use huiyin_domain::id::{PersonId, ViewId};

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: ViewId,
    pub person: PersonId,
    pub name: String,
    /// The query part of the list's address.
    pub query: String,
}

statements! {
    PUT = "INSERT INTO saved_views (id, person, name, query) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (person, name) DO UPDATE SET query = excluded.query";
    OF_PERSON = "SELECT id, person, name, query FROM saved_views \
        WHERE person = $1 ORDER BY name";
    REMOVE = "DELETE FROM saved_views WHERE id = $1 AND person = $2";
}

/// Save a view; one of the same name is replaced.
pub fn put(tx: &mut Tx<'_>, view: &SavedView) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![view.id, view.person, &view.name, &view.query])
}

pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SavedView>, DbError> {
    tx.query(&OF_PERSON, vals![person], |row| {
        Ok(SavedView {
            id: row.get(0)?,
            person: row.get(1)?,
            name: row.get(2)?,
            query: row.get(3)?,
        })
    })
}

/// [`DbError::Conflict`] when the person has no such view.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: ViewId) -> Result<(), DbError> {
    tx.execute_one(&REMOVE, vals![id, person])
}
