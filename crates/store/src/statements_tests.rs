use std::collections::HashSet;
use std::path::Path;

use super::all;
use crate::scratch::Scratch;
use crate::{DbError, Engine, Statement};

#[test]
fn every_statement_can_be_prepared() {
    for scratch in Scratch::each() {
        let store = scratch.open();
        let faults = store
            .write_blocking(0, |tx| {
                let mut faults = Vec::new();
                for statement in all() {
                    match tx.prepare(statement) {
                        Ok(count) if count == parameters(statement, tx.engine()).len() => {}
                        Ok(count) => faults.push(format!("{}: {count}", statement.name)),
                        Err(error) => {
                            let source = std::error::Error::source(&error).map(ToString::to_string);
                            faults.push(format!("{error} {source:?}"));
                            // The rest would only say that the transaction is aborted.
                            if tx.engine() == Engine::Postgres {
                                break;
                            }
                        }
                    }
                }
                Ok::<_, DbError>(faults)
            })
            .unwrap();
        assert!(faults.is_empty(), "{:?}: {faults:#?}", store.engine());
    }
}

/// The different parameters of a statement in the order of their first use.
fn parameters(statement: &Statement, engine: Engine) -> Vec<usize> {
    let mut found = Vec::new();
    for part in statement.text(engine).split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().unwrap();
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

#[test]
fn parameters_are_numbered_in_the_order_of_their_first_use() {
    for statement in all() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let found = parameters(statement, engine);
            let expected: Vec<_> = (1..=found.len()).collect();
            assert_eq!(found, expected, "{}", statement.name);
        }
    }
}

#[test]
fn every_file_with_statements_is_in_the_list_once() {
    let names: Vec<_> = all().map(|statement| statement.name).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in [src.clone(), src.join("lists")]
        .iter()
        .flat_map(|folder| folder.read_dir().unwrap())
    {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let is_ours = std::fs::read_to_string(&path)
            .is_ok_and(|text| text.lines().any(|line| line == "statements! {"));
        let module = path.strip_prefix(&src).unwrap().with_extension("");
        let module = module
            .to_str()
            .unwrap()
            .trim_end_matches("/mod")
            .replace('/', "::");
        let listed = names.iter().any(|name| {
            name.strip_prefix("huiyin_store::")
                .and_then(|name| name.strip_prefix(&module))
                .is_some_and(|rest| {
                    rest.trim_start_matches("::")
                        .bytes()
                        .all(|b| !b.is_ascii_lowercase())
                })
        });
        assert_eq!(is_ours, listed, "{module}");
    }
}
