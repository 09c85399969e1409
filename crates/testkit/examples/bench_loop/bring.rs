//! Fills a database from another one that was filled before, as a county does that moves from
//! SQLite to PostgreSQL: by a dump, which here goes straight from one to the other.

use std::time::Instant;

use huiyin_app::{App, restore};
use huiyin_store::{Options, Store, dump};

use crate::client::Fault;

/// Copies every row of the database at `from` into the empty `store`; without the search.
pub fn rows(from: &str, store: &Store) -> Result<(), Fault> {
    let started = Instant::now();
    let source = Store::open(from, &Options::default())?;
    let copied = dump::bring(&source, store)?;
    source.shutdown_blocking();
    let seconds = started.elapsed().as_secs_f64();
    eprintln!("brought {} rows in {seconds:.0} s", copied.rows);
    Ok(())
}

/// Makes the index of the search anew from the cases.
pub fn search(app: &App) -> Result<(), Fault> {
    let started = Instant::now();
    restore::index(app)?;
    eprintln!(
        "made the search in {:.0} s",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
