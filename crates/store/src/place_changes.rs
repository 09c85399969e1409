//! What became of places, and which took over from which. Public but for who did it and why.

use huiyin_domain::access::HeldPost;
use huiyin_domain::id::{PersonId, PlaceChangeId, PostId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::place_change::{Heir, Sort};
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A line of the history of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChange {
    pub id: PlaceChangeId,
    pub at: Timestamp,
    pub sort: Sort,
    pub from: Vec<PlaceCode>,
    pub to: Vec<PlaceCode>,
    pub reason: String,
    pub post: PostId,
}

statements! {
    INSERT = "INSERT INTO place_changes (id, at, sort, from_places, to_places, reason, post) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "SELECT id, at, sort, from_places, to_places, reason, post FROM place_changes \
        WHERE id = $1";
    OF_PLACE = "SELECT id, at, sort, from_places, to_places, reason, post FROM place_changes \
        WHERE id IN (SELECT change FROM place_heirs WHERE old = $1 \
        UNION SELECT change FROM place_heirs WHERE heir = $1) ORDER BY at, id LIMIT $2";
    INHERIT = "INSERT INTO place_heirs (old, heir, change, directly_at, inside_of) \
        VALUES ($1, $2, $3, $4, $5)";
    INHERIT_ON = "INSERT INTO place_heirs (old, heir, change, directly_at, inside_of) \
        SELECT b.old, n.heir, n.change, CAST(NULL AS BIGINT), min(b.inside_of) \
        FROM place_heirs n JOIN place_heirs b ON b.heir = n.old \
        WHERE n.change = $1 AND n.directly_at IS NOT NULL AND b.old <> n.heir \
        GROUP BY b.old, n.heir, n.change \
        ON CONFLICT (old, heir) DO NOTHING";
    HEIRS = "SELECT h.heir FROM place_heirs h JOIN places p ON p.code = h.heir \
        WHERE h.old = $1 AND p.closed_at IS NULL ORDER BY h.heir LIMIT $2";
    HAS_HEIRS = "SELECT heir FROM place_heirs WHERE old = $1 LIMIT 1";
    TOOK_OVER = "SELECT o.id, h.old FROM posts o JOIN place_heirs h ON h.heir = o.place \
        WHERE o.person = $1 AND o.starts_at <= $2 AND (o.ends_at IS NULL OR o.ends_at > $2) \
        UNION ALL SELECT o.id, h.old FROM posts o JOIN place_heirs h \
        ON h.heir > o.place AND h.heir < o.place || ':' AND h.inside_of IS NULL \
        AND NOT (h.old >= o.place AND h.old < o.place || ':') \
        WHERE o.person = $1 AND o.starts_at <= $2 AND (o.ends_at IS NULL OR o.ends_at > $2) \
        ORDER BY 1, 2";
    CARRY_DUTIES = "INSERT INTO duties (item, place, unit, assisting, time_limit) \
        SELECT d.item, h.heir, d.unit, d.assisting, d.time_limit \
        FROM duties d JOIN place_heirs h ON h.old = d.place \
        WHERE h.change = $1 AND h.directly_at IS NOT NULL ORDER BY d.item, d.place, h.heir \
        ON CONFLICT (item, place) DO NOTHING";
}

fn read(row: &Row<'_>) -> Result<PlaceChange, DbError> {
    let sort: String = row.get(2)?;
    let broken = |_| DbError::Broken("the sort of a change of a place".to_owned());
    Ok(PlaceChange {
        id: row.get(0)?,
        at: row.get(1)?,
        sort: sort.parse().map_err(broken)?,
        from: row.json(3)?,
        to: row.json(4)?,
        reason: row.get(5)?,
        post: row.get(6)?,
    })
}

/// Writes a change down, and who took over from whom; also for those whose heirs change now.
pub fn insert(tx: &mut Tx<'_>, change: &PlaceChange, heirs: &[Heir]) -> Result<(), DbError> {
    let (from, to) = (json(&change.from)?, json(&change.to)?);
    tx.execute_one(
        &INSERT,
        vals![
            change.id,
            change.at,
            change.sort.word(),
            &from,
            &to,
            change.reason.as_str(),
            change.post,
        ],
    )?;
    for Heir {
        old,
        heir,
        inside_of,
    } in heirs
    {
        let vals = vals![old, heir, change.id, change.at, inside_of.as_ref()];
        tx.execute_one(&INHERIT, vals)?;
    }
    tx.execute(&INHERIT_ON, vals![change.id]).map(drop)
}

pub fn by_id(tx: &mut Tx<'_>, id: PlaceChangeId) -> Result<Option<PlaceChange>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// How a place came to be, what became of it, and of those that it took over from.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    limit: i64,
) -> Result<Vec<PlaceChange>, DbError> {
    tx.query(&OF_PLACE, vals![place, limit], read)
}

/// The open places that took over from one.
pub fn heirs(tx: &mut Tx<'_>, old: &PlaceCode, limit: i64) -> Result<Vec<PlaceCode>, DbError> {
    tx.query(&HEIRS, vals![old, limit], |row| row.get(0))
}

/// Whether a place has become others.
pub fn has_heirs(tx: &mut Tx<'_>, old: &PlaceCode) -> Result<bool, DbError> {
    let heir: Option<PlaceCode> = tx.query_one(&HAS_HEIRS, vals![old], |row| row.get(0))?;
    Ok(heir.is_some())
}

/// Fills in from which places those of the posts of a person took over.
pub fn add_taken_over(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
    posts: &mut [HeldPost],
) -> Result<(), DbError> {
    if posts.is_empty() {
        return Ok(());
    }
    tx.each(&TOOK_OVER, vals![person, now], |row| {
        let (id, old): (PostId, PlaceCode) = (row.get(0)?, row.get(1)?);
        if let Some(post) = posts.iter_mut().find(|post| post.post == id) {
            // The widest come first: what lies in one of them needs no line of its own.
            if !post.covers(&old) {
                post.took_over.push(old);
            }
        }
        Ok(())
    })
}

/// The lines of the duty list that held in the old places hold in the new ones, too.
pub fn carry_duties(tx: &mut Tx<'_>, change: PlaceChangeId) -> Result<(), DbError> {
    tx.execute(&CARRY_DUTIES, vals![change]).map(drop)
}
