//! Journeys in a real browser: Playwright over Debian's Chromium, against the binary that the tests built.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::shell::{self, root};
use crate::test::build;
use crate::test::counts::Counts;
use crate::test::named;
use crate::test::watch::watch;

pub fn folder() -> PathBuf {
    root().join("e2e")
}

pub fn exists() -> bool {
    folder().join("package.json").exists()
}

fn report() -> PathBuf {
    shell::target_dir().join("playwright.json")
}

/// What did not pass at once when they were last run.
pub fn named() -> Vec<String> {
    named::of_playwright(&std::fs::read_to_string(report()).unwrap_or_default())
}

pub fn run(filter: Option<&str>) -> anyhow::Result<Counts> {
    let binary = build::product()?;
    let report = report();
    std::fs::remove_file(&report).ok();
    let watched = watch(
        Command::new("node")
            .args([
                "node_modules/@playwright/test/cli.js",
                "test",
                "--reporter=list,json",
            ])
            .args(filter.map(|filter| format!("--grep={filter}")))
            .current_dir(folder())
            .env("HUIYIN_BIN", binary)
            .env(
                "CHROMIUM",
                shell::find("chromium").context("Chromium is not installed")?,
            )
            .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
            .env("PLAYWRIGHT_HTML_OPEN", "never"),
    )?;
    let report = std::fs::read_to_string(&report).context("Playwright left no report")?;
    Ok(Counts::of_playwright(&report)?.or_one_failed(watched.succeeded))
}
