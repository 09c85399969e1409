//! Take in a piece of a file that is ahead of its form. Pieces come one after the other; a piece
//! that came before is no mistake, and one that leaves a gap is told where to go on.

use bytes::Bytes;
use huiyin_domain::access::Actor;
use huiyin_store::staged_pieces::{self, Piece};
use huiyin_store::{DbError, Tx};

use super::{Token, person};
use crate::{App, Error, Refusal};

/// The largest piece.
pub const PIECE_BYTES_MAX: usize = 256 << 10;
/// The largest file.
pub const FILE_BYTES_MAX: i64 = 10 << 20;
/// What all waiting files of one person weigh at most: a day's photos, three times over.
const PERSON_BYTES_MAX: i64 = 128 << 20;

/// One piece, as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub token: Token,
    pub starts_at_byte: i64,
    pub content: Bytes,
}

/// Keeps the piece; answers how much of the file is there. A piece that does not begin there
/// is left, and the answer says where to go on.
pub async fn stage(app: &App, actor: &Actor, request: Request) -> Result<i64, Error> {
    let person = person(actor)?;
    if request.content.is_empty() || request.content.len() > PIECE_BYTES_MAX {
        let bytes_max = PIECE_BYTES_MAX as u64;
        return Err(Refusal::TooLarge { bytes_max }.into());
    }
    let now = app.now();
    let write = move |tx: &mut Tx<'_>| -> Result<i64, Error> {
        let token = request.token.as_str();
        let there = staged_pieces::size(tx, person, token)?;
        if there != request.starts_at_byte {
            return Ok(there);
        }
        let size = request.content.len() as i64;
        let too_large = |bytes_max: i64| Refusal::TooLarge {
            bytes_max: bytes_max.cast_unsigned(),
        };
        if there + size > FILE_BYTES_MAX {
            return Err(too_large(FILE_BYTES_MAX).into());
        }
        if staged_pieces::size_of_person(tx, person)? + size > PERSON_BYTES_MAX {
            return Err(too_large(PERSON_BYTES_MAX).into());
        }

        // --- everything is checked; from here on we write ---
        let piece = Piece {
            person,
            token: token.to_owned(),
            starts_at_byte: there,
            content: request.content.to_vec(),
            staged_at: now,
        };
        match staged_pieces::insert(tx, &piece) {
            // The same piece arrived at the same moment by another way.
            Err(DbError::Unique { .. }) => Err(Error::Busy),
            kept => kept.map(|()| there + size).map_err(Error::from),
        }
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
