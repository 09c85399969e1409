//! Sessions: who has signed in on which device. Only the hash of the token is
//! kept, so it may stand as the session's name.

use huiyin_domain::access::HeldPost;
use huiyin_domain::id::{PersonId, PostId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, place_changes, posts, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub token_hash: [u8; 32],
    pub person: PersonId,
    /// The browser, as it names itself.
    pub agent: String,
    pub made_at: Timestamp,
    pub seen_at: Timestamp,
    /// When the person last proved who they are.
    pub proved_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A session with its person and the posts that count now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub session: Session,
    pub name: String,
    pub language: String,
    pub posts: Vec<HeldPost>,
}

statements! {
    INSERT = "INSERT INTO sessions (token_hash, person, agent, made_at, seen_at, proved_at, \
        expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SIGNED_IN = "SELECT s.token_hash, s.person, s.agent, s.made_at, s.seen_at, s.proved_at, \
        s.expires_at, p.name, p.language, o.id, o.unit, o.role, o.place \
        FROM sessions s \
        JOIN persons p ON p.id = s.person AND p.closed_at IS NULL \
        LEFT JOIN (posts o JOIN units u ON u.id = o.unit AND u.closed_at IS NULL) \
        ON o.person = s.person AND o.starts_at <= $1 AND (o.ends_at IS NULL OR o.ends_at > $1) \
        WHERE s.token_hash = $2 AND s.expires_at > $1 ORDER BY o.id";
    OF_PERSON = "SELECT token_hash, person, agent, made_at, seen_at, proved_at, expires_at \
        FROM sessions WHERE person = $1 AND expires_at > $2 ORDER BY seen_at DESC";
    TOUCH = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2";
    DELETE = "DELETE FROM sessions WHERE token_hash = $1";
    DELETE_ONE_OF = "DELETE FROM sessions WHERE token_hash = $1 AND person = $2";
    DELETE_OF_PERSON = "DELETE FROM sessions WHERE person = $1 AND token_hash <> $2";
    SWEEP = "DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2";
}

pub fn insert(tx: &mut Tx<'_>, session: &Session) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            &session.token_hash,
            session.person,
            &session.agent,
            session.made_at,
            session.seen_at,
            session.proved_at,
            session.expires_at,
        ],
    )
}

fn read(row: &crate::Row<'_>) -> Result<Session, DbError> {
    Ok(Session {
        token_hash: row.get(0)?,
        person: row.get(1)?,
        agent: row.get(2)?,
        made_at: row.get(3)?,
        seen_at: row.get(4)?,
        proved_at: row.get(5)?,
        expires_at: row.get(6)?,
    })
}

/// Who presents this token, asked with every request: one statement, and one more for staff.
pub fn signed_in(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<SignedIn>, DbError> {
    let mut found: Option<SignedIn> = None;
    tx.each(&SIGNED_IN, vals![now, token_hash], |row| {
        if found.is_none() {
            found = Some(SignedIn {
                session: read(row)?,
                name: row.get(7)?,
                language: row.get(8)?,
                posts: Vec::new(),
            });
        }
        if let (Some(_), Some(found)) = (row.get::<Option<PostId>>(9)?, &mut found) {
            found.posts.push(posts::read_held(row, 9)?);
        }
        Ok(())
    })?;
    if let Some(SignedIn { session, posts, .. }) = &mut found {
        place_changes::add_taken_over(tx, session.person, now, posts)?;
    }
    Ok(found)
}

/// Where a person is signed in, the last seen first.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<Session>, DbError> {
    tx.query(&OF_PERSON, vals![person, now], read)
}

pub fn touch(tx: &mut Tx<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<(), DbError> {
    tx.execute(&TOUCH, vals![now, token_hash]).map(drop)
}

/// End a session; one that has ended already is no error.
pub fn delete(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<(), DbError> {
    tx.execute(&DELETE, vals![token_hash]).map(drop)
}

/// End one of a person's own sessions; whether there was one.
pub fn delete_one_of(
    tx: &mut Tx<'_>,
    person: PersonId,
    token_hash: &[u8; 32],
) -> Result<bool, DbError> {
    let touched = tx.execute(&DELETE_ONE_OF, vals![token_hash, person])?;
    Ok(touched > 0)
}

/// End all of a person's sessions, but for one if it is named.
pub fn delete_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    but: Option<&[u8; 32]>,
) -> Result<(), DbError> {
    let but: &[u8] = but.map_or(&[], |hash| hash.as_slice());
    tx.execute(&DELETE_OF_PERSON, vals![person, but]).map(drop)
}

/// Forget sessions that have ended or were not used since `idle_since`.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp, idle_since: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![now, idle_since])
}
