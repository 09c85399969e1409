//! Webhooks: addresses elsewhere that are told what happens here, within a place, and of one
//! unit if they ask for one. One that is off stays in the list until it is taken away.

use huiyin_domain::id::{UnitId, WebhookId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub id: WebhookId,
    pub name: String,
    pub url: String,
    /// The types of the events that it is told; all when there is none.
    pub events: Vec<String>,
    pub place: PlaceCode,
    pub unit: Option<UnitId>,
    pub made_at: Timestamp,
    /// What was wrong at the last try, if it was.
    pub fault: Option<String>,
    /// Since when no message has got through.
    pub failing_since: Option<Timestamp>,
    /// When it was turned off.
    pub off_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, name, url, events, place, unit, made_at, fault, failing_since, off_at"
    };
}

statements! {
    INSERT = "INSERT INTO webhooks (id, name, url, secret, events, place, unit, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = concat!("SELECT ", columns!(), " FROM webhooks WHERE ended_at IS NULL ORDER BY id");
    ON = concat!("SELECT ", columns!(), " FROM webhooks \
        WHERE ended_at IS NULL AND off_at IS NULL ORDER BY id");
    BY_ID = concat!("SELECT ", columns!(), " FROM webhooks WHERE id = $1 AND ended_at IS NULL");
    SECRET = "SELECT secret FROM webhooks WHERE id = $1 AND ended_at IS NULL";
    LOCK = "SELECT id FROM webhooks WHERE id = $1",
        postgres = "SELECT id FROM webhooks WHERE id = $1 FOR UPDATE";
    FAILED = "UPDATE webhooks SET fault = $1, failing_since = coalesce(failing_since, $2) \
        WHERE id = $3";
    WORKED = "UPDATE webhooks SET fault = NULL, failing_since = NULL \
        WHERE id = $1 AND failing_since IS NOT NULL";
    TURN_OFF = "UPDATE webhooks SET off_at = $1 \
        WHERE id = $2 AND off_at IS NULL AND ended_at IS NULL";
    TURN_ON = "UPDATE webhooks SET off_at = NULL, fault = NULL, failing_since = NULL \
        WHERE id = $1 AND off_at IS NOT NULL AND ended_at IS NULL";
    END = "UPDATE webhooks SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
}

fn read(row: &Row<'_>) -> Result<Webhook, DbError> {
    Ok(Webhook {
        id: row.get(0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        events: row.json(3)?,
        place: row.get(4)?,
        unit: row.get(5)?,
        made_at: row.get(6)?,
        fault: row.get(7)?,
        failing_since: row.get(8)?,
        off_at: row.get(9)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, webhook: &Webhook, secret: &[u8]) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            webhook.id,
            &webhook.name,
            &webhook.url,
            secret,
            &json(&webhook.events)?,
            &webhook.place,
            webhook.unit,
            webhook.made_at,
        ],
    )
}

/// All that were not taken away, in the order in which they were made.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Webhook>, DbError> {
    tx.query(&LIST, &[], read)
}

/// Those that are told.
pub fn on(tx: &mut Tx<'_>) -> Result<Vec<Webhook>, DbError> {
    tx.query(&ON, &[], read)
}

pub fn by_id(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Webhook>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// With which its messages are signed.
pub fn secret(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Vec<u8>>, DbError> {
    tx.query_one(&SECRET, vals![id], |row| row.get(0))
}

/// Nobody else decides what this address gets next until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: WebhookId) -> Result<(), DbError> {
    tx.query(&LOCK, vals![id], |_| Ok(())).map(drop)
}

/// A message did not get through. The fault names no person and no content.
pub fn failed(tx: &mut Tx<'_>, id: WebhookId, fault: &str, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&FAILED, vals![fault, now, id]).map(drop)
}

/// A message got through.
pub fn worked(tx: &mut Tx<'_>, id: WebhookId) -> Result<(), DbError> {
    tx.execute(&WORKED, vals![id]).map(drop)
}

/// Whether it was on until now.
pub fn turn_off(tx: &mut Tx<'_>, id: WebhookId, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&TURN_OFF, vals![now, id])
}

/// Whether it was off until now.
pub fn turn_on(tx: &mut Tx<'_>, id: WebhookId) -> Result<u64, DbError> {
    tx.execute(&TURN_ON, vals![id])
}

/// Takes it out of the list; whether it was there.
pub fn end(tx: &mut Tx<'_>, id: WebhookId, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&END, vals![now, id])
}
