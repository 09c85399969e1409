//! Partner units: pairings with a community, what the units can lend or give, what they did.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{DeedId, PartnerId, PostId, ResourceId, UnitId};
use huiyin_domain::partner::{Deed, DeedState, Partner, PartnerDeed, Resource};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "id, unit, place, contact, asked_at, agreed_at, ended_at"
    };
}

macro_rules! deed_columns {
    () => {
        "id, partner, sort, day, what, reported_at, confirmed_at, refused_at"
    };
}

statements! {
    INSERT = "INSERT INTO partners (id, unit, place, contact, asked_at, asked_post) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    BY_ID = concat!("SELECT ", columns!(), " FROM partners WHERE id = $1");
    OF_UNIT = concat!("SELECT ", columns!(), " FROM partners \
        WHERE unit = $1 AND ended_at IS NULL ORDER BY place, id");
    OF_PLACE = concat!("SELECT ", columns!(), " FROM partners \
        WHERE ended_at IS NULL AND place = $1 AND id > $2 ORDER BY id LIMIT $3");
    OF_AREA = concat!("SELECT ", columns!(), " FROM partners \
        WHERE ended_at IS NULL AND place >= $1 AND place < $2 AND (place, id) > ($3, $4) \
        ORDER BY place, id LIMIT $5");
    AGREE = "UPDATE partners SET agreed_at = $1, agreed_post = $2 \
        WHERE id = $3 AND agreed_at IS NULL AND ended_at IS NULL";
    END = "UPDATE partners SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    CONTACT = "UPDATE partners SET contact = $1 WHERE id = $2 AND ended_at IS NULL";
    ADD_RESOURCE = "INSERT INTO partner_resources (id, partner, what, made_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    RESOURCES = "SELECT id, what FROM partner_resources \
        WHERE partner = $1 AND closed_at IS NULL ORDER BY id LIMIT $2";
    CLOSE_RESOURCE = "UPDATE partner_resources SET closed_at = $1 \
        WHERE id = $2 AND partner = $3 AND closed_at IS NULL";
    REPORT = "INSERT INTO partner_deeds (id, partner, sort, day, what, reported_at, \
        reported_post) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    DEED = concat!("SELECT ", deed_columns!(), " FROM partner_deeds WHERE id = $1");
    DEEDS = concat!("SELECT ", deed_columns!(), " FROM partner_deeds \
        WHERE partner = $1 AND day >= $2 AND day <= $3 ORDER BY day DESC, id DESC LIMIT $4");
    CONFIRMED = "SELECT d.partner, d.sort FROM partner_deeds d \
        JOIN partners p ON p.id = d.partner \
        WHERE p.place = $1 AND p.ended_at IS NULL AND d.confirmed_at IS NOT NULL \
        AND d.day >= $2 AND d.day <= $3 ORDER BY d.partner, d.id";
    WAITING = "SELECT d.partner, count(*) FROM partner_deeds d \
        JOIN partners p ON p.id = d.partner WHERE p.place = $1 AND p.ended_at IS NULL \
        AND d.confirmed_at IS NULL AND d.refused_at IS NULL GROUP BY d.partner";
    CONFIRM = "UPDATE partner_deeds SET confirmed_at = $1, confirmed_post = $2 \
        WHERE id = $3 AND confirmed_at IS NULL AND refused_at IS NULL";
    REFUSE = "UPDATE partner_deeds SET refused_at = $1, confirmed_post = $2 \
        WHERE id = $3 AND confirmed_at IS NULL AND refused_at IS NULL";
}

fn read(row: &Row<'_>) -> Result<Partner, DbError> {
    Ok(Partner {
        id: row.get(0)?,
        unit: row.get(1)?,
        place: row.get(2)?,
        contact: row.get(3)?,
        asked_at: row.get(4)?,
        agreed_at: row.get(5)?,
        ended_at: row.get(6)?,
    })
}

fn read_deed(row: &Row<'_>) -> Result<PartnerDeed, DbError> {
    let confirmed_at: Option<Timestamp> = row.get(6)?;
    let refused_at: Option<Timestamp> = row.get(7)?;
    Ok(PartnerDeed {
        id: row.get(0)?,
        partner: row.get(1)?,
        sort: row.get(2)?,
        day: row.get(3)?,
        what: row.get(4)?,
        reported_at: row.get(5)?,
        state: match (confirmed_at, refused_at) {
            (Some(at), _) => DeedState::Confirmed { at },
            (None, Some(at)) => DeedState::Refused { at },
            (None, None) => DeedState::Reported,
        },
    })
}

