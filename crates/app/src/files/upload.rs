//! Take a file in. It waits without a case until its case or step is sent.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::FileId;
use huiyin_domain::planted::{self, Fault};
use huiyin_store::files::{self, File};
use huiyin_store::{DbError, Loss, Tx, leaving_files};
use sha2::{Digest, Sha256};

use super::picture::{Picture, PictureFault, redraw, redraw_as_sample};
use super::sniff::{MediaType, Sort, sniff};
use crate::App;
use crate::error::{Error, Refusal};
use crate::import::clean;
use crate::limits::{Key, Peer, Purpose};
use crate::outside::FilesError;

/// So often it is asked whether what is being taken away is gone, and so long between.
const TRIES: usize = 60;
const AGAIN: Duration = Duration::from_millis(50);
const PICTURE_BYTES_MAX: u64 = 20 * 1024 * 1024;
const SOUND_BYTES_MAX: u64 = 10 * 1024 * 1024;
const DOCUMENT_BYTES_MAX: u64 = 10 * 1024 * 1024;
/// Nothing larger is of any use; the edge need not read further.
pub const BYTES_MAX: u64 = PICTURE_BYTES_MAX;
const NAME_CHARS_MAX: usize = 120;
/// By how much what is planted comes too late.
const LATER: Duration = Duration::from_millis(300);

/// A file as it arrived.
pub struct Request {
    pub bytes: Bytes,
    /// As its owner calls it; shown beside a document, never believed.
    pub name: String,
    pub peer: Peer,
}

/// What was kept of it.
#[derive(Clone)]
struct Made {
    media: MediaType,
    content: Bytes,
    small: Option<Bytes>,
    sides: Option<(u32, u32)>,
}

/// Keeps a file and answers its row. A picture that is none, or anything else that is not
/// taken, is refused as the field `file`.
pub async fn upload(app: &App, request: Request) -> Result<File, Error> {
    keep(app, request, redraw).await
}

/// Keeps a file that the house itself fetched: nobody sends it, so nobody is told to wait.
pub(crate) async fn fetched(app: &App, bytes: Bytes) -> Result<File, Error> {
    keep_made(app, make(app, bytes, redraw).await?, "").await
}

/// How a picture is drawn anew.
type Redraw = fn(&[u8], MediaType) -> Result<Picture, PictureFault>;

async fn keep(app: &App, request: Request, redraw: Redraw) -> Result<File, Error> {
    app.limits
        .take(Purpose::Upload, Key::Peer(request.peer), app.now())?;
    let made = make(app, request.bytes, redraw).await?;
    keep_made(app, made, &request.name).await
}

async fn keep_made(app: &App, made: Made, name: &str) -> Result<File, Error> {
    let file = File {
        // All chance: whoever can name a waiting file may attach it.
        id: FileId::from_raw((app.chance() >> 1).cast_signed()),
        case: None,
        hash: Sha256::digest(&made.content).into(),
        small_hash: made
            .small
            .as_ref()
            .map(|small| Sha256::digest(small).into()),
        media_type: made.media.word().to_owned(),
        bytes: made.content.len() as i64,
        width: made.sides.map(|(width, _)| i64::from(width)),
        height: made.sides.map(|(_, height)| i64::from(height)),
        name: clean(name).chars().take(NAME_CHARS_MAX).collect(),
        made_at: app.now(),
        erased_at: None,
    };
    if planted::is(Fault::BytesFirst) {
        put(app, &made).await?;
        tokio::time::sleep(LATER).await;
    }
    // The row comes first: should all end here, the sweep finds it, and bytes that nothing
    // names would lie there for ever.
    name_it(app, &file).await?;
    put(app, &made).await?;
    Ok(file)
}

/// Names what is about to be put, as soon as nobody is taking away the same.
async fn name_it(app: &App, file: &File) -> Result<(), Error> {
    for _ in 0..TRIES {
        let (named, now) = (file.clone(), app.now());
        let write = move |tx: &mut Tx<'_>| {
            let hashes: BTreeSet<_> = named.hashes().collect();
            let is_free = leaving_files::take_all(tx, &hashes, now)?;
            if is_free {
                files::insert(tx, &named)?;
                leaving_files::release(tx, &hashes)?;
            }
            Ok::<_, DbError>(is_free)
        };
        if app.store.write_aside(file.id.get(), write).await? {
            return Ok(());
        }
        tokio::time::sleep(AGAIN).await;
    }
    Err(Error::Busy)
}

