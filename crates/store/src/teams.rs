//! The teams of grids: who is in them, who stands in, and who it was before.

use std::collections::BTreeMap;

use huiyin_domain::id::{PersonId, PostId, SubstituteId, TeamMemberId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::team::{Function, LeftTo, Member, Shown, Substitute};
use jiff::Timestamp;

use crate::places::street_of;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! member {
    () => {
        "m.id, m.place, m.function, m.person, m.post, m.shown_as, m.phone, m.hours, m.agreed_at, \
        m.starts_at, m.ends_at, m.left_to"
    };
}
macro_rules! substitute {
    () => {
        "s.id, s.member, s.place, s.person, s.post, s.shown_as, s.phone, s.hours, s.agreed_at, \
        s.starts_at, s.ends_at"
    };
}
/// Whoever has no account any more, or no post, is not there, whatever the line says.
macro_rules! present {
    () => {
        " FROM team_members m JOIN places g ON g.code = m.place LEFT JOIN persons p ON p.id = m.person \
        LEFT JOIN posts o ON o.id = m.post \
        WHERE m.ends_at IS NULL AND p.closed_at IS NULL AND (o.ends_at IS NULL OR o.ends_at > $1)"
    };
}

statements! {
    INSERT = "INSERT INTO team_members (id, place, function, person, post, shown_as, phone, hours, \
        agreed_at, starts_at, made_post) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BY_ID = concat!("SELECT ", member!(), " FROM team_members m WHERE m.id = $1");
    PRESENT = concat!("SELECT ", member!(), ", g.names", present!(),
        " AND m.place >= $2 AND m.place < $3 ORDER BY m.place, m.id LIMIT $4");
    OF_GRIDS = concat!("SELECT ", member!(), ", g.names", present!(),
        " AND m.place >= $2 AND m.place < $3 AND length(m.place) = 15 \
        AND m.function IN ('linked-official', 'community-worker', 'grid-worker') \
        ORDER BY m.place, m.id");
    HELPERS = concat!("SELECT substr(m.place, 1, 15), count(*)", present!(),
        " AND m.place >= $2 AND m.place < $3 \
        AND m.function NOT IN ('linked-official', 'community-worker', 'grid-worker') \
        GROUP BY substr(m.place, 1, 15)");
    HOLDERS = concat!("SELECT ", member!(), " FROM team_members m \
        WHERE m.ends_at IS NULL AND m.place = $1 AND m.function = $2 ORDER BY m.id");
    OPEN_WITHIN = concat!("SELECT ", member!(), " FROM team_members m \
        WHERE m.ends_at IS NULL AND m.place >= $1 AND m.place < $2 ORDER BY m.place, m.id");
    SHOW = "UPDATE team_members SET shown_as = $1, phone = $2, hours = $3, agreed_at = $4 \
        WHERE id = $5 AND ends_at IS NULL";
    LEAVE = "UPDATE team_members SET ends_at = CASE WHEN starts_at > $1 THEN starts_at ELSE $1 END, \
        left_to = $2, ended_post = $3, phone = '', hours = '', \
        shown_as = CASE WHEN person IS NULL THEN '' ELSE shown_as END \
        WHERE id = $4 AND ends_at IS NULL";
    PAST = concat!("SELECT ", member!(), " FROM team_members m WHERE m.ends_at IS NOT NULL \
        AND m.place >= $1 AND m.place < $2 ORDER BY m.ends_at DESC, m.id DESC LIMIT $3");
    LACKING = "SELECT m.place, m.function, max(CASE WHEN m.ends_at IS NOT NULL THEN m.ends_at \
        WHEN o.ends_at IS NOT NULL THEN o.ends_at ELSE p.closed_at END) FROM team_members m \
        LEFT JOIN persons p ON p.id = m.person LEFT JOIN posts o ON o.id = m.post \
        WHERE m.place >= $1 AND m.place < $2 \
        AND m.function IN ('linked-official', 'community-worker', 'grid-worker') \
        GROUP BY m.place, m.function";
    GRIDS = "SELECT code, names FROM places WHERE code >= $1 AND code < $2 AND code > $3 \
        AND length(code) = 15 AND closed_at IS NULL ORDER BY code LIMIT $4";
    COLLEAGUES = "SELECT DISTINCT p.id, p.name, u.id FROM posts o \
        JOIN units u ON u.id = o.unit AND u.closed_at IS NULL \
        JOIN persons p ON p.id = o.person AND p.closed_at IS NULL \
        WHERE u.place = $1 AND o.role IN ('community', 'grid-worker') AND o.starts_at <= $2 \
        AND (o.ends_at IS NULL OR o.ends_at > $2) ORDER BY p.name, p.id LIMIT $3";
    STAND_IN = "INSERT INTO team_substitutes (id, member, place, person, post, shown_as, phone, \
        hours, agreed_at, starts_at, ends_at, made_post) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    SUBSTITUTE = concat!("SELECT ", substitute!(), " FROM team_substitutes s WHERE s.id = $1");
    COMING = concat!("SELECT ", substitute!(), " FROM team_substitutes s \
        JOIN team_members m ON m.id = s.member AND m.ends_at IS NULL \
        JOIN persons p ON p.id = s.person AND p.closed_at IS NULL \
        LEFT JOIN posts o ON o.id = s.post \
        WHERE s.place >= $1 AND s.place < $2 AND s.ends_at > $3 \
        AND (o.ends_at IS NULL OR o.ends_at > $3) ORDER BY s.starts_at, s.id LIMIT $4");
    STOOD_IN = concat!("SELECT ", substitute!(), " FROM team_substitutes s \
        WHERE s.place >= $1 AND s.place < $2 AND s.ends_at <= $3 \
        ORDER BY s.ends_at DESC, s.id DESC LIMIT $4");
    OF_MEMBER = concat!("SELECT ", substitute!(), " FROM team_substitutes s \
        WHERE s.member = $1 AND s.ends_at > $2 ORDER BY s.starts_at, s.id");
    CALL_OFF = "UPDATE team_substitutes SET phone = '', hours = '', \
        ends_at = CASE WHEN starts_at > $1 THEN starts_at ELSE $1 END \
        WHERE id = $2 AND ends_at > $1";
    FORGET = "UPDATE team_substitutes SET phone = '', hours = '' \
        WHERE ends_at <= $1 AND (phone <> '' OR hours <> '')";
    FORGET_GONE = "UPDATE team_members SET phone = '', hours = '' \
        WHERE ends_at IS NULL AND (phone <> '' OR hours <> '') \
        AND (person IN (SELECT id FROM persons WHERE closed_at IS NOT NULL) \
        OR post IN (SELECT id FROM posts WHERE ends_at <= $1))";
    OPEN_CASES = "SELECT count(*) FROM cases WHERE street = $1 AND closed_at IS NULL \
        AND place >= $2 AND place < $3";
}

fn shown(row: &Row<'_>, first: usize) -> Result<Shown, DbError> {
    Ok(Shown {
        name: row.get(first)?,
        phone: row.get(first + 1)?,
        hours: row.get(first + 2)?,
    })
}

fn read(row: &Row<'_>) -> Result<Member, DbError> {
    let (ended, to): (Option<Timestamp>, Option<LeftTo>) = (row.get(10)?, row.get(11)?);
    Ok(Member {
        id: row.get(0)?,
        place: row.get(1)?,
        function: row.get(2)?,
        person: row.get(3)?,
        post: row.get(4)?,
        shown: shown(row, 5)?,
        agreed_at: row.get(8)?,
        starts_at: row.get(9)?,
        left: ended.zip(to),
    })
}

fn read_substitute(row: &Row<'_>) -> Result<Substitute, DbError> {
    Ok(Substitute {
        id: row.get(0)?,
        member: row.get(1)?,
        place: row.get(2)?,
        person: row.get(3)?,
        post: row.get(4)?,
        shown: shown(row, 5)?,
        agreed_at: row.get(8)?,
        starts_at: row.get(9)?,
        ends_at: row.get(10)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, member: &Member, by: PostId) -> Result<(), DbError> {
    let values = vals![
        member.id,
        &member.place,
        member.function,
        member.person,
        member.post,
        &member.shown.name,
        &member.shown.phone,
        &member.shown.hours,
        member.agreed_at,
        member.starts_at,
        by,
    ];
    tx.execute_one(&INSERT, values)
}

pub fn by_id(tx: &mut Tx<'_>, id: TeamMemberId) -> Result<Option<Member>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// Who is there now between two codes, with what their place is called.
pub fn present(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Member, Names)>, DbError> {
    tx.query(&PRESENT, vals![now, from, to, limit], |row| {
        Ok((read(row)?, row.json(12)?))
    })
}

/// Those of whom a grid has one each, in the grids between two codes.
pub fn of_grids(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    now: Timestamp,
) -> Result<Vec<(Member, Names)>, DbError> {
    tx.query(&OF_GRIDS, vals![now, from, to], |row| {
        Ok((read(row)?, row.json(12)?))
    })
}

/// How many help besides, in each grid between two codes and in what lies inside it.
pub fn helpers_by_grid(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    now: Timestamp,
) -> Result<BTreeMap<PlaceCode, i64>, DbError> {
    let counts = tx.query(&HELPERS, vals![now, from, to], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(counts.into_iter().collect())
}

/// Who has not left this function at exactly this place, also without a post.
pub fn holders(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    function: Function,
) -> Result<Vec<Member>, DbError> {
    tx.query(&HOLDERS, vals![place, function], read)
}

/// Who has not left between two codes, also without a post.
pub fn open_within(tx: &mut Tx<'_>, (from, to): (&str, &str)) -> Result<Vec<Member>, DbError> {
    tx.query(&OPEN_WITHIN, vals![from, to], read)
}

/// Changes what the card says of somebody; whether they are still there.
pub fn show(tx: &mut Tx<'_>, member: &Member) -> Result<bool, DbError> {
    let values = vals![
        &member.shown.name,
        &member.shown.phone,
        &member.shown.hours,
        member.agreed_at,
        member.id,
    ];
    Ok(tx.execute(&SHOW, values)? == 1)
}

/// Somebody leaves: the number goes, and the name of whoever has no account.
pub fn leave(
    tx: &mut Tx<'_>,
    id: TeamMemberId,
    (to, by): (LeftTo, Option<PostId>),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&LEAVE, vals![at, to, by, id])? == 1)
}

/// Who it was before, the latest first.
pub fn past(tx: &mut Tx<'_>, (from, to): (&str, &str), limit: i64) -> Result<Vec<Member>, DbError> {
    tx.query(&PAST, vals![from, to, limit], read)
}

/// Since when somebody was last there, by place and function; of those who are there, nothing.
pub fn last_ends(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
) -> Result<Vec<(PlaceCode, Function, Option<Timestamp>)>, DbError> {
    tx.query(&LACKING, vals![from, to], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// The open grids between two codes, behind a third.
pub fn grids(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    behind: &str,
    limit: i64,
) -> Result<Vec<(PlaceCode, Names)>, DbError> {
    tx.query(&GRIDS, vals![from, to, behind, limit], |row| {
        Ok((row.get(0)?, row.json(1)?))
    })
}

/// Somebody who works in a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub person: PersonId,
    pub name: String,
    pub unit: UnitId,
}

/// Whoever works for the community now, as its staff or for one of its grids.
pub fn colleagues(
    tx: &mut Tx<'_>,
    community: &PlaceCode,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Colleague>, DbError> {
    tx.query(&COLLEAGUES, vals![community, now, limit], |row| {
        Ok(Colleague {
            person: row.get(0)?,
            name: row.get(1)?,
            unit: row.get(2)?,
        })
    })
}

pub fn stand_in(tx: &mut Tx<'_>, substitute: &Substitute, by: PostId) -> Result<(), DbError> {
    let values = vals![
        substitute.id,
        substitute.member,
        &substitute.place,
        substitute.person,
        substitute.post,
        &substitute.shown.name,
        &substitute.shown.phone,
        &substitute.shown.hours,
        substitute.agreed_at,
        substitute.starts_at,
        substitute.ends_at,
        by,
    ];
    tx.execute_one(&STAND_IN, values)
}

pub fn substitute(tx: &mut Tx<'_>, id: SubstituteId) -> Result<Option<Substitute>, DbError> {
    tx.query_one(&SUBSTITUTE, vals![id], read_substitute)
}

/// Who stands in now, or will, for somebody who is still there.
pub fn coming(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Substitute>, DbError> {
    tx.query(&COMING, vals![from, to, now, limit], read_substitute)
}

/// Who stood in before, the latest first.
pub fn stood_in(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Substitute>, DbError> {
    tx.query(&STOOD_IN, vals![from, to, now, limit], read_substitute)
}

/// Who stands in for one member now, or will.
pub fn substitutes_of(
    tx: &mut Tx<'_>,
    member: TeamMemberId,
    now: Timestamp,
) -> Result<Vec<Substitute>, DbError> {
    tx.query(&OF_MEMBER, vals![member, now], read_substitute)
}

/// Ends it before its time; whether it was still to come or going on.
pub fn call_off(tx: &mut Tx<'_>, id: SubstituteId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&CALL_OFF, vals![at, id])? == 1)
}

/// Whoever stood in and does so no more leaves no number, nor does whoever lost account or post.
pub fn forget_numbers(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, DbError> {
    Ok(tx.execute(&FORGET, vals![now])? + tx.execute(&FORGET_GONE, vals![now])?)
}

/// How many cases are open in a place no wider than a street.
pub fn count_open_cases(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<i64, DbError> {
    assert!(place.level() >= Level::Street);
    let (street, end) = (street_of(place), place.range_end());
    let count = tx.query_one(&OPEN_CASES, vals![street, place, &end], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}
