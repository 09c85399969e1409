//! Putting away what was started, however this tool ends: by itself, by Ctrl-C or by `kill -9`.
//!
//! A guard is a small shell in a session of its own that reads from a pipe. When this process is gone the pipe
//! closes, and the shell runs its script; no signal handler is needed.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

pub struct Guard {
    keeper: Child,
}

impl Guard {
    /// Runs `cleanup` when the guard is dropped, or when this process has died.
    pub fn new(cleanup: &str) -> anyhow::Result<Guard> {
        let script = format!("trap '' INT TERM HUP; if read -r _; then exit 0; fi; {cleanup}");
        let keeper = Command::new("setsid")
            .args(["sh", "-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start setsid (package util-linux)")?;
        Ok(Guard { keeper })
    }

    /// Ends the process: politely first, and after five seconds without asking.
    pub fn over(child: &Child) -> anyhow::Result<Guard> {
        let pid = child.id();
        Guard::new(&format!(
            "kill -TERM {pid}; for _ in $(seq 50); do kill -0 {pid} || exit 0; sleep 0.1; done; kill -KILL {pid}"
        ))
    }

    /// Ends the guarded process now, and waits until it is gone.
    pub fn end(mut self, child: &mut Child) {
        drop(self.keeper.stdin.take());
        // Taken from the process table here, or the keeper would wait for a process that is dead already.
        child.wait().ok();
    }

    /// What was guarded has ended by itself: nothing is left to put away.
    pub fn disarm(mut self) {
        if let Some(pipe) = &mut self.keeper.stdin {
            // A keeper that is already gone has nothing to do either.
            pipe.write_all(b"done\n").ok();
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}
