//! Persons: whoever can sign in. Staff by login and password, volunteers and
//! residents by a contact they proved to be theirs.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub login: Option<String>,
    pub contact: Option<String>,
    pub name: String,
    pub language: String,
    pub made_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// What is asked for when a person signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub person: PersonId,
    pub login: Option<String>,
    pub password_hash: Option<String>,
    pub totp_secret: Option<Vec<u8>>,
    pub totp_step: Option<i64>,
    pub failures: i64,
    pub locked_until: Option<Timestamp>,
}

statements! {
    INSERT = "INSERT INTO persons (id, login, contact, name, language, failures, made_at, \
        closed_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)";
    BY_ID = "SELECT id, login, contact, name, language, made_at, closed_at FROM persons \
        WHERE id = $1";
    BY_CONTACT = "SELECT id, login, contact, name, language, made_at, closed_at FROM persons \
        WHERE contact = $1";
    BY_LOGIN = "SELECT id, login, contact, name, language, made_at, closed_at FROM persons \
        WHERE login = $1";
    CREDENTIALS_BY_LOGIN = "SELECT id, login, password_hash, totp_secret, totp_step, failures, \
        locked_until FROM persons WHERE login = $1 AND closed_at IS NULL";
    CREDENTIALS = "SELECT id, login, password_hash, totp_secret, totp_step, failures, \
        locked_until FROM persons WHERE id = $1 AND closed_at IS NULL";
    STAFF = "SELECT id, login, contact, name, language, made_at, closed_at FROM persons p \
        WHERE p.id > $1 AND (p.login IS NOT NULL \
        OR EXISTS (SELECT 1 FROM posts o WHERE o.person = p.id)) \
        AND ($2 = '' OR lower(p.name) LIKE $3 OR p.login LIKE $3) ORDER BY p.id LIMIT $4";
    UPDATE = "UPDATE persons SET name = $1, contact = $2, language = $3 WHERE id = $4";
    SET_LOGIN = "UPDATE persons SET login = $1, password_hash = $2, failures = 0, \
        locked_until = NULL WHERE id = $3";
    SET_PASSWORD = "UPDATE persons SET password_hash = $1, failures = 0, locked_until = NULL \
        WHERE id = $2";
    SET_TOTP = "UPDATE persons SET totp_secret = $1, totp_step = $2 WHERE id = $3";
    USE_TOTP = "UPDATE persons SET totp_step = $1 \
        WHERE id = $2 AND (totp_step IS NULL OR totp_step < $1)";
    FAIL = "UPDATE persons SET failures = failures + 1, locked_until = $1 WHERE id = $2";
    SUCCEED = "UPDATE persons SET failures = 0, locked_until = NULL WHERE id = $1";
    CLOSE = "UPDATE persons SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL";
    COUNT = "SELECT count(*) FROM persons";
}

fn read(row: &Row<'_>) -> Result<Person, DbError> {
    Ok(Person {
        id: row.get(0)?,
        login: row.get(1)?,
        contact: row.get(2)?,
        name: row.get(3)?,
        language: row.get(4)?,
        made_at: row.get(5)?,
        closed_at: row.get(6)?,
    })
}

fn read_credentials(row: &Row<'_>) -> Result<Credentials, DbError> {
    Ok(Credentials {
        person: row.get(0)?,
        login: row.get(1)?,
        password_hash: row.get(2)?,
        totp_secret: row.get(3)?,
        totp_step: row.get(4)?,
        failures: row.get(5)?,
        locked_until: row.get(6)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            person.id,
            person.login.as_ref(),
            person.contact.as_ref(),
            &person.name,
            &person.language,
            person.made_at,
            person.closed_at,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

pub fn by_contact(tx: &mut Tx<'_>, contact: &str) -> Result<Option<Person>, DbError> {
    tx.query_one(&BY_CONTACT, vals![contact], read)
}

pub fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Person>, DbError> {
    tx.query_one(&BY_LOGIN, vals![login], read)
}

/// What a sign-in is checked against; nothing of a person who has left.
pub fn credentials_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Credentials>, DbError> {
    tx.query_one(&CREDENTIALS_BY_LOGIN, vals![login], read_credentials)
}

pub fn credentials(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Credentials>, DbError> {
    tx.query_one(&CREDENTIALS, vals![id], read_credentials)
}

/// People of the desk: those with a login or a post, in the order they were
/// made; `part` narrows to names and logins that hold it.
pub fn staff(
    tx: &mut Tx<'_>,
    part: &str,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<Person>, DbError> {
    let pattern = format!("%{}%", part.to_lowercase().replace(['%', '_', '\\'], ""));
    let after = after.map_or(i64::MIN, PersonId::get);
    tx.query(&STAFF, vals![after, part, &pattern, limit], read)
}

/// Change what a person is called and how they are reached.
pub fn update(tx: &mut Tx<'_>, person: &Person) -> Result<(), DbError> {
    let Person {
        id,
        contact,
        name,
        language,
        ..
    } = person;
    tx.execute_one(&UPDATE, vals![name, contact.as_ref(), language, *id])
}

pub fn set_login(
    tx: &mut Tx<'_>,
    id: PersonId,
    login: &str,
    password_hash: &str,
) -> Result<(), DbError> {
    tx.execute_one(&SET_LOGIN, vals![login, password_hash, id])
}

pub fn set_password(tx: &mut Tx<'_>, id: PersonId, password_hash: &str) -> Result<(), DbError> {
    tx.execute_one(&SET_PASSWORD, vals![password_hash, id])
}

/// Begin to ask for a second factor, or stop; `step` is the last one used.
pub fn set_totp(
    tx: &mut Tx<'_>,
    id: PersonId,
    secret: Option<&[u8]>,
    step: Option<i64>,
) -> Result<(), DbError> {
    tx.execute_one(&SET_TOTP, vals![secret, step, id])
}

/// Use a code up. A code that was used before is [`DbError::Conflict`].
pub fn use_totp_step(tx: &mut Tx<'_>, id: PersonId, step: i64) -> Result<(), DbError> {
    tx.execute_one(&USE_TOTP, vals![step, id])
}

pub fn note_failure(
    tx: &mut Tx<'_>,
    id: PersonId,
    locked_until: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute_one(&FAIL, vals![locked_until, id])
}

pub fn note_success(tx: &mut Tx<'_>, id: PersonId) -> Result<(), DbError> {
    tx.execute_one(&SUCCEED, vals![id])
}

/// The person has left; their rows stay, because history names them.
pub fn close(tx: &mut Tx<'_>, id: PersonId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&CLOSE, vals![at, id])
}

/// How many there are; a house without any waits for its first.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, &[], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}
