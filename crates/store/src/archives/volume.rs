//! The file of an archive: a SQLite database of its own, on both engines, that is written once
//! and then only read. It holds entries as they are in the house's database; their texts are
//! sealed, each case's with a key that stays in the house (ChaCha20-Poly1305, RFC 8439).

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use huiyin_domain::id::CaseId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use rusqlite::{Connection, OpenFlags, params};

use super::TextKey;
use crate::entries::{self, Entry};
use crate::{DbError, vals};

/// Before every change of what is below, this changes too.
const FORMAT: &str = "huiyin archive 1";
const SALT_BYTES: usize = 16;

const TABLES: &str = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE about (format TEXT NOT NULL, year INTEGER NOT NULL) STRICT;
    CREATE TABLE entries (
      case_id INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, step TEXT NOT NULL,
      acting TEXT NOT NULL, post INTEGER, unit INTEGER, person INTEGER, from_stage TEXT,
      to_stage TEXT NOT NULL, shape TEXT NOT NULL, hash BLOB NOT NULL, text_hash BLOB, sealed BLOB,
      PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID;
    BEGIN;";
const ABOUT: &str = "INSERT INTO about (format, year) VALUES (?1, ?2)";
const ADD: &str = "INSERT INTO entries VALUES \
    (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
/// As [`entries::read`] wants it; the sealed text stands in the place of the salt.
const READ: &str = "SELECT case_id, number, at, step, acting, post, unit, person, from_stage, \
    to_stage, shape, hash, text_hash, sealed, NULL FROM entries \
    WHERE case_id = $1 AND number >= $2 AND number <= $3 ORDER BY number";

fn failed(error: rusqlite::Error) -> DbError {
    DbError::Other {
        statement: "archives::volume",
        source: Box::new(error),
    }
}

/// A file that is being written.
pub struct Binding {
    connection: Connection,
    pub cases: i64,
    pub entries: i64,
}

impl Binding {
    /// A new file; there must be none of this name.
    pub fn begin(path: &Path, year: i16) -> Result<Self, DbError> {
        let begin = || {
            let connection = Connection::open(path)?;
            connection.execute_batch(TABLES)?;
            connection.execute(ABOUT, params![FORMAT, year])?;
            Ok(connection)
        };
        Ok(Self {
            connection: begin().map_err(failed)?,
            cases: 0,
            entries: 0,
        })
    }

    /// Adds entries of one case, their texts sealed with its key.
    pub fn add(&mut self, history: &[Entry], key: &TextKey) -> Result<(), DbError> {
        let key = opened(key);
        let add = |entry: &Entry, sealed: Option<Vec<u8>>| {
            let mut statement = self.connection.prepare_cached(ADD)?;
            statement.execute(params![
                entry.case.get(),
                entry.number,
                entry.at.as_microsecond(),
                entry.step,
                entry.acting,
                entry.post.map(|post| post.get()),
                entry.unit.map(|unit| unit.get()),
                entry.person.map(|person| person.get()),
                entry.from,
                entry.to,
                entry.shape,
                &entry.hash[..],
                entry.text_hash.as_ref().map(|hash| &hash[..]),
                sealed,
            ])
        };
        for entry in history {
            add(entry, seal(&key, entry)?).map_err(failed)?;
        }
        self.cases += 1;
        self.entries += i64::try_from(history.len()).unwrap_or(i64::MAX);
        Ok(())
    }

    /// Ends the file. Whoever keeps it forces it to the disk.
    pub fn end(self) -> Result<(), DbError> {
        self.connection.execute_batch("COMMIT").map_err(failed)?;
        self.connection.close().map_err(|(_, error)| failed(error))
    }
}

/// A file that is read.
pub struct Volume(Mutex<Connection>);

impl Volume {
    pub fn open(path: &Path) -> Result<Self, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let name = path.display().to_string();
        // Nobody writes to it: no lock is taken, and no file is made beside it.
        let address = format!("file:{}?immutable=1", escaped(&name));
        let connection = Connection::open_with_flags(address, flags).map_err(failed)?;
        let format: String = connection
            .query_row("SELECT format FROM about", [], |row| row.get(0))
            .map_err(failed)?;
        match format == FORMAT {
            true => Ok(Self(Mutex::new(connection))),
            false => Err(DbError::Broken(format!(
                "an archive of the format {format}"
            ))),
        }
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Entries of a case, from one number to another. Without the key they have no texts.
    pub fn entries(
        &self,
        case: CaseId,
        (from, until): (i64, i64),
        key: Option<&TextKey>,
    ) -> Result<Vec<Entry>, DbError> {
        let key = key.map(opened);
        let mut history = Vec::new();
        let connection = self.connection();
        crate::dialect::each_of_file(&connection, READ, vals![case, from, until], |row| {
            let mut entry = entries::read(row)?;
            let sealed = entry.salt.take();
            if let (Some(key), Some(sealed)) = (&key, sealed) {
                let (salt, text) = unseal(key, &entry, sealed)?;
                (entry.salt, entry.text) = (Some(salt), Some(text));
            }
            history.push(entry);
            Ok(())
        })?;
        Ok(history)
    }
}

/// What stands for itself in the address of a file.
fn escaped(path: &str) -> String {
    path.replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}

fn opened(key: &TextKey) -> LessSafeKey {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &key.0);
    LessSafeKey::new(key.expect("a key has the length that the cipher wants"))
}

/// A key seals each number once, so the number is all that must differ.
fn nonce(entry: &Entry) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[..8].copy_from_slice(&entry.number.to_le_bytes());
    Nonce::assume_unique_for_key(nonce)
}

fn bound_to(entry: &Entry) -> Aad<[u8; 8]> {
    Aad::from(entry.case.get().to_le_bytes())
}

/// The salt and the text, sealed; nothing where there is no text or it was erased.
fn seal(key: &LessSafeKey, entry: &Entry) -> Result<Option<Vec<u8>>, DbError> {
    let (Some(salt), Some(text)) = (&entry.salt, &entry.text) else {
        return Ok(None);
    };
    let mut bytes = [&salt[..], text.as_bytes()].concat();
    key.seal_in_place_append_tag(nonce(entry), bound_to(entry), &mut bytes)
        .map_err(|_| DbError::Broken("a text that cannot be sealed".to_owned()))?;
    Ok(Some(bytes))
}

fn unseal(
    key: &LessSafeKey,
    entry: &Entry,
    mut sealed: Vec<u8>,
) -> Result<(Vec<u8>, String), DbError> {
    let broken = || DbError::Broken("a text in an archive that its key does not open".to_owned());
    let plain = key.open_in_place(nonce(entry), bound_to(entry), &mut sealed);
    let (salt, text) = plain
        .ok()
        .and_then(|plain| plain.split_at_checked(SALT_BYTES))
        .ok_or_else(broken)?;
    let text = String::from_utf8(text.to_vec()).map_err(|_| broken())?;
    Ok((salt.to_vec(), text))
}
