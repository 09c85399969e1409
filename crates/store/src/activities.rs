//! Activities: what people sign up for. Public but for the secret of the door; who signed up
//! lies in `sign_ups`.

use huiyin_domain::access::Scope;
use huiyin_domain::activity::About;
use huiyin_domain::id::{ActivityId, AssociationId, RoomId, UnitId, VenueId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// An activity, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    pub id: ActivityId,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub venue: Option<VenueId>,
    pub room: Option<RoomId>,
    pub title: String,
    pub about: About,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub sign_up_until: Timestamp,
    pub capacity: i64,
    pub changed_at: Timestamp,
    pub reminded_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,
    pub report: Option<String>,
    /// The group that holds it.
    pub association: Option<AssociationId>,
}

/// What the code at the door is made of.
pub type DoorSecret = [u8; 32];

/// Which activities of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Those that begin from here on …
    pub from: Timestamp,
    /// … and before this.
    pub to: Timestamp,
    /// The last one of the page before.
    pub after: Option<ActivityId>,
}

macro_rules! columns {
    () => {
        "a.id, a.unit, a.place, a.venue, a.room, a.title, a.about, a.starts_at, a.ends_at, \
        a.sign_up_until, a.capacity, a.changed_at, a.reminded_at, a.cancelled_at, a.report, \
        a.association"
    };
}

statements! {
    INSERT = "INSERT INTO activities (id, unit, place, venue, room, title, about, starts_at, \
        ends_at, sign_up_until, capacity, secret, changed_at, association) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE = "UPDATE activities SET title = $1, about = $2, sign_up_until = $3, capacity = $4, \
        changed_at = $5 WHERE id = $6";
    READ = concat!("SELECT ", columns!(), " FROM activities a WHERE a.id = $1");
    LOCK = "SELECT id FROM activities WHERE id = $1",
        postgres = "SELECT id FROM activities WHERE id = $1 FOR UPDATE";
    SECRET = "SELECT secret FROM activities WHERE id = $1";
    CANCEL = "UPDATE activities SET cancelled_at = $1, changed_at = $1 \
        WHERE id = $2 AND cancelled_at IS NULL";
    REPORT = "UPDATE activities SET report = $1, changed_at = $2 WHERE id = $3";
    REMINDED = "UPDATE activities SET reminded_at = $1 WHERE id = $2 AND reminded_at IS NULL";
    LIST = concat!("SELECT ", columns!(), " FROM activities a \
        WHERE a.starts_at >= $1 AND a.starts_at < $2 AND a.place >= $3 AND a.place < $4 \
        AND (a.starts_at, a.id) > ($5, $6) ORDER BY a.starts_at, a.id LIMIT $7");
    OF_VENUE = concat!("SELECT ", columns!(), " FROM activities a \
        WHERE a.venue = $1 AND a.starts_at >= $2 ORDER BY a.starts_at, a.id LIMIT $3");
    OF_ASSOCIATION = concat!("SELECT ", columns!(), " FROM activities a \
        WHERE a.association = $1 AND a.starts_at >= $2 ORDER BY a.starts_at, a.id LIMIT $3");
    PAST = concat!("SELECT ", columns!(), " FROM activities a WHERE a.ends_at <= $1 \
        AND a.report IS NOT NULL AND a.place >= $2 AND a.place < $3 \
        AND (a.starts_at, a.id) < ($4, $5) ORDER BY a.starts_at DESC, a.id DESC LIMIT $6");
    TO_REMIND = "SELECT id FROM activities WHERE reminded_at IS NULL AND cancelled_at IS NULL \
        AND starts_at > $1 AND starts_at <= $2 ORDER BY starts_at, id LIMIT $3";
}

pub fn insert(tx: &mut Tx<'_>, activity: &Activity, secret: &DoorSecret) -> Result<(), DbError> {
    let about = json(&activity.about)?;
    tx.execute_one(
        &INSERT,
        vals![
            activity.id,
            activity.unit,
            &activity.place,
            activity.venue,
            activity.room,
            &activity.title,
            &about,
            activity.starts_at,
            activity.ends_at,
            activity.sign_up_until,
            activity.capacity,
            secret,
            activity.changed_at,
            activity.association,
        ],
    )
}

