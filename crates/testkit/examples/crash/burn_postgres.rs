//! The machine of PostgreSQL burns. What is left elsewhere is what its own programs put there, by
//! the commands of `docs/operating.md`; from that a second server is made. The files lie on
//! another machine, as that page says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use huiyin_store::Engine;

use crate::Arguments;
use crate::burn::{Burnt, told};
use crate::busy::Busy;
use crate::finding::Fault;
use crate::journal::now_ms;
use crate::place::Place;
use crate::server::{Start, free_address};
use crate::site::Site;
use crate::told::Told;
use crate::tools::{as_postgres, quietly};

const LOAD: Duration = Duration::from_secs(10);

/// Its programs, and a folder that belongs to whoever they run as.
struct Cluster<'c> {
    programs: &'c Path,
    folder: PathBuf,
}

/// Ends it, whatever comes.
struct Receiving(Child);

impl Drop for Receiving {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Drop for Cluster<'_> {
    fn drop(&mut self) {
        for data in ["home", "anew"] {
            drop(self.owner_runs(
                "pg_ctl",
                &["stop", "-m", "immediate", "-D", &self.path(data)],
            ));
        }
        drop(fs::remove_dir_all(&self.folder));
    }
}

pub fn run(arguments: &Arguments, _: Engine, folder: &Path) -> Result<Told, Fault> {
    let programs = arguments.postgres_programs.as_ref();
    let programs = programs.ok_or("--postgres-programs says where its programs lie")?;
    let cluster = Cluster::make(programs)?;
    let burnt = cluster.burn(&arguments.binary, folder)?;
    Ok(told(&[burnt]))
}

impl Cluster<'_> {
    fn make(programs: &Path) -> Result<Cluster<'_>, Fault> {
        let name = format!("huiyin-burn-{}", std::process::id());
        let cluster = Cluster {
            programs,
            folder: std::env::temp_dir().join(name),
        };
        let folder = cluster.folder.display().to_string();
        quietly(cluster.as_owner("mkdir").args(["-m", "700", &folder]))?;
        let with = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"];
        let data = cluster.path("home");
        cluster.owner_runs(
            "initdb",
            &[&with[..], &["--locale=C.UTF-8", "-D", &data]].concat(),
        )?;
        Ok(cluster)
    }

    fn burn(&self, binary: &Path, folder: &Path) -> Result<Burnt, Fault> {
        let port = self.start("home")?;
        self.owner_runs(
            "createdb",
            &["-h", "127.0.0.1", "-p", &port, "-U", "postgres", "huiyin"],
        )?;
        let site = Site::settle(Place::at(url(&port), &folder.join("files"))?)?;
        let receiving = self.ship(&port)?;
        let start = Start::of(binary, &site.place)?;
        let mut busy = Busy::begin(&start, &site.keys, &folder.join("journal"), 1)?;
        thread::sleep(LOAD);
        let burnt_at_ms = now_ms();
        self.kill("home")?;
        busy.vanish()?;
        quietly(self.as_owner("rm").args(["-rf", &self.path("home")]))?;
        drop(receiving);
        let since = Instant::now();
        let anew = Place::at(url(&self.restore()?), &site.place.data)?;
        let mut burnt = Burnt::new(since.elapsed(), self.folder.clone());
        burnt.look(&Start::of(binary, &anew)?, &busy.common, burnt_at_ms)?;
        Ok(burnt)
    }

    /// On the other machine: the log as it is written, and a copy of all.
    fn ship(&self, port: &str) -> Result<Receiving, Fault> {
        let from = format!("host=127.0.0.1 port={port} user=postgres");
        let (wal, base) = (self.path("wal"), self.path("base"));
        quietly(self.as_owner("mkdir").args(["-m", "700", &wal]))?;
        let slot = ["-d", &from, "--slot=huiyin"];
        let make = ["--create-slot", "--if-not-exists"];
        self.owner_runs("pg_receivewal", &[&slot[..], &make].concat())?;
        let mut receive = self.as_owner("pg_receivewal");
        receive.args(slot).args(["--synchronous", "-D", &wal]);
        let receive = receive.stdin(Stdio::null()).stderr(Stdio::null());
        let receiving = Receiving(receive.spawn()?);
        self.owner_runs(
            "pg_basebackup",
            &["-d", &from, "-D", &base, "--checkpoint=fast"],
        )?;
        Ok(receiving)
    }

    /// A second server out of the copy and the log; its port.
    fn restore(&self) -> Result<String, Fault> {
        let (wal, anew) = (self.path("wal"), self.path("anew"));
        quietly(self.as_owner("cp").args(["-r", &self.path("base"), &anew]))?;
        let script = format!(
            "chmod 700 {anew}; touch {anew}/recovery.signal; \
             echo \"restore_command = 'cp {wal}/%f %p || cp {wal}/%f.partial %p'\" \
             >> {anew}/postgresql.auto.conf"
        );
        quietly(self.as_owner("sh").args(["-c", &script]))?;
        let port = self.start("anew")?;
        let since = Instant::now();
        while self.is_recovering(&port)? {
            if since.elapsed() > Duration::from_secs(60) {
                return Err("the recovery does not end".into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(port)
    }

    fn is_recovering(&self, port: &str) -> Result<bool, Fault> {
        let mut ask = self.as_owner("psql");
        ask.args(["-h", "127.0.0.1", "-p", port, "-U", "postgres", "-tAc"]);
        let output = ask.arg("SELECT pg_is_in_recovery()").output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim() != "f")
    }

    /// Its port.
    fn start(&self, data: &str) -> Result<String, Fault> {
        let (port, folder) = (free_address()?.port(), self.folder.display());
        let how = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} \
             -c shared_buffers=64MB"
        );
        let (log, data) = (self.path(&format!("{data}.log")), self.path(data));
        self.owner_runs(
            "pg_ctl",
            &["start", "-w", "-o", &how, "-l", &log, "-D", &data],
        )?;
        Ok(port.to_string())
    }

    /// Not asked, and nothing finished.
    fn kill(&self, data: &str) -> Result<(), Fault> {
        let mut read = self.as_owner("cat");
        let output = read
            .arg(format!("{}/postmaster.pid", self.path(data)))
            .output()?;
        let pid = String::from_utf8_lossy(&output.stdout).into_owned();
        let pid = pid.lines().next().ok_or("the server has no process")?;
        quietly(Command::new("kill").args(["-KILL", pid]))
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// One of its own programs, or one of the machine.
    fn as_owner(&self, program: &str) -> Command {
        let own = self.programs.join(program);
        match own.exists() {
            true => as_postgres(own),
            false => as_postgres(program),
        }
    }

    fn owner_runs(&self, program: &str, with: &[&str]) -> Result<(), Fault> {
        quietly(self.as_owner(program).args(with))
    }
}

fn url(port: &str) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/huiyin?sslmode=disable")
}
