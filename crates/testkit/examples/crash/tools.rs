//! Programs of the machine: what they complain of is part of what is told.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Stdio};

use crate::finding::Fault;

/// Runs it to its end; anything but success is a fault, in its own words.
pub fn run(program: &str, arguments: &[&str]) -> Result<(), Fault> {
    let mut command = Command::new(program);
    let output = command.args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let arguments = arguments.join(" ");
            Err(format!("{program} {arguments}: {}", said.trim()).into())
        }
    }
}

/// Runs it to its end, whatever it says; anything but success is a fault. What a server that it
/// started keeps open is not waited for.
pub fn quietly(command: &mut Command) -> Result<(), Fault> {
    let (input, output, errors) = (Stdio::null(), Stdio::null(), Stdio::null());
    done(command.stdin(input).stdout(output).stderr(errors))
}

/// Runs it to its end; anything but success is a fault.
pub fn done(command: &mut Command) -> Result<(), Fault> {
    let status = command.status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} ended with {status}").into()),
    }
}

/// PostgreSQL does not run as root, but as the user whom its packages make.
pub const AS_POSTGRES: [&str; 4] = [
    "setpriv",
    "--reuid=postgres",
    "--regid=postgres",
    "--init-groups",
];

/// A program of PostgreSQL, or one that touches what belongs to it.
pub fn as_postgres(program: impl AsRef<OsStr>) -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    let [setpriv, how @ ..] = AS_POSTGRES;
    let mut command = match is_root {
        false => Command::new(program),
        true => {
            let mut command = Command::new(setpriv);
            command.args(how).arg(program);
            command
        }
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

/// A signal to a process, by its name.
pub fn signal(pid: u32, name: &str) -> Result<(), Fault> {
    run("kill", &["-s", name, &pid.to_string()])
}
