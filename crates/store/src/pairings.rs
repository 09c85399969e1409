//! Pairings: households that asked for somebody who comes by, who does, what was told of each
//! visit, and visits that were missed. What is of the household goes when it wants no more.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{PairingId, PersonId, PostId, VolunteerId};
use huiyin_domain::pairing::{EndedBy, Helper, Miss, Next, Pairing, Visit};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::series::Every;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "a.id, a.person, a.place, a.address, a.contact, a.rhythm, a.tolerance, a.asked_at, \
        a.volunteer, a.offered_at, a.agreed_at, a.next_on, a.missed_from"
    };
}

statements! {
    INSERT = "INSERT INTO pairings (id, person, place, address, contact, rhythm, tolerance, \
        asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE = "UPDATE pairings SET address = $1, contact = $2 WHERE id = $3 AND ended_at IS NULL";
    BY_ID = concat!("SELECT ", columns!(), " FROM pairings a \
        WHERE a.id = $1 AND a.ended_at IS NULL");
    OF_PERSON = concat!("SELECT ", columns!(), " FROM pairings a WHERE a.person = $1");
    OF_VOLUNTEER = concat!("SELECT ", columns!(), " FROM pairings a \
        WHERE a.volunteer = $1 ORDER BY a.id");
    OF_PLACES = concat!("SELECT ", columns!(), " FROM pairings a WHERE a.ended_at IS NULL \
        AND a.place >= $1 AND a.place < $2 AND (a.place, a.id) > ($3, $4) \
        ORDER BY a.place, a.id LIMIT $5");
    OFFER = "UPDATE pairings SET volunteer = $1, offered_at = $2, offered_post = $3, \
        tolerance = $4 WHERE id = $5 AND ended_at IS NULL AND volunteer IS NULL";
    AGREE = "UPDATE pairings SET agreed_at = $1, next_on = $2, missed_from = $3 \
        WHERE id = $4 AND volunteer = $5 AND agreed_at IS NULL";
    RELEASE = "UPDATE pairings SET volunteer = NULL, offered_at = NULL, offered_post = NULL, \
        agreed_at = NULL, next_on = NULL, missed_from = NULL, told_before = NULL, \
        told_on = NULL WHERE id = $1 AND volunteer = $2";
    END = "UPDATE pairings SET person = NULL, address = '', contact = '', volunteer = NULL, \
        offered_at = NULL, agreed_at = NULL, next_on = NULL, missed_from = NULL, \
        told_before = NULL, told_on = NULL, ended_at = $1, ended_by = $2 \
        WHERE id = $3 AND ended_at IS NULL";
    BLANK_VISITS = "UPDATE pairing_visits SET what = '' WHERE pairing = $1 AND what <> ''";
    BLANK_OF_VOLUNTEER = "UPDATE pairing_visits SET what = '' WHERE volunteer = $1 AND what <> ''";
    FORGET_MISSES = "DELETE FROM pairing_misses WHERE pairing = $1";
    MOVE = "UPDATE pairings SET next_on = $1, missed_from = $2 \
        WHERE id = $3 AND volunteer = $4 AND agreed_at IS NOT NULL";
    VISIT = "INSERT INTO pairing_visits (id, pairing, volunteer, day, what, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    VISIT_BY_ID = "SELECT id, pairing, volunteer, day, what FROM pairing_visits WHERE id = $1";
    VISITS = "SELECT id, pairing, volunteer, day, what FROM pairing_visits WHERE pairing = $1 \
        ORDER BY day DESC, id DESC LIMIT $2";
    VISITS_OF = "SELECT id, pairing, volunteer, day, what FROM pairing_visits \
        WHERE volunteer = $1 ORDER BY id DESC LIMIT $2";
    SOON = concat!("SELECT ", columns!(), " FROM pairings a WHERE a.next_on <= $1 \
        AND (a.told_before IS NULL OR a.told_before < a.next_on) \
        ORDER BY a.next_on, a.id LIMIT $2");
    TOLD_SOON = "UPDATE pairings SET told_before = $1 WHERE id = $2";
    DUE = concat!("SELECT ", columns!(), " FROM pairings a WHERE a.next_on <= $1 \
        AND (a.told_on IS NULL OR a.told_on < a.next_on) ORDER BY a.next_on, a.id LIMIT $2");
    TOLD_DUE = "UPDATE pairings SET told_on = $1 WHERE id = $2";
    MISSED = concat!("SELECT ", columns!(), " FROM pairings a WHERE a.missed_from <= $1 \
        ORDER BY a.missed_from, a.id LIMIT $2");
    MISS = "INSERT INTO pairing_misses (pairing, due_on, place, told_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT DO NOTHING";
    MISSES = "SELECT pairing, due_on, told_at, seen_at, done FROM pairing_misses \
        WHERE pairing = $1 ORDER BY due_on DESC LIMIT $2";
    OPEN_MISSES = "SELECT pairing, due_on, told_at, seen_at, done FROM pairing_misses \
        WHERE seen_at IS NULL AND place >= $1 AND place < $2 ORDER BY pairing, due_on LIMIT $3";
    SEE = "UPDATE pairing_misses SET seen_at = $1, seen_post = $2, done = $3 \
        WHERE pairing = $4 AND due_on = $5 AND seen_at IS NULL";
    ALONE = "SELECT count(*) FROM pairings a LEFT JOIN volunteers v ON v.id = a.volunteer \
        WHERE a.volunteer IS NOT NULL AND (v.left_at IS NOT NULL OR v.accepted_at IS NULL)";
}

