//! Scratch databases for tests: one of each engine, gone when dropped.
//!
//! PostgreSQL takes part when `HUIYIN_TEST_POSTGRES` names a server where
//! databases may be made (`postgres://postgres@127.0.0.1:5432/postgres`).

use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use crate::dialect::{Connection, Purpose, Target};
use crate::engine::{Options, Store};

/// A database that nobody else uses.
pub struct Scratch {
    url: String,
    keep: Keep,
}

enum Keep {
    Folder { _folder: TempDir },
    Database { server: Target, name: String },
}

impl Scratch {
    /// A scratch database on each engine at hand: SQLite always.
    pub fn each() -> Vec<Self> {
        std::iter::once(Self::sqlite())
            .chain(Self::postgres())
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
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let server_url = std::env::var("HUIYIN_TEST_POSTGRES").ok()?;
        let server = Target::parse(&server_url).expect("HUIYIN_TEST_POSTGRES is an address");
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin_test_{}_{count}", std::process::id());
        let mut connection =
            Connection::open(&server, Purpose::Write).expect("the test server answers");
        for sql in [
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"),
        ] {
            connection
                .batch(&sql)
                .expect("the test server makes databases");
        }
        let (address, query) = server_url.split_once('?').unwrap_or((&server_url, ""));
        let (base, _) = address
            .rsplit_once('/')
            .expect("the address names a database");
        let url = format!("{base}/{name}?{query}");
        Some(Self {
            url,
            keep: Keep::Database { server, name },
        })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn open(&self) -> Store {
        self.open_with(&Options::default())
    }

    pub fn open_with(&self, options: &Options) -> Store {
        Store::open(&self.url, options).expect("a scratch database opens")
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
