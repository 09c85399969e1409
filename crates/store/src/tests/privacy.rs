//! Every column says how private it is, and both engines have the same ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::scratch::Scratch;
use crate::{DbError, Engine, Statement};

const COLUMNS: Statement = Statement::split(
    "test::COLUMNS",
    "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     AND t.name NOT LIKE 'search\\_%' ESCAPE '\\'",
    "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
     WHERE table_schema = 'public' AND NOT (table_name = 'search' AND column_name = 'rowid')",
);

type Tables = BTreeMap<String, BTreeSet<String>>;

fn tables(scratch: &Scratch) -> (Engine, Tables) {
    let store = scratch.open();
    let columns: Vec<(String, String)> = store
        .read_blocking(|tx| tx.query(&COLUMNS, &[], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(|error: crate::ReadError<DbError>| error)
        .unwrap();
    let mut tables = Tables::new();
    for (table, column) in columns {
        tables.entry(table).or_default().insert(column);
    }
    (store.engine(), tables)
}

#[test]
fn every_column_says_how_private_it_is() {
    let marked: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("../../columns.toml")).unwrap();
    for (table, columns) in &marked {
        for (column, word) in columns {
            let known = ["public", "personal", "secret", "internal"].contains(&word.as_str());
            assert!(known, "{table}.{column} is {word:?}");
        }
    }
    let marked: Tables = marked
        .into_iter()
        .map(|(table, columns)| (table, columns.into_keys().collect()))
        .collect();
    for scratch in Scratch::each() {
        let (engine, tables) = tables(&scratch);
        for (table, columns) in &tables {
            let none = BTreeSet::new();
            let marked = marked.get(table).unwrap_or(&none);
            let missing: Vec<_> = columns.difference(marked).collect();
            assert!(
                missing.is_empty(),
                "{engine:?}: mark {table} {missing:?} in columns.toml"
            );
            let extra: Vec<_> = marked.difference(columns).collect();
            assert!(extra.is_empty(), "{engine:?}: {table} has no {extra:?}");
        }
        assert_eq!(
            tables.keys().collect::<Vec<_>>(),
            marked.keys().collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_everybody_may_see_has_no_personal_column() {
    let marked: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("../../columns.toml")).unwrap();
    for table in [
        "public_cases",
        "places",
        "units",
        "items",
        "duties",
        "calendars",
        "special_days",
        "menu_services",
        "gifts",
        "gift_lines",
    ] {
        for (column, word) in &marked[table] {
            assert_eq!(word, "public", "{table}.{column}");
        }
    }
}

#[test]
fn a_dump_leaves_nothing_out_by_mistake() {
    let marked: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("../../columns.toml")).unwrap();
    for table in marked.keys() {
        let copied = crate::dump::TABLES
            .iter()
            .any(|(copied, _)| copied == table);
        let left_out = crate::dump::LEFT_OUT.contains(&table.as_str());
        assert!(copied != left_out, "{table}");
    }
}
