//! Rules over documents: what they name exists, and they name nothing of one machine.

use crate::tidy::Fault;
use crate::tree::{Tree, numbered};

/// Homes that exist on one machine only. Written without slashes, so that this file keeps its own rule.
const HOMES: &[&str] = &["work", "root", "home", "farm"];

/// What is generated or fetched, and not ours to judge line by line.
const NOT_OURS: &[&str] = &["Cargo.lock", "assets/dist/", "package-lock.json"];

pub fn paths(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in tree.markdown() {
        for (number, line) in numbered(&file.text) {
            for path in line.split('`').skip(1).step_by(2).filter_map(as_path) {
                if !exists(tree, path) {
                    faults.push(Fault::at(
                        &file.path,
                        number,
                        format!("`{path}` does not exist"),
                    ));
                }
            }
        }
    }
    Ok(faults)
}

/// The path in a span of code, if it looks like one of this repository and names one thing.
fn as_path(span: &str) -> Option<&str> {
    let path = span.split(':').next()?;
    let names_one = !path.contains(['<', '>', '*', '{', '}', '…', ' ', '$', '=', '(', '|', '\\']);
    let top = path.split_once('/')?.0;
    let ours = [
        "crates", "kinds", "xtask", "assets", "e2e", "docs", ".ci", ".cargo",
    ]
    .contains(&top)
        || is_crate(top);
    (names_one && ours).then_some(path)
}

fn is_crate(name: &str) -> bool {
    [
        "domain", "store", "app", "web", "huiyin", "insight", "testkit",
    ]
    .contains(&name)
}

/// Documents may say `app/src/…` for `crates/app/src/…`.
fn exists(tree: &Tree, path: &str) -> bool {
    tree.has(path) || tree.has(&format!("crates/{path}"))
}

pub fn links(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in tree.markdown() {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, line) in numbered(&file.text) {
            for target in line
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split([')', '#', ' ']).next())
            {
                let elsewhere =
                    target.is_empty() || target.contains("://") || target.starts_with("mailto:");
                if !elsewhere && !tree.has(&resolved(folder, target)) {
                    faults.push(Fault::at(
                        &file.path,
                        number,
                        format!("the link to {target} leads nowhere"),
                    ));
                }
            }
        }
    }
    Ok(faults)
}

/// A relative link, seen from the root of the repository.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub fn machine_paths(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let ours = tree
        .files
        .iter()
        .filter(|file| !NOT_OURS.iter().any(|other| file.path.contains(other)));
    for file in ours {
        for (number, line) in numbered(&file.text) {
            if let Some(home) = HOMES.iter().find(|home| names_home(line, home)) {
                let message = format!("a path under /{home}: it exists on one machine only");
                faults.push(Fault::at(&file.path, number, message));
            }
        }
    }
    Ok(faults)
}

fn names_home(line: &str, home: &str) -> bool {
    let needle = format!("/{home}/");
    line.match_indices(&needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + needle.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric() && !['.', '}', '-', '_'].contains(&c))
            && after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

pub fn decisions(tree: &Tree) -> anyhow::Result<Vec<Fault>> {
    Ok(tree
        .markdown()
        .filter_map(|file| Some((file, file.path.strip_prefix("docs/decisions/")?)))
        .filter(|(_, name)| *name != "README.md")
        .filter(|(file, name)| {
            let date = name.get(..10).unwrap_or_default();
            !is_date(date) || !file.text.contains(&format!("Date: {date}"))
        })
        .map(|(file, _)| {
            Fault::of(
                &file.path,
                "name it `YYYY-MM-DD-what.md`, with the same day in a line `Date: YYYY-MM-DD`",
            )
        })
        .collect())
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.char_indices().all(|(index, c)| match index {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        })
}