/// Keeps a photo; what is none, or cannot be taken, is refused as the field that it came in.
pub async fn photo(app: &App, bytes: Bytes, peer: Peer, field: &str) -> Result<FileId, Error> {
    let faults = ("photo-not-one", "photo-too-large");
    one(app, (bytes, peer, redraw), ("image/", field), faults).await
}

/// Keeps a photo of how something should be, in the sizes of samples.
pub async fn sample(app: &App, bytes: Bytes, peer: Peer, field: &str) -> Result<FileId, Error> {
    let faults = ("photo-not-one", "photo-too-large");
    let how = (bytes, peer, redraw_as_sample as Redraw);
    one(app, how, ("image/", field), faults).await
}

/// Keeps a voice note, in the same way.
pub async fn sound(app: &App, bytes: Bytes, peer: Peer, field: &str) -> Result<FileId, Error> {
    let faults = ("sound-not-one", "sound-too-large");
    one(app, (bytes, peer, redraw), ("audio/", field), faults).await
}

/// Keeps a file whose type begins so.
async fn one(
    app: &App,
    (bytes, peer, redraw): (Bytes, Peer, Redraw),
    (begins, field): (&str, &str),
    (not_one, too_large): (&'static str, &'static str),
) -> Result<FileId, Error> {
    let name = String::new();
    let faults = match keep(app, Request { bytes, name, peer }, redraw).await {
        Ok(stored) if stored.media_type.starts_with(begins) => return Ok(stored.id),
        Ok(_) => return Err(Refusal::field(field, not_one).into()),
        Err(Error::Refused(Refusal::TooLarge { .. })) => {
            return Err(Refusal::field(field, too_large).into());
        }
        Err(Error::Refused(Refusal::Invalid(faults))) => faults,
        Err(error) => return Err(error),
    };
    let named = faults.into_iter().map(|fault| FieldFault {
        field: field.to_owned(),
        ..fault
    });
    Err(Refusal::Invalid(named.collect()).into())
}

async fn make(app: &App, bytes: Bytes, redraw: Redraw) -> Result<Made, Error> {
    let media = sniff(&bytes).ok_or_else(|| Refusal::field("file", "fault-file-type"))?;
    let bytes_max = match media.sort() {
        Sort::Picture => PICTURE_BYTES_MAX,
        Sort::Sound => SOUND_BYTES_MAX,
        Sort::Document => DOCUMENT_BYTES_MAX,
    };
    if bytes.len() as u64 > bytes_max {
        return Err(Refusal::TooLarge { bytes_max }.into());
    }
    if media.sort() != Sort::Picture {
        return Ok(Made {
            media,
            content: bytes,
            small: None,
            sides: None,
        });
    }
    let turn = app
        .studio
        .drawing
        .acquire()
        .await
        .expect("the studio never closes");
    let drawn = tokio::task::spawn_blocking(move || redraw(&bytes, media)).await;
    drop(turn);
    let picture = drawn
        .map_err(|error| Error::broken("drawing a picture", error))?
        .map_err(|fault| match fault {
            PictureFault::TooManyPixels => Refusal::field("file", "fault-file-pixels"),
            PictureFault::Unreadable => Refusal::field("file", "fault-file-picture"),
        })?;
    let Picture {
        display,
        small,
        width,
        height,
    } = picture;
    Ok(Made {
        media: MediaType::Jpeg,
        content: display.into(),
        small: Some(small.into()),
        sides: Some((width, height)),
    })
}

/// Keeps what a file holds. When this returns, it is on the disk.
async fn put(app: &App, made: &Made) -> Result<(), Error> {
    let (app, made) = (app.clone(), made.clone());
    let put = async move {
        for bytes in std::iter::once(made.content).chain(made.small) {
            app.outside.files.put(bytes).await?;
        }
        Ok(())
    };
    if planted::is(Fault::BytesLater) {
        tokio::spawn(async move {
            tokio::time::sleep(LATER).await;
            put.await
        });
        return Ok(());
    }
    put.await.map_err(|error: FilesError| {
        if !error.is_of_the_disk() {
            return Error::broken("keeping a file", error);
        }
        // What it was is for whoever runs the house; the answer says that nothing was kept.
        tracing::warn!(%error, "a file was not kept");
        Error::NotStored(Loss::Full)
    })
}
