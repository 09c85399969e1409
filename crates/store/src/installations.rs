//! Other installations whose cases are worked on here, and those cases under both their numbers.

use huiyin_domain::id::{CaseId, HandedId, InstallationId, UnitId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// An installation that hands us cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    pub id: InstallationId,
    pub name: String,
    /// Where it is reached, without a slash at the end.
    pub url: String,
    /// As which unit it comes in here.
    pub unit: UnitId,
    /// Its cases lie in this place.
    pub place: PlaceCode,
    pub made_at: Timestamp,
    /// When its list of cases is looked through again.
    pub look_at: Timestamp,
    /// What was wrong at the last try, if it was.
    pub fault: Option<String>,
    pub failing_since: Option<Timestamp>,
    pub off_at: Option<Timestamp>,
    /// Whether we have the key of its webhook, and so can believe what it tells.
    pub tells: bool,
}

/// A case of another installation that is worked on here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub id: HandedId,
    pub installation: InstallationId,
    /// Its number there.
    pub theirs: CaseId,
    /// Its number here, once it has been opened.
    pub case: Option<CaseId>,
    /// Their entries up to this number were heard here.
    pub heard: i64,
    /// Our entries up to this number were told there.
    pub told: i64,
    /// When it was taken back, or over on both sides.
    pub ended_at: Option<Timestamp>,
    /// Why the last step that was refused on the other side was.
    pub fault: Option<String>,
}

macro_rules! columns {
    () => {
        "id, name, url, unit, place, made_at, look_at, fault, failing_since, off_at, \
        CAST(CASE WHEN secret IS NULL THEN 0 ELSE 1 END AS BIGINT)"
    };
}

macro_rules! handed {
    () => {
        "id, installation, theirs, case_id, heard, told, ended_at, fault"
    };
}

statements! {
    INSERT = "INSERT INTO installations (id, name, url, token, unit, place, made_at, look_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = concat!("SELECT ", columns!(), " FROM installations WHERE ended_at IS NULL ORDER BY id");
    BY_ID = concat!("SELECT ", columns!(), " FROM installations WHERE id = $1 AND ended_at IS NULL");
    NAME = "SELECT name FROM installations WHERE id = $1 \
        UNION ALL SELECT name FROM service_tokens WHERE id = $1";
    TOKEN = "SELECT token FROM installations WHERE id = $1 AND ended_at IS NULL";
    SECRET = "SELECT secret FROM installations \
        WHERE id = $1 AND ended_at IS NULL AND secret IS NOT NULL";
    BELIEVE = "UPDATE installations SET secret = $1 WHERE id = $2 AND ended_at IS NULL";
    DUE = concat!("SELECT ", columns!(), " FROM installations \
        WHERE ended_at IS NULL AND off_at IS NULL AND look_at <= $1 ORDER BY id");
    LOOKED = "UPDATE installations SET look_at = $1 WHERE id = $2 AND look_at < $1";
    FAILED = "UPDATE installations SET fault = $1, failing_since = coalesce(failing_since, $2) \
        WHERE id = $3";
    WORKED = "UPDATE installations SET fault = NULL, failing_since = NULL \
        WHERE id = $1 AND failing_since IS NOT NULL";
    TURN_OFF = "UPDATE installations SET off_at = $1 \
        WHERE id = $2 AND off_at IS NULL AND ended_at IS NULL";
    TURN_ON = "UPDATE installations SET off_at = NULL, fault = NULL, failing_since = NULL, \
        look_at = $1 WHERE id = $2 AND off_at IS NOT NULL AND ended_at IS NULL";
    END = "UPDATE installations SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    TAKE = "INSERT INTO handed_cases (id, installation, theirs, heard, told) \
        VALUES ($1, $2, $3, 0, 0) ON CONFLICT (installation, theirs) DO NOTHING";
    FIND = concat!("SELECT ", handed!(), " FROM handed_cases WHERE installation = $1 AND theirs = $2");
    HANDED = concat!("SELECT ", handed!(), " FROM handed_cases WHERE id = $1");
    OF_CASE = concat!("SELECT ", handed!(), " FROM handed_cases WHERE case_id = $1");
    GOING_ON = concat!("SELECT ", handed!(), " FROM handed_cases \
        WHERE installation = $1 AND ended_at IS NULL AND id > $2 ORDER BY id LIMIT $3");
    UNTOLD = "SELECT h.id FROM handed_cases h JOIN cases c ON c.id = h.case_id \
        WHERE h.installation = $1 AND h.ended_at IS NULL AND c.version > h.told \
        ORDER BY h.id LIMIT $2";
    REFUSED = concat!("SELECT ", handed!(), " FROM handed_cases \
        WHERE installation = $1 AND ended_at IS NULL AND fault IS NOT NULL ORDER BY id DESC LIMIT $2");
    COUNT = "SELECT count(*) FROM handed_cases WHERE installation = $1 AND ended_at IS NULL";
    OPENED = "UPDATE handed_cases SET case_id = $1, heard = $2 WHERE id = $3 AND case_id IS NULL";
    HEARD = "UPDATE handed_cases SET heard = $1 WHERE id = $2 AND heard < $1";
    TOLD = "UPDATE handed_cases SET told = $1 WHERE id = $2 AND told < $1";
    FAULT = "UPDATE handed_cases SET fault = $1 WHERE id = $2";
    END_CASE = "UPDATE handed_cases SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    GO_ON = "UPDATE handed_cases SET ended_at = NULL WHERE id = $1 AND ended_at IS NOT NULL";
}

