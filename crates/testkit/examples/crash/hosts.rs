//! Three machines with PostgreSQL, Patroni and etcd, each in a network of its own on this one, by
//! the very files that operators are given. Their clients come by haproxy.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::balancer::Balancer;
use crate::client::{Asked, Http};
use crate::finding::Fault;
use crate::server::free_address;
use crate::tools::{AS_POSTGRES, as_postgres, quietly, run};

const PATRONI: &str = include_str!("../../../../deploy/patroni/patroni.yml");
const HAPROXY: &str = include_str!("../../../../deploy/patroni/haproxy.cfg");
const NAMES: [&str; 3] = ["one", "two", "three"];
const PATIENCE: Duration = Duration::from_secs(120);

/// Whether another machine has a commit before it is acknowledged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Synchronous,
    Asynchronous,
}

pub struct Hosts {
    mode: Mode,
    programs: PathBuf,
    /// Belongs to whoever PostgreSQL runs as.
    folder: PathBuf,
    /// What they say goes here.
    logs: PathBuf,
    /// So that two of these do not meet.
    number: u32,
    running: [Vec<Child>; 3],
    front: SocketAddr,
    replicas: SocketAddr,
    _balancer: Option<Balancer>,
}

/// Why this machine does not allow it, if it does not.
pub fn why_not() -> Option<String> {
    let tried = || -> Result<(), Fault> {
        for program in ["etcd", "patroni"] {
            let said = quietly(Command::new(program).arg("--version"));
            said.map_err(|fault| format!("{program}: {fault}"))?;
        }
        let name = format!("hy{}", std::process::id());
        run("ip", &["netns", "add", &name])?;
        run("ip", &["netns", "delete", &name])
    };
    let not = tried().err().map(|fault| fault.to_string());
    not.or_else(crate::balancer::why_not)
}

impl Hosts {
    /// Starts them, and waits until they are three and hold an empty database `huiyin`.
    pub fn begin(programs: &Path, logs: &Path, mode: Mode) -> Result<Hosts, Fault> {
        fs::create_dir_all(logs)?;
        let number = std::process::id() % 10_000 + 10_000 * mode as u32;
        let mut hosts = Hosts {
            mode,
            programs: programs.to_owned(),
            folder: std::env::temp_dir().join(format!("huiyin-hosts-{number}")),
            logs: logs.to_owned(),
            number,
            running: Default::default(),
            front: free_address()?,
            replicas: free_address()?,
            _balancer: None,
        };
        hosts.lay_lines()?;
        quietly(as_postgres("mkdir").args(["-m", "700", &hosts.path("")]))?;
        fs::write(hosts.path("patroni.yml"), hosts.configuration())?;
        (0..3).try_for_each(|host| hosts.start(host))?;
        hosts.wait_until_whole()?;
        let names = ["HUIYIN_DB_ONE", "HUIYIN_DB_TWO", "HUIYIN_DB_THREE"];
        let mut whereto = vec![
            ("HUIYIN_DB_FRONT", hosts.front.to_string()),
            ("HUIYIN_DB_REPLICAS", hosts.replicas.to_string()),
        ];
        whereto.extend((0..3).map(|host| (names[host], hosts.ip(host))));
        let lines = logs.join("haproxy");
        hosts._balancer = Some(Balancer::launch(&lines, HAPROXY, &whereto)?);
        hosts.make_database()?;
        Ok(hosts)
    }

    fn configuration(&self) -> String {
        match self.mode {
            Mode::Synchronous => PATRONI.to_owned(),
            // Whatever the others lack, one of them becomes the first.
            Mode::Asynchronous => PATRONI
                .replace("synchronous_mode: true", "synchronous_mode: false")
                .replace("mode_strict: true", "mode_strict: false")
                .replace("failover: 1048576", "failover: 1073741824"),
        }
    }

    pub fn url(&self) -> String {
        url_at(self.front)
    }

    /// Those that follow the first, one after the other.
    pub fn replica_url(&self) -> String {
        url_at(self.replicas)
    }

    fn lay_lines(&self) -> Result<(), Fault> {
        let bridge = self.named("b");
        run("ip", &["link", "add", &bridge, "type", "bridge"])?;
        let here = format!("{}/24", self.address(254));
        run("ip", &["address", "add", &here, "dev", &bridge])?;
        run("ip", &["link", "set", &bridge, "up"])?;
        for host in 0..3 {
            let (space, line) = (self.space(host), self.named(&format!("v{host}")));
            run("ip", &["netns", "add", &space])?;
            let peer = ["peer", "name", "eth0", "netns", &space];
            run(
                "ip",
                &[&["link", "add", &line, "type", "veth"], &peer[..]].concat(),
            )?;
            run("ip", &["link", "set", &line, "master", &bridge, "up"])?;
            let own = format!("{}/24", self.ip(host));
            run("ip", &["-n", &space, "address", "add", &own, "dev", "eth0"])?;
            run("ip", &["-n", &space, "link", "set", "eth0", "up"])?;
            run("ip", &["-n", &space, "link", "set", "lo", "up"])?;
        }
        Ok(())
    }

