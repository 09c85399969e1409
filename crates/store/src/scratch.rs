//! Scratch databases for tests: one of each engine, gone when dropped.
//!
//! PostgreSQL takes part when `HUIYIN_TEST_POSTGRES` names a server where
//! databases may be made (`postgres://postgres@127.0.0.1:5432/postgres`).

use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use huiyin_domain::id::CaseId;

use crate::dialect::{Connection, Engine, Purpose, Target, Tx};
use crate::engine::{Options, Store};
use crate::migrations;

/// A database that nobody else uses.
pub struct Scratch {
    url: String,
    keep: Keep,
}

/// What can be done to a case behind everybody's back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    TextChanged,
    StepChanged,
    LastEntryDropped,
    FirstEntryDropped,
    HashesSwapped,
    TwoOwners,
    NoOwner,
    NoClock,
    ClockMoved,
    PromiseMoved,
    NoOutcome,
    NoPetitioner,
}

impl Harm {
    fn sql(self) -> &'static str {
        match self {
            Harm::TextChanged => {
                "UPDATE entries SET text = '{\"why\":{\"text\":\"another\"}}' \
                 WHERE case_id = $1 AND number = 2"
            }
            Harm::StepChanged => {
                "UPDATE entries SET step = 'accept' WHERE case_id = $1 AND number = 2"
            }
            Harm::LastEntryDropped => "DELETE FROM entries WHERE case_id = $1 AND number = 2",
            Harm::FirstEntryDropped => "DELETE FROM entries WHERE case_id = $1 AND number = 1",
            Harm::HashesSwapped => unreachable!("hashes are swapped by two statements"),
            Harm::TwoOwners => "UPDATE cases SET owner_person = 7 WHERE id = $1",
            Harm::NoOwner => "UPDATE cases SET owner_unit = NULL WHERE id = $1",
            Harm::NoClock => "UPDATE cases SET clock = NULL, due_at = NULL WHERE id = $1",
            Harm::ClockMoved => "UPDATE cases SET due_at = due_at + 3600000000 WHERE id = $1",
            Harm::PromiseMoved => {
                "UPDATE terms SET due_at = due_at + 3600000000 WHERE case_id = $1"
            }
            Harm::NoOutcome => "UPDATE cases SET outcome = NULL WHERE id = $1",
            Harm::NoPetitioner => "DELETE FROM petitioners WHERE case_id = $1",
        }
    }
}

/// A number that moves whenever anything is written to a scratch database; none where the engine
/// keeps no such number.
pub fn written(tx: &mut Tx<'_>) -> Result<Option<i64>, crate::DbError> {
    let mut number = None;
    if tx.engine() == Engine::Sqlite {
        tx.each_of_text("PRAGMA data_version", &[], "written", |row| {
            number = Some(row.get(0)?);
            Ok(())
        })?;
    }
    Ok(number)
}

enum Keep {
    Folder { _folder: TempDir },
    Database { server: Target, name: String },
}

impl Scratch {
    /// An empty scratch database on each engine at hand: SQLite always.
    pub fn each() -> Vec<Self> {
        std::iter::once(Self::sqlite())
            .chain(Self::postgres())
            .collect()
    }

    /// The same for whoever wants to write at once: on PostgreSQL, where making tables takes
    /// longer than most tests, they are made already.
    pub fn each_with_tables() -> Vec<Self> {
        std::iter::once(Self::sqlite())
            .chain(Self::postgres_with_tables())
            .collect()
    }

    pub fn sqlite() -> Self {
        let folder = TempDir::with_prefix("huiyin-").expect("tests can make folders");
        let url = format!("sqlite:{}", folder.path().join("huiyin.db").display());
        Self {
            url,
            keep: Keep::Folder { _folder: folder },
        }
    }

    pub fn postgres() -> Option<Self> {
        Some(Server::at_hand()?.database("template0"))
    }

