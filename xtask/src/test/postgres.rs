//! A PostgreSQL of our own: a new cluster in a temporary folder (see [`Place`]), on a free port of this machine only.
//! Tests make their own databases in it. It is stopped and removed with the guard.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::guard::Guard;
use crate::shell;

/// As durable as in real life: tests look at that too.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c max_connections=300 -c ssl=on";
/// Tests need little.
const SMALL: &str = "-c shared_buffers=64MB";

/// A certificate that nobody vouches for, as a county's own server would have.
const SELF_SIGNED: [&str; 13] = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
];

/// Where a cluster lies.
pub enum Place {
    /// In memory, where the machine has a file system there with room. Tests make and drop two thousand databases, and
    /// on a disk they would wait for it half of their time.
    Memory,
    /// On a disk, for whoever looks at what stays when a process or the power is gone.
    Disk,
}

pub struct Postgres {
    port: u16,
    folder: PathBuf,
    _guard: Guard,
}

impl Postgres {
    pub fn start() -> anyhow::Result<Postgres> {
        Self::start_with(Place::Memory, SMALL)
    }

    /// With further settings, as `postgres` takes them: `-c name=value`.
    pub fn start_with(place: Place, further: &str) -> anyhow::Result<Postgres> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let port = free_port()?;
        let folder = folder(place, port);
        let (folder_name, owner) = (folder.display(), Owner::of_this_process()?);
        let pg_ctl = programs.join("pg_ctl");
        let stop = format!(
            "{} stop -m immediate -D {folder_name}/data",
            pg_ctl.display()
        );
        let guard = Guard::new(&format!(
            "cd /; {}{stop}; rm -rf {folder_name}",
            owner.prefix()
        ))?;

        shell::run(owner.command("mkdir").arg("-m").arg("700").arg(&folder))?;
        quietly(
            owner
                .command(programs.join("initdb"))
                .args([
                    "-U",
                    "postgres",
                    "--auth=trust",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "-D",
                ])
                .arg(folder.join("data")),
        )?;
        let (certificate, key) = (folder.join("server.crt"), folder.join("server.key"));
        quietly(
            owner
                .command("openssl")
                .args(SELF_SIGNED)
                .arg("-out")
                .arg(&certificate)
                .arg("-keyout")
                .arg(&key)
                .stderr(Stdio::null()),
        )?;
        let settings = format!(
            "{SETTINGS} {further} -c unix_socket_directories={folder_name} -p {port} \
             -c ssl_cert_file={} -c ssl_key_file={}",
            certificate.display(),
            key.display()
        );
        quietly(
            owner
                .command(pg_ctl)
                .args(["start", "-w", "-o", &settings, "-l"])
                .arg(folder.join("log"))
                .arg("-D")
                .arg(folder.join("data")),
        )?;
        Ok(Postgres {
            port,
            folder,
            _guard: guard,
        })
    }

    /// Where it keeps its tables.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// In the clear: the tests of the encrypted way ask for it themselves.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable",
            self.port
        )
    }

    /// The certificate that the server shows.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("server.crt")
    }
}

/// Where the newest installed PostgreSQL keeps its programs.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let newest = versions
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .max()?;
    Some(
        Path::new("/usr/lib/postgresql")
            .join(newest.to_string())
            .join("bin"),
    )
}

/// A port that was free a moment ago.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn folder(place: Place, port: u16) -> PathBuf {
    let name = format!("huiyin-postgres-{}-{port}", std::process::id());
    match place {
        Place::Memory => shell::in_memory().unwrap_or_else(on_disk).join(name),
        Place::Disk => on_disk().join(name),
    }
}

/// The system's own temporary folder: `TMPDIR` may lie where the user `postgres` cannot go.
fn on_disk() -> PathBuf {
    PathBuf::from("/tmp")
}

/// PostgreSQL refuses to run as root; then it runs as the user that its package made.
enum Owner {
    Postgres,
    Ourselves,
}

impl Owner {
    fn of_this_process() -> anyhow::Result<Owner> {
        let id = shell::output(Command::new("id").arg("-u"))?;
        Ok(if id.trim() == "0" {
            Owner::Postgres
        } else {
            Owner::Ourselves
        })
    }

    fn prefix(&self) -> &'static str {
        match self {
            Owner::Postgres => "runuser -u postgres -- ",
            Owner::Ourselves => "",
        }
    }

    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = match self {
            Owner::Postgres => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(program.as_ref());
                command
            }
            Owner::Ourselves => Command::new(program.as_ref()),
        };
        command.current_dir("/");
        command
    }
}

/// Shows what the command said only when it failed. The output goes to a file-less sink, because a server that
/// inherits a pipe would keep it open.
fn quietly(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_is_put_away() {
        if programs().is_none() {
            return; // `cargo xtask test` installs it; a bare `cargo test` may run without.
        }
        let postgres = Postgres::start().unwrap();
        let folder = postgres.folder.clone();
        assert!(std::net::TcpStream::connect(("127.0.0.1", postgres.port)).is_ok());
        assert!(folder.exists());
        drop(postgres);
        assert!(!folder.exists());
    }
}
