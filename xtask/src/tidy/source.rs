//! Rules over Rust source. Patterns are put together with `concat!`, so that this file keeps its own rules.

use crate::tidy::Fault;
use crate::tree::{File, Tree, numbered};

const FILE_LINES_MAX: usize = 400;
const INLINE_TEST_LINES_MAX: usize = 150;

/// Layers in which a kind is data and never a name.
const KINDLESS: &[&str] = &[
    "crates/domain/src/",
    "crates/store/src/",
    "crates/app/src/",
    "crates/web/src/",
];

/// Where the name of a kind is a key that was there before the kind: a word of a file format, of
/// an address.
const KEYS: &[(&str, &str)] = &[
    ("crates/domain/src/case/definition/parse.rs", "\"order\""),
    ("crates/web/src/api/v1/cases/list.rs", "\"order\""),
];

pub fn size(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| !file.is_test()) {
        let lines = file.text.lines().count();
        let code = file.inline_tests_at().map_or(lines, |at| at - 1);
        if code > FILE_LINES_MAX {
            faults.push(Fault::of(
                &file.path,
                format!(
                    "{code} lines, more than {FILE_LINES_MAX}: usually two stories, so two files"
                ),
            ));
        }
        if lines - code > INLINE_TEST_LINES_MAX {
            faults.push(Fault::of(
                &file.path,
                format!(
                    "{} lines of tests: move them to a sibling `*_tests.rs`",
                    lines - code
                ),
            ));
        }
    }
    Ok(faults)
}

pub fn heads(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    Ok(tree
        .rust()
        .filter(|file| !file.is_test() && !file.text.starts_with("//!"))
        .map(|file| {
            Fault::at(
                &file.path,
                1,
                "begin with `//!`: what this is, and how to add one more",
            )
        })
        .collect())
}

pub fn allow(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let patterns = [concat!("#[", "allow("), concat!("#![", "allow(")];
    Ok(every_line(
        tree,
        &patterns,
        "write `#[expect(…, reason = \"…\")]`",
    ))
}

pub fn left_open(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let patterns = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
        concat!("#[", "ignore"),
        concat!("FIX", "ME"),
        concat!("TO", "DO:"),
        concat!("XX", "X:"),
    ];
    Ok(every_line(
        tree,
        &patterns,
        "finish it, or take it out and open an issue",
    ))
}

pub fn unwrap(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let message = "an own bug: `expect` with why it cannot fail; other people's: an error";
    Ok(tree
        .rust()
        .flat_map(|file| in_code(file, &[concat!(".unwrap", "()")], message))
        .collect())
}

pub fn kind_names(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let quoted: Vec<String> = tree
        .kinds()
        .iter()
        .map(|kind| format!("\"{kind}\""))
        .collect();
    let is_key = |file: &File, name: &str| {
        KEYS.iter()
            .any(|(path, key)| file.path == *path && name == *key)
    };
    Ok(tree
        .rust()
        .filter(|file| KINDLESS.iter().any(|layer| file.path.starts_with(layer)))
        .flat_map(|file| {
            let names = quoted.iter().map(String::as_str);
            let patterns: Vec<&str> = names.filter(|name| !is_key(file, name)).collect();
            in_code(
                file,
                &patterns,
                "kinds are data: say it in the kind's folder",
            )
        })
        .collect())
}

pub fn sql(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let patterns = [
        "\"SELECT ",
        "\"INSERT INTO ",
        "\"DELETE FROM ",
        "\"CREATE TABLE ",
        "\"WITH RECURSIVE ",
    ];
    Ok(outside_store(
        tree,
        &patterns,
        "the only SQL is in crates/store: add a function there",
    ))
}

pub fn drivers(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let patterns = ["rusqlite::", "postgres::", "use rusqlite", "use postgres"];
    Ok(outside_store(
        tree,
        &patterns,
        "only crates/store talks to a database",
    ))
}

fn outside_store(tree: &Tree, patterns: &[&str], message: &str) -> Vec<Fault> {
    tree.rust()
        .filter(|file| file.path.starts_with("crates/") && !file.path.starts_with("crates/store/"))
        .flat_map(|file| in_code(file, patterns, message))
        .collect()
}

/// Lines with one of the patterns, in tests too.
fn every_line(tree: &Tree, patterns: &[&str], message: &str) -> Vec<Fault> {
    tree.rust()
        .flat_map(|file| found(&file.path, numbered(&file.text), patterns, message))
        .collect()
}

fn in_code(file: &File, patterns: &[&str], message: &str) -> Vec<Fault> {
    found(&file.path, file.code(), patterns, message)
}

fn found<'a>(
    path: &str,
    lines: impl Iterator<Item = (usize, &'a str)>,
    patterns: &[&str],
    message: &str,
) -> Vec<Fault> {
    lines
        .filter_map(|(number, line)| {
            let pattern = patterns.iter().find(|pattern| line.contains(**pattern))?;
            Some(Fault::at(path, number, format!("`{pattern}`: {message}")))
        })
        .collect()
}