    /// etcd and Patroni, which starts PostgreSQL.
    fn start(&mut self, host: usize) -> Result<(), Fault> {
        let (name, ip) = (NAMES[host], self.ip(host));
        let peers: Vec<String> = (0..3)
            .map(|other| format!("{}=http://{}:2380", NAMES[other], self.ip(other)))
            .collect();
        let clients: Vec<String> = (0..3)
            .map(|other| format!("{}:2379", self.ip(other)))
            .collect();
        let mut etcd = self.on(host, "etcd", &format!("etcd-{name}.log"))?;
        let (peer, client) = (format!("http://{ip}:2380"), format!("http://{ip}:2379"));
        etcd.env("ETCD_NAME", name)
            .env("ETCD_DATA_DIR", self.path(&format!("etcd-{name}")))
            .env("ETCD_LISTEN_PEER_URLS", &peer)
            .env("ETCD_INITIAL_ADVERTISE_PEER_URLS", &peer)
            .env("ETCD_LISTEN_CLIENT_URLS", &client)
            .env("ETCD_ADVERTISE_CLIENT_URLS", &client)
            .env("ETCD_INITIAL_CLUSTER", peers.join(","));
        let mut patroni = self.on(host, "patroni", &format!("patroni-{name}.log"))?;
        patroni
            .arg(self.path("patroni.yml"))
            .env("PATRONI_NAME", name)
            .env("PATRONI_ETCD3_HOSTS", clients.join(","))
            .env("PATRONI_POSTGRESQL_BIN_DIR", &self.programs)
            .env(
                "PATRONI_POSTGRESQL_DATA_DIR",
                self.path(&format!("postgres-{name}")),
            )
            .env(
                "PATRONI_POSTGRESQL_PGPASS",
                self.path(&format!("pass-{name}")),
            );
        for what in ["RESTAPI_LISTEN", "RESTAPI_CONNECT_ADDRESS"] {
            patroni.env(format!("PATRONI_{what}"), format!("{ip}:8008"));
        }
        for what in ["POSTGRESQL_LISTEN", "POSTGRESQL_CONNECT_ADDRESS"] {
            patroni.env(format!("PATRONI_{what}"), format!("{ip}:5432"));
        }
        for (what, value) in [
            ("SUPERUSER", ["postgres", "first"]),
            ("REPLICATION", ["follower", "second"]),
        ] {
            patroni.env(format!("PATRONI_{what}_USERNAME"), value[0]);
            patroni.env(format!("PATRONI_{what}_PASSWORD"), value[1]);
        }
        self.running[host] = vec![etcd.spawn()?, patroni.spawn()?];
        Ok(())
    }

    /// Until haproxy has asked each of them it leads to all of them in turn; then to the first.
    fn make_database(&self) -> Result<(), Fault> {
        let is_first = "do 'begin assert not pg_is_in_recovery(); end'";
        let asked = ["-q", "-c", is_first, "huiyin"];
        let ask = |hosts: &Hosts, program, what: &[&str]| hosts.client(program, hosts.front, what);
        let makes = |hosts: &Hosts| ask(hosts, "createdb", &["huiyin"]).is_ok();
        let leads_to_one = |hosts: &Hosts| (0..3).all(|_| ask(hosts, "psql", &asked).is_ok());
        self.wait("no database can be made", makes)?;
        self.wait("haproxy leads to all of them", leads_to_one)
    }

    /// Whether those that follow the first show what they get from it.
    pub fn follow(&self, does: bool) -> Result<(), Fault> {
        let first = self.first()?;
        let sql = match does {
            true => "SELECT pg_wal_replay_resume()",
            false => "SELECT pg_wal_replay_pause()",
        };
        for host in (0..3).filter(|host| *host != first) {
            let at = format!("{}:5432", self.ip(host)).parse()?;
            // One that has only just come has the database a moment later.
            self.wait("one of them cannot be told", |hosts| {
                hosts
                    .client("psql", at, &["-q", "-c", sql, "huiyin"])
                    .is_ok()
            })?;
        }
        Ok(())
    }

    /// A program of PostgreSQL that talks to whatever is there.
    fn client(&self, program: &str, at: SocketAddr, what: &[&str]) -> Result<(), Fault> {
        let (host, port) = (at.ip().to_string(), at.port().to_string());
        let mut command = as_postgres(self.programs.join(program));
        command.args(["-h", &host, "-p", &port, "-U", "postgres"]);
        quietly(command.args(what).env("PGPASSWORD", "first"))
    }

