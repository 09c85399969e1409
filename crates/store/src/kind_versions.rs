//! Versions of kinds: a case is pinned to the one under which it was opened,
//! so the source of each is kept for as long as the database lives.

use huiyin_domain::case::KindHash;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindVersion {
    pub slug: String,
    pub hash: KindHash,
    /// The files of the kind's folder, as the caller packs them.
    pub source: String,
}

statements! {
    KEEP = "INSERT INTO kind_versions (id, slug, hash, source) \
        VALUES ((SELECT COALESCE(max(id), 0) + 1 FROM kind_versions), $1, $2, $3) \
        ON CONFLICT (hash) DO NOTHING";
    READ_ALL = "SELECT slug, hash, source FROM kind_versions ORDER BY id";
}

/// Keep a version; whether it is new. Write all of them under one key.
pub fn keep(tx: &mut Tx<'_>, version: &KindVersion) -> Result<bool, DbError> {
    let kept = tx.execute(&KEEP, vals![&version.slug, &version.hash, &version.source])?;
    Ok(kept > 0)
}

/// Every version under which a case may have been opened, oldest first.
pub fn read_all(tx: &mut Tx<'_>) -> Result<Vec<KindVersion>, DbError> {
    tx.query(&READ_ALL, &[], |row| {
        Ok(KindVersion {
            slug: row.get(0)?,
            hash: row.get(1)?,
            source: row.get(2)?,
        })
    })
}
