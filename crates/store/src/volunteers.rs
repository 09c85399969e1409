//! Volunteers: who offers what, where and when, and whether the community accepted it.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{PersonId, PostId, UnitId, VolunteerId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::{
    FreeWeek, Membership, Offer, Reach, SkillCode, Standing, Volunteer,
};
use jiff::Timestamp;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "v.id, v.person, v.place, v.name, v.unit, v.unit_agreed_at, v.skills, v.free_week, \
        v.free_days, v.reach, v.speaks, v.avoids, v.avoid_note, v.asked_at, v.accepted_at, \
        v.declined_at, v.declined_for"
    };
}

statements! {
    INSERT = "INSERT INTO volunteers (id, person, community, place, name, unit, skills, \
        free_week, free_days, reach, speaks, avoids, avoid_note, asked_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE = "UPDATE volunteers SET community = $1, place = $2, name = $3, unit = $4, \
        unit_agreed_at = $5, skills = $6, free_week = $7, free_days = $8, reach = $9, \
        speaks = $10, avoids = $11, avoid_note = $12, asked_at = $13, accepted_at = $14, \
        declined_at = NULL, declined_for = NULL WHERE id = $15 AND left_at IS NULL";
    BY_ID = concat!("SELECT ", columns!(), " FROM volunteers v \
        WHERE v.id = $1 AND v.left_at IS NULL");
    OF_PERSON = concat!("SELECT ", columns!(), " FROM volunteers v WHERE v.person = $1");
    ASKING = concat!("SELECT ", columns!(), " FROM volunteers v \
        WHERE v.accepted_at IS NULL AND v.declined_at IS NULL AND v.left_at IS NULL \
        AND v.community >= $1 AND v.community < $2 AND (v.community, v.id) > ($3, $4) \
        ORDER BY v.community, v.id LIMIT $5");
    ACCEPTED = concat!("SELECT ", columns!(), " FROM volunteers v \
        WHERE v.accepted_at IS NOT NULL AND v.left_at IS NULL \
        AND v.community >= $1 AND v.community < $2 AND (v.community, v.id) > ($3, $4) \
        ORDER BY v.community, v.id LIMIT $5");
    SKILLED = concat!("SELECT ", columns!(), " FROM volunteer_skills s \
        JOIN volunteers v ON v.id = s.volunteer \
        WHERE s.skill = $1 AND s.community >= $2 AND s.community < $3 \
        AND (s.community, s.volunteer) > ($4, $5) \
        AND v.accepted_at IS NOT NULL AND v.left_at IS NULL \
        ORDER BY s.community, s.volunteer LIMIT $6");
    OF_UNIT = concat!("SELECT ", columns!(), " FROM volunteers v \
        WHERE v.unit = $1 AND v.left_at IS NULL AND v.id > $2 ORDER BY v.id LIMIT $3");
    ACCEPT = "UPDATE volunteers SET accepted_at = $1, decided_post = $2 \
        WHERE id = $3 AND accepted_at IS NULL AND declined_at IS NULL AND left_at IS NULL";
    DECLINE = "UPDATE volunteers SET declined_at = $1, declined_for = $2, decided_post = $3 \
        WHERE id = $4 AND accepted_at IS NULL AND declined_at IS NULL AND left_at IS NULL";
    AGREE = "UPDATE volunteers SET unit_agreed_at = $1 \
        WHERE id = $2 AND unit = $3 AND unit_agreed_at IS NULL AND left_at IS NULL";
    PART = "UPDATE volunteers SET unit = NULL, unit_agreed_at = NULL \
        WHERE id = $1 AND unit = $2 AND left_at IS NULL";
    LEAVE = "UPDATE volunteers SET left_at = $1, person = NULL, name = '', unit = NULL, \
        unit_agreed_at = NULL, skills = '[]', free_week = 0, free_days = '[]', \
        reach = 'community', speaks = '[]', avoids = '[]', avoid_note = '', place = community, \
        declined_at = NULL, declined_for = NULL WHERE id = $2 AND left_at IS NULL";
    ADD_SKILL = "INSERT INTO volunteer_skills (skill, community, volunteer) VALUES ($1, $2, $3)";
    DROP_SKILL = "DELETE FROM volunteer_skills \
        WHERE skill = $1 AND community = $2 AND volunteer = $3";
    COUNT_ASKING = "SELECT count(*) FROM volunteers \
        WHERE accepted_at IS NULL AND declined_at IS NULL AND left_at IS NULL \
        AND community >= $1 AND community < $2";
}

