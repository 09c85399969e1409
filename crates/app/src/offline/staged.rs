//! What is there of a file that is ahead of its form: how much, all of it, and none any more.

use bytes::Bytes;
use huiyin_domain::access::Actor;
use huiyin_store::{Tx, staged_pieces};

use super::stage::{FILE_BYTES_MAX, PIECE_BYTES_MAX};
use super::{Token, person};
use crate::{App, Error};

/// Pieces may be smaller than they could be; so many are put together at most.
const PIECES_MAX: i64 = 64 * FILE_BYTES_MAX / PIECE_BYTES_MAX as i64;

/// How much of it is there.
pub async fn size(app: &App, actor: &Actor, token: &Token) -> Result<i64, Error> {
    let (person, token) = (person(actor)?, token.clone());
    let read = move |tx: &mut Tx<'_>| staged_pieces::size(tx, person, token.as_str());
    app.store.read(read).await.map_err(Error::from)
}

/// The file, as far as it is there.
pub async fn content(app: &App, actor: &Actor, token: &Token) -> Result<Bytes, Error> {
    let (person, token) = (person(actor)?, token.clone());
    let read =
        move |tx: &mut Tx<'_>| staged_pieces::content(tx, person, token.as_str(), PIECES_MAX);
    let content = app.store.read(read).await.map_err(Error::from)?;
    Ok(content.into())
}

/// Their form has arrived: the pieces are not needed any more.
pub async fn put_away(app: &App, actor: &Actor, tokens: Vec<Token>) -> Result<(), Error> {
    let person = person(actor)?;
    let write = move |tx: &mut Tx<'_>| {
        let mut all = tokens.iter();
        all.try_for_each(|token| staged_pieces::delete(tx, person, token.as_str()))
    };
    let key = person.get();
    app.store.write_aside(key, write).await.map_err(Error::from)
}
