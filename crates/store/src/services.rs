//! Services: what volunteers did, and the sums of what was confirmed. Sums change with the
//! service that changes them, so no page counts.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{PostId, ServiceId, UnitId, VolunteerId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::{Confirmer, Service, ServiceState};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "s.id, s.volunteer, s.place, s.unit, s.day, s.what, s.whom, s.minutes, s.case_id, \
        s.reported_at, s.confirmed_at, s.confirmed_by, s.refused_at, s.refused_for"
    };
}

statements! {
    INSERT = "INSERT INTO services (id, volunteer, place, unit, day, what, whom, minutes, \
        case_id, reported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT DO NOTHING";
    BY_ID = concat!("SELECT ", columns!(), " FROM services s WHERE s.id = $1");
    OF_VOLUNTEER = concat!("SELECT ", columns!(), " FROM services s WHERE s.volunteer = $1 \
        AND (s.day, s.id) < ($2, $3) ORDER BY s.day DESC, s.id DESC LIMIT $4");
    WAITING = concat!("SELECT ", columns!(), ", v.name FROM services s \
        JOIN volunteers v ON v.id = s.volunteer \
        WHERE s.confirmed_at IS NULL AND s.refused_at IS NULL \
        AND s.place >= $1 AND s.place < $2 AND (s.place, s.id) > ($3, $4) \
        ORDER BY s.place, s.id LIMIT $5");
    CONFIRM = "UPDATE services SET confirmed_at = $1, confirmed_by = $2, decided_post = $3 \
        WHERE id = $4 AND confirmed_at IS NULL AND refused_at IS NULL";
    REFUSE = "UPDATE services SET refused_at = $1, refused_for = $2, decided_post = $3 \
        WHERE id = $4 AND confirmed_at IS NULL AND refused_at IS NULL";
    WITHDRAW_OPEN = "DELETE FROM services WHERE volunteer = $1 AND confirmed_at IS NULL";
    BLANK = "UPDATE services SET what = '' WHERE volunteer = $1 AND what <> ''";
    ADD = "INSERT INTO service_sums (whose, year, services, minutes) VALUES ($1, $2, 1, $3) \
        ON CONFLICT (whose, year) DO UPDATE SET services = service_sums.services + 1, \
        minutes = service_sums.minutes + excluded.minutes";
    SUMS = "SELECT year, services, minutes FROM service_sums WHERE whose = $1 ORDER BY year DESC";
    ALL_SUMS = "SELECT whose, year, services, minutes FROM service_sums";
    BY_VOLUNTEER = "SELECT volunteer, day / 10000, count(*), CAST(sum(minutes) AS BIGINT) \
        FROM services WHERE confirmed_at IS NOT NULL GROUP BY volunteer, day / 10000";
    BY_PLACE = "SELECT place, day / 10000, count(*), CAST(sum(minutes) AS BIGINT) \
        FROM services WHERE confirmed_at IS NOT NULL GROUP BY place, day / 10000";
    BY_UNIT = "SELECT unit, place, day / 10000, count(*), CAST(sum(minutes) AS BIGINT) \
        FROM services WHERE confirmed_at IS NOT NULL AND unit IS NOT NULL \
        GROUP BY unit, place, day / 10000";
}

/// Of whom a sum is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose<'a> {
    Volunteer(VolunteerId),
    Place(&'a PlaceCode),
    /// Of the volunteers of a unit, in one community.
    Unit(UnitId, &'a PlaceCode),
}

impl Whose<'_> {
    fn key(&self) -> String {
        match self {
            Whose::Volunteer(id) => format!("volunteer {}", id.get()),
            Whose::Place(place) => format!("place {place}"),
            Whose::Unit(unit, place) => format!("unit {} {place}", unit.get()),
        }
    }
}

/// What was confirmed in one year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub year: i64,
    pub services: i64,
    pub minutes: i64,
}

/// A reported service beside the name of whoever did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub service: Service,
    pub name: String,
}

/// Where the list of what waits goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub place: String,
    pub id: ServiceId,
}

