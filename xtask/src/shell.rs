//! Running other programs: where the repository is, what is installed, and errors that name the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// What databases and files of all tests that run at once take, with much to spare.
const ROOM_MIB: u64 = 4096;

/// The root of the repository this tool was built from.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the repository")
}

/// A `cargo` command of the same toolchain, in the root of the repository. It is not told what
/// cargo says of this tool itself: build scripts that listen for it would run again, and all that
/// stands on them would be built anew after every build by hand.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_"];
        if own
            .iter()
            .any(|own| name.to_string_lossy().starts_with(own))
        {
            command.env_remove(name);
        }
    }
    command
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A folder that lies in memory and has room for tests, if the machine has one.
pub fn in_memory() -> Option<PathBuf> {
    let folder = PathBuf::from("/dev/shm");
    let kinds_and_room = output(
        Command::new("df")
            .args(["--output=fstype,avail", "--block-size=1M"])
            .arg(&folder),
    );
    let told = kinds_and_room.ok()?;
    let (kind, room) = told.lines().last()?.trim().split_once(' ')?;
    let enough = room.trim().parse().is_ok_and(|mib: u64| mib >= ROOM_MIB);
    (kind == "tmpfs" && enough).then_some(folder)
}

/// Runs a command with its output on the screen; anything but success is an error.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Runs a command and gives what it printed; its complaints stay on the screen.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{command:?} did not print UTF-8"))
}

/// The program of this name on the search path, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}