    /// What Patroni says of all of them, whichever answers.
    fn members(&self) -> Vec<Value> {
        let asked = Asked::get("/cluster");
        let told = (0..3).find_map(|host| {
            let address = format!("{}:8008", self.ip(host)).parse().ok()?;
            Http::to(address)
                .ok()?
                .ask(&asked, Some(Duration::from_secs(2)))?
                .json()
                .ok()
        });
        let members = told.and_then(|told| told["members"].as_array().cloned());
        members.unwrap_or_default()
    }

    /// Which of them is written to.
    pub fn first(&self) -> Result<usize, Fault> {
        let members = self.members();
        let first = members.iter().find(|member| member["role"] == "leader");
        let first = first.and_then(|first| first["name"].as_str());
        let first = NAMES.iter().position(|name| first == Some(name));
        first.ok_or_else(|| format!("none of them is the first: {members:?}").into())
    }

    fn is_whole(&self) -> bool {
        let members = self.members();
        let with = |role: &str| {
            members
                .iter()
                .filter(|member| member["role"] == role)
                .count()
        };
        let lives = |member: &Value| {
            ["running", "streaming"].contains(&member["state"].as_str().unwrap_or(""))
        };
        let confirms = self.mode == Mode::Asynchronous || with("sync_standby") == 1;
        members.len() == 3 && members.iter().all(lives) && with("leader") == 1 && confirms
    }

    fn wait_until_whole(&self) -> Result<(), Fault> {
        self.wait("they do not come together", Hosts::is_whole)
    }

    /// Waits until another one is written to.
    pub fn wait_for_another(&self, than: usize) -> Result<(), Fault> {
        let is_another = |hosts: &Hosts| hosts.first().is_ok_and(|first| first != than);
        self.wait("nobody takes over", is_another)
    }

    fn wait(&self, or_else: &str, is_so: impl Fn(&Hosts) -> bool) -> Result<(), Fault> {
        let since = Instant::now();
        while !is_so(self) {
            if since.elapsed() > PATIENCE {
                return Err(format!("{or_else}: {:?}", self.members()).into());
            }
            thread::sleep(Duration::from_millis(300));
        }
        Ok(())
    }

    /// What it would send to the others that follow it is dropped from now on.
    pub fn cut_replication(&self, host: usize) -> Result<(), Fault> {
        self.rules("add", host)
    }

    fn rules(&self, what: &str, host: usize) -> Result<(), Fault> {
        let space = self.space(host);
        for other in (0..3).filter(|other| *other != host) {
            let to = self.ip(other);
            let which = ["ipproto", "tcp", "sport", "5432", "to", &to, "blackhole"];
            run("ip", &[&["-n", &space, "rule", what], &which[..]].concat())?;
        }
        Ok(())
    }

    /// All that runs there is ended in an instant, and whatever it has just started.
    pub fn kill(&mut self, host: usize) -> Result<(), Fault> {
        loop {
            let asked = ["netns", "pids", &self.space(host)];
            let output = Command::new("ip").args(asked).output()?;
            let pids = String::from_utf8_lossy(&output.stdout).into_owned();
            let pids: Vec<&str> = pids.split_whitespace().collect();
            if pids.is_empty() {
                break;
            }
            // Some of them end with another one before their turn comes.
            drop(run("kill", &[&["-KILL"], &pids[..]].concat()));
            thread::sleep(Duration::from_millis(10));
        }
        for mut child in self.running[host].drain(..) {
            child.wait()?;
        }
        Ok(())
    }

    /// The machine comes back with what lies on its disk, and its lines are whole.
    pub fn come_back(&mut self, host: usize) -> Result<(), Fault> {
        drop(self.rules("delete", host));
        self.start(host)?;
        self.wait_until_whole()
    }

    fn on(&self, host: usize, program: &str, log: &str) -> Result<Command, Fault> {
        let log = fs::File::create(self.logs.join(log))?;
        let mut command = Command::new("ip");
        command
            .args(["netns", "exec", &self.space(host)])
            .args(AS_POSTGRES)
            .arg(program)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(command)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn named(&self, what: &str) -> String {
        format!("hy{}{what}", self.number)
    }

    fn space(&self, host: usize) -> String {
        self.named(&format!("h{host}"))
    }

    fn ip(&self, host: usize) -> String {
        self.address(host as u32 + 1)
    }

    fn address(&self, last: u32) -> String {
        format!("10.77.{}.{last}", self.number % 250)
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        for host in 0..3 {
            drop(self.kill(host));
            // What was cut off holds its network for minutes yet, and that its line.
            let line = self.named(&format!("v{host}"));
            drop(run("ip", &["link", "delete", &line]));
            drop(run("ip", &["netns", "delete", &self.space(host)]));
        }
        drop(run("ip", &["link", "delete", &self.named("b")]));
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn url_at(address: SocketAddr) -> String {
    format!("postgres://postgres:first@{address}/huiyin?sslmode=disable")
}
