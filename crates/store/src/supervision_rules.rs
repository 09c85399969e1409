//! Rules of the house that count from a day on. Only ever added: what held on a past day stays.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Rates,
    FollowUps,
    Inspections,
}

impl Sort {
    fn word(self) -> &'static str {
        match self {
            Sort::Rates => "rates",
            Sort::FollowUps => "follow-ups",
            Sort::Inspections => "inspections",
        }
    }
}

statements! {
    INSERT = "INSERT INTO supervision_rules (id, sort, starts_on, rules, made_at) \
        VALUES ($1, $2, $3, $4, $5)";
    OF_SORT = "SELECT starts_on, rules FROM supervision_rules WHERE sort = $1 ORDER BY id";
}

/// Add a rule that counts from a day on.
pub fn add(
    tx: &mut Tx<'_>,
    (id, sort): (i64, Sort),
    starts_on: Date,
    rules: &impl Serialize,
    made_at: Timestamp,
) -> Result<(), DbError> {
    let rules = json(rules)?;
    tx.execute_one(&INSERT, vals![id, sort.word(), starts_on, &rules, made_at])
}

/// Every rule of a sort, in the order in which they were said.
pub fn of_sort<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    sort: Sort,
) -> Result<Vec<(Date, T)>, DbError> {
    tx.query(&OF_SORT, vals![sort.word()], |row: &Row<'_>| {
        Ok((row.get(0)?, row.json(1)?))
    })
}
