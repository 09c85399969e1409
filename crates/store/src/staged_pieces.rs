//! Pieces of files that are ahead of their form, so that a cut costs one piece and no more.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

/// One piece of a file that a person sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub person: PersonId,
    /// The file, as the phone calls it.
    pub token: String,
    pub starts_at_byte: i64,
    pub content: Vec<u8>,
    pub staged_at: Timestamp,
}

statements! {
    INSERT = "INSERT INTO staged_pieces \
        (person, token, starts_at_byte, size, content, staged_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    SIZE = "SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM staged_pieces \
        WHERE person = $1 AND token = $2";
    SIZE_OF_PERSON = "SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM staged_pieces \
        WHERE person = $1";
    CONTENT = "SELECT content FROM staged_pieces WHERE person = $1 AND token = $2 \
        ORDER BY starts_at_byte LIMIT $3";
    DELETE = "DELETE FROM staged_pieces WHERE person = $1 AND token = $2";
    SWEEP = "DELETE FROM staged_pieces WHERE staged_at < $1";
}

/// [`DbError::Unique`] when this piece is there already.
pub fn insert(tx: &mut Tx<'_>, piece: &Piece) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            piece.person,
            &piece.token,
            piece.starts_at_byte,
            piece.content.len() as i64,
            &piece.content,
            piece.staged_at,
        ],
    )
}

/// How much of a file is there: pieces follow each other without a gap.
pub fn size(tx: &mut Tx<'_>, person: PersonId, token: &str) -> Result<i64, DbError> {
    let size = tx.query_one(&SIZE, vals![person, token], |row| row.get(0))?;
    Ok(size.unwrap_or(0))
}

/// How much of all files of a person is there.
pub fn size_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, DbError> {
    let size = tx.query_one(&SIZE_OF_PERSON, vals![person], |row| row.get(0))?;
    Ok(size.unwrap_or(0))
}

/// The file, as far as it is there.
pub fn content(
    tx: &mut Tx<'_>,
    person: PersonId,
    token: &str,
    pieces_max: i64,
) -> Result<Vec<u8>, DbError> {
    let pieces: Vec<Vec<u8>> =
        tx.query(&CONTENT, vals![person, token, pieces_max], |row| row.get(0))?;
    Ok(pieces.concat())
}

/// The file has arrived with its form, or is not wanted any more.
pub fn delete(tx: &mut Tx<'_>, person: PersonId, token: &str) -> Result<(), DbError> {
    tx.execute(&DELETE, vals![person, token]).map(drop)
}

/// Forget pieces whose form never came.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![before])
}
