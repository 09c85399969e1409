use std::io::{BufReader, Cursor};
use std::sync::mpsc::channel;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use bytes::Bytes;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::words::Lang;
use huiyin_store::Store;
use huiyin_store::scratch::Scratch;
use image::{ImageFormat, RgbImage};
use tokio::runtime::Runtime;

use super::*;
use crate::cases::{Channel, advance, open};
use crate::files::upload::{self, upload};
use crate::outside::Files;
use crate::restore::{complete, take_in};
use crate::testing::{Bench, app_on, benches, peer};
use crate::verify::verify;

fn case(number: i64) -> CaseId {
    CaseId::from_raw(number)
}

async fn photo(app: &App, shade: u8) -> files::File {
    let image = RgbImage::from_pixel(800, 600, image::Rgb([shade, 100, 100]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let request = upload::Request {
        bytes: Bytes::from(bytes.into_inner()),
        name: "heating.png".to_owned(),
        peer: peer(),
    };
    upload(app, request).await.unwrap()
}

/// Three cases, one of them with two photos, one withdrawn.
async fn fill(app: &App) {
    for number in 1..=3 {
        let mut values = Values::from([
            (
                "description".to_owned(),
                Value::Text(format!("三单元暖气不热 {number}")),
            ),
            (
                "place".to_owned(),
                Value::Place("652901001001".parse().unwrap()),
            ),
        ]);
        if number == 1 {
            let photos = vec![photo(app, 1).await.id, photo(app, 2).await.id];
            values.insert("photos".to_owned(), Value::Files(photos));
        }
        let request = open::Request {
            id: case(number),
            kind: "appeal".to_owned(),
            values,
            language: "zh".parse::<Lang>().unwrap(),
            channel: Channel::Web,
            key: None,
            at: None,
        };
        open::open(app, &Actor::anyone(), request).await.unwrap();
    }
    let request = advance::Request {
        id: case(2),
        version: None,
        step: "withdraw".to_owned(),
        input: Input {
            values: Values::from([("why".to_owned(), Value::Text("修好了".to_owned()))]),
        },
        key: None,
        at: None,
    };
    let actor = Actor::petitioner(case(2));
    advance::advance(app, &actor, request).await.unwrap();
}

/// A folder for backups, and a bench with cases.
fn filled(runtime: &Runtime) -> (tempfile::TempDir, Vec<Bench>) {
    let benches = benches();
    for bench in &benches {
        runtime.block_on(fill(&bench.app));
    }
    (tempfile::tempdir().unwrap(), benches)
}

fn dumped(store: &Store) -> String {
    let (sender, receiver) = channel();
    let read = move |tx: &mut Tx<'_>| {
        let mut out = Vec::new();
        dump::write(tx, &mut out)?;
        sender.send(out).unwrap();
        Ok::<_, huiyin_store::DbError>(())
    };
    store.read_blocking(read).unwrap();
    String::from_utf8(receiver.recv().unwrap()).unwrap()
}

#[test]
fn a_backup_of_one_engine_is_taken_in_by_the_other() {
    let runtime = Runtime::new().unwrap();
    let (folder, benches) = filled(&runtime);
    for bench in benches {
        let before = verify(&bench.app).unwrap();
        assert_eq!((before.cases, before.open, before.entries), (3, 2, 4));
        let path = folder.path().join("house.backup");
        let made = runtime.block_on(backup(&bench.app, &path)).unwrap();
        assert_eq!((made.cases, made.entries, made.files), (3, 4, 2));
        assert_eq!((made.attachments, &made.lost[..]), (4, &[][..]));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        // What comes afterwards is not in it.
        runtime.block_on(photo(&bench.app, 3));

        for scratch in Scratch::each() {
            let (store, files) = (scratch.open(), Files::in_memory());
            let checked = check(&path).unwrap();
            assert_eq!(checked.manifest, made);
            let taken = runtime.block_on(take_in(&checked, &store, &files));
            taken.unwrap();
            let app = app_on(store.clone(), bench.clock.clone(), files.clone());
            assert_eq!(complete(&app, &checked).unwrap(), before);

            let kept = runtime.block_on(files.list()).unwrap();
            assert_eq!(kept.len(), 4);
            let again = runtime.block_on(take_in(&checked, &store, &files));
            assert!(matches!(
                again,
                Err(BackupError::Restore(RestoreError::NotEmpty))
            ));
            store.shutdown_blocking();
        }
    }
}

#[test]
fn one_changed_byte_or_a_missing_end_is_refused() {
    let runtime = Runtime::new().unwrap();
    let (folder, benches) = filled(&runtime);
    let path = folder.path().join("house.backup");
    runtime.block_on(backup(&benches[0].app, &path)).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let spoiled = folder.path().join("spoiled.backup");
    let ends = [0, 1, BLOCK as usize, whole.len() - 1, whole.len() - 40];
    let spread = (0..whole.len()).step_by(whole.len() / 120);
    for position in spread.chain(ends) {
        for bit in [1, 0x20] {
            let mut bytes = whole.clone();
            bytes[position] ^= bit;
            std::fs::write(&spoiled, &bytes).unwrap();
            let answer = check(&spoiled);
            assert!(
                matches!(answer, Err(BackupError::Damaged(_))),
                "byte {position}: {answer:?}"
            );
        }
    }
    for length in [0, 71, 72, 600, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&spoiled, &whole[..length]).unwrap();
        let answer = check(&spoiled);
        assert!(answer.is_err(), "{length} bytes: {answer:?}");
    }
    let more = [&whole[..], b"\n"].concat();
    std::fs::write(&spoiled, more).unwrap();
    assert!(check(&spoiled).is_err());
    std::fs::write(&spoiled, &whole).unwrap();
    assert!(check(&spoiled).is_ok());
}

