use std::io::Cursor;
use std::time::Duration;

use bytes::Bytes;
use huiyin_store::{Tx, files};
use image::{ImageFormat, RgbImage};
use jiff::SignedDuration;

use super::File;
use super::fetch::{Size, fetch};
use super::sweep::sweep;
use super::take_away::{hold_unused, take_away};
use super::upload::{Request, upload};
use crate::App;
use crate::backup::backup;
use crate::error::{Error, Refusal};
use crate::outside::FileHash;
use crate::testing::{Bench, benches, peer};

pub(crate) fn picture(shade: u8) -> Vec<u8> {
    let image = RgbImage::from_pixel(800, 600, image::Rgb([shade, 100, 100]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn request(bytes: impl Into<Bytes>) -> Request {
    Request {
        bytes: bytes.into(),
        name: "../../photo\u{202e}.exe\r\n".into(),
        peer: peer(),
    }
}

async fn fault(bench: &Bench, bytes: Vec<u8>) -> &'static str {
    match upload(&bench.app, request(bytes)).await {
        Err(Error::Refused(Refusal::Invalid(faults))) => faults[0].key,
        Err(Error::Refused(Refusal::TooLarge { .. })) => "too large",
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_picture_is_kept_in_two_sizes_and_the_same_one_once() {
    for bench in benches() {
        let app = &bench.app;
        let one = upload(app, request(picture(1))).await.unwrap();
        assert_eq!((one.width, one.height), (Some(800), Some(600)));
        assert_eq!(one.media_type, "image/jpeg");
        assert_eq!(one.name, "../../photo.exe");
        let display = fetch(app, &one, Size::Display).await.unwrap();
        let small = fetch(app, &one, Size::Small).await.unwrap();
        assert_eq!(display.len() as i64, one.bytes);
        assert!(small.len() < display.len());

        let twin = upload(app, request(picture(1))).await.unwrap();
        assert_ne!(twin.id, one.id);
        assert_eq!(twin.hash, one.hash);
        assert_eq!(app.outside.files.list().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn what_may_not_be_attached_is_refused() {
    for bench in benches() {
        assert_eq!(
            fault(&bench, b"<svg onload=alert(1)>".to_vec()).await,
            "fault-file-type"
        );
        assert_eq!(fault(&bench, Vec::new()).await, "fault-file-type");
        let mut broken = picture(1);
        broken.truncate(60);
        assert_eq!(fault(&bench, broken).await, "fault-file-picture");
        let mut huge = b"%PDF-1.7".to_vec();
        huge.resize(11 * 1024 * 1024, b' ');
        assert_eq!(fault(&bench, huge).await, "too large");
        let note = upload(&bench.app, request(&b"OggS voice"[..]))
            .await
            .unwrap();
        assert_eq!(
            (note.media_type.as_str(), note.small_hash),
            ("audio/ogg", None)
        );
        let kept = fetch(&bench.app, &note, Size::Small).await.unwrap();
        assert_eq!(kept, "OggS voice");
    }
}

#[tokio::test]
async fn files_without_a_case_are_swept_away_and_shared_ones_stay() {
    for bench in benches() {
        let app = &bench.app;
        let old = upload(app, request(picture(1))).await.unwrap();
        upload(app, request(picture(2))).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(23));
        let twin = upload(app, request(picture(1))).await.unwrap();
        assert_eq!(sweep(app).await.unwrap(), 0);
        bench.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(sweep(app).await.unwrap(), 2);
        assert_eq!(app.outside.files.list().await.unwrap().len(), 2);
        assert!(fetch(app, &twin, Size::Display).await.is_ok());
        bench.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(sweep(app).await.unwrap(), 1);
        assert!(app.outside.files.list().await.unwrap().is_empty());
        assert!(fetch(app, &old, Size::Display).await.is_err());
    }
}

#[tokio::test]
async fn what_was_cut_short_while_it_was_taken_in_is_swept_away_and_nobody_misses_it() {
    for bench in benches() {
        let app = &bench.app;
        // The row is there, the bytes are not, and nobody was told its name.
        let cut = upload(app, request(picture(1))).await.unwrap();
        for hash in [Some(cut.hash), cut.small_hash].into_iter().flatten() {
            app.outside.files.delete(&hash).await.unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let made = backup(app, &folder.path().join("house.backup")).await;
        assert!(made.unwrap().lost.is_empty());
        bench.clock.advance(SignedDuration::from_hours(25));
        assert_eq!(sweep(app).await.unwrap(), 1);
        assert_eq!(sweep(app).await.unwrap(), 0);
    }
}

/// What somebody does who takes a file away, before its bytes go.
async fn begin_to_take_away(app: &App, file: &File) -> Vec<FileHash> {
    let (id, hash, now) = (file.id, file.hash, app.now());
    let begin = move |tx: &mut Tx<'_>| {
        files::erase(tx, id, now)?;
        hold_unused(tx, [hash], now)
    };
    app.store.write(0, begin).await.unwrap()
}

#[tokio::test]
async fn what_is_being_taken_away_is_not_taken_in_until_it_is_gone() {
    for bench in benches() {
        let app = &bench.app;
        let old = upload(app, request(picture(1))).await.unwrap();
        let unused = begin_to_take_away(app, &old).await;
        assert_eq!(unused, [old.hash]);
        // Another process takes it away; until then the same picture waits.
        let (again, gone) = tokio::join!(upload(app, request(picture(1))), async {
            tokio::time::sleep(Duration::from_millis(120)).await;
            take_away(app, unused).await
        });
        gone.unwrap();
        assert!(fetch(app, &again.unwrap(), Size::Display).await.is_ok());
    }
}

#[tokio::test]
async fn what_was_not_taken_away_to_its_end_is_swept_away() {
    for bench in benches() {
        let app = &bench.app;
        let old = upload(app, request(&b"OggS voice"[..])).await.unwrap();
        begin_to_take_away(app, &old).await;
        // Whoever began it is given time.
        sweep(app).await.unwrap();
        assert_eq!(app.outside.files.list().await.unwrap().len(), 1);
        bench.clock.advance(SignedDuration::from_mins(6));
        sweep(app).await.unwrap();
        assert!(app.outside.files.list().await.unwrap().is_empty());
        // Or somebody brings the same meanwhile: then it stays.
        let old = upload(app, request(&b"OggS voice"[..])).await.unwrap();
        begin_to_take_away(app, &old).await;
        bench.clock.advance(SignedDuration::from_mins(6));
        let again = upload(app, request(&b"OggS voice"[..])).await.unwrap();
        sweep(app).await.unwrap();
        assert!(fetch(app, &again, Size::Display).await.is_ok());
    }
}