fn read(row: &Row<'_>) -> Result<Installation, DbError> {
    Ok(Installation {
        id: row.get(0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        unit: row.get(3)?,
        place: row.get(4)?,
        made_at: row.get(5)?,
        look_at: row.get(6)?,
        fault: row.get(7)?,
        failing_since: row.get(8)?,
        off_at: row.get(9)?,
        tells: row.get::<i64>(10)? != 0,
    })
}

fn read_handed(row: &Row<'_>) -> Result<Handed, DbError> {
    Ok(Handed {
        id: row.get(0)?,
        installation: row.get(1)?,
        theirs: row.get(2)?,
        case: row.get(3)?,
        heard: row.get(4)?,
        told: row.get(5)?,
        ended_at: row.get(6)?,
        fault: row.get(7)?,
    })
}

/// With the token by which it knows us.
pub fn insert(tx: &mut Tx<'_>, installation: &Installation, token: &str) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            installation.id,
            &installation.name,
            &installation.url,
            token,
            installation.unit,
            &installation.place,
            installation.made_at,
            installation.look_at,
        ],
    )
}

/// All that were not taken away, in the order in which they were made.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Installation>, DbError> {
    tx.query(&LIST, &[], read)
}

pub fn by_id(tx: &mut Tx<'_>, id: InstallationId) -> Result<Option<Installation>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// What a source of entries is called: an installation or a token, also one of former times.
pub fn name(tx: &mut Tx<'_>, source: i64) -> Result<Option<String>, DbError> {
    tx.query_one(&NAME, vals![source], |row| row.get(0))
}

/// By which it knows us.
pub fn token(tx: &mut Tx<'_>, id: InstallationId) -> Result<Option<String>, DbError> {
    tx.query_one(&TOKEN, vals![id], |row| row.get(0))
}

/// With which what it tells is signed, once we know that.
pub fn secret(tx: &mut Tx<'_>, id: InstallationId) -> Result<Option<Vec<u8>>, DbError> {
    tx.query_one(&SECRET, vals![id], |row| row.get(0))
}

/// From now on what is signed with this is believed; whether the installation is there.
pub fn believe(tx: &mut Tx<'_>, id: InstallationId, secret: &[u8]) -> Result<bool, DbError> {
    Ok(tx.execute(&BELIEVE, vals![secret, id])? > 0)
}

/// Those whose list is to be looked through now.
pub fn due(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Installation>, DbError> {
    tx.query(&DUE, vals![now], read)
}

/// Its list is looked through again at this instant; whether somebody else has not said so.
pub fn looked(tx: &mut Tx<'_>, id: InstallationId, next: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&LOOKED, vals![next, id])? > 0)
}

/// It could not be spoken with. The fault names no person and no content.
pub fn failed(
    tx: &mut Tx<'_>,
    id: InstallationId,
    (fault, now): (&str, Timestamp),
) -> Result<(), DbError> {
    tx.execute(&FAILED, vals![fault, now, id]).map(drop)
}

pub fn worked(tx: &mut Tx<'_>, id: InstallationId) -> Result<(), DbError> {
    tx.execute(&WORKED, vals![id]).map(drop)
}

/// Whether it was on until now.
pub fn turn_off(tx: &mut Tx<'_>, id: InstallationId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&TURN_OFF, vals![now, id])? > 0)
}

/// Whether it was off until now.
pub fn turn_on(tx: &mut Tx<'_>, id: InstallationId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&TURN_ON, vals![now, id])? > 0)
}

/// Takes it out of the list; whether it was there.
pub fn end(tx: &mut Tx<'_>, id: InstallationId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&END, vals![now, id])? > 0)
}

/// Takes note of a case of an installation; told twice, it stands there once.
pub fn take(
    tx: &mut Tx<'_>,
    fresh: HandedId,
    (installation, theirs): (InstallationId, CaseId),
) -> Result<HandedId, DbError> {
    tx.execute(&TAKE, vals![fresh, installation, theirs])?;
    let found = tx.query_one(&FIND, vals![installation, theirs], read_handed)?;
    Ok(found.map_or(fresh, |handed| handed.id))
}

/// Whether a case of an installation is known here.
pub fn find(
    tx: &mut Tx<'_>,
    installation: InstallationId,
    theirs: CaseId,
) -> Result<Option<Handed>, DbError> {
    tx.query_one(&FIND, vals![installation, theirs], read_handed)
}

pub fn handed(tx: &mut Tx<'_>, id: HandedId) -> Result<Option<Handed>, DbError> {
    tx.query_one(&HANDED, vals![id], read_handed)
}

/// Whose case it is, when it was handed to us.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Handed>, DbError> {
    tx.query_one(&OF_CASE, vals![case], read_handed)
}

/// Cases of an installation that go on, in the order in which they came.
pub fn going_on(
    tx: &mut Tx<'_>,
    installation: InstallationId,
    (after, limit): (HandedId, i64),
) -> Result<Vec<Handed>, DbError> {
    tx.query(&GOING_ON, vals![installation, after, limit], read_handed)
}

/// Cases that moved here, and of which the other side has not heard all.
pub fn untold(
    tx: &mut Tx<'_>,
    installation: InstallationId,
    limit: i64,
) -> Result<Vec<HandedId>, DbError> {
    tx.query(&UNTOLD, vals![installation, limit], |row| row.get(0))
}

/// How many of its cases go on.
pub fn count(tx: &mut Tx<'_>, installation: InstallationId) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, vals![installation], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Cases that go on and of which something was refused, the latest first.
pub fn refused(
    tx: &mut Tx<'_>,
    installation: InstallationId,
    limit: i64,
) -> Result<Vec<Handed>, DbError> {
    tx.query(&REFUSED, vals![installation, limit], read_handed)
}

/// It was opened here, after this many of their entries.
pub fn opened(tx: &mut Tx<'_>, id: HandedId, (case, heard): (CaseId, i64)) -> Result<(), DbError> {
    tx.execute(&OPENED, vals![case, heard, id]).map(drop)
}

pub fn heard(tx: &mut Tx<'_>, id: HandedId, number: i64) -> Result<(), DbError> {
    tx.execute(&HEARD, vals![number, id]).map(drop)
}

pub fn told(tx: &mut Tx<'_>, id: HandedId, number: i64) -> Result<(), DbError> {
    tx.execute(&TOLD, vals![number, id]).map(drop)
}

/// Why a step was not taken on the other side; nothing when the last one was.
pub fn note_fault(tx: &mut Tx<'_>, id: HandedId, fault: Option<&str>) -> Result<(), DbError> {
    tx.execute(&FAULT, vals![fault, id]).map(drop)
}

/// It is no longer ours to work on.
pub fn end_case(tx: &mut Tx<'_>, id: HandedId, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&END_CASE, vals![now, id]).map(drop)
}

/// It is ours again.
pub fn go_on(tx: &mut Tx<'_>, id: HandedId) -> Result<(), DbError> {
    tx.execute(&GO_ON, vals![id]).map(drop)
}
