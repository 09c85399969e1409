//! Posts: roles that people hold in units for places, between two dates.

use huiyin_domain::access::HeldPost;
use huiyin_domain::id::{PersonId, PostId, UnitId};
use huiyin_domain::person::{Post, Role};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, place_changes, vals};

statements! {
    INSERT = "INSERT INTO posts (id, person, unit, role, place, starts_at, ends_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts WHERE id = $1";
    OF_PERSON = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts \
        WHERE person = $1 ORDER BY id";
    OF_UNIT = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts \
        WHERE unit = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id";
    HELD = "SELECT o.id, o.unit, o.role, o.place FROM posts o \
        JOIN units u ON u.id = o.unit AND u.closed_at IS NULL \
        WHERE o.person = $1 AND o.starts_at <= $2 AND (o.ends_at IS NULL OR o.ends_at > $2) \
        ORDER BY o.id";
    END = "UPDATE posts SET ends_at = $1 WHERE id = $2 AND (ends_at IS NULL OR ends_at > $1)";
    END_OF_PERSON = "UPDATE posts SET ends_at = CASE WHEN starts_at > $1 THEN starts_at ELSE $1 END \
        WHERE person = $2 AND (ends_at IS NULL OR ends_at > $1)";
    OF_ROLE = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts \
        WHERE role = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id";
    AT_PLACE = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts \
        WHERE place = $1 AND starts_at <= $2 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id";
    WITHIN = "SELECT id, person, unit, role, place, starts_at, ends_at FROM posts \
        WHERE place >= $1 AND place < $2 AND (ends_at IS NULL OR ends_at > $3) ORDER BY id";
    HOLDER = "SELECT p.name FROM posts o JOIN persons p ON p.id = o.person WHERE o.id = $1";
}

fn read(row: &Row<'_>) -> Result<Post, DbError> {
    Ok(Post {
        id: row.get(0)?,
        person: row.get(1)?,
        unit: row.get(2)?,
        role: row.get(3)?,
        place: row.get(4)?,
        starts_at: row.get(5)?,
        ends_at: row.get(6)?,
    })
}

/// Four columns of a post from `first` on, as an actor holds it.
pub(crate) fn read_held(row: &Row<'_>, first: usize) -> Result<HeldPost, DbError> {
    Ok(HeldPost {
        post: row.get(first)?,
        unit: row.get(first + 1)?,
        role: row.get(first + 2)?,
        place: row.get(first + 3)?,
        took_over: Vec::new(),
    })
}

pub fn insert(tx: &mut Tx<'_>, post: &Post) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            post.id,
            post.person,
            post.unit,
            post.role,
            &post.place,
            post.starts_at,
            post.ends_at,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, id: PostId) -> Result<Option<Post>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// All posts that a person holds, held or will hold.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Post>, DbError> {
    tx.query(&OF_PERSON, vals![person], read)
}

/// The posts of a unit that have not ended.
pub fn of_unit(tx: &mut Tx<'_>, unit: UnitId, now: Timestamp) -> Result<Vec<Post>, DbError> {
    tx.query(&OF_UNIT, vals![unit, now], read)
}

/// What a person may act as at this instant.
pub fn held(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<Vec<HeldPost>, DbError> {
    let mut held = tx.query(&HELD, vals![person, now], |row| read_held(row, 0))?;
    place_changes::add_taken_over(tx, person, now, &mut held)?;
    Ok(held)
}

/// End a post; one that has ended already is [`DbError::Conflict`].
pub fn end(tx: &mut Tx<'_>, id: PostId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&END, vals![at, id])
}

/// End everything that a person holds.
pub fn end_of_person(tx: &mut Tx<'_>, person: PersonId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&END_OF_PERSON, vals![at, person]).map(drop)
}

/// The name of whoever holds or held a post, for the history of a case.
pub fn name_of_holder(tx: &mut Tx<'_>, id: PostId) -> Result<Option<String>, DbError> {
    tx.query_one(&HOLDER, vals![id], |row| row.get(0))
}

/// The posts of one role that have not ended.
pub fn of_role(tx: &mut Tx<'_>, role: Role, now: Timestamp) -> Result<Vec<Post>, DbError> {
    tx.query(&OF_ROLE, vals![role, now], read)
}

/// The posts in a place, and in those inside it, that have not ended.
pub fn within(
    tx: &mut Tx<'_>,
    place: &huiyin_domain::place::PlaceCode,
    now: Timestamp,
) -> Result<Vec<Post>, DbError> {
    tx.query(&WITHIN, vals![place, &place.range_end(), now], read)
}

/// The posts that are held now at exactly this place.
pub fn at_place(
    tx: &mut Tx<'_>,
    place: &huiyin_domain::place::PlaceCode,
    now: Timestamp,
) -> Result<Vec<Post>, DbError> {
    tx.query(&AT_PLACE, vals![place, now], read)
}
