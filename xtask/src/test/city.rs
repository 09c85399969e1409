//! A day of a year of a very large city, as `cargo xtask bench year` replays it, of a hundredth of
//! the city and in half a minute: all that the plan brings is gone on with to its end, and
//! `verify` finds nothing. How fast it is nobody asks here. With a fault planted `verify` must have
//! something to say.

use std::path::Path;
use std::process::Command;

use super::build;
use super::counts::Counts;
use super::watch::watch;
use crate::shell;

/// A unit that gets a case does not list it (`domain/src/planted.rs`).
const PLANTED: &str = "ListForgets";

pub fn run() -> anyhow::Result<Counts> {
    let folder = shell::target_dir().join("city");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut day = replay(&folder.join("day"), 24 * 60 * 2)?;
    let day = watch(&mut day)?;
    let all = day.succeeded && day.printed.contains("| verify | nothing found");
    let mut control = replay(&folder.join("control"), 24 * 60 * 6)?;
    let control = watch(control.env("HUIYIN_PLANTED", PLANTED))?;
    let is_found = !control.succeeded && control.printed.contains("verify: ");
    let mut counts = Counts::default();
    for (holds, what) in [
        (all, "all that came is done, and verify finds nothing"),
        (is_found, "with ListForgets verify finds it"),
    ] {
        println!(
            "{} a day of a city: {what}",
            if holds { "passed" } else { "failed" }
        );
        counts.passed += u64::from(holds);
        counts.failed += u64::from(!holds);
    }
    if counts.failed == 0 {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(counts)
}

/// One day of a hundredth of the city, so many times faster than it was lived.
fn replay(folder: &Path, faster: u32) -> anyhow::Result<Command> {
    std::fs::create_dir_all(folder)?;
    let mut command = Command::new(build::example("bench_loop")?);
    command
        .args(["--what", "year", "--cases", "1", "--percent", "1"])
        .args(["--faster", &faster.to_string(), "--database"])
        .arg(format!("sqlite:{}", folder.join("huiyin.db").display()))
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--binary")
        .arg(build::product()?)
        .arg("--on-disk")
        .arg(folder);
    Ok(command)
}
