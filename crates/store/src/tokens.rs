//! Service tokens: with one, a machine speaks for a unit as a post would.

use huiyin_domain::id::{TokenId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<String>,
    pub unit: UnitId,
    pub role: Role,
    pub place: PlaceCode,
    pub made_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

statements! {
    INSERT = "INSERT INTO service_tokens (id, token_hash, name, scopes, unit, role, place, \
        made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    VALID = "SELECT t.id, t.name, t.scopes, t.unit, t.role, t.place, t.made_at, t.expires_at, \
        t.used_at, t.revoked_at FROM service_tokens t \
        JOIN units u ON u.id = t.unit AND u.closed_at IS NULL \
        WHERE t.token_hash = $1 AND t.revoked_at IS NULL \
        AND (t.expires_at IS NULL OR t.expires_at > $2)";
    LIST = "SELECT id, name, scopes, unit, role, place, made_at, expires_at, used_at, revoked_at \
        FROM service_tokens ORDER BY id DESC LIMIT $1";
    USE = "UPDATE service_tokens SET used_at = $1 WHERE id = $2";
    REVOKE = "UPDATE service_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
}

fn read(row: &Row<'_>) -> Result<Token, DbError> {
    Ok(Token {
        id: row.get(0)?,
        name: row.get(1)?,
        scopes: row.json(2)?,
        unit: row.get(3)?,
        role: row.get(4)?,
        place: row.get(5)?,
        made_at: row.get(6)?,
        expires_at: row.get(7)?,
        used_at: row.get(8)?,
        revoked_at: row.get(9)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, token: &Token, hash: &[u8; 32]) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            token.id,
            hash,
            &token.name,
            &json(&token.scopes)?,
            token.unit,
            token.role,
            &token.place,
            token.made_at,
            token.expires_at,
        ],
    )
}

/// The token with this hash, if it still holds.
pub fn valid(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, DbError> {
    tx.query_one(&VALID, vals![hash, now], read)
}

/// All tokens, revoked ones too, the newest first.
pub fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Token>, DbError> {
    tx.query(&LIST, vals![limit], read)
}

pub fn note_use(tx: &mut Tx<'_>, id: TokenId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&USE, vals![at, id]).map(drop)
}

/// Take a token back; one that is not there or was taken back is [`DbError::Conflict`].
pub fn revoke(tx: &mut Tx<'_>, id: TokenId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&REVOKE, vals![at, id])
}
