//! Civic posts: what a community wants done for a term, and how residents rated it. Who has
//! rated stands apart from what was said, so that no voice can be told from a person.

use huiyin_domain::civic_post::{CivicPost, Ratings, Use, Way};
use huiyin_domain::id::{CivicPostId, PersonId, PostId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "c.id, c.place, c.title, c.duties, c.seats, c.starts_on, c.ends_on, c.rated_until, \
        c.closed_at"
    };
}

statements! {
    INSERT = "INSERT INTO civic_posts (id, place, title, duties, seats, starts_on, ends_on, \
        made_at, made_post) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    BY_ID = concat!("SELECT ", columns!(), " FROM civic_posts c WHERE c.id = $1");
    LOCK = "SELECT id FROM civic_posts WHERE id = $1",
        postgres = "SELECT id FROM civic_posts WHERE id = $1 FOR UPDATE";
    LISTED = concat!("SELECT ", columns!(), ", \
        (SELECT count(*) FROM pledges p WHERE p.civic_post = c.id AND p.ended_at IS NULL \
        AND p.accepted_at IS NOT NULL), \
        (SELECT count(*) FROM pledges p WHERE p.civic_post = c.id AND p.ended_at IS NULL \
        AND p.accepted_at IS NULL AND p.declined_at IS NULL) \
        FROM civic_posts c WHERE c.closed_at IS NULL \
        AND c.place >= $1 AND c.place < $2 AND (c.place, c.id) > ($3, $4) \
        ORDER BY c.place, c.id LIMIT $5");
    ASK_RATING = "UPDATE civic_posts SET rated_until = $1 WHERE id = $2 AND closed_at IS NULL";
    CLOSE = "UPDATE civic_posts SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL";
    RATINGS = "SELECT way, word, times FROM civic_post_ratings WHERE civic_post = $1 \
        ORDER BY way, word";
    ADD = "INSERT INTO civic_post_ratings (civic_post, way, word, times) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (civic_post, way, word) \
        DO UPDATE SET times = civic_post_ratings.times + excluded.times";
    SET = "INSERT INTO civic_post_ratings (civic_post, way, word, times) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (civic_post, way, word) DO UPDATE SET times = excluded.times";
    RATER = "INSERT INTO civic_post_raters (civic_post, person) VALUES ($1, $2) \
        ON CONFLICT DO NOTHING";
    HAS_RATED = "SELECT civic_post FROM civic_post_raters WHERE civic_post = $1 AND person = $2";
    OVER = "SELECT c.id FROM civic_posts c WHERE (c.closed_at IS NOT NULL OR c.rated_until < $1) \
        AND EXISTS (SELECT r.person FROM civic_post_raters r WHERE r.civic_post = c.id) LIMIT $2";
    FORGET_RATERS = "DELETE FROM civic_post_raters WHERE civic_post = $1";
    MISCOUNTED = "SELECT count(*) FROM civic_posts c WHERE c.closed_at IS NULL \
        AND c.rated_until >= $1 AND (SELECT count(*) FROM civic_post_raters r \
        WHERE r.civic_post = c.id) <> COALESCE((SELECT CAST(sum(g.times) AS BIGINT) \
        FROM civic_post_ratings g WHERE g.civic_post = c.id AND g.way = 'online'), 0)";
}

/// Where a list goes on: behind this place and post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub place: String,
    pub id: CivicPostId,
}

impl Default for Behind {
    fn default() -> Behind {
        Behind {
            place: String::new(),
            id: CivicPostId::from_raw(0),
        }
    }
}

fn read(row: &Row<'_>) -> Result<CivicPost, DbError> {
    Ok(CivicPost {
        id: row.get(0)?,
        place: row.get(1)?,
        title: row.get(2)?,
        duties: row.get(3)?,
        seats: row.get(4)?,
        starts_on: row.get(5)?,
        ends_on: row.get(6)?,
        rated_until: row.get(7)?,
        closed_at: row.get(8)?,
    })
}

/// A post is listed; whether it was not there yet.
pub fn insert(
    tx: &mut Tx<'_>,
    civic_post: &CivicPost,
    by: PostId,
    at: Timestamp,
) -> Result<bool, DbError> {
    let values = vals![
        civic_post.id,
        &civic_post.place,
        &civic_post.title,
        &civic_post.duties,
        civic_post.seats,
        civic_post.starts_on,
        civic_post.ends_on,
        at,
        by,
    ];
    Ok(tx.execute(&INSERT, values)? == 1)
}

pub fn by_id(tx: &mut Tx<'_>, id: CivicPostId) -> Result<Option<CivicPost>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// Nobody else changes who holds it until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: CivicPostId) -> Result<(), DbError> {
    let _: Option<CivicPostId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// A post in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub civic_post: CivicPost,
    /// How many hold it.
    pub held: i64,
    /// How many wait for an answer.
    pub asked: i64,
}

/// The posts of the places between two codes, in the order in which they were listed.
pub fn listed(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    behind: &Behind,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let values = vals![from, to, &behind.place, behind.id, limit];
    tx.query(&LISTED, values, |row| {
        Ok(Listed {
            civic_post: read(row)?,
            held: row.get(9)?,
            asked: row.get(10)?,
        })
    })
}

/// Residents are asked until this day; whether it is still on the list.
pub fn ask_rating(tx: &mut Tx<'_>, id: CivicPostId, until: Date) -> Result<bool, DbError> {
    Ok(tx.execute(&ASK_RATING, vals![until, id])? == 1)
}

/// Takes it off the list; whether it was there.
pub fn close(tx: &mut Tx<'_>, id: CivicPostId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, vals![at, id])? == 1)
}

pub fn ratings(tx: &mut Tx<'_>, id: CivicPostId) -> Result<Ratings, DbError> {
    let lines = tx.query(&RATINGS, vals![id], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(Ratings(lines))
}

/// One resident's voice, counted once; whether it was the first.
pub fn rate(
    tx: &mut Tx<'_>,
    id: CivicPostId,
    person: PersonId,
    word: Use,
) -> Result<bool, DbError> {
    if tx.execute(&RATER, vals![id, person])? == 0 {
        return Ok(false);
    }
    tx.execute_one(&ADD, vals![id, Way::Online, word, 1_i64])?;
    Ok(true)
}

/// What was counted in a meeting, in the place of what was written down before.
pub fn count_meeting(
    tx: &mut Tx<'_>,
    id: CivicPostId,
    voices: &[(Use, i64)],
) -> Result<(), DbError> {
    for (word, times) in voices {
        tx.execute_one(&SET, vals![id, Way::Meeting, *word, *times])?;
    }
    Ok(())
}

pub fn has_rated(tx: &mut Tx<'_>, id: CivicPostId, person: PersonId) -> Result<bool, DbError> {
    let found: Option<CivicPostId> =
        tx.query_one(&HAS_RATED, vals![id, person], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Forgets who has rated where nobody is asked any more; of how many posts.
pub fn forget_raters(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<u64, DbError> {
    let over: Vec<CivicPostId> = tx.query(&OVER, vals![today, limit], |row| row.get(0))?;
    for id in &over {
        tx.execute(&FORGET_RATERS, vals![*id])?;
    }
    Ok(over.len() as u64)
}

/// Whether as many voices were counted online as people have spoken, wherever it goes on.
pub fn voices_are_true(tx: &mut Tx<'_>, today: Date) -> Result<bool, DbError> {
    let wrong: Option<i64> = tx.query_one(&MISCOUNTED, vals![today], |row| row.get(0))?;
    Ok(wrong.unwrap_or(0) == 0)
}