impl Default for Behind {
    fn default() -> Behind {
        Behind {
            place: String::new(),
            id: ServiceId::from_raw(0),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Service, DbError> {
    let confirmed_at: Option<Timestamp> = row.get(10)?;
    let by: Option<Confirmer> = row.get(11)?;
    let refused_at: Option<Timestamp> = row.get(12)?;
    let reason: Option<String> = row.get(13)?;
    Ok(Service {
        id: row.get(0)?,
        volunteer: row.get(1)?,
        place: row.get(2)?,
        unit: row.get(3)?,
        day: row.get(4)?,
        what: row.get(5)?,
        whom: row.get(6)?,
        minutes: u32::try_from(row.get::<i64>(7)?)
            .map_err(|_| DbError::Broken("the minutes of a service".to_owned()))?,
        case: row.get(8)?,
        reported_at: row.get(9)?,
        state: match (confirmed_at.zip(by), refused_at) {
            (Some((at, by)), _) => ServiceState::Confirmed { at, by },
            (None, Some(at)) => ServiceState::Refused {
                at,
                reason: reason.unwrap_or_default(),
            },
            (None, None) => ServiceState::Reported,
        },
    })
}

/// Keeps a service that was reported; whether it was not there yet.
pub fn report(tx: &mut Tx<'_>, service: &Service) -> Result<bool, DbError> {
    let made = tx.execute(
        &INSERT,
        vals![
            service.id,
            service.volunteer,
            &service.place,
            service.unit,
            service.day,
            &service.what,
            service.whom,
            service.minutes,
            service.case,
            service.reported_at,
        ],
    )?;
    Ok(made == 1)
}

pub fn by_id(tx: &mut Tx<'_>, id: ServiceId) -> Result<Option<Service>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// What a volunteer did, the latest first, before a day and service when there is a page before.
pub fn of_volunteer(
    tx: &mut Tx<'_>,
    volunteer: VolunteerId,
    before: Option<(Date, ServiceId)>,
    limit: i64,
) -> Result<Vec<Service>, DbError> {
    let (day, id) = before.unwrap_or((Date::MAX, ServiceId::from_raw(i64::MAX)));
    tx.query(&OF_VOLUNTEER, vals![volunteer, day, id, limit], read)
}

/// What waits to be confirmed in the scope: by place, what was reported first first.
pub fn waiting(
    tx: &mut Tx<'_>,
    scope: &Scope,
    behind: &Behind,
    limit: usize,
) -> Result<Vec<Waiting>, DbError> {
    let mut ranges = ranges(scope);
    ranges.sort_unstable();
    let mut found: Vec<Waiting> = Vec::new();
    for (from, to) in &ranges {
        let left = limit.saturating_sub(found.len());
        if left == 0 {
            break;
        }
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        let values = vals![from, to, &behind.place, behind.id, left];
        found.extend(tx.query(&WAITING, values, |row| {
            Ok(Waiting {
                service: read(row)?,
                name: row.get(14)?,
            })
        })?);
    }
    Ok(found)
}

/// Confirms a service and adds it to the sums; whether it was still open.
pub fn confirm(
    tx: &mut Tx<'_>,
    service: &Service,
    (by, post): (Confirmer, Option<PostId>),
    at: Timestamp,
) -> Result<bool, DbError> {
    if tx.execute(&CONFIRM, vals![at, by, post, service.id])? == 0 {
        return Ok(false);
    }
    let year = i64::from(service.day.year());
    let unit = service.unit.map(|unit| Whose::Unit(unit, &service.place));
    let whose = [
        Some(Whose::Volunteer(service.volunteer)),
        Some(Whose::Place(&service.place)),
        unit,
    ];
    for whose in whose.into_iter().flatten() {
        let key = whose.key();
        tx.execute_one(&ADD, vals![&key, year, service.minutes])?;
    }
    Ok(true)
}

/// Refuses a service for a reason; whether it was still open.
pub fn refuse(
    tx: &mut Tx<'_>,
    id: ServiceId,
    (post, reason): (PostId, &str),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&REFUSE, vals![at, reason, post, id])? == 1)
}

/// Takes away what a volunteer wrote, and what nobody confirmed; what was done stays counted.
pub fn forget(tx: &mut Tx<'_>, volunteer: VolunteerId) -> Result<(), DbError> {
    tx.execute(&WITHDRAW_OPEN, vals![volunteer])?;
    tx.execute(&BLANK, vals![volunteer]).map(drop)
}

/// What was confirmed, by year, the latest first.
pub fn sums(tx: &mut Tx<'_>, whose: &Whose<'_>) -> Result<Vec<Sum>, DbError> {
    let key = whose.key();
    tx.query(&SUMS, vals![&key], |row| sum(row, 0))
}

/// Whether every sum is what the services say.
pub fn sums_are_true(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let kept: Vec<Told> = tx.query(&ALL_SUMS, &[], |row| Ok((row.get(0)?, sum(row, 1)?)))?;
    let mut counted: Vec<Told> = tx.query(&BY_VOLUNTEER, &[], |row| {
        Ok((Whose::Volunteer(row.get(0)?).key(), sum(row, 1)?))
    })?;
    counted.extend(tx.query(&BY_PLACE, &[], |row| {
        let place: PlaceCode = row.get(0)?;
        Ok((Whose::Place(&place).key(), sum(row, 1)?))
    })?);
    counted.extend(tx.query(&BY_UNIT, &[], |row| {
        let place: PlaceCode = row.get(1)?;
        Ok((Whose::Unit(row.get(0)?, &place).key(), sum(row, 2)?))
    })?);
    let sorted = |mut told: Vec<Told>| {
        told.sort_unstable_by(|one, other| (&one.0, one.1.year).cmp(&(&other.0, other.1.year)));
        told
    };
    Ok(sorted(kept) == sorted(counted))
}

/// Whose it is, and the sum.
type Told = (String, Sum);

fn sum(row: &Row<'_>, first: usize) -> Result<Sum, DbError> {
    Ok(Sum {
        year: row.get(first)?,
        services: row.get(first + 1)?,
        minutes: row.get(first + 2)?,
    })
}
