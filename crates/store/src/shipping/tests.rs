//! Shipping from a store that goes on, and restoring from what lies in the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::attachments::path_of as path_of_file;
use super::folder::{BASE, generations, is_whole, name_of_segment};
use super::{Shipping, shipped, sum_of};
use crate::dialect::{DbError, Statement};
use crate::engine::{OpenError, Options, Store};
use crate::{dump, vals};

const PUT: Statement = Statement::both(
    "test::PUT",
    "INSERT INTO settings (name, value) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
);
const TAKE: Statement = Statement::both("test::TAKE", "DELETE FROM settings WHERE name = $1");
const EVERY: Duration = Duration::from_millis(100);

#[expect(
    clippy::disallowed_methods,
    reason = "what is shipped is shipped in real time"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

/// A house, and a folder elsewhere.
struct Place {
    folder: TempDir,
    shipping: Shipping,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let shipping = Shipping {
            folder: folder.path().join("elsewhere"),
            every: EVERY,
            files: Some(folder.path().join("files")),
            base_every: Duration::from_secs(3600),
            log_bytes_max: 1 << 30,
            now,
        };
        fs::create_dir(&shipping.folder).unwrap();
        Place { folder, shipping }
    }

    fn url(&self, name: &str) -> String {
        format!("sqlite:{}", self.path(name).display())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// One that ships.
    fn store(&self) -> Store {
        let options = Options {
            shipping: Some(self.shipping.clone()),
            ..Options::default()
        };
        Store::open(&self.url("home.db"), &options).unwrap()
    }

    /// One that does not.
    fn plain(&self, name: &str) -> Store {
        Store::open(&self.url(name), &Options::default()).unwrap()
    }

    fn elsewhere(&self) -> &Path {
        &self.shipping.folder
    }

    fn whole(&self) -> Vec<u64> {
        let found = generations(self.elsewhere()).unwrap_or_default();
        let whole = found.into_iter().filter(|(_, path)| is_whole(path));
        whole.map(|(number, _)| number).collect()
    }

    fn wait_for_generation(&self, number: u64) {
        wait_until(|| self.whole().contains(&number));
    }

    /// Restored from the folder, it is what is at home.
    fn restores_alike(&self) {
        let found = shipped(self.elsewhere(), None).unwrap();
        assert_eq!(found.damage, None);
        found.restore(&self.path("anew.db")).unwrap();
        let [home, anew] = ["home.db", "anew.db"].map(|name| dumped(&self.plain(name)));
        assert!(home == anew, "{} bytes, and {}", home.len(), anew.len());
        fs::remove_file(self.path("anew.db")).unwrap();
    }

    fn put_file(&self, content: &str) -> String {
        let name = sum_of(content.as_bytes());
        let path = self.file(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        name
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(path_of_file(name))
    }

    fn copied(&self, name: &str) -> PathBuf {
        self.elsewhere().join(path_of_file(name))
    }
}

fn wait_until(is_so: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("it does not come");
}

fn dumped(store: &Store) -> Vec<u8> {
    let write = |tx: &mut crate::Tx<'_>| {
        let mut bytes = Vec::new();
        dump::write(tx, &mut bytes)?;
        Ok::<_, DbError>(bytes)
    };
    store.read_blocking(write).unwrap()
}

fn put(store: &Store, name: &str, value: &str) {
    let (name, value) = (name.to_owned(), value.to_owned());
    let write = move |tx: &mut crate::Tx<'_>| tx.execute(&PUT, vals![&name, &value]).map(drop);
    store.write_blocking(0, write).unwrap();
}

fn take(store: &Store, name: &str) {
    let name = name.to_owned();
    let write = move |tx: &mut crate::Tx<'_>| tx.execute(&TAKE, vals![&name]).map(drop);
    store.write_blocking(0, write).unwrap();
}

/// Several at once write long texts, write over them and take them away again.
fn write_much(store: &Store, writers: u32, rounds: u32, bytes: usize) {
    thread::scope(|scope| {
        for writer in 0..writers {
            scope.spawn(move || {
                for round in 0..rounds {
                    let text = format!("{writer}-{round}-").repeat(bytes / 8);
                    put(store, &format!("w{writer}-{}", round % 17), &text);
                    if round % 5 == 0 {
                        take(store, &format!("w{writer}-{}", (round + 3) % 17));
                    }
                }
            });
        }
    });
}

