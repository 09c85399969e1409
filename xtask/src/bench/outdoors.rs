//! `cargo xtask bench outdoors`: the pages for outdoors on a slow phone, by Lighthouse. It is fetched from the registry
//! into the build folder: more than a hundred packages that only this needs.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::figures::Figures;
use crate::shell;
use crate::test::browser;

const LIGHTHOUSE: &str = "lighthouse@12.8.2";
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(clap::Args)]
pub struct Options {
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let build = ["build", "--release", "--locked", "-p", "huiyin", "--bins"];
    shell::run(shell::cargo().args(build))?;
    let tools = shell::target_dir().join("lighthouse");
    std::fs::create_dir_all(&tools)?;
    std::fs::write(tools.join("package.json"), "{\"private\": true}\n")?;
    let install = [
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        LIGHTHOUSE,
    ];
    shell::run(Command::new("npm").args(install).current_dir(&tools))?;
    let town = Town::start()?;
    let printed = shell::output(
        Command::new("node")
            .arg("outdoors.mjs")
            .current_dir(browser::folder())
            .env("LIGHTHOUSE", &tools)
            .env("HUIYIN_TOWN", format!("http://{}", town.address)),
    )?;
    drop(town);
    let mut figures = Figures::default();
    figures.add("400 kbit/s, 400 ms, a processor six times slower", &printed);
    println!("{}", figures.table());
    if options.write {
        let page = shell::root().join("docs/benchmarks.md");
        figures.write(&page, "outdoors")?;
    }
    Ok(())
}

/// A quiet demo on a free port, which ends with this.
struct Town {
    server: Child,
    address: String,
}

impl Town {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a start takes is the machine's time"
    )]
    fn start() -> anyhow::Result<Town> {
        let folder = shell::target_dir().join("bench/outdoors");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let server = Command::new(shell::target_dir().join("release/huiyin"))
            .args(["demo", "--quiet-town", "--listen", &address, "--data"])
            .arg(folder.join("data"))
            .stdout(Stdio::null())
            .spawn()
            .context("the town does not start")?;
        let mut town = Town { server, address };
        let until = Instant::now() + PATIENCE;
        while std::net::TcpStream::connect(&town.address).is_err() {
            if let Some(status) = town.server.try_wait()? {
                bail!("the town ended with {status}");
            }
            if Instant::now() > until {
                bail!("the town does not answer");
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(town)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