/// Where a list goes on: behind this place and pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub place: String,
    pub id: PairingId,
}

impl Default for Behind {
    fn default() -> Behind {
        Behind {
            place: String::new(),
            id: PairingId::from_raw(0),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Pairing, DbError> {
    let rhythm = row.get::<String>(5)?.parse::<Every>();
    let volunteer: Option<VolunteerId> = row.get(8)?;
    let offered_at: Option<Timestamp> = row.get(9)?;
    let agreed_at: Option<Timestamp> = row.get(10)?;
    let next: Option<Date> = row.get(11)?;
    let missed_from: Option<Date> = row.get(12)?;
    let next = next.zip(missed_from);
    Ok(Pairing {
        id: row.get(0)?,
        person: row.get(1)?,
        place: row.get(2)?,
        address: row.get(3)?,
        contact: row.get(4)?,
        rhythm: rhythm.map_err(|_| DbError::Broken("the rhythm of a pairing".to_owned()))?,
        tolerance: row.get(6)?,
        asked_at: row.get(7)?,
        helper: match (volunteer.zip(offered_at), agreed_at.zip(next)) {
            (Some((volunteer, _)), Some((since, (day, missed_from)))) => Helper::Comes {
                volunteer,
                since,
                next: Next { day, missed_from },
            },
            (Some((volunteer, at)), None) => Helper::Asked { volunteer, at },
            (None, _) => Helper::Sought,
        },
    })
}

fn read_visit(row: &Row<'_>) -> Result<Visit, DbError> {
    Ok(Visit {
        id: row.get(0)?,
        pairing: row.get(1)?,
        volunteer: row.get(2)?,
        day: row.get(3)?,
        what: row.get(4)?,
    })
}

fn read_miss(row: &Row<'_>) -> Result<Miss, DbError> {
    let seen_at: Option<Timestamp> = row.get(3)?;
    let done: Option<String> = row.get(4)?;
    Ok(Miss {
        pairing: row.get(0)?,
        due_on: row.get(1)?,
        told_at: row.get(2)?,
        seen: seen_at.zip(done),
    })
}

/// A household asks. One that has asked already is [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, pairing: &Pairing) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            pairing.id,
            pairing.person,
            &pairing.place,
            &pairing.address,
            &pairing.contact,
            pairing.rhythm.word(),
            pairing.tolerance,
            pairing.asked_at,
        ],
    )
}

/// The household says anew where it is and how it is reached.
pub fn change(
    tx: &mut Tx<'_>,
    id: PairingId,
    (address, contact): (&str, &str),
) -> Result<(), DbError> {
    tx.execute_one(&CHANGE, vals![address, contact, id])
}

/// A pairing that has not ended.
pub fn by_id(tx: &mut Tx<'_>, id: PairingId) -> Result<Option<Pairing>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// The pairing of a household, told by who asked.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Pairing>, DbError> {
    tx.query_one(&OF_PERSON, vals![person], read)
}

/// The households that a volunteer visits or is asked to.
pub fn of_volunteer(tx: &mut Tx<'_>, volunteer: VolunteerId) -> Result<Vec<Pairing>, DbError> {
    tx.query(&OF_VOLUNTEER, vals![volunteer], read)
}

