//! Files: what is attached to cases. The bytes lie in the store of files,
//! under the hash that stands here.

use huiyin_domain::id::{CaseId, FileId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    /// None while it waits for its case to be sent.
    pub case: Option<CaseId>,
    pub hash: [u8; 32],
    /// The same picture, small.
    pub small_hash: Option<[u8; 32]>,
    pub media_type: String,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub name: String,
    pub made_at: Timestamp,
    pub erased_at: Option<Timestamp>,
}

impl File {
    /// Under which hashes its bytes lie.
    pub fn hashes(&self) -> impl Iterator<Item = [u8; 32]> {
        std::iter::once(self.hash).chain(self.small_hash)
    }
}

/// What a file hangs on that came with no case.
macro_rules! hangs {
    () => {
        "(EXISTS (SELECT 1 FROM pictures p WHERE p.file = files.id) \
        OR EXISTS (SELECT 1 FROM samples s WHERE s.file = files.id) \
        OR EXISTS (SELECT 1 FROM task_photos p WHERE p.file = files.id))"
    };
}

statements! {
    INSERT = "INSERT INTO files (id, case_id, hash, small_hash, media_type, size, width, height, \
        name, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_ID = "SELECT id, case_id, hash, small_hash, media_type, size, width, height, name, \
        made_at, erased_at FROM files WHERE id = $1";
    OF_CASE = "SELECT id, case_id, hash, small_hash, media_type, size, width, height, name, \
        made_at, erased_at FROM files WHERE case_id = $1 AND erased_at IS NULL ORDER BY id";
    ATTACH = concat!("UPDATE files SET case_id = $1 \
        WHERE id = $2 AND (case_id IS NULL OR case_id = $1) AND erased_at IS NULL \
        AND NOT ", hangs!());
    ORPHANS = concat!("SELECT id, case_id, hash, small_hash, media_type, size, width, height, name, \
        made_at, erased_at FROM files \
        WHERE case_id IS NULL AND erased_at IS NULL AND made_at <= $1 \
        AND NOT ", hangs!(), " ORDER BY made_at LIMIT $2");
    ERASE = "UPDATE files SET erased_at = $1, name = '' WHERE id = $2 AND erased_at IS NULL";
    IN_USE = "SELECT id FROM files WHERE hash = $1 AND erased_at IS NULL \
        UNION ALL SELECT id FROM files WHERE small_hash = $1 AND erased_at IS NULL LIMIT 1";
    MISSED = concat!("SELECT id FROM files WHERE (hash = $1 OR small_hash = $1) \
        AND erased_at IS NULL AND (case_id IS NOT NULL OR ", hangs!(), ") LIMIT 1");
    EACH = "SELECT id, case_id, hash, small_hash, media_type, size, width, height, name, \
        made_at, erased_at FROM files WHERE erased_at IS NULL AND id > $1 ORDER BY id LIMIT $2";
    COUNT_OF_CASE = "SELECT count(*) FROM files WHERE case_id = $1 AND erased_at IS NULL";
}

fn read(row: &Row<'_>) -> Result<File, DbError> {
    Ok(File {
        id: row.get(0)?,
        case: row.get(1)?,
        hash: row.get(2)?,
        small_hash: row.get(3)?,
        media_type: row.get(4)?,
        bytes: row.get(5)?,
        width: row.get(6)?,
        height: row.get(7)?,
        name: row.get(8)?,
        made_at: row.get(9)?,
        erased_at: row.get(10)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, file: &File) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            file.id,
            file.case,
            &file.hash,
            file.small_hash.as_ref(),
            &file.media_type,
            file.bytes,
            file.width,
            file.height,
            &file.name,
            file.made_at,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, id: FileId) -> Result<Option<File>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// What is attached to a case; whoever asks has loaded the case.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<File>, DbError> {
    tx.query(&OF_CASE, vals![case], read)
}

pub fn count_of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT_OF_CASE, vals![case], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Give a waiting file to its case. One of another case, or that hangs somewhere, is [`DbError::Conflict`].
pub fn attach(tx: &mut Tx<'_>, id: FileId, case: CaseId) -> Result<(), DbError> {
    tx.execute_one(&ATTACH, vals![case, id])
}

/// Files whose case was never sent and that hang nowhere, the oldest first.
pub fn orphans(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<File>, DbError> {
    tx.query(&ORPHANS, vals![before, limit], read)
}

/// The file is gone; its row stays, because history names it.
pub fn erase(tx: &mut Tx<'_>, id: FileId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&ERASE, vals![at, id])
}

/// Whether any file still needs these bytes.
pub fn is_in_use(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<bool, DbError> {
    let found: Option<i64> = tx.query_one(&IN_USE, vals![hash], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Whether somebody would miss these bytes: a file that nobody named yet may have got none, when
/// the house ended while it was taken in.
pub fn is_missed(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<bool, DbError> {
    let found: Option<i64> = tx.query_one(&MISSED, vals![hash], |row| row.get(0))?;
    Ok(found.is_some())
}

/// All files in the order of their ids behind `last`, for backup and check.
pub fn each(tx: &mut Tx<'_>, last: Option<FileId>, limit: i64) -> Result<Vec<File>, DbError> {
    tx.query(&EACH, vals![last.map_or(-1, FileId::get), limit], read)
}