/// Where a page of a list goes on: behind this community and volunteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub community: String,
    pub id: VolunteerId,
}

impl Default for Behind {
    fn default() -> Behind {
        Behind {
            community: String::new(),
            id: VolunteerId::from_raw(0),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Volunteer, DbError> {
    let unit: Option<UnitId> = row.get(4)?;
    let agreed_at: Option<Timestamp> = row.get(5)?;
    let accepted_at: Option<Timestamp> = row.get(14)?;
    let declined_at: Option<Timestamp> = row.get(15)?;
    let reason: Option<String> = row.get(16)?;
    let broken = |what: &str| DbError::Broken(format!("a volunteer's {what}"));
    let free = FreeWeek::from_bits(row.get(7)?).ok_or_else(|| broken("week"))?;
    let reach = row.get::<String>(9)?.parse::<Reach>();
    Ok(Volunteer {
        id: row.get(0)?,
        person: row.get(1)?,
        offer: Offer {
            place: row.get(2)?,
            name: row.get(3)?,
            unit,
            skills: row.json(6)?,
            free,
            days: row.json(8)?,
            reach: reach.map_err(|()| broken("reach"))?,
            speaks: row.json(10)?,
            avoids: row.json(11)?,
            avoid_note: row.get(12)?,
        },
        membership: unit.map(|unit| Membership { unit, agreed_at }),
        asked_at: row.get(13)?,
        standing: match (accepted_at, declined_at) {
            (Some(at), _) => Standing::Accepted { at },
            (None, Some(at)) => Standing::Declined {
                at,
                reason: reason.unwrap_or_default(),
            },
            (None, None) => Standing::Asked,
        },
    })
}

/// The community of an offer; a place above it cannot be kept.
fn community(offer: &Offer) -> Result<PlaceCode, DbError> {
    let community = offer.community();
    community.ok_or_else(|| DbError::Broken("a volunteer above a community".to_owned()))
}

/// Somebody registers. A person who has done so already is [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, volunteer: &Volunteer) -> Result<(), DbError> {
    let offer = &volunteer.offer;
    let community = community(offer)?;
    let (skills, days) = (json(&offer.skills)?, json(&offer.days)?);
    let (speaks, avoids) = (json(&offer.speaks)?, json(&offer.avoids)?);
    let reach = offer.reach.word();
    tx.execute_one(
        &INSERT,
        vals![
            volunteer.id,
            volunteer.person,
            &community,
            &offer.place,
            &offer.name,
            offer.unit,
            &skills,
            offer.free.bits(),
            &days,
            &reach,
            &speaks,
            &avoids,
            &offer.avoid_note,
            volunteer.asked_at,
        ],
    )?;
    add_skills(tx, volunteer.id, (&community, &offer.skills))
}

/// Changes what `before` offers to what `after` does.
pub fn update(tx: &mut Tx<'_>, before: &Volunteer, after: &Volunteer) -> Result<(), DbError> {
    let offer = &after.offer;
    let there = community(offer)?;
    let (skills, days) = (json(&offer.skills)?, json(&offer.days)?);
    let (speaks, avoids) = (json(&offer.speaks)?, json(&offer.avoids)?);
    let reach = offer.reach.word();
    let accepted_at = match after.standing {
        Standing::Accepted { at } => Some(at),
        Standing::Asked | Standing::Declined { .. } => None,
    };
    let agreed_at = after.membership.and_then(|member| member.agreed_at);
    tx.execute_one(
        &UPDATE,
        vals![
            &there,
            &offer.place,
            &offer.name,
            offer.unit,
            agreed_at,
            &skills,
            offer.free.bits(),
            &days,
            &reach,
            &speaks,
            &avoids,
            &offer.avoid_note,
            after.asked_at,
            accepted_at,
            after.id,
        ],
    )?;
    drop_skills(tx, before)?;
    add_skills(tx, after.id, (&there, &offer.skills))
}

fn add_skills(
    tx: &mut Tx<'_>,
    volunteer: VolunteerId,
    (community, skills): (&PlaceCode, &[SkillCode]),
) -> Result<(), DbError> {
    for skill in skills {
        tx.execute_one(&ADD_SKILL, vals![skill, community, volunteer])?;
    }
    Ok(())
}

fn drop_skills(tx: &mut Tx<'_>, volunteer: &Volunteer) -> Result<(), DbError> {
    let community = community(&volunteer.offer)?;
    for skill in &volunteer.offer.skills {
        tx.execute(&DROP_SKILL, vals![skill, &community, volunteer.id])?;
    }
    Ok(())
}

/// A volunteer who has not left.
pub fn by_id(tx: &mut Tx<'_>, id: VolunteerId) -> Result<Option<Volunteer>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// What a person offers.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Volunteer>, DbError> {
    tx.query_one(&OF_PERSON, vals![person], read)
}

/// Those who asked and wait for an answer, in the scope: by community, who asked first first.
pub fn asking(
    tx: &mut Tx<'_>,
    scope: &Scope,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Volunteer>, DbError> {
    in_ranges(scope, limit, |(from, to), limit| {
        let values = vals![from, to, &behind.community, behind.id, limit];
        tx.query(&ASKING, values, read)
    })
}

/// How many wait for an answer in the scope.
pub fn count_asking(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64, DbError> {
    let mut count = 0;
    for (from, to) in ranges(scope) {
        let found: Option<i64> =
            tx.query_one(&COUNT_ASKING, vals![&from, &to], |row| row.get(0))?;
        count += found.unwrap_or(0);
    }
    Ok(count)
}

/// Those who were accepted, in the scope: by community, in the order in which they registered.
pub fn accepted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Volunteer>, DbError> {
    in_ranges(scope, limit, |(from, to), limit| {
        let values = vals![from, to, &behind.community, behind.id, limit];
        tx.query(&ACCEPTED, values, read)
    })
}

/// Those who were accepted and can do exactly this, in the scope, in the same order.
pub fn skilled(
    tx: &mut Tx<'_>,
    scope: &Scope,
    skill: &SkillCode,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Volunteer>, DbError> {
    in_ranges(scope, limit, |(from, to), limit| {
        let values = vals![skill, from, to, &behind.community, behind.id, limit];
        tx.query(&SKILLED, values, read)
    })
}

fn in_ranges(
    scope: &Scope,
    limit: usize,
    mut query: impl FnMut((&str, &str), i64) -> Result<Vec<Volunteer>, DbError>,
) -> Result<Vec<Volunteer>, DbError> {
    let mut ranges = ranges(scope);
    ranges.sort_unstable();
    let mut found = Vec::new();
    for (from, to) in &ranges {
        let left = limit.saturating_sub(found.len());
        if left == 0 {
            break;
        }
        found.extend(query((from, to), i64::try_from(left).unwrap_or(i64::MAX))?);
    }
    Ok(found)
}

/// Those who named this unit as theirs.
pub fn of_unit(
    tx: &mut Tx<'_>,
    unit: UnitId,
    after: VolunteerId,
    limit: i64,
) -> Result<Vec<Volunteer>, DbError> {
    tx.query(&OF_UNIT, vals![unit, after, limit], read)
}

/// The community accepts; whether the volunteer still waited for that.
pub fn accept(
    tx: &mut Tx<'_>,
    id: VolunteerId,
    post: PostId,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&ACCEPT, vals![at, post, id])? == 1)
}

/// The community declines for a reason; whether the volunteer still waited for that.
pub fn decline(
    tx: &mut Tx<'_>,
    id: VolunteerId,
    (post, reason): (PostId, &str),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&DECLINE, vals![at, reason, post, id])? == 1)
}

/// The unit says that the volunteer is one of theirs; whether that was open.
pub fn agree_to_member(
    tx: &mut Tx<'_>,
    id: VolunteerId,
    unit: UnitId,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&AGREE, vals![at, id, unit])? == 1)
}

/// The unit says that the volunteer is none of theirs; whether the volunteer had named it.
pub fn part_from_member(tx: &mut Tx<'_>, id: VolunteerId, unit: UnitId) -> Result<bool, DbError> {
    Ok(tx.execute(&PART, vals![id, unit])? == 1)
}

/// The volunteer leaves: what is personal goes, what was done stays counted.
pub fn leave(tx: &mut Tx<'_>, volunteer: &Volunteer, at: Timestamp) -> Result<(), DbError> {
    drop_skills(tx, volunteer)?;
    tx.execute_one(&LEAVE, vals![at, volunteer.id])
}
