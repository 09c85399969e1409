//! Skills: what volunteers can do, as a tree. Public.

use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::{Skill, SkillCode};
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    ADD = "INSERT INTO skills (code, names, place) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    RENAME = "UPDATE skills SET names = $1 WHERE code = $2 AND place IS NULL AND names <> $1";
    BUILT_IN = "SELECT code, names, place FROM skills WHERE place IS NULL";
    LIST = "SELECT code, names, place FROM skills WHERE closed_at IS NULL \
        AND (place IS NULL OR place = $1) ORDER BY code";
    CLOSE = "UPDATE skills SET closed_at = $1 WHERE code = $2 AND place = $3 AND closed_at IS NULL";
}

/// Adds a skill; whether it was not there yet.
pub fn add(tx: &mut Tx<'_>, skill: &Skill) -> Result<bool, DbError> {
    let names = json(&skill.names)?;
    let values = vals![&skill.code, &names, skill.place.as_ref()];
    Ok(tx.execute(&ADD, values)? == 1)
}

/// Gives a skill of the product the names that it has now.
pub fn rename(tx: &mut Tx<'_>, skill: &Skill) -> Result<(), DbError> {
    let names = json(&skill.names)?;
    tx.execute(&RENAME, vals![&names, &skill.code]).map(drop)
}

/// The skills of the product as they are kept.
pub fn built_in(tx: &mut Tx<'_>) -> Result<Vec<Skill>, DbError> {
    tx.query(&BUILT_IN, &[], read)
}

/// What is asked for in a community: the skills of the product, and its own.
pub fn list(tx: &mut Tx<'_>, community: &PlaceCode) -> Result<Vec<Skill>, DbError> {
    tx.query(&LIST, vals![community], read)
}

fn read(row: &Row<'_>) -> Result<Skill, DbError> {
    Ok(Skill {
        code: row.get(0)?,
        names: row.json(1)?,
        place: row.get(2)?,
    })
}

/// A community asks for its own skill no longer; whether it did.
pub fn close(
    tx: &mut Tx<'_>,
    code: &SkillCode,
    community: &PlaceCode,
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, vals![at, code, community])? == 1)
}
