//! What was closed this month in what somebody looks after: by kind and by unit.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::id::UnitId;
use huiyin_store::rollups::{self, Sum};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;

use super::figures::measure;
use crate::{App, Error, Refusal};

/// How many cases were closed since the first of the month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// The first day counted.
    pub since: Date,
    pub closed: i64,
    pub by_kind: BTreeMap<String, i64>,
    pub by_unit: BTreeMap<UnitId, i64>,
}

/// The month so far.
pub async fn month(app: &App, actor: &Actor) -> Result<Month, Error> {
    let scope = scope(actor, Action::FiguresRead);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let today = app.config.day(app.now());
    let since = today.first_of_month();
    let read =
        move |tx: &mut Tx<'_>| -> Result<_, DbError> { rollups::sums(tx, [since, today], None) };
    let sums = app.store.read(read).await.map_err(Error::from)?;
    let mut month = Month {
        since,
        ..Month::default()
    };
    for sum in sums.iter().filter(|sum| counts(&scope, sum)) {
        month.closed += sum.amount;
        *month.by_kind.entry(sum.kind.clone()).or_default() += sum.amount;
        if let Some(unit) = sum.unit {
            *month.by_unit.entry(unit).or_default() += sum.amount;
        }
    }
    Ok(month)
}

/// Figures are kept by street: whoever looks after less than a street sees their own unit's.
fn counts(scope: &Scope, sum: &Sum) -> bool {
    let own = sum.unit.is_some_and(|unit| scope.units().contains(&unit));
    let near = scope
        .places()
        .iter()
        .any(|place| sum.street.is_within(place));
    sum.measure == measure::CLOSED && (own || near || scope.is_everything())
}
