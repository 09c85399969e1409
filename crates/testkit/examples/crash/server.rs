//! The house under test, as an operator starts it, and as a power switch or a kernel short of
//! memory ends it.

use std::ffi::OsStr;
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use huiyin_domain::planted;

use crate::client::{Asked, Http};
use crate::finding::{Fault, Finding, Sort};
use crate::place::Place;
use crate::tools;

/// A house that takes longer does not come back.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// How the house is started, again and again.
#[derive(Clone, Copy)]
pub struct Start<'s> {
    pub binary: &'s Path,
    pub url: &'s str,
    pub data: &'s Path,
    pub address: SocketAddr,
    pub planted: Option<planted::Fault>,
    /// As which release all of it runs, if not as this one.
    pub release: Option<planted::Fault>,
    /// A `huiyin.toml`.
    pub config: Option<&'s Path>,
    /// Where everybody comes, if not to the house itself.
    pub front: Option<SocketAddr>,
    /// How long it goes on when it is asked to end, in seconds.
    pub drain: u16,
}

pub struct Server(Child);

/// An address that was free a moment ago.
pub fn free_address() -> Result<SocketAddr, Fault> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl<'s> Start<'s> {
    /// As the product is, at an address that is free.
    pub fn of(binary: &'s Path, place: &'s Place) -> Result<Start<'s>, Fault> {
        Ok(Start {
            binary,
            url: &place.url,
            data: &place.data,
            address: free_address()?,
            planted: None,
            release: None,
            config: None,
            front: None,
            drain: 0,
        })
    }

    /// Where everybody comes.
    pub fn reached_at(&self) -> SocketAddr {
        self.front.unwrap_or(self.address)
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(self.binary);
        command
            .args([what, "--database", self.url, "--data"])
            .arg(self.data)
            .env_remove("HUIYIN_PLANTED")
            .env_remove("HUIYIN_CONFIG")
            .env("HUIYIN_LOG", "warn")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null());
        if let Some(release) = self.release {
            command.env("HUIYIN_PLANTED", format!("{release:?}"));
        }
        if let Some(config) = self.config {
            command.env("HUIYIN_CONFIG", config);
        }
        command
    }

    /// The same, with the fault that is planted in the house.
    pub fn as_planted(&self, what: &str) -> Command {
        let mut command = self.command(what);
        if let Some(fault) = self.planted {
            command.env("HUIYIN_PLANTED", format!("{fault:?}"));
        }
        command
    }

    /// Runs a command of the house to its end.
    pub fn run(&self, what: &str, further: &[&OsStr]) -> Result<Output, Fault> {
        Ok(self.command(what).args(further).output()?)
    }

    /// Starts it; what it says goes to a file beside its data.
    pub fn start(&self) -> Result<Server, Fault> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.data.join("log"))?;
        let mut command = self.as_planted("serve");
        // Each request says that it comes from another household, as through a proxy.
        command
            .args(["--proxies", "127.0.0.1", "--listen"])
            .arg(self.address.to_string())
            .stdout(log.try_clone()?)
            .stderr(log);
        if self.drain > 0 {
            command.env("HUIYIN_DRAIN", self.drain.to_string());
        }
        Ok(Server(command.spawn()?))
    }

    /// Starts it, and waits until it does its work.
    pub fn start_and_wait(&self) -> Result<Server, Fault> {
        let mut server = self.start()?;
        server.wait_until_ready(&Http::to(self.address)?)?;
        Ok(server)
    }

    /// What `huiyin verify` complains of; nothing when it finds nothing.
    pub fn verified(&self) -> Result<Option<Finding>, Fault> {
        let output = self.command("verify").output()?;
        let complains = || Finding::new(Sort::Verify, printed(&output));
        Ok((!output.status.success()).then(complains))
    }
}

/// Whatever a command has said.
pub fn printed(output: &Output) -> String {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

impl Server {
    /// Waits until it says that it can do its work.
    pub fn wait_until_ready(&mut self, http: &Http) -> Result<(), Fault> {
        let since = Instant::now();
        let asked = Asked::get("/health");
        let patience = Some(Duration::from_secs(2));
        while !matches!(http.ask(&asked, patience), Some(answer) if answer.status == 200) {
            self.lives()?;
            if since.elapsed() > START_PATIENCE {
                return Err("the house does not come back".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Nobody has ended it: then it lives.
    pub fn lives(&mut self) -> Result<(), Fault> {
        match self.0.try_wait()? {
            Some(ended) => Err(format!("the house ended: {ended}").into()),
            None => Ok(()),
        }
    }

    /// It is told to stop as services are, and ends what was begun.
    pub fn ends_when_asked(&mut self) -> Result<(), Fault> {
        tools::signal(self.id(), "TERM")?;
        let since = Instant::now();
        while self.0.try_wait()?.is_none() {
            if since.elapsed() > START_PATIENCE {
                return Err("the house does not end".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// `kill -9`: it is not asked, and finishes nothing.
    pub fn kill(&mut self) -> Result<(), Fault> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it was killed already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