/// Changes what may change after people have signed up: the words, the end of signing up, and
/// how many seats there are.
pub fn update(tx: &mut Tx<'_>, activity: &Activity) -> Result<(), DbError> {
    let about = json(&activity.about)?;
    tx.execute_one(
        &UPDATE,
        vals![
            &activity.title,
            &about,
            activity.sign_up_until,
            activity.capacity,
            activity.changed_at,
            activity.id,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: ActivityId) -> Result<Option<Activity>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else moves anybody in this activity until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: ActivityId) -> Result<(), DbError> {
    let _: Option<ActivityId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

pub fn secret(tx: &mut Tx<'_>, id: ActivityId) -> Result<Option<DoorSecret>, DbError> {
    tx.query_one(&SECRET, vals![id], |row| row.get(0))
}

pub fn cancel(tx: &mut Tx<'_>, id: ActivityId, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&CANCEL, vals![now, id])
}

/// What is told of it afterwards.
pub fn report(tx: &mut Tx<'_>, id: ActivityId, text: &str, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&REPORT, vals![text, now, id])
}

/// Whoever comes has been reminded; whether it was not so yet.
pub fn reminded(tx: &mut Tx<'_>, id: ActivityId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&REMINDED, vals![now, id])? > 0)
}

/// What begins within a span and a place, the soonest first.
pub fn list(
    tx: &mut Tx<'_>,
    span: &Span,
    place: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    let from = place.map_or("", PlaceCode::as_str).to_owned();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    within(tx, span, (&from, &to), limit)
}

/// The same for somebody of the desk, in what they look after.
pub fn in_scope(
    tx: &mut Tx<'_>,
    scope: &Scope,
    span: &Span,
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(within(tx, span, (&from, &to), limit)?);
    }
    found.sort_by_key(|activity| (activity.starts_at, activity.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn within(
    tx: &mut Tx<'_>,
    span: &Span,
    (from, to): (&str, &str),
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    let (starts, last) = match span.after {
        Some(id) => {
            let last = read(tx, id)?;
            (last.map_or(span.from, |last| last.starts_at), id.get())
        }
        None => (span.from, -1),
    };
    tx.query(
        &LIST,
        vals![span.from, span.to, from, to, starts, last, limit],
        read_row,
    )
}

/// What is in a venue from an instant on.
pub fn of_venue(
    tx: &mut Tx<'_>,
    venue: VenueId,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    tx.query(&OF_VENUE, vals![venue, from, limit], read_row)
}

/// What a group holds from an instant on.
pub fn of_association(
    tx: &mut Tx<'_>,
    association: AssociationId,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    tx.query(&OF_ASSOCIATION, vals![association, from, limit], read_row)
}

/// What is over and was told of, the latest first.
pub fn past(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (place, after): (Option<&PlaceCode>, Option<ActivityId>),
    limit: i64,
) -> Result<Vec<Activity>, DbError> {
    let from = place.map_or("", PlaceCode::as_str).to_owned();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    let last = match after {
        Some(id) => read(tx, id)?.map(|last| (last.starts_at, id.get())),
        None => None,
    };
    let (starts, id) = last.unwrap_or((now, i64::MAX));
    tx.query(&PAST, vals![now, &from, &to, starts, id, limit], read_row)
}

/// What begins soon and of which nobody has been reminded.
pub fn to_remind(
    tx: &mut Tx<'_>,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<ActivityId>, DbError> {
    tx.query(&TO_REMIND, vals![now, until, limit], |row| row.get(0))
}

pub(crate) fn read_row(row: &Row<'_>) -> Result<Activity, DbError> {
    Ok(Activity {
        id: row.get(0)?,
        unit: row.get(1)?,
        place: row.get(2)?,
        venue: row.get(3)?,
        room: row.get(4)?,
        title: row.get(5)?,
        about: row.json(6)?,
        starts_at: row.get(7)?,
        ends_at: row.get(8)?,
        sign_up_until: row.get(9)?,
        capacity: row.get(10)?,
        changed_at: row.get(11)?,
        reminded_at: row.get(12)?,
        cancelled_at: row.get(13)?,
        report: row.get(14)?,
        association: row.get(15)?,
    })
}
