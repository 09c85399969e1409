//! Somebody who stands between the house and the system, and answers some of its calls with an
//! error of the disk instead of passing them on.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::finding::Fault;
use crate::tools::{run, signal};

const PATIENCE: Duration = Duration::from_secs(10);

pub struct Strace {
    process: Child,
}

impl Strace {
    /// Stands there for all threads of this process; what it does is told in a file.
    pub fn attach(pid: u32, what: &[&str], told: &Path) -> Result<Strace, Fault> {
        let mut command = Command::new("strace");
        command
            .args(["-f", "-q", "-p", &pid.to_string(), "-o"])
            .arg(told)
            .args(what)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = command
            .spawn()
            .map_err(|error| format!("strace: {error}"))?;
        let mut strace = Strace { process };
        let since = Instant::now();
        while !is_traced(pid) {
            if let Some(ended) = strace.process.try_wait()? {
                return Err(format!("strace ended: {ended}").into());
            }
            if since.elapsed() > PATIENCE {
                return Err("strace does not get hold of the house".into());
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(strace)
    }

    /// Goes away, and lets every thread run on.
    pub fn detach(mut self) -> Result<(), Fault> {
        if self.process.try_wait()?.is_none() {
            signal(self.process.id(), "TERM")?;
        }
        let since = Instant::now();
        // It ends by itself with whom it was attached to.
        while self.process.try_wait()?.is_none() {
            if since.elapsed() > PATIENCE {
                return Err("strace does not let the house go".into());
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }
}

impl Drop for Strace {
    fn drop(&mut self) {
        if matches!(self.process.try_wait(), Ok(None)) {
            drop(signal(self.process.id(), "TERM"));
            drop(self.process.wait());
        }
    }
}

/// How many calls were answered in the place of the system.
pub fn injected(told: &Path) -> Result<usize, Fault> {
    let told = std::fs::read(told)?;
    let told = String::from_utf8_lossy(&told);
    Ok(told.matches("(INJECTED)").count())
}

/// Whether somebody stands there for every thread of a process.
fn is_traced(pid: u32) -> bool {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return false;
    };
    threads.flatten().all(|thread| {
        let status = std::fs::read_to_string(thread.path().join("status")).unwrap_or_default();
        let tracer = status
            .lines()
            .find_map(|line| line.strip_prefix("TracerPid:"));
        tracer.is_some_and(|tracer| tracer.trim() != "0")
    })
}

/// Why nobody may stand there on this machine, if so.
pub fn why_not() -> Option<String> {
    let tried = || -> Result<(), Fault> {
        run("strace", &["--version"])?;
        let folder = tempfile::tempdir()?;
        let mut other = Command::new("sleep").arg("60").spawn()?;
        let attached = Strace::attach(
            other.id(),
            &["-e", "trace=fsync"],
            &folder.path().join("told"),
        );
        let detached = attached.and_then(Strace::detach);
        other.kill()?;
        other.wait()?;
        detached
    };
    let error = tried().err()?;
    Some(error.to_string().replace('\n', " "))
}
