use bytes::Bytes;
use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use huiyin_store::cases;
use huiyin_store::lists::pasts;
use huiyin_store::scratch::Scratch;
use tokio::runtime::Runtime;

use super::*;
use crate::backup::{backup, check};
use crate::cases::erase::{Cause, erase};
use crate::cases::read::{CasePage, read};
use crate::cases::{Channel, advance, list as cases_list, open};
use crate::outside::{Files, hex};
use crate::restore::{complete, take_in};
use crate::testing::{Bench, actor, app_on, benches};
use crate::verify::verify;

const CLOSED: CaseId = CaseId::from_raw(1);
const OPEN: CaseId = CaseId::from_raw(2);
const YEAR: i16 = 2026;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

async fn takes(app: &App, id: CaseId, step: &str, field: &str) {
    let request = advance::Request {
        id,
        version: None,
        step: step.to_owned(),
        input: Input {
            values: Values::from([(field.to_owned(), text("王小明说已经修好了"))]),
        },
        key: None,
        at: None,
    };
    let petitioner = Actor::petitioner(id);
    advance::advance(app, &petitioner, request).await.unwrap();
}

/// A case that is closed after four steps, and one that is open.
async fn lived(app: &App) {
    for id in [CLOSED, OPEN] {
        let place = Value::Place("652901001001".parse().unwrap());
        let request = open::Request {
            id,
            kind: "appeal".to_owned(),
            values: Values::from([
                ("description".to_owned(), text("三单元暖气不热")),
                ("place".to_owned(), place),
            ]),
            language: Lang::ZH,
            channel: Channel::Web,
            key: None,
            at: None,
        };
        open::open(app, &Actor::anyone(), request).await.unwrap();
        takes(app, id, "add", "message").await;
        takes(app, id, "add", "message").await;
    }
    takes(app, CLOSED, "withdraw", "why").await;
    crate::jobs::run_due(app).await.unwrap();
}

/// A house whose year has long been over, on each engine.
fn settled(runtime: &Runtime) -> Vec<Bench> {
    let benches = benches();
    for bench in &benches {
        runtime.block_on(lived(&bench.app));
        bench
            .clock
            .set("2027-04-02T09:00:00+08:00".parse().unwrap());
    }
    benches
}

async fn page(app: &App) -> CasePage {
    read(app, &Actor::petitioner(CLOSED), CLOSED).await.unwrap()
}

/// What a reader sees of the history.
async fn seen(app: &App) -> Vec<(i64, String, Values)> {
    let entries = page(app).await.entries.into_iter();
    let told = entries.map(|entry| (entry.number, entry.step, entry.says));
    told.collect()
}

async fn found(app: &App) -> Vec<cases_list::CaseRow> {
    let request = cases_list::Request {
        filter: cases_list::Filter {
            state: cases_list::State::All,
            ..cases_list::Filter::default()
        },
        text: "暖气".to_owned(),
        limit: 10,
        ..cases_list::Request::default()
    };
    let office = actor(Role::Office);
    cases_list::list(app, &office, request).await.unwrap().rows
}

/// What a list tells of the pasts of its rows.
async fn told(app: &App, rows: Vec<cases_list::CaseRow>) -> String {
    let read = move |tx: &mut Tx<'_>| pasts(tx, &Scope::for_the_house(), &rows);
    format!("{:?}", app.store.read(read).await.unwrap())
}

/// How many entries are in the database itself.
async fn here(app: &App, case: CaseId) -> usize {
    let read = move |tx: &mut Tx<'_>| archives::history(tx, case);
    app.store.read(read).await.unwrap().len()
}

#[test]
fn a_year_goes_out_and_all_is_as_before() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let app = &bench.app;
        let before = verify(app).unwrap();
        assert_eq!((before.entries, &before.findings[..]), (7, &[][..]));
        runtime.block_on(async {
            let (history, rows) = (seen(app).await, found(app).await);
            let past = told(app, rows.clone()).await;
            let done = archive(app, &Actor::system(), YEAR).await.unwrap();
            assert_eq!((done.cases, done.changed, done.broken.len()), (1, 0, 0));
            assert_eq!(list(app).await.unwrap(), done.archives);
            assert_eq!((done.archives[0].cases, done.archives[0].entries), (1, 3));
            assert_eq!((here(app, CLOSED).await, here(app, OPEN).await), (1, 3));

            assert_eq!(seen(app).await, history);
            let rows = found(app).await;
            assert_eq!(rows.len(), 2);
            assert_eq!(told(app, rows).await, past);

            let again = archive(app, &Actor::system(), YEAR).await.unwrap();
            assert_eq!(again, Done::default());
        });
        assert_eq!(verify(app).unwrap(), before);
    }
}

#[test]
fn only_the_house_itself_archives_and_only_what_is_settled() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let app = &bench.app;
        runtime.block_on(async {
            for role in [Role::Office, Role::System, Role::Security, Role::Auditor] {
                let refused = archive(app, &actor(role), YEAR).await.unwrap_err();
                assert_eq!(refused.refusal(), Some(&Refusal::NotPermitted));
            }
            for year in [YEAR + 1, 9999, i16::MAX, i16::MIN] {
                let refused = archive(app, &Actor::system(), year).await.unwrap_err();
                assert_eq!(refused.refusal().unwrap().key(), "refused-archive-young");
            }
            bench
                .clock
                .set("2027-03-31T23:00:00+08:00".parse().unwrap());
            assert!(archive(app, &Actor::system(), YEAR).await.is_err());
            assert_eq!(here(app, CLOSED).await, 4);
        });
    }
}