#[test]
fn much_writing_beside_it_restores_to_the_same() {
    let place = Place::new();
    let store = place.store();
    // More than the log may hold: it is begun anew several times meanwhile.
    write_much(&store, 8, 250, 100_000);
    store.shutdown_blocking();
    assert_eq!(place.whole(), [1]);
    place.restores_alike();
}

#[test]
fn what_a_quiet_house_holds_is_there_without_its_end() {
    let place = Place::new();
    let store = place.store();
    put(&store, "said", &"at length ".repeat(100_000));
    place.wait_for_generation(1);
    put(&store, "said later", "once");
    let is_there = || {
        let found = shipped(place.elsewhere(), None).unwrap();
        found.restore(&place.path("look.db")).unwrap();
        let said = dumped(&place.plain("look.db"));
        fs::remove_file(place.path("look.db")).unwrap();
        String::from_utf8_lossy(&said).contains("said later")
    };
    wait_until(is_there);
    // It goes on being told that all is there, and the log rests.
    let as_of = shipped(place.elsewhere(), None).unwrap().as_of;
    wait_until(|| shipped(place.elsewhere(), None).unwrap().as_of > as_of);
    // Whoever keeps house may write a little when it rests.
    wait_until(|| fs::metadata(place.path("home.db-wal")).unwrap().len() < 500_000);
    put(&store, "said at last", "once");
    store.shutdown_blocking();
    place.restores_alike();
}

#[test]
fn others_beside_it_write_and_make_checkpoints() {
    let place = Place::new();
    let store = place.store();
    place.wait_for_generation(1);
    for round in 0..6 {
        let other = place.plain("home.db");
        write_much(&other, 2, 20, 20_000);
        put(&store, &format!("round-{round}"), "x");
        // At its end it tries to empty the log.
        other.shutdown_blocking();
    }
    store.shutdown_blocking();
    place.restores_alike();
}

#[test]
fn a_folder_that_is_not_there_keeps_nobody_waiting() {
    let place = Place::new();
    fs::remove_dir(place.elsewhere()).unwrap();
    let store = place.store();
    write_much(&store, 2, 20, 1_000);
    thread::sleep(EVERY * 5);
    assert!(!place.elsewhere().exists(), "it is not made");
    fs::create_dir(place.elsewhere()).unwrap();
    wait_until(|| !place.whole().is_empty());
    store.shutdown_blocking();
    place.restores_alike();
}

#[test]
fn a_folder_that_goes_away_keeps_the_log_until_it_is_too_long() {
    let mut place = Place::new();
    place.shipping.log_bytes_max = 4 << 20;
    let store = place.store();
    place.wait_for_generation(1);
    let away = place.path("away");
    fs::rename(place.elsewhere(), &away).unwrap();
    // Below the limit nothing is lost by it, and the generation goes on.
    write_much(&store, 2, 10, 10_000);
    thread::sleep(EVERY * 5);
    fs::rename(&away, place.elsewhere()).unwrap();
    put(&store, "it is", "back");
    let segments = || shipped(place.elsewhere(), None).unwrap().segments;
    wait_until(|| segments() > 0);
    assert_eq!(place.whole(), [1]);
    // Beyond it the house comes first: the log is emptied, and a new generation is begun.
    fs::rename(place.elsewhere(), &away).unwrap();
    write_much(&store, 4, 60, 50_000);
    let log = || fs::metadata(place.path("home.db-wal")).unwrap().len();
    assert!(log() > 4 << 20);
    // Whoever keeps house may write a little when it rests.
    wait_until(|| log() < 500_000);
    fs::rename(&away, place.elsewhere()).unwrap();
    wait_until(|| place.whole().last() > Some(&1));
    store.shutdown_blocking();
    place.restores_alike();
}

#[test]
fn each_start_is_a_generation_and_two_are_kept() {
    let place = Place::new();
    for start in 1..=4 {
        let store = place.store();
        put(&store, &format!("start-{start}"), "x");
        place.wait_for_generation(start);
        store.shutdown_blocking();
    }
    assert_eq!(place.whole(), [3, 4]);
    assert_eq!(generations(place.elsewhere()).unwrap().len(), 2);
    place.restores_alike();
    let before = shipped(place.elsewhere(), Some(3)).unwrap();
    before.restore(&place.path("before.db")).unwrap();
    let said = dumped(&place.plain("before.db"));
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("start-3") && !said.contains("start-4"));
}

#[test]
fn a_new_generation_is_begun_while_the_house_goes_on() {
    let mut place = Place::new();
    place.shipping.base_every = Duration::from_secs(1);
    let store = place.store();
    place.wait_for_generation(1);
    while !place.whole().contains(&3) {
        write_much(&store, 4, 5, 20_000);
    }
    store.shutdown_blocking();
    place.restores_alike();
}

