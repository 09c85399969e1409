//! The pieces of SQL of which the statements of lists are put together. All
//! lists have the same conditions at the same places, so that one set of
//! parameters serves them all.

macro_rules! columns {
    () => {
        "c.id, c.version, c.kind, c.stage, c.place, c.item, c.urgent_at, c.owner_unit, \
         c.owner_person, c.opened_unit, c.opened_at, c.changed_at, c.closed_at, c.outcome, \
         c.clock, c.clock_started_at, c.due_at, c.title"
    };
}

/// Conditions $3 to $9, the same in every list.
macro_rules! filters {
    () => {
        " AND ($3 = '' OR c.kind = $3) AND ($4 = '' OR c.stage = $4) \
         AND ($5 = '' OR c.item = $5 OR (c.item >= $5 || '.' AND c.item < $5 || '/')) \
         AND (CAST($6 AS BIGINT) = 0 OR c.urgent_at IS NOT NULL) \
         AND ($7 = 9223372036854775807 OR c.due_at < $7) \
         AND c.place >= $8 AND c.place < $9 "
    };
}

macro_rules! open {
    ($what:expr, $from:expr, $anchor:expr, $limit:expr) => {
        concat!(
            "SELECT ",
            $what,
            " FROM ",
            $from,
            " WHERE c.closed_at IS NULL AND (c.due_at, c.id) > ($1, $2)",
            filters!(),
            $anchor,
            " ORDER BY c.due_at, c.id LIMIT ",
            $limit
        )
    };
}

macro_rules! newest {
    ($what:expr, $from:expr, $key:expr, $anchor:expr, $limit:expr) => {
        concat!(
            "SELECT ",
            $what,
            " FROM ",
            $from,
            " WHERE ",
            $key,
            " < $1",
            " AND ($2 = '' OR ($2 = 'open' AND c.closed_at IS NULL) \
              OR ($2 = 'closed' AND c.closed_at IS NOT NULL))",
            filters!(),
            $anchor,
            " ORDER BY ",
            $key,
            " DESC LIMIT ",
            $limit
        )
    };
}

macro_rules! called {
    () => {
        "calls k JOIN cases c ON c.id = k.case_id"
    };
}
macro_rules! reached {
    () => {
        "case_units u JOIN cases c ON c.id = u.case_id"
    };
}
macro_rules! found {
    () => {
        "search CROSS JOIN cases c"
    };
}
macro_rules! is_called {
    () => {
        "AND k.unit = $10 AND k.ended_at IS NULL"
    };
}
macro_rules! matches_sqlite {
    () => {
        "AND c.id = search.rowid AND search MATCH $10"
    };
}
macro_rules! matches_postgres {
    () => {
        "AND c.id = search.rowid AND search.words @@ CAST(CAST($10 AS TEXT) AS tsquery)"
    };
}
macro_rules! concerns {
    () => {
        " AND EXISTS (SELECT 1 FROM case_units u WHERE u.unit = $11 AND u.case_id = c.id)"
    };
}

pub(crate) use columns;
pub(super) use {
    called, concerns, filters, found, is_called, matches_postgres, matches_sqlite, newest, open,
    reached,
};
