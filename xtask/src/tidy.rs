//! `cargo xtask tidy`: the house rules, each a small function from the tree to its faults.
//!
//! To add a rule: write the function in the file of its family and one line in `RULES`; show in
//! `tidy/rules_tests.rs` that it can complain.

mod documents;
mod generated;
mod packages;
mod source;
mod spdx;

#[cfg(test)]
mod rules_tests;

use anyhow::bail;

use crate::shell::root;
use crate::tree::Tree;

type Rule = fn(&Tree) -> anyhow::Result<Vec<Fault>>;

/// What each rule asks for, and the function that looks.
const RULES: &[(&str, Rule)] = &[
    ("a file tells one story", source::size),
    ("a file says what it is", source::heads),
    ("expect with a reason, never allow", source::allow),
    ("nothing is left open", source::left_open),
    ("no unwrap outside tests", source::unwrap),
    ("no kind's name in Rust", source::kind_names),
    ("SQL stands in the store", source::sql),
    ("drivers are imported by the store", source::drivers),
    ("crates stand in one line", packages::layers),
    ("licences are compatible", packages::licences),
    ("banned crates stay out", packages::bans),
    ("nothing is planted in the product", packages::planted),
    ("paths in documents exist", documents::paths),
    ("links in documents lead somewhere", documents::links),
    ("no path of one machine", documents::machine_paths),
    ("a decision has its date", documents::decisions),
    ("the tree is clean in CI", generated::clean),
];

/// One place where a rule does not hold, and what to do about it.
#[derive(Debug, PartialEq)]
pub struct Fault {
    place: String,
    message: String,
}

impl Fault {
    fn at(path: &str, line: usize, message: impl Into<String>) -> Fault {
        Fault {
            place: format!("{path}:{line}"),
            message: message.into(),
        }
    }

    fn of(place: &str, message: impl Into<String>) -> Fault {
        Fault {
            place: place.to_owned(),
            message: message.into(),
        }
    }
}

pub fn run() -> anyhow::Result<()> {
    let tree = Tree::read(root())?;
    let mut faults = 0;
    for (asks, rule) in RULES {
        let found = rule(&tree)?;
        if !found.is_empty() {
            println!("{asks}:");
        }
        for fault in &found {
            println!("  {}: {}", fault.place, fault.message);
        }
        faults += found.len();
    }
    if faults > 0 {
        bail!("{faults} faults against the house rules");
    }
    println!(
        "tidy: {} rules hold over {} files",
        RULES.len(),
        tree.files.len()
    );
    Ok(())
}
