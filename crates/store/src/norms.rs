//! Norms: how long something may take, since when. Public. A line that counts is never rewritten.

use huiyin_domain::norm::{Line, Norm, Scope, Urgency};
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    ADD = "INSERT INTO norms (kind, clock, item, request, urgency, from_day, time_limit, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    READ_ALL = "SELECT kind, clock, item, request, urgency, from_day, time_limit FROM norms \
        ORDER BY kind, clock, item, request, urgency, from_day";
}

/// Add a line.
pub fn add(tx: &mut Tx<'_>, norm: &Norm, now: Timestamp) -> Result<(), DbError> {
    let Line { scope, limit } = &norm.line;
    let limit = limit.to_string();
    tx.execute_one(
        &ADD,
        vals![
            &norm.kind,
            &norm.clock,
            scope.item.as_ref().map_or("", ItemCode::as_str),
            scope.request.as_deref().unwrap_or(""),
            scope.urgency.word(),
            norm.from_day,
            &limit,
            now,
        ],
    )
}

/// Every line, by what it holds for and since when.
pub fn read_all(tx: &mut Tx<'_>) -> Result<Vec<Norm>, DbError> {
    tx.query(&READ_ALL, &[], read)
}

fn read(row: &Row<'_>) -> Result<Norm, DbError> {
    let broken = |what: &str| DbError::Broken(format!("{what} of a norm"));
    let given = |position: usize| -> Result<Option<String>, DbError> {
        let text: String = row.get(position)?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    };
    let item = given(2)?.map(|item| item.parse().map_err(|_| broken("the item")));
    let urgency: String = row.get(4)?;
    let urgency: Result<Urgency, ()> = urgency.parse();
    let limit: String = row.get(6)?;
    Ok(Norm {
        kind: row.get(0)?,
        clock: row.get(1)?,
        from_day: row.get(5)?,
        line: Line {
            scope: Scope {
                item: item.transpose()?,
                request: given(3)?,
                urgency: urgency.map_err(|()| broken("the urgency"))?,
            },
            limit: limit.parse().map_err(|_| broken("the limit"))?,
        },
    })
}