#[test]
fn files_follow_and_go_two_generations_after_they_went_at_home() {
    let mut place = Place::new();
    let [stays, goes] = ["stays", "goes"].map(|content| place.put_file(content));
    let store = place.store();
    wait_until(|| place.copied(&stays).exists() && place.copied(&goes).exists());
    let later = place.put_file("comes later");
    wait_until(|| place.copied(&later).exists());
    let broken = place.put_file("broken");
    fs::write(place.file(&broken), "other").unwrap();
    thread::sleep(EVERY * 4);
    place.wait_for_generation(1);
    store.shutdown_blocking();
    fs::remove_file(place.file(&goes)).unwrap();
    place.shipping.every = Duration::from_millis(50);
    let mut there = Vec::new();
    for generation in 2..=3 {
        let store = place.store();
        place.wait_for_generation(generation);
        store.shutdown_blocking();
        there.push(place.copied(&goes).exists());
    }
    assert_eq!(there, [true, false]);
    let found = shipped(place.elsewhere(), None).unwrap();
    let mut names: Vec<_> = found
        .files()
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    names.sort();
    let mut expected = vec![stays, later];
    expected.sort();
    assert_eq!(names, expected);
}

/// Two generations, the newer with some segments.
fn with_segments() -> (Place, PathBuf) {
    let place = Place::new();
    for generation in 1..=2 {
        let store = place.store();
        place.wait_for_generation(generation);
        for text in ["one", "two", "three", "four"] {
            let segments = || shipped(place.elsewhere(), None).unwrap().segments;
            let before = segments();
            put(&store, text, &format!("{text}-{generation}"));
            wait_until(|| segments() > before);
        }
        store.shutdown_blocking();
    }
    let path = place.elsewhere().join("000002");
    (place, path)
}

#[test]
fn whatever_is_damaged_is_said() {
    let (place, path) = with_segments();
    let whole = shipped(place.elsewhere(), None).unwrap();
    assert!(whole.segments >= 4);
    let segment = |number| path.join(name_of_segment(number));
    let (last, middle) = (whole.segments, whole.segments - 1);
    let damage = |change: &dyn Fn(), undo: &dyn Fn()| {
        change();
        let found = shipped(place.elsewhere(), None);
        undo();
        match found {
            Ok(found) => found.damage.expect("it is damaged"),
            Err(error) => error.to_string(),
        }
    };
    let aside = path.join("aside");
    let swap = |one: &Path, other: &Path| {
        fs::rename(one, &aside).unwrap();
        fs::rename(other, one).unwrap();
        fs::rename(&aside, other).unwrap();
    };
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let hide = |path: &Path| fs::rename(path, &aside).unwrap();
    let show = |path: &Path| fs::rename(&aside, path).unwrap();

    let once = segment(middle);
    let said = damage(&|| flip(&once), &|| flip(&once));
    assert!(said.contains("was changed or cut"), "{said}");
    let swapped = || swap(&segment(middle), &segment(last));
    let said = damage(&swapped, &swapped);
    assert!(said.contains("does not follow"), "{said}");
    let said = damage(&|| hide(&once), &|| show(&once));
    assert!(said.contains("is missing"), "{said}");
    let said = damage(&|| hide(&segment(last)), &|| show(&segment(last)));
    assert!(said.contains("is missing"), "{said}");
    let bases = || {
        swap(
            &path.join(BASE),
            &place.elsewhere().join("000001").join(BASE),
        )
    };
    let said = damage(&bases, &bases);
    assert!(
        said.contains("base of generation 2 is not the one"),
        "{said}"
    );
    // Undone, it is whole, and what lies before some damage can be had.
    place.restores_alike();
    flip(&once);
    let found = shipped(place.elsewhere(), None).unwrap();
    assert_eq!(found.segments, middle - 1);
    found.restore(&place.path("prefix.db")).unwrap();
    assert!(found.restore(&place.path("prefix.db")).is_err());
    let said = dumped(&place.plain("prefix.db"));
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("one-2") && !said.contains("four-2"));
}

#[test]
fn postgresql_is_told_to_do_it_itself() {
    let options = Options {
        shipping: Some(Place::new().shipping),
        ..Options::default()
    };
    let opened = Store::open("postgres://nobody@127.0.0.1:1/nothing", &options);
    assert!(matches!(opened, Err(OpenError::Shipping)));
}