/// All that have not ended in the scope: by place, who asked first first.
pub fn of_places(
    tx: &mut Tx<'_>,
    scope: &Scope,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Pairing>, DbError> {
    let mut ranges = ranges(scope);
    ranges.sort_unstable();
    let mut found = Vec::new();
    for (from, to) in &ranges {
        let left = limit.saturating_sub(found.len());
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        let values = vals![from, to, &behind.place, behind.id, left];
        found.extend(tx.query(&OF_PLACES, values, read)?);
    }
    Ok(found)
}

/// Somebody is asked whether they would come by; whether nobody was yet.
pub fn offer(
    tx: &mut Tx<'_>,
    id: PairingId,
    (volunteer, post): (VolunteerId, PostId),
    tolerance: i64,
    at: Timestamp,
) -> Result<bool, DbError> {
    let values = vals![volunteer, at, post, tolerance, id];
    Ok(tx.execute(&OFFER, values)? == 1)
}

/// They would, from this day on; whether they were asked.
pub fn agree(
    tx: &mut Tx<'_>,
    id: PairingId,
    volunteer: VolunteerId,
    next: Next,
    at: Timestamp,
) -> Result<bool, DbError> {
    let values = vals![at, next.day, next.missed_from, id, volunteer];
    Ok(tx.execute(&AGREE, values)? == 1)
}

/// They come no more, and somebody else is sought; whether they did.
pub fn release(tx: &mut Tx<'_>, id: PairingId, volunteer: VolunteerId) -> Result<bool, DbError> {
    Ok(tx.execute(&RELEASE, vals![id, volunteer])? == 1)
}

/// The household wants no more visits: what is of it goes.
pub fn end(tx: &mut Tx<'_>, id: PairingId, by: EndedBy, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&BLANK_VISITS, vals![id])?;
    tx.execute(&FORGET_MISSES, vals![id])?;
    tx.execute_one(&END, vals![at, by, id])
}

/// What a volunteer who leaves wrote of visits goes too.
pub fn forget_visits_of(tx: &mut Tx<'_>, volunteer: VolunteerId) -> Result<(), DbError> {
    tx.execute(&BLANK_OF_VOLUNTEER, vals![volunteer]).map(drop)
}

/// The next visit is on another day.
pub fn set_next(
    tx: &mut Tx<'_>,
    id: PairingId,
    volunteer: VolunteerId,
    next: Next,
) -> Result<(), DbError> {
    tx.execute_one(&MOVE, vals![next.day, next.missed_from, id, volunteer])
}

/// Keeps what was told of a visit; whether it was not there yet.
pub fn visit(tx: &mut Tx<'_>, visit: &Visit, at: Timestamp) -> Result<bool, DbError> {
    let values = vals![
        visit.id,
        visit.pairing,
        visit.volunteer,
        visit.day,
        &visit.what,
        at
    ];
    Ok(tx.execute(&VISIT, values)? == 1)
}

pub fn visit_by_id(
    tx: &mut Tx<'_>,
    id: huiyin_domain::id::VisitId,
) -> Result<Option<Visit>, DbError> {
    tx.query_one(&VISIT_BY_ID, vals![id], read_visit)
}

/// The visits to a household, the latest first.
pub fn visits(tx: &mut Tx<'_>, id: PairingId, limit: i64) -> Result<Vec<Visit>, DbError> {
    tx.query(&VISITS, vals![id, limit], read_visit)
}

/// The visits that a volunteer told of, the latest first.
pub fn visits_of(
    tx: &mut Tx<'_>,
    volunteer: VolunteerId,
    limit: i64,
) -> Result<Vec<Visit>, DbError> {
    tx.query(&VISITS_OF, vals![volunteer, limit], read_visit)
}

/// Those whose helper is not told yet that the next visit is near: until this day.
pub fn soon(tx: &mut Tx<'_>, until: Date, limit: i64) -> Result<Vec<Pairing>, DbError> {
    tx.query(&SOON, vals![until, limit], read)
}

pub fn told_soon(tx: &mut Tx<'_>, id: PairingId, day: Date) -> Result<(), DbError> {
    tx.execute_one(&TOLD_SOON, vals![day, id])
}

/// Those whose helper is not told yet that the visit is due.
pub fn due(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<Vec<Pairing>, DbError> {
    tx.query(&DUE, vals![today, limit], read)
}

pub fn told_due(tx: &mut Tx<'_>, id: PairingId, day: Date) -> Result<(), DbError> {
    tx.execute_one(&TOLD_DUE, vals![day, id])
}

/// Those whose visit is late by more than is borne.
pub fn missed(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<Vec<Pairing>, DbError> {
    tx.query(&MISSED, vals![today, limit], read)
}

/// Notes a missed visit; whether it was not noted yet.
pub fn miss(
    tx: &mut Tx<'_>,
    id: PairingId,
    (due_on, place): (Date, &PlaceCode),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&MISS, vals![id, due_on, place, at])? == 1)
}

/// The missed visits of a household, the latest first.
pub fn misses(tx: &mut Tx<'_>, id: PairingId, limit: i64) -> Result<Vec<Miss>, DbError> {
    tx.query(&MISSES, vals![id, limit], read_miss)
}

/// Missed visits of which the community has not said yet what it did.
pub fn open_misses(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Miss>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&OPEN_MISSES, vals![&from, &to, limit], read_miss)?);
    }
    Ok(found)
}

/// The community has seen to it; whether that was open.
pub fn see_to(
    tx: &mut Tx<'_>,
    (id, due_on): (PairingId, Date),
    (post, done): (PostId, &str),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&SEE, vals![at, post, done, id, due_on])? == 1)
}

/// Whether nobody is counted on who is no volunteer any more.
pub fn nobody_is_alone(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let count: Option<i64> = tx.query_one(&ALONE, vals![], |row| row.get(0))?;
    Ok(count.unwrap_or(0) == 0)
}
