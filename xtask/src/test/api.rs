//! Fuzzing the API: schemathesis against a town that nobody lives in, from the OpenAPI document it serves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::guard::Guard;
use crate::shell;
use crate::test::counts::Counts;
use crate::test::watch::watch;
use crate::test::{build, install, postgres};

/// How many cases are tried for each operation and phase: enough to find what is wrong, little enough for every run.
const EXAMPLES_MAX: &str = "25";

/// How long the town may take to stand, in tenths of a second.
const START_PATIENCE: u32 = 1200;

pub fn run(filter: Option<&str>) -> anyhow::Result<Counts> {
    let schemathesis = install::schemathesis()?;
    let binary = build::product()?;
    let server = Server::start(&binary)?;
    let report = shell::target_dir().join("schemathesis.json");
    std::fs::remove_file(&report).ok();
    let watched = watch(
        Command::new(schemathesis)
            .arg("--config-file")
            .arg(shell::root().join("docs/api/schemathesis.toml"))
            .arg("run")
            .arg(format!(
                "http://127.0.0.1:{}/api/v1/openapi.json",
                server.port
            ))
            .args([
                "--max-examples",
                EXAMPLES_MAX,
                "--seed",
                "20261122",
                // More of them draw from one source at once, which Hypothesis does not survive.
                "--workers",
                "1",
                "--continue-on-failure",
            ])
            .args([
                "--request-timeout",
                "20",
                "--report",
                "json",
                "--report-json-path",
            ])
            .arg(&report)
            .arg(format!("--header=Authorization:Bearer {}", server.token))
            .args(filter.map(|filter| format!("--include-path-regex={filter}")))
            .env("NO_COLOR", "1")
            .current_dir(&server.folder),
    )?;
    let report = std::fs::read_to_string(&report).context("schemathesis left no report")?;
    Ok(counted(&report)?.or_one_failed(watched.succeeded))
}

/// An operation of the API counts as one test.
fn counted(report: &str) -> anyhow::Result<Counts> {
    let report: Value = serde_json::from_str(report).context("schemathesis' report is not JSON")?;
    let tested = report["operations"]["tested"]
        .as_u64()
        .context("the report has no count of operations")?;
    let failures = report["failures"].as_array().into_iter().flatten();
    let errors = report["errors"].as_array().into_iter().flatten();
    let broken: BTreeSet<&str> = failures
        .chain(errors)
        .flat_map(|failure| failure["operations"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    let failed = broken.len() as u64;
    Ok(Counts {
        passed: tested.saturating_sub(failed),
        failed,
    })
}

struct Server {
    port: u16,
    token: String,
    folder: PathBuf,
    process: Child,
    guard: Option<Guard>,
}

impl Server {
    fn start(binary: &Path) -> anyhow::Result<Server> {
        let port = postgres::free_port()?;
        let folder = shell::target_dir().join(format!("api-town-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let log = std::fs::File::create(shell::target_dir().join("api-town.log"))?;
        let process = Command::new(binary)
            .args([
                "demo",
                "--quiet-town",
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--data",
            ])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let guard = Some(Guard::over(&process)?);
        let mut server = Server {
            port,
            token: String::new(),
            folder,
            process,
            guard,
        };
        server.token = server.wait_for_token()?;
        Ok(server)
    }

    /// The demo writes a token of its own when everything is in place.
    fn wait_for_token(&mut self) -> anyhow::Result<String> {
        let file = self.folder.join("api-token");
        for _ in 0..START_PATIENCE {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended with {status}: see target/api-town.log");
            }
            let listening = std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok();
            if let (true, Ok(token)) = (listening, std::fs::read_to_string(&file)) {
                return Ok(token.trim().to_owned());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the server does not answer: see target/api-town.log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.take() {
            guard.end(&mut self.process);
        }
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_once() {
        let report = r#"{
            "operations": {"tested": 4},
            "failures": [{"operations": ["GET /a", "GET /b"]}, {"operations": ["GET /a"]}],
            "errors": []
        }"#;
        assert_eq!(
            counted(report).unwrap(),
            Counts {
                passed: 2,
                failed: 2
            }
        );
        assert!(counted("{}").is_err());
    }
}