#[test]
fn an_attachment_that_was_lost_is_told_and_the_rest_is_kept() {
    let runtime = Runtime::new().unwrap();
    let (folder, benches) = filled(&runtime);
    for bench in benches {
        let kept = runtime.block_on(bench.app.outside.files.list()).unwrap();
        let gone = kept[0].hash;
        let delete = bench.app.outside.files.delete(&gone);
        runtime.block_on(delete).unwrap();
        let path = folder.path().join("house.backup");
        let made = runtime.block_on(backup(&bench.app, &path)).unwrap();
        assert_eq!((made.attachments, made.lost), (3, vec![hex(&gone)]));
        assert!(check(&path).is_ok());
    }
}

#[test]
fn a_backup_that_fails_leaves_nothing_and_spoils_nothing() {
    let runtime = Runtime::new().unwrap();
    let (folder, benches) = filled(&runtime);
    let path = folder.path().join("house.backup");
    std::fs::write(&path, "yesterday's").unwrap();
    benches[0].app.store.shutdown_blocking();
    assert!(runtime.block_on(backup(&benches[0].app, &path)).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"yesterday's");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Takes in a dump of which lines were changed and whose sum was made right again.
fn tampered(bench: &Bench, change: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let text = dumped(&bench.app.store);
    let (body, _) = text.trim_end().rsplit_once('\n').unwrap();
    let lines: Vec<String> = body.lines().filter_map(change).collect();
    let rows = lines.iter().filter(|line| line.starts_with('[')).count();
    let body = lines.join("\n") + "\n";
    let sum = BASE64.encode(Sha256::digest(&body));
    let text = format!("{body}end {rows} {sum}\n");

    let scratch = Scratch::sqlite();
    let store = scratch.open();
    dump::restore(&store, BufReader::new(text.as_bytes())).unwrap();
    let app = app_on(store, bench.clock.clone(), Files::in_memory());
    crate::restore::index(&app).unwrap();
    let report = verify(&app).unwrap();
    report
        .findings
        .into_iter()
        .inspect(|finding| assert_eq!((finding.case, finding.invariant), (case(2), 4)))
        .map(|finding| finding.what)
        .collect()
}

#[test]
fn a_history_that_was_tampered_with_is_found() {
    let runtime = Runtime::new().unwrap();
    let (_folder, benches) = filled(&runtime);
    for bench in benches {
        let same = tampered(&bench, |line| Some(line.to_owned()));
        assert_eq!(same, Vec::<String>::new());
        let text = tampered(&bench, |line| Some(line.replace("修好了", "吓怕了")));
        assert_eq!(text, ["the text of entry 2 was changed"]);
        let step = tampered(&bench, |line| {
            Some(line.replace("\"withdraw\"", "\"withhold\""))
        });
        assert_eq!(step, ["entry 2 does not follow from the one before it"]);
        let gone = tampered(&bench, |line| {
            (!line.contains("\"withdraw\"")).then(|| line.to_owned())
        });
        assert!(gone[0].contains("entries are missing"), "{gone:?}");
    }
}
