//! haproxy in front of several houses, or of their databases, by the very files that operators are
//! given.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Asked, Http};
use crate::finding::Fault;
use crate::tools;

const CONFIGURATION: &str = include_str!("../../../../deploy/haproxy/haproxy.cfg");
const PAGE: &str = include_str!("../../../../deploy/haproxy/one-moment.html");
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Balancer(Child);

/// Why this machine does not allow it, if it does not.
pub fn why_not() -> Option<String> {
    let asked = tools::quietly(Command::new("haproxy").arg("-v"));
    asked.err().map(|fault| format!("haproxy: {fault}"))
}

impl Balancer {
    /// Starts it with this configuration and what that takes from the environment.
    pub fn launch(
        folder: &Path,
        configuration: &str,
        environment: &[(&str, String)],
    ) -> Result<Balancer, Fault> {
        std::fs::create_dir_all(folder)?;
        let file = folder.join("haproxy.cfg");
        std::fs::write(&file, configuration)?;
        let log = std::fs::File::create(folder.join("log"))?;
        let mut command = Command::new("haproxy");
        command
            .arg("-f")
            .arg(&file)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(Balancer(command.spawn()?))
    }

    /// Begins to answer at an address for these houses.
    pub fn start(
        folder: &Path,
        front: SocketAddr,
        houses: [SocketAddr; 3],
    ) -> Result<Balancer, Fault> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("one-moment.html"), PAGE)?;
        let names = ["HUIYIN_ONE", "HUIYIN_TWO", "HUIYIN_THREE"];
        let houses = names.into_iter().zip(houses.map(|house| house.to_string()));
        let mut environment = vec![
            ("HUIYIN_PAGES", folder.display().to_string()),
            ("HUIYIN_FRONT", front.to_string()),
        ];
        environment.extend(houses);
        let mut balancer = Balancer::launch(folder, CONFIGURATION, &environment)?;
        balancer.wait(&Http::to(front)?)?;
        Ok(balancer)
    }

    fn wait(&mut self, http: &Http) -> Result<(), Fault> {
        let since = Instant::now();
        let is_there = || {
            http.ask(&Asked::get("/health"), None)
                .is_some_and(|answer| answer.status == 200)
        };
        while !is_there() {
            if let Some(ended) = self.0.try_wait()? {
                return Err(format!("haproxy ended: {ended}").into());
            }
            if since.elapsed() > PATIENCE {
                return Err("haproxy does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
