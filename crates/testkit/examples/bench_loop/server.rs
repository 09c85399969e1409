//! The binary under test, as an operator starts it.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Arguments;
use crate::client::{Connection, Fault};

pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to its first whole page.
    pub first_answer: Duration,
}

impl Server {
    pub async fn start(arguments: &Arguments) -> Result<Server, Fault> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let started = Instant::now();
        let child = Command::new(&arguments.binary)
            // Each request says that it comes from another household, as through a proxy.
            .args(["serve", "--proxies", "127.0.0.1"])
            .args(["--listen", &address.to_string(), "--database"])
            .arg(&arguments.database)
            .arg("--data")
            .arg(&arguments.data)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()?;
        let mut server = Server {
            child,
            address,
            first_answer: Duration::ZERO,
        };
        while !server.answers().await {
            if let Some(ended) = server.child.try_wait()? {
                return Err(format!("the server ended: {ended}").into());
            }
            if started.elapsed() > Duration::from_secs(60) {
                return Err("the server does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.first_answer = started.elapsed();
        Ok(server)
    }

    async fn answers(&self) -> bool {
        let Ok(mut connection) = Connection::open(self.address).await else {
            return false;
        };
        let page = connection.get("/", &[]).await;
        page.is_ok_and(|page| page.status.is_success())
    }

    /// Memory in use now, and the most that ever was, in MiB.
    pub fn memory_mib(&self) -> Result<(u64, u64), Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let mib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            kib.map_or(0, |kib| kib / 1024)
        };
        Ok((mib("VmRSS:"), mib("VmHWM:")))
    }
}

impl Drop for Server {
    /// As an operator stops it: it finishes what it has begun.
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        if !told.is_ok_and(|told| told.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
