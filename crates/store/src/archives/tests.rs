use std::error::Error;
use std::path::PathBuf;

use huiyin_domain::access::Scope;
use huiyin_domain::case::{Acting, CaseView};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::entries::{self, NewEntry, Text};
use crate::histories::{Window, histories};
use crate::tests::{ANA, appeal, at, in_town, loaded, open};
use crate::{Statement, Store, WriteError, cases, verify};

const CASE: CaseId = CaseId::from_raw(5);
const ARCHIVE: ArchiveId = ArchiveId::from_raw(1);

struct Lying(PathBuf);

impl Source for Lying {
    fn find(&self, _: &[u8; 32]) -> Result<PathBuf, Box<dyn Error + Send + Sync>> {
        Ok(self.0.clone())
    }
}

fn step(store: &Store, change: impl Fn(&mut CaseView)) {
    let before = loaded(store, CASE.get());
    let mut after = before.view.clone();
    after.version += 1;
    change(&mut after);
    let write = move |tx: &mut Tx<'_>| {
        cases::update(tx, &before, &after, &before.title, at(50))?;
        let entry = NewEntry {
            case: CASE,
            number: after.version,
            at: at(50),
            step: "go_on",
            acting: &Acting::Person(ANA),
            from: Some(&before.view.stage),
            to: &after.stage,
            shape: "{\"owner\":{\"unit\":1}}",
            text: Some(Text {
                salt: &[2; 16],
                json: "{\"why\":\"说来话长\"}",
            }),
        };
        entries::append(tx, &entry, &before.head).map(drop)
    };
    store.write_blocking(CASE.get(), write).unwrap();
}

fn history(store: &Store) -> Vec<Entry> {
    let case = loaded(store, CASE.get());
    store
        .read_blocking(move |tx| entries::list(tx, &case))
        .unwrap()
}

fn here(store: &Store) -> Vec<i64> {
    let read = |tx: &mut Tx<'_>| entries::here(tx, CASE);
    let here = store.read_blocking(read).unwrap();
    here.iter().map(|entry| entry.number).collect()
}

/// As figures read it.
fn lines(store: &Store) -> Vec<String> {
    let read = |tx: &mut Tx<'_>| {
        let window = Window {
            since: at(0),
            until: at(100),
            cases_max: 10,
        };
        let mut told = Vec::new();
        histories(tx, &Scope::for_the_house(), window, |_, lines| {
            told.extend(lines.iter().map(|line| format!("{line:?}")));
            Ok(())
        })?;
        Ok::<_, DbError>(told)
    };
    store.read_blocking(read).unwrap()
}

/// Four entries, of which the last closes the case.
fn closed(store: &Store) -> Vec<Entry> {
    let opening = |tx: &mut Tx<'_>| open(tx, &appeal(CASE.get(), 60), &[]);
    store.write_blocking(CASE.get(), opening).unwrap();
    for _ in 0..2 {
        step(store, |_| ());
    }
    step(store, |case| {
        case.clock = None;
        case.closed_at = Some(at(50));
        case.outcome = Some("explained".to_owned());
    });
    history(store)
}

/// What was written into a file, and the archive that it is.
fn bound(path: &std::path::Path, older: &[Entry], key: &TextKey) -> Archive {
    let mut binding = Binding::begin(path, 2027).unwrap();
    binding.add(older, key).unwrap();
    let (cases, entries) = (binding.cases, binding.entries);
    binding.end().unwrap();
    let bytes = std::fs::read(path).unwrap();
    assert!(!bytes.windows(12).any(|some| some == "说来话长".as_bytes()));
    Archive {
        id: ARCHIVE,
        year: 2027,
        hash: Sha256::digest(&bytes).into(),
        size: i64::try_from(bytes.len()).unwrap(),
        cases,
        entries,
        made_at: at(60),
    }
}