    pub fn postgres_with_tables() -> Option<Self> {
        let server = Server::at_hand()?;
        let template = server.template();
        Some(server.database(&template))
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Harms a case as somebody could who has the database in their hands: past constraints
    /// and triggers, and past our own store.
    pub fn harm(&self, case: CaseId, harm: Harm) {
        let target = Target::parse(&self.url).expect("a scratch database has an address");
        let mut connection =
            Connection::open(&target, Purpose::Write).expect("a scratch database opens");
        let guards_off = match connection.engine() {
            Engine::Sqlite => {
                "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
                 DROP TRIGGER IF EXISTS entries_are_not_changed;
                 DROP TRIGGER IF EXISTS entries_are_not_rewritten;
                 DROP TRIGGER IF EXISTS entries_are_not_deleted"
            }
            Engine::Postgres => {
                "SET session_replication_role = replica;
                 ALTER TABLE cases DROP CONSTRAINT IF EXISTS cases_have_exactly_one_owner,
                   DROP CONSTRAINT IF EXISTS open_cases_have_a_clock,
                   DROP CONSTRAINT IF EXISTS closed_cases_have_an_outcome"
            }
        };
        connection
            .batch(guards_off)
            .expect("the guards can be put off");
        let mut hashes: Vec<Vec<u8>> = Vec::new();
        let mut tx = Tx::new(&mut connection, 0);
        let sql = "SELECT hash FROM entries WHERE case_id = $1 ORDER BY number";
        let read = |row: &crate::Row<'_>| {
            hashes.push(row.get(0)?);
            Ok(())
        };
        tx.each_of_text(sql, crate::vals![case], "harm", read)
            .expect("the history can be read");
        if let (Harm::HashesSwapped, [one, other, ..]) = (harm, &hashes[..]) {
            let sql = "UPDATE entries SET hash = $1 WHERE case_id = $2 AND number = $3";
            for (hash, number) in [(other, 1_i64), (one, 2)] {
                tx.execute_text(sql, crate::vals![hash, case, number], "harm")
                    .expect("a hash can be written");
            }
            return;
        }
        let done = tx.execute_text(harm.sql(), crate::vals![case], "harm");
        assert_eq!(done.expect("the harm can be done"), 1, "{harm:?}");
    }

    pub fn open(&self) -> Store {
        self.open_with(&Options::default())
    }

    pub fn open_with(&self, options: &Options) -> Store {
        Store::open(&self.url, options).expect("a scratch database opens")
    }
}

/// The server that `HUIYIN_TEST_POSTGRES` names.
struct Server {
    url: String,
    target: Target,
}

impl Server {
    fn at_hand() -> Option<Self> {
        let url = std::env::var("HUIYIN_TEST_POSTGRES").ok()?;
        let target = Target::parse(&url).expect("HUIYIN_TEST_POSTGRES is an address");
        Some(Self { url, target })
    }

    fn connect(&self) -> Connection {
        Connection::open(&self.target, Purpose::Write).expect("the test server answers")
    }

    fn url_of(&self, database: &str) -> String {
        let (address, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let (base, _) = address
            .rsplit_once('/')
            .expect("the address names a database");
        format!("{base}/{database}?{query}")
    }

    fn database(self, template: &str) -> Scratch {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin_test_{}_{count}", std::process::id());
        make(&mut self.connect(), &name, template);
        Scratch {
            url: self.url_of(&name),
            keep: Keep::Database {
                server: self.target,
                name,
            },
        }
    }

    /// The name of a database with the tables of this program and nothing in them. Whoever comes
    /// first makes it, and it stays for all who come later.
    fn template(&self) -> String {
        let name = format!("huiyin_template_{}", &migrations::sum()[..16]);
        let mut connection = self.connect();
        let mut made = 0_i64;
        let mut tx = Tx::new(&mut connection, 0);
        // Apart, so that whoever waited sees what was made meanwhile.
        tx.each_of_text(
            "SELECT pg_advisory_lock(4802099)::TEXT",
            &[],
            "template",
            |_| Ok(()),
        )
        .expect("the test server has locks");
        let sql = "SELECT count(*) FROM pg_database WHERE datname = $1 AND datistemplate";
        tx.each_of_text(sql, crate::vals![name.as_str()], "template", |row| {
            made = row.get(0)?;
            Ok(())
        })
        .expect("the test server tells its databases");
        if made == 0 {
            make(&mut connection, &name, "template0");
            let target = Target::parse(&self.url_of(&name)).expect("a template has an address");
            let inside = Connection::open(&target, Purpose::Write);
            migrations::run(&mut inside.expect("the template opens")).expect("tables are made");
            connection
                .batch(&format!("ALTER DATABASE {name} IS_TEMPLATE true"))
                .expect("the test server keeps templates");
        }
        name
    }
}

fn make(connection: &mut Connection, name: &str, template: &str) {
    for sql in [
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LC_COLLATE 'C'"),
    ] {
        connection
            .batch(&sql)
            .expect("the test server makes databases");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Keep::Database { server, name } = &self.keep {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // On a thread of its own: the driver waits, which an asynchronous test forbids.
            let dropped = std::thread::scope(|scope| {
                let drop = || Connection::open(server, Purpose::Write)?.batch(&sql);
                scope
                    .spawn(drop)
                    .join()
                    .expect("dropping a database does not panic")
            });
            if let Err(error) = dropped {
                tracing::warn!(%error, "a scratch database stays behind");
            }
        }
    }
}