/// A unit asks to be paired. One that is already paired there is [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, partner: &Partner, post: PostId) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            partner.id,
            partner.unit,
            &partner.place,
            &partner.contact,
            partner.asked_at,
            post,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, id: PartnerId) -> Result<Option<Partner>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// The pairings of a unit that have not ended.
pub fn of_unit(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<Partner>, DbError> {
    tx.query(&OF_UNIT, vals![unit], read)
}

/// The pairings of a community that have not ended, in the order in which they were registered.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    after: PartnerId,
    limit: i64,
) -> Result<Vec<Partner>, DbError> {
    tx.query(&OF_PLACE, vals![place, after, limit], read)
}

/// Where the list of an area goes on: behind this place and pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub place: String,
    pub id: PartnerId,
}

impl Default for Behind {
    fn default() -> Behind {
        Behind {
            place: String::new(),
            id: PartnerId::from_raw(0),
        }
    }
}

/// The pairings of all communities in the scope: by community, in the order in which they came.
pub fn of_area(
    tx: &mut Tx<'_>,
    scope: &Scope,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Partner>, DbError> {
    let mut ranges = ranges(scope);
    ranges.sort_unstable();
    let mut found = Vec::new();
    for (from, to) in &ranges {
        let left = limit.saturating_sub(found.len());
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        let values = vals![from, to, &behind.place, behind.id, left];
        found.extend(tx.query(&OF_AREA, values, read)?);
    }
    Ok(found)
}

/// The community agrees; whether that was open.
pub fn agree(tx: &mut Tx<'_>, id: PartnerId, post: PostId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&AGREE, vals![at, post, id])? == 1)
}

/// The pairing ends; whether it had not.
pub fn end(tx: &mut Tx<'_>, id: PartnerId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&END, vals![at, id])? == 1)
}

/// Whom to ask changes.
pub fn set_contact(tx: &mut Tx<'_>, id: PartnerId, contact: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&CONTACT, vals![contact, id])? == 1)
}

pub fn add_resource(
    tx: &mut Tx<'_>,
    partner: PartnerId,
    resource: &Resource,
    at: Timestamp,
) -> Result<(), DbError> {
    let values = vals![resource.id, partner, &resource.what, at];
    tx.execute(&ADD_RESOURCE, values).map(drop)
}

/// What a unit can lend, give or do here.
pub fn resources(
    tx: &mut Tx<'_>,
    partner: PartnerId,
    limit: i64,
) -> Result<Vec<Resource>, DbError> {
    tx.query(&RESOURCES, vals![partner, limit], |row| {
        Ok(Resource {
            id: row.get(0)?,
            what: row.get(1)?,
        })
    })
}

/// It is offered no longer; whether it was.
pub fn close_resource(
    tx: &mut Tx<'_>,
    id: ResourceId,
    partner: PartnerId,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE_RESOURCE, vals![at, id, partner])? == 1)
}

/// Keeps what a unit reports to have done.
pub fn report(tx: &mut Tx<'_>, deed: &PartnerDeed, post: PostId) -> Result<(), DbError> {
    let values = vals![
        deed.id,
        deed.partner,
        deed.sort,
        deed.day,
        &deed.what,
        deed.reported_at,
        post,
    ];
    tx.execute(&REPORT, values).map(drop)
}

pub fn deed(tx: &mut Tx<'_>, id: DeedId) -> Result<Option<PartnerDeed>, DbError> {
    tx.query_one(&DEED, vals![id], read_deed)
}

/// What a unit did in a span of days, the latest first.
pub fn deeds(
    tx: &mut Tx<'_>,
    partner: PartnerId,
    (first, last): (Date, Date),
    limit: i64,
) -> Result<Vec<PartnerDeed>, DbError> {
    tx.query(&DEEDS, vals![partner, first, last, limit], read_deed)
}

/// What was confirmed of all partners of a community in a span of days.
pub fn confirmed(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (first, last): (Date, Date),
) -> Result<Vec<(PartnerId, Deed)>, DbError> {
    tx.query(&CONFIRMED, vals![place, first, last], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many deeds of each partner of a community wait to be confirmed.
pub fn waiting(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(PartnerId, i64)>, DbError> {
    tx.query(&WAITING, vals![place], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The community confirms; whether that was open.
pub fn confirm(tx: &mut Tx<'_>, id: DeedId, post: PostId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&CONFIRM, vals![at, post, id])? == 1)
}

/// The community does not; whether that was open.
pub fn refuse(tx: &mut Tx<'_>, id: DeedId, post: PostId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&REFUSE, vals![at, post, id])? == 1)
}