/// The history of a closed case, moved out.
fn moved_out(store: &Store) -> (tempfile::TempDir, Vec<Entry>) {
    let before = closed(store);
    let told = lines(store);
    assert_eq!(told.len(), 4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("volume");
    let key = TextKey::made_of(|| 7);
    let archive = bound(&path, &before[..3], &key);
    assert_eq!((archive.cases, archive.entries), (1, 3));
    store.supply_archives(Box::new(Lying(path)));

    let kept = archive.clone();
    let insert = move |tx: &mut Tx<'_>| insert(tx, &kept);
    store.write_blocking(0, insert).unwrap();
    assert_eq!(
        store.read_blocking(unused).unwrap(),
        std::slice::from_ref(&archive)
    );
    for (version, moves) in [(3, false), (4, true), (4, false)] {
        let key = key.clone();
        let write = move |tx: &mut Tx<'_>| move_out(tx, CASE, version, (ARCHIVE, &key));
        assert_eq!(store.write_blocking(CASE.get(), write).unwrap(), moves);
    }
    assert_eq!(store.read_blocking(unused).unwrap(), []);
    assert_eq!(store.read_blocking(list).unwrap(), [archive]);
    assert_eq!(here(store), [4]);
    assert_eq!(lines(store), told);
    (folder, before)
}

#[test]
fn what_went_out_is_read_as_if_it_had_not() {
    in_town(|store| {
        let (_folder, before) = moved_out(store);
        assert_eq!(history(store), before);
        let case = loaded(store, CASE.get());
        let from = store.read_blocking(move |tx| entries::list_from(tx, &case, 3));
        assert_eq!(from.unwrap(), before[2..]);
        let case = loaded(store, CASE.get());
        let last = store.read_blocking(move |tx| entries::list_from(tx, &case, 4));
        assert_eq!(last.unwrap(), before[3..]);
        let verified = store.read_blocking(|tx| {
            let mut all = Vec::new();
            let unread = verify::entries(tx, None, CASE, |entry| {
                all.push(entry);
                Ok(())
            })?;
            assert!(unread.is_empty());
            Ok::<_, DbError>(all)
        });
        assert_eq!(verified.unwrap(), before);

        // Opened again, it goes on where it was.
        step(store, |case| {
            case.closed_at = None;
            case.outcome = None;
            case.clock = appeal(CASE.get(), 60).clock;
        });
        assert_eq!(here(store), [4, 5]);
        let after = history(store);
        assert_eq!((after.len(), &after[..4]), (5, &before[..]));
        assert_eq!(lines(store).len(), 5);
    });
}

#[test]
fn whoever_erases_a_case_closes_its_texts_in_the_archive() {
    in_town(|store| {
        let (_folder, before) = moved_out(store);
        let erase = |tx: &mut Tx<'_>| entries::erase_texts(tx, CASE);
        store.write_blocking(CASE.get(), erase).unwrap();
        let after = history(store);
        assert!(
            after
                .iter()
                .all(|entry| entry.text.is_none() && entry.salt.is_none())
        );
        let hashes = |history: &[Entry]| history.iter().map(|entry| entry.hash).collect::<Vec<_>>();
        assert_eq!(hashes(&after), hashes(&before));
    });
}

#[test]
fn what_is_archived_stays_archived_and_nothing_else_goes() {
    in_town(|store| {
        let (_folder, before) = moved_out(store);
        for sql in [
            "DELETE FROM entries WHERE number = 4",
            "DELETE FROM archived_cases",
            "UPDATE archived_cases SET until = 4",
            "UPDATE archived_cases SET text_key = text_key",
            "DELETE FROM archives",
        ] {
            let statement = Statement::both("test::tamper", sql);
            let answer = store.write_blocking(5, move |tx| tx.execute(&statement, &[]));
            let refused = matches!(
                &answer,
                Err(WriteError::Refused(DbError::Check { constraint, .. }))
                    if constraint == "entries stay"
            );
            let is_needed = matches!(answer, Err(WriteError::Refused(DbError::Foreign { .. })));
            assert!(refused || is_needed, "{sql}: {answer:?}");
        }
        assert_eq!(history(store), before);
    });
}

#[test]
fn what_was_changed_is_no_archive() {
    in_town(|store| {
        let (folder, _) = moved_out(store);
        let path = folder.path().join("volume");
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        // What another process finds, which has nothing open yet.
        let shelf = Shelf::default();
        shelf.supply(Box::new(Lying(path.clone())));
        let archive = store.read_blocking(list).unwrap().remove(0);
        let changed = shelf.volume(&archive.hash).err();
        assert!(matches!(changed, Some(DbError::Broken(_))), "{changed:?}");
        std::fs::remove_file(&path).unwrap();
        let away = shelf.volume(&archive.hash).err();
        assert!(
            matches!(away, Some(DbError::ConnectionLost { .. })),
            "{away:?}"
        );
    });
}

#[test]
fn a_text_is_opened_by_its_own_key_alone() {
    in_town(|store| {
        let before = closed(store);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("volume");
        let key = TextKey::made_of(|| 7);
        bound(&path, &before, &key);
        let volume = Volume::open(&path).unwrap();
        assert_eq!(volume.entries(CASE, (1, 4), Some(&key)).unwrap(), before);
        let other = volume.entries(CASE, (1, 4), Some(&TextKey::made_of(|| 8)));
        assert!(matches!(other, Err(DbError::Broken(_))), "{other:?}");
        let without = volume.entries(CASE, (2, 3), None).unwrap();
        assert_eq!(without.len(), 2);
        assert!(without.iter().all(|entry| entry.text.is_none()));
    });
}
