//! What the disk and SQLite can do at all, to hold the house's figures against:
//! `cargo run --release -p huiyin-store --example limits -- FOLDER SECONDS`.
//! Bare `fdatasync` after 4 KiB each, and bare inserts of a row of 300 bytes with two
//! indexes, 64 in a commit, as durable as the house's own.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

const GROUP: i64 = 64;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let seconds = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let during = Duration::from_secs(seconds);
    println!("| bare fdatasync | {:.0}/s |", syncs(folder, during)?);
    let inserts = inserts(folder, during)?;
    println!("| bare SQLite inserts, {GROUP} in a commit | {inserts:.0}/s |");
    Ok(())
}

fn syncs(folder: &Path, during: Duration) -> std::io::Result<f64> {
    let path = folder.join("limits.raw");
    let mut file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .open(&path)?;
    let block = [7; 4096];
    // A log is written over and over: the file does not grow while it is measured.
    for _ in 0..1024 {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let (started, mut count) = (Instant::now(), 0_u32);
    while started.elapsed() < during {
        if count % 1024 == 0 {
            file.seek(SeekFrom::Start(0))?;
        }
        file.write_all(&block)?;
        file.sync_data()?;
        count += 1;
    }
    let per_second = f64::from(count) / started.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(per_second)
}

fn inserts(folder: &Path, during: Duration) -> Result<f64, Box<dyn std::error::Error>> {
    let path = folder.join("limits.db");
    let connection = Connection::open(&path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE things (id INTEGER PRIMARY KEY, owner BIGINT, due BIGINT, text TEXT);
         CREATE INDEX by_owner ON things (owner, id); CREATE INDEX by_due ON things (due, id);",
    )?;
    let text = "x".repeat(300);
    let (started, mut id) = (Instant::now(), 0_i64);
    while started.elapsed() < during {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut insert = connection
            .prepare_cached("INSERT INTO things (id, owner, due, text) VALUES (?1, ?2, ?3, ?4)")?;
        for _ in 0..GROUP {
            insert.execute((id, id * 7919 % 50, id * 104_729 % 1_000_003, &text))?;
            id += 1;
        }
        connection.execute_batch("COMMIT")?;
    }
    let per_second = u32::try_from(id).map(f64::from)? / started.elapsed().as_secs_f64();
    drop(connection);
    for ending in ["", "-wal", "-shm"] {
        let file = folder.join(format!("limits.db{ending}"));
        if file.exists() {
            std::fs::remove_file(file)?;
        }
    }
    Ok(per_second)
}
