//! Each rule complains about what it is there for, and about nothing else.

use super::{documents, packages, source, spdx};
use crate::tree::{File, Tree};

fn tree(files: &[(&str, &str)]) -> Tree {
    let files = files.iter().map(|(path, text)| File {
        path: (*path).into(),
        text: (*text).into(),
    });
    Tree {
        files: files.collect(),
    }
}

fn places(faults: anyhow::Result<Vec<super::Fault>>) -> Vec<String> {
    faults
        .expect("the rule ran")
        .into_iter()
        .map(|fault| fault.place)
        .collect()
}

#[test]
fn a_long_file_is_named_and_a_long_test_file_is_not() {
    let long = "//! x\n".repeat(401);
    let tree = tree(&[
        ("crates/app/src/a.rs", &long),
        ("crates/app/src/a_tests.rs", &long),
    ]);
    assert_eq!(places(source::size(&tree)), ["crates/app/src/a.rs"]);
}

#[test]
fn tests_inside_a_file_may_have_150_lines() {
    let text = format!(
        "//! x\n#[cfg(test)]\nmod tests {{\n{}}}\n",
        "//\n".repeat(150)
    );
    let tree = tree(&[("crates/app/src/a.rs", &text)]);
    assert_eq!(places(source::size(&tree)), ["crates/app/src/a.rs"]);
}

#[test]
fn a_file_without_a_head_is_named() {
    let tree = tree(&[
        ("crates/app/src/a.rs", "use std::fmt;\n"),
        ("crates/app/tests/b.rs", "use std::fmt;\n"),
    ]);
    assert_eq!(places(source::heads(&tree)), ["crates/app/src/a.rs:1"]);
}

#[test]
fn allow_and_open_ends_are_found_in_tests_too() {
    let text = concat!(
        "//! x\n#[",
        "allow(dead_code)]\nfn f() { ",
        "todo",
        "!() }\n"
    );
    let tree = tree(&[("crates/app/tests/a.rs", text)]);
    assert_eq!(places(source::allow(&tree)), ["crates/app/tests/a.rs:2"]);
    assert_eq!(
        places(source::left_open(&tree)),
        ["crates/app/tests/a.rs:3"]
    );
}

#[test]
fn unwrap_is_for_tests() {
    let text = concat!(
        "a.unwrap",
        "();\n// a.unwrap",
        "();\n#[cfg(test)]\nmod tests {\na.unwrap",
        "();\n}\n"
    );
    let tree = tree(&[
        ("crates/app/src/a.rs", text),
        ("crates/app/src/a_tests.rs", text),
    ]);
    assert_eq!(places(source::unwrap(&tree)), ["crates/app/src/a.rs:1"]);
}

#[test]
fn a_kind_is_not_named_in_the_layers() {
    let text = "let kind = \"lamp\";\n";
    let tree = tree(&[
        ("kinds/lamp/kind.toml", ""),
        ("crates/app/src/a.rs", text),
        ("crates/huiyin/src/a.rs", text),
        ("crates/web/src/a.rs", "let kind = \"lamps\";\n"),
    ]);
    assert_eq!(places(source::kind_names(&tree)), ["crates/app/src/a.rs:1"]);
}

#[test]
fn sql_and_drivers_stay_in_the_store() {
    let text = "rusqlite::Connection::open(x);\nrun(\"SELECT 1\");\n";
    let tree = tree(&[
        ("crates/app/src/a.rs", text),
        ("crates/store/src/a.rs", text),
    ]);
    assert_eq!(places(source::drivers(&tree)), ["crates/app/src/a.rs:1"]);
    assert_eq!(places(source::sql(&tree)), ["crates/app/src/a.rs:2"]);
}

#[test]
fn paths_in_documents_exist() {
    let text = "See `crates/app/src/a.rs:12`, `app/src/a.rs`, `crates/`, `kinds/<slug>/`, `crates/app/src/gone.rs`.\n";
    let tree = tree(&[("README.md", text), ("crates/app/src/a.rs", "")]);
    let faults = documents::paths(&tree).expect("the rule ran");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "`crates/app/src/gone.rs` does not exist");
}

#[test]
fn links_are_followed_from_their_folder() {
    let text = "[a](../README.md#top) [b](b.md) [c](https://example.org/x) [d](#here)\n";
    let tree = tree(&[("docs/a.md", text), ("README.md", "")]);
    let faults = documents::links(&tree).expect("the rule ran");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "the link to b.md leads nowhere");
}

#[test]
fn a_home_of_one_machine_is_found() {
    let home = format!("cd /{}/me\n", "home");
    let tree = tree(&[
        ("docs/a.md", &home),
        ("docs/b.md", "see pages/home/view.rs\n"),
    ]);
    assert_eq!(places(documents::machine_paths(&tree)), ["docs/a.md:1"]);
}

#[test]
fn decisions_are_dated() {
    let tree = tree(&[
        ("docs/decisions/README.md", ""),
        (
            "docs/decisions/2026-11-22-a.md",
            "# A\n\nDate: 2026-11-22\n",
        ),
        (
            "docs/decisions/2026-11-22-b.md",
            "# B\n\nDate: 2026-11-21\n",
        ),
        ("docs/decisions/c.md", "# C\n\nDate: 2026-11-22\n"),
    ]);
    assert_eq!(
        places(documents::decisions(&tree)),
        ["docs/decisions/2026-11-22-b.md", "docs/decisions/c.md"]
    );
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
    for met in [
        "MIT",
        "MIT OR GPL-2.0",
        "GPL-2.0/MIT",
        "ISC AND (MIT OR X)",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(spdx::is_met(met, &allowed), "{met}");
    }
    for unmet in [
        "",
        "GPL-2.0",
        "MIT AND GPL-2.0",
        "Apache-2.0",
        "(MIT",
        "MIT ISC",
    ] {
        assert!(!spdx::is_met(unmet, &allowed), "{unmet}");
    }
}

#[test]
fn whatever_plants_faults_in_the_product_is_named() {
    let package = |kind: serde_json::Value, features: serde_json::Value| {
        serde_json::json!({
            "name": "huiyin-app",
            "features": { "planted": [], "default": features },
            "dependencies": [
                { "name": "huiyin-domain", "kind": kind, "features": ["planted"] },
            ],
        })
    };
    let none = serde_json::json!([]);
    let of_tests = package("dev".into(), none.clone());
    assert_eq!(packages::plants(&of_tests), []);
    let of_product = package(serde_json::Value::Null, none);
    assert_eq!(packages::plants(&of_product).len(), 1);
    let by_default = serde_json::json!(["huiyin-domain/planted"]);
    let by_default = package("dev".into(), by_default);
    assert_eq!(packages::plants(&by_default).len(), 1);
}
