//! Where open cases lie: what a map shows of them, within a scope.

use std::collections::BTreeSet;

use huiyin_domain::access::Scope;
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use super::sql::{called, filters, is_called, open};
use super::streams::{Line, Window, by_due, streams};
use super::{Filter, Order};
use crate::statements::statements;
use crate::{DbError, Statement, Tx};

macro_rules! lying {
    () => {
        "c.id, c.due_at, c.place"
    };
}

statements! {
    LYING_WITH_OWNER = open!(lying!(), "cases c", "AND c.owner_unit = $10", "$11");
    LYING_WITH_OPENER = open!(lying!(), "cases c", "AND c.opened_unit = $10", "$11");
    LYING_WITH_CALLED = open!(lying!(), called!(), is_called!(), "$11");
    LYING_IN_STREET = open!(lying!(), "cases c", "AND c.street = $10", "$11");
    LYING_ANYWHERE = open!(lying!(), "cases c", "", "$10");
}

/// An open case, as far as a map shows it; in the order in which they fall due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lying {
    pub due_at: Option<Timestamp>,
    pub id: CaseId,
    pub place: PlaceCode,
}

impl Line for Lying {
    const STATEMENTS: [&'static Statement; 5] = [
        &LYING_WITH_OWNER,
        &LYING_WITH_OPENER,
        &LYING_WITH_CALLED,
        &LYING_IN_STREET,
        &LYING_ANYWHERE,
    ];
}

/// Where the open cases in `scope` lie, at most `cap`: those that fall due first.
pub fn lying(
    tx: &mut Tx<'_>,
    scope: &Scope,
    place: Option<&PlaceCode>,
    cap: i64,
) -> Result<Vec<Lying>, DbError> {
    let window = Window {
        after: None,
        limit: cap,
    };
    let filter = Filter {
        place: place.cloned(),
        ..Filter::default()
    };
    let mut found: BTreeSet<Lying> = BTreeSet::new();
    for stream in streams(scope, &filter, Order::Due) {
        found.extend(by_due(tx, &stream, &filter, window, |row| {
            Ok(Lying {
                id: row.get(0)?,
                due_at: row.get(1)?,
                place: row.get(2)?,
            })
        })?);
    }
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    Ok(found.into_iter().take(cap).collect())
}
