//! The server of the database, as a machine that fails ends it, and as an operator starts it again.

use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::finding::Fault;
use crate::tools::{as_postgres, quietly};

pub struct Postgres {
    /// Where it keeps its tables, and what it was started with.
    pub data: PathBuf,
    pub programs: PathBuf,
}

impl Postgres {
    /// It is told to stop at once, or is not told at all.
    pub fn kill(&self, rng: &mut ChaCha8Rng) -> Result<(), Fault> {
        if rng.random_bool(0.5) {
            return quietly(self.pg_ctl().args(["stop", "-m", "immediate", "-w"]));
        }
        let pid = std::fs::read_to_string(self.data.join("postmaster.pid"))?;
        let pid = pid.lines().next().ok_or("the server has no process")?;
        quietly(Command::new("kill").args(["-KILL", pid]))
    }

    /// As it was started before. What is left of the old one may stand in the way for a moment.
    pub fn start(&self) -> Result<(), Fault> {
        let log = self.data.with_file_name("log");
        let mut tries = 0;
        loop {
            let mut command = self.pg_ctl();
            let started = quietly(command.args(["restart", "-w", "-l"]).arg(&log));
            tries += 1;
            match started {
                Err(_) if tries < 100 => thread::sleep(Duration::from_millis(50)),
                ended => return ended,
            }
        }
    }

    fn pg_ctl(&self) -> Command {
        let mut command = as_postgres(self.programs.join("pg_ctl"));
        command.arg("-D").arg(&self.data);
        command
    }
}
