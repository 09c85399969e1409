//! The pieces of SQL of which the statements of lists are put together. All
//! lists have the same conditions at the same places, so that one set of
//! parameters serves them all.

macro_rules! columns {
    () => {
        "c.id, c.version, c.kind, c.stage, c.place, c.item, c.urgent_at, c.owner_unit, \
         c.owner_person, c.opened_unit, c.opened_at, c.changed_at, c.closed_at, c.outcome, \
         c.clock, c.clock_started_at, c.due_at, c.title, c.paused_until"
    };
}

macro_rules! head {
    () => {
        "c.id, c.due_at, c.urgent_at"
    };
}

/// The conditions of a filter, with the numbers of their seven parameters.
macro_rules! filters {
    ($kind:expr, $stage:expr, $item:expr, $urgent:expr, $due:expr, $from:expr, $to:expr) => {
        concat!(
            " AND (",
            $kind,
            " = '' OR c.kind = ",
            $kind,
            ") AND (",
            $stage,
            " = '' OR c.stage = ",
            $stage,
            ") AND (",
            $item,
            " = '' OR c.item = ",
            $item,
            " OR (c.item >= ",
            $item,
            " || '.' AND c.item < ",
            $item,
            " || '/')) AND (CAST(",
            $urgent,
            " AS BIGINT) = 0 OR c.urgent_at IS NOT NULL) AND (",
            $due,
            " = 9223372036854775807 OR c.due_at < ",
            $due,
            ") AND c.place >= ",
            $from,
            " AND c.place < ",
            $to,
            " "
        )
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
            filters!("$3", "$4", "$5", "$6", "$7", "$8", "$9"),
            $anchor,
            " ORDER BY c.due_at, c.id LIMIT ",
            $limit
        )
    };
}

/// Cases of a stream of ids, newest first. SQLite hands a limited inner query
/// on in its own order and would sort it again if it were asked to.
macro_rules! newest {
    ($ids:expr, $anchor:expr, $end:expr) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM (",
            $ids,
            ") f CROSS JOIN cases c WHERE c.id = f.id",
            " AND ($5 = '' OR ($5 = 'open' AND c.closed_at IS NULL) \
              OR ($5 = 'closed' AND c.closed_at IS NOT NULL))",
            filters!("$6", "$7", "$8", "$9", "$10", "$11", "$12"),
            $anchor,
            $end
        )
    };
}

/// How far a stream of ids goes before its limit: how many were looked at, the last, and how
/// many of them fit.
macro_rules! span {
    ($ids:expr) => {
        concat!("SELECT count(*), min(f.id), count(*) FROM (", $ids, ") f")
    };
}

// Streams of ids: below $1, above $2, by $3, at most $4.

macro_rules! every_id {
    () => {
        "SELECT id FROM cases WHERE id < $1 AND id > $2 AND $3 = '' ORDER BY id DESC LIMIT $4"
    };
}
macro_rules! ids_of_unit {
    () => {
        "SELECT case_id AS id FROM case_units WHERE case_id < $1 AND case_id > $2 AND unit = $3 \
         ORDER BY case_id DESC LIMIT $4"
    };
}
macro_rules! ids_found_sqlite {
    () => {
        "SELECT rowid AS id FROM search WHERE rowid < $1 AND rowid > $2 AND search MATCH $3 \
         ORDER BY rowid DESC LIMIT $4"
    };
}
/// The newest texts, at most $4, whether they have the words $3 or not.
macro_rules! texts_postgres {
    () => {
        "SELECT rowid AS id, words FROM search WHERE rowid < $1 AND rowid > $2 AND $3 <> '' \
         ORDER BY rowid DESC LIMIT $4"
    };
}
macro_rules! has_words_postgres {
    () => {
        "t.words @@ CAST(CAST($3 AS TEXT) AS tsquery)"
    };
}
/// Of the newest $4 texts those with the words.
macro_rules! ids_found_postgres {
    () => {
        concat!(
            "SELECT t.id FROM (",
            texts_postgres!(),
            ") t WHERE ",
            has_words_postgres!()
        )
    };
}
macro_rules! span_found_postgres {
    () => {
        concat!(
            "WITH t AS (",
            texts_postgres!(),
            ") SELECT count(*), min(t.id), count(*) FILTER (WHERE ",
            has_words_postgres!(),
            ") FROM t"
        )
    };
}
/// By the index of words, which knows no order: all that have them are fetched.
macro_rules! ids_indexed_postgres {
    () => {
        concat!(
            "WITH found AS MATERIALIZED (SELECT t.rowid AS id FROM search t \
             WHERE t.rowid < $1 AND t.rowid > $2 AND ",
            has_words_postgres!(),
            ") SELECT id FROM found ORDER BY id DESC LIMIT $4"
        )
    };
}
/// Of a unit with few cases, of which each is tried; $4 is the unit.
macro_rules! ids_tried_sqlite {
    () => {
        "SELECT u.case_id AS id FROM case_units u CROSS JOIN search \
         WHERE u.case_id < $1 AND u.case_id > $2 AND search.rowid = u.case_id \
         AND search MATCH $3 AND u.unit = $4 ORDER BY u.case_id DESC LIMIT 1000"
    };
}
macro_rules! ids_tried_postgres {
    () => {
        "SELECT u.case_id AS id FROM case_units u JOIN search ON search.rowid = u.case_id \
         WHERE u.case_id < $1 AND u.case_id > $2 \
         AND search.words @@ CAST(CAST($3 AS TEXT) AS tsquery) AND u.unit = $4 \
         ORDER BY u.case_id DESC LIMIT 1000"
    };
}

macro_rules! called {
    () => {
        "calls k JOIN cases c ON c.id = k.case_id"
    };
}
macro_rules! is_called {
    () => {
        "AND k.unit = $10 AND k.ended_at IS NULL"
    };
}
macro_rules! concerns {
    () => {
        " AND EXISTS (SELECT 1 FROM case_units u WHERE u.unit = $13 AND u.case_id = c.id)"
    };
}

pub(crate) use columns;
pub(super) use {
    called, concerns, every_id, filters, has_words_postgres, head, ids_found_postgres,
    ids_found_sqlite, ids_indexed_postgres, ids_of_unit, ids_tried_postgres, ids_tried_sqlite,
    is_called, newest, open, span, span_found_postgres, texts_postgres,
};