#[test]
fn what_is_erased_is_erased_in_the_archive_too() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let app = &bench.app;
        runtime.block_on(async {
            archive(app, &Actor::system(), YEAR).await.unwrap();
            erase(app, &Actor::system(), CLOSED, Cause::Asked)
                .await
                .unwrap();
            let history = seen(app).await;
            assert_eq!(history.len(), 4);
            assert!(history.iter().all(|(_, _, says)| says.is_empty()));
            assert!(found(app).await.iter().all(|row| row.id != CLOSED));
        });
        assert_eq!(verify(app).unwrap().findings, []);
    }
}

#[test]
fn a_backup_holds_archives_for_the_other_engine() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for bench in settled(&runtime) {
        runtime
            .block_on(archive(&bench.app, &Actor::system(), YEAR))
            .unwrap();
        let before = verify(&bench.app).unwrap();
        let history = runtime.block_on(seen(&bench.app));
        let path = folder.path().join("house.backup");
        let made = runtime.block_on(backup(&bench.app, &path)).unwrap();
        assert_eq!((made.files, made.attachments), (0, 1));
        for scratch in Scratch::each() {
            let (store, files) = (scratch.open(), Files::in_memory());
            let checked = check(&path).unwrap();
            runtime.block_on(take_in(&checked, &store, &files)).unwrap();
            let app = app_on(store.clone(), bench.clock.clone(), files);
            assert_eq!(complete(&app, &checked).unwrap(), before);
            assert_eq!(runtime.block_on(seen(&app)), history);
            store.shutdown_blocking();
        }
    }
}

#[test]
fn an_archive_that_is_gone_or_changed_is_told_of() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let done = runtime.block_on(archive(&bench.app, &Actor::system(), YEAR));
        let hash = done.unwrap().archives[0].hash;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_memory().with_copies_in(folder.path().join("copies"));
        let app = app_on(bench.scratch.open(), bench.clock.clone(), files.clone());
        let told = |app: &App| {
            let findings = verify(app).unwrap().findings;
            let lines = findings
                .iter()
                .map(|found| (found.case, found.what.clone()));
            lines.collect::<Vec<_>>()
        };
        let unread = "the archive with its history is missing or was changed".to_owned();
        assert_eq!(told(&app), [(CLOSED, unread)]);
        // Brought back, it is whole again.
        let bytes = runtime
            .block_on(bench.app.outside.files.get(&hash))
            .unwrap();
        runtime.block_on(files.put(bytes)).unwrap();
        assert_eq!(told(&app), []);
        // A copy that was spoilt is brought anew.
        let name = hex(&hash);
        let copies = folder.path().join("copies");
        let copy = copies.join(&name[..2]).join(&name[2..4]).join(&name);
        let mut bytes = std::fs::read(&copy).unwrap();
        bytes[20] ^= 1;
        std::fs::write(&copy, bytes).unwrap();
        let app = app_on(bench.scratch.open(), bench.clock.clone(), files);
        assert_eq!(told(&app), []);
    }
}

#[test]
fn a_file_whose_making_was_cut_short_goes() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let app = &bench.app;
        runtime.block_on(async {
            let left = app.outside.files.put(Bytes::from_static(b"begun")).await;
            let left = Archive {
                id: ArchiveId::from_raw(1),
                year: YEAR,
                hash: left.unwrap(),
                size: 5,
                cases: 1,
                entries: 3,
                made_at: app.now(),
            };
            let kept = left.clone();
            let write = move |tx: &mut Tx<'_>| archives::insert(tx, &kept);
            app.store.write(1, write).await.unwrap();
            let done = archive(app, &Actor::system(), YEAR).await.unwrap();
            assert_eq!(list(app).await.unwrap(), done.archives);
            assert!(app.outside.files.get(&left.hash).await.is_err());
        });
    }
}

#[test]
fn what_somebody_changes_meanwhile_stays() {
    let runtime = Runtime::new().unwrap();
    for bench in settled(&runtime) {
        let app = &bench.app;
        runtime.block_on(async {
            let time = time_of(app, YEAR).unwrap();
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("volume");
            let part = bind(app, &path, (YEAR, time), None).await.unwrap();
            assert_eq!(part.bound.len(), 1);
            // Erased between the copy and the moving out: the copy is not opened any more.
            erase(app, &Actor::system(), CLOSED, Cause::Asked)
                .await
                .unwrap();
            let mut done = Done::default();
            keep(app, &Actor::system(), (&path, YEAR), part, &mut done)
                .await
                .unwrap();
            assert_eq!(done.cases, 1);
            let history = seen(app).await;
            assert!(history.iter().all(|(_, _, says)| says.is_empty()));
            let held = move |tx: &mut Tx<'_>| cases::load(tx, &Scope::for_the_house(), CLOSED);
            assert!(app.store.read(held).await.unwrap().is_some());
        });
        assert_eq!(verify(app).unwrap().findings, []);
    }
}
