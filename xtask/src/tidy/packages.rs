//! Rules over the dependency tree: who may use whom, which licences, which crates never.
//! The lists of licences and bans are those of `deny.toml`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use serde_json::Value;

use crate::shell::{self, root};
use crate::tidy::{Fault, spdx};
use crate::tree::Tree;

/// Which crates of the house each crate may use: only those to its left.
const LINE: &[(&str, &[&str])] = &[
    ("huiyin-domain", &[]),
    ("huiyin-insight", &[]),
    ("huiyin-store", &["huiyin-domain"]),
    (
        "huiyin-app",
        &["huiyin-domain", "huiyin-insight", "huiyin-store"],
    ),
    ("huiyin-web", &["huiyin-domain", "huiyin-app"]),
    (
        "huiyin-testkit",
        &[
            "huiyin-domain",
            "huiyin-insight",
            "huiyin-store",
            "huiyin-app",
        ],
    ),
    (
        "huiyin",
        &[
            "huiyin-domain",
            "huiyin-store",
            "huiyin-app",
            "huiyin-web",
            "huiyin-testkit",
        ],
    ),
    ("xtask", &[]),
];

pub fn layers(_: &Tree) -> anyhow::Result<Vec<Fault>> {
    let metadata = metadata()?;
    let ours: BTreeSet<&str> = strings(&metadata["workspace_members"]).collect();
    let mut faults = Vec::new();
    for package in packages(&metadata).filter(|package| ours.contains(text(&package["id"]))) {
        let name = text(&package["name"]);
        let Some((_, allowed)) = LINE.iter().find(|(known, _)| *known == name) else {
            faults.push(Fault::of(
                name,
                "a crate without a place in the line: xtask/src/tidy/packages.rs",
            ));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let used = text(&dependency["name"]);
            let is_ours = dependency["path"].is_string();
            if is_ours && dependency["kind"].is_null() && !allowed.contains(&used) {
                faults.push(Fault::of(
                    name,
                    format!("uses {used}, which does not stand to its left"),
                ));
            }
        }
    }
    Ok(faults)
}

pub fn licences(_: &Tree) -> anyhow::Result<Vec<Fault>> {
    let rules = deny_toml()?;
    let allowed: Vec<&str> = rules["licenses"]["allow"]
        .as_array()
        .context("deny.toml has no licenses.allow")?
        .iter()
        .filter_map(|licence| licence.as_str())
        .collect();
    let metadata = metadata()?;
    let used = used(&metadata);
    Ok(packages(&metadata)
        .filter(|package| used.contains_key(text(&package["id"])))
        .filter(|package| !spdx::is_met(text(&package["license"]), &allowed))
        .map(|package| {
            let message = format!(
                "licence `{}` is not in the list of deny.toml",
                text(&package["license"])
            );
            Fault::of(text(&package["name"]), message)
        })
        .collect())
}

pub fn bans(_: &Tree) -> anyhow::Result<Vec<Fault>> {
    let rules = deny_toml()?;
    let metadata = metadata()?;
    let used = used(&metadata);
    let names: BTreeMap<&str, &str> = packages(&metadata)
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let mut faults = Vec::new();
    for ban in rules["bans"]["deny"]
        .as_array()
        .context("deny.toml has no bans.deny")?
    {
        let banned = ban["crate"]
            .as_str()
            .context("a ban in deny.toml names no crate")?;
        let wrappers: Vec<&str> = ban
            .get("wrappers")
            .and_then(|wrappers| wrappers.as_array())
            .map(|wrappers| {
                wrappers
                    .iter()
                    .filter_map(|wrapper| wrapper.as_str())
                    .collect()
            })
            .unwrap_or_default();
        let users = used
            .iter()
            .filter(|(id, _)| names[*id] == banned)
            .flat_map(|(_, users)| users.iter().map(|user| names[user]));
        for user in users.filter(|user| !wrappers.contains(user)) {
            let reason = ban
                .get("reason")
                .and_then(|reason| reason.as_str())
                .unwrap_or("banned");
            faults.push(Fault::of(user, format!("brings in {banned}: {reason}")));
        }
    }
    Ok(faults)
}

/// The feature with which faults can be planted.
const PLANTED: &str = "planted";

/// Only tests turn on what lets faults be planted: no feature does, and no dependency but one of
/// tests.
pub fn planted(_: &Tree) -> anyhow::Result<Vec<Fault>> {
    let metadata = metadata()?;
    Ok(packages(&metadata).flat_map(plants).collect())
}

pub(super) fn plants(package: &Value) -> Vec<Fault> {
    let name = text(&package["name"]);
    let is_planted = |feature: &str| feature.rsplit('/').next() == Some(PLANTED);
    let mut faults = Vec::new();
    let features = package["features"].as_object().into_iter().flatten();
    for (feature, turns_on) in features {
        if strings(turns_on).any(is_planted) {
            let what =
                format!("the feature `{feature}` turns on `{PLANTED}`, which only tests may");
            faults.push(Fault::of(name, what));
        }
    }
    let dependencies = list(&package["dependencies"]);
    for used in dependencies.filter(|used| text(&used["kind"]) != "dev") {
        if strings(&used["features"]).any(is_planted) {
            let what = format!(
                "uses {} with `{PLANTED}`: make it a dependency of tests",
                text(&used["name"])
            );
            faults.push(Fault::of(name, what));
        }
    }
    faults
}

/// Packages that are really built here, each with those that use it.
fn used(metadata: &Value) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        used.entry(text(&node["id"])).or_default();
        for dependency in strings(&node["dependencies"]) {
            used.entry(dependency)
                .or_default()
                .insert(text(&node["id"]));
        }
    }
    used
}

fn deny_toml() -> anyhow::Result<toml::Table> {
    let text =
        std::fs::read_to_string(root().join("deny.toml")).context("cannot read deny.toml")?;
    text.parse().context("deny.toml is not TOML")
}

fn metadata() -> anyhow::Result<Value> {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let json = shell::output(shell::cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        &target,
    ]))?;
    serde_json::from_str(&json).context("cargo metadata is not JSON")
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    list(&metadata["packages"])
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    list(value).map(text)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
