//! Running a test runner: its output goes to the screen and is kept, and it does not outlive this tool.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::Context;

use crate::guard::Guard;

pub struct Watched {
    pub succeeded: bool,
    /// Both streams, line by line.
    pub printed: String,
}

pub fn watch(command: &mut Command) -> anyhow::Result<Watched> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let guard = Guard::over(&child)?;
    let out = child.stdout.take().context("the output was not piped")?;
    let err = child.stderr.take().context("the errors were not piped")?;
    let printed = thread::scope(|scope| {
        let out = scope.spawn(|| copied(out, std::io::stdout()));
        let err = scope.spawn(|| copied(err, std::io::stderr()));
        let mut printed = out.join().expect("copying lines does not panic");
        printed += &err.join().expect("copying lines does not panic");
        printed
    });
    let status = child.wait()?;
    guard.disarm();
    Ok(Watched {
        succeeded: status.success(),
        printed,
    })
}

fn copied(from: impl Read, mut to: impl Write) -> String {
    let mut kept = String::new();
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        // A closed screen is no reason to stop counting.
        writeln!(to, "{line}").ok();
        kept.push_str(&line);
        kept.push('\n');
    }
    kept
}
