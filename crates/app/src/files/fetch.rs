//! Fetch what a file holds. Whoever asks has seen its case within a scope.

use bytes::Bytes;
use huiyin_domain::case::Class;
use huiyin_store::files::File;

use crate::App;
use crate::error::{Error, Refusal, Thing};
use crate::outside::{FilesError, hex};

/// Which of the two sizes of a picture; other files have only the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Display,
    Small,
}

pub async fn fetch(app: &App, file: &File, size: Size) -> Result<Bytes, Error> {
    if file.erased_at.is_some() {
        return Err(Refusal::NotFound(Thing::File).into());
    }
    let hash = match (size, &file.small_hash) {
        (Size::Small, Some(small)) => small,
        _ => &file.hash,
    };
    app.outside
        .files
        .get(hash)
        .await
        .map_err(|error| match error {
            FilesError::Missing => Refusal::NotFound(Thing::File).into(),
            FilesError::Damaged => {
                tracing::error!(file = %hex(hash), "an attachment is damaged");
                Refusal::rule(Class::NotFound, "file-damaged").into()
            }
            other => Error::broken("fetching a file", other),
        })
}
