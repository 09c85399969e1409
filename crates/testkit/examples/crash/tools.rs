//! Programs of the machine: what they complain of is part of what is told.

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

/// A signal to a process, by its name.
pub fn signal(pid: u32, name: &str) -> Result<(), Fault> {
    run("kill", &["-s", name, &pid.to_string()])
}
