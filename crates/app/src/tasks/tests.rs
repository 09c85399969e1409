//! A task goes down the tree in one act, comes back once from each place, and is summed up.

use bytes::Bytes;
use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::id::{PersonId, PostId, TaskId, TaskReportId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::task::{Evidence, Rollup, Sort, State};
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons, places, posts, settings, units};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::board::{self, Column, Filter};
use super::give::{self, Wanted};
use super::spread::Reach;
use super::{break_down, export, look, note, part, report, send_back, verify, withdraw};
use crate::files::files_tests::picture;
use crate::testing::{Bench, benches, peer};
use crate::venues::tests::key;
use crate::verify::verify as audit;
use crate::{Error, jobs};

pub(super) const ID: TaskId = TaskId::from_raw(5);
pub(super) const DUE: Date = date(2026, 3, 6);

pub(super) fn place(code: &str) -> PlaceCode {
    code.parse().unwrap()
}

/// How many counties, towns in all, villages in all, and grids in each village.
pub(super) type Size = (usize, usize, usize, usize);

/// A prefecture of this size, each place with its unit, and the codes of its villages.
pub(super) async fn settled(
    bench: &Bench,
    (counties, towns, villages, grids): Size,
) -> Vec<String> {
    let mut land: Vec<(String, UnitCategory)> = vec![("9801".to_owned(), UnitCategory::Prefecture)];
    let (mut village_codes, mut grid_codes) = (Vec::new(), Vec::new());
    for county in 0..counties {
        let code = format!("9801{:02}", county + 21);
        land.push((code.clone(), UnitCategory::County));
        for town in (county..towns).step_by(counties) {
            let code = format!("{code}{:03}", town / counties + 1);
            land.push((code.clone(), UnitCategory::Street));
            for village in (town..villages).step_by(towns) {
                let code = format!("{code}{:03}", village / towns + 1);
                land.push((code.clone(), UnitCategory::Community));
                grid_codes.extend((0..grids).map(|grid| format!("{code}{:03}", grid + 1)));
                village_codes.push(code);
            }
        }
    }
    let write = move |tx: &mut Tx<'_>| {
        let made = |code: &str| Place {
            code: place(code),
            names: Names::one("zh", code),
            shape: None,
            closed_at: None,
        };
        for (number, (code, category)) in (1_000..).zip(&land) {
            places::put(tx, &made(code))?;
            let unit = Unit {
                id: UnitId::from_raw(number),
                category: *category,
                names: Names::one("zh", &format!("office of {code}")),
                place: place(code),
                parent: None,
                closed_at: None,
            };
            units::put(tx, &unit)?;
        }
        for code in &grid_codes {
            places::put(tx, &made(code))?;
        }
        settings::put(tx, crate::atlas::VERSION, "7")
    };
    bench.app.store.write(0, write).await.unwrap();
    village_codes
}

/// Somebody who works for the unit that answers for a place.
pub(super) async fn works(bench: &Bench, number: i64, role: Role, at: &str) -> Actor {
    let (at, now) = (place(at), bench.app.now());
    let app = bench.app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let atlas = app.atlas(tx)?;
        let post = Post {
            id: PostId::from_raw(number),
            person: PersonId::from_raw(number),
            unit: atlas.place_unit(&at).unwrap_or(UnitId::from_raw(1_000)),
            role,
            place: at.clone(),
            starts_at: now - SignedDuration::from_hours(1),
            ends_at: None,
        };
        let person = Person {
            id: post.person,
            login: Some(format!("login{number}")),
            contact: Some(format!("somebody{number}@example.org")),
            name: "somebody".to_owned(),
            language: "en".to_owned(),
            made_at: now,
            closed_at: None,
        };
        persons::insert(tx, &person)?;
        posts::insert(tx, &post)?;
        Ok::<_, DbError>(HeldPost {
            post: post.id,
            unit: post.unit,
            role,
            place: post.place,
            took_over: Vec::new(),
        })
    };
    Actor {
        who: Who::Person(PersonId::from_raw(number)),
        posts: vec![bench.app.store.write(0, write).await.unwrap()],
    }
}

pub(super) fn request(at: &str, level: Level) -> give::Request {
    give::Request {
        id: ID,
        sort: Sort::Key,
        wanted: Wanted {
            title: "Look at the stoves".to_owned(),
            standard: "Every stove of the village, before the frost".to_owned(),
            evidence: Evidence::of("number", "stoves".to_owned()),
            reach: Reach {
                place: place(at),
                level,
                only: Vec::new(),
                role: None,
            },
        },
        due_on: DUE,
        over_limit_for: String::new(),
    }
}

/// Why it is refused.
pub(super) async fn refused<T: std::fmt::Debug>(
    act: impl Future<Output = Result<T, Error>>,
) -> String {
    key(&act.await.unwrap_err()).to_owned()
}

fn told(at: &str, key: i64, amount: i64) -> report::Request {
    report::Request {
        key: TaskReportId::from_raw(key),
        task: ID,
        place: place(at),
        says: "all looked at".to_owned(),
        amount: Some(amount),
        photos: Vec::new(),
        peer: peer(),
    }
}

async fn sum(bench: &Bench, who: &Actor, at: Option<&str>) -> Rollup {
    let page = look::look(&bench.app, who, ID, at.map(place)).await;
    page.unwrap().sum
}

pub(super) async fn audited(bench: &Bench) {
    let app = bench.app.clone();
    let beside = tokio::task::spawn_blocking(move || audit(&app).unwrap().beside);
    assert_eq!(beside.await.unwrap(), Vec::<&str>::new());
}

#[tokio::test]
async fn one_task_reaches_a_prefecture_in_one_act_and_is_seen_in_one_view() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (9, 114, 1_340, 0)).await;
        let office = works(&bench, 1, Role::Office, "9801").await;
        let village = works(&bench, 2, Role::Community, &villages[7]).await;
        let wanted = request("9801", Level::Community);
        let preview = give::look(app, &office, wanted.clone()).await.unwrap();
        let expected = [
            (Level::County, 9),
            (Level::Street, 114),
            (Level::Community, 1_340),
        ];
        assert_eq!(preview.places, expected);
        assert_eq!((preview.reports, preview.full.len()), (1_340, 0));
        give::give(app, &office, wanted.clone()).await.unwrap();
        give::give(app, &office, wanted).await.unwrap();
        report::report(app, &village, told(&villages[7], 1, 12))
            .await
            .unwrap();
        let page = look::look(app, &office, ID, None).await.unwrap();
        assert_eq!((page.task.part_count, page.rows.len()), (1_463, 9));
        assert_eq!(
            (
                page.sum.total(),
                page.sum.reported,
                page.sum.amount_reported
            ),
            (1_340, 1, 12)
        );
        let places: Vec<i64> = page.steps.iter().map(|step| step.places).collect();
        assert_eq!(places, [9, 114, 1_340]);
        let (_, lines) = export::export(app, &office, ID, None).await.unwrap();
        assert_eq!(lines.len(), 1_463);
        // Each of two people is told once, however often the job runs.
        jobs::run_due(app).await.unwrap();
        super::tell::run(app, ID).await.unwrap();
        let letters = bench.outbox().await.len();
        assert!(letters <= 1, "the office is not told of its own task");
        audited(&bench).await;
    }
}

#[tokio::test]
async fn a_report_is_struck_off_above_or_comes_back_with_a_reason() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 2, 4, 0)).await;
        let (one, street) = (villages[0].as_str(), &villages[0][..9]);
        let office = works(&bench, 1, Role::Office, "980121").await;
        let village = works(&bench, 2, Role::Community, one).await;
        let dispatcher = works(&bench, 3, Role::Dispatcher, street).await;
        let other = works(&bench, 4, Role::Dispatcher, &villages[2][..9]).await;
        give::give(app, &office, request("980121", Level::Community))
            .await
            .unwrap();
        note::note(app, &village, ID, place(one)).await.unwrap();
        note::note(app, &village, ID, place(one)).await.unwrap();

        let early = verify::verify(app, &dispatcher, ID, vec![(place(one), 1)])
            .await
            .unwrap();
        assert_eq!(
            early[0].1.as_ref().unwrap_err().key(),
            "refused-task-not-reported"
        );
        report::report(app, &village, told(one, 9, 5))
            .await
            .unwrap();
        report::report(app, &village, told(one, 9, 5))
            .await
            .unwrap();
        assert_eq!(
            refused(report::report(app, &village, told(one, 10, 5))).await,
            "refused-task-reported"
        );
        assert_eq!(
            refused(report::report(app, &village, told(&villages[1], 9, 5))).await,
            "refused-no-task"
        );

        comes_back(&bench, &villages, [&office, &village, &dispatcher, &other]).await;
    }
}

/// What was reported is sent back, reported anew and struck off, once.
async fn comes_back(
    bench: &Bench,
    villages: &[String],
    [office, village, dispatcher, other]: [&Actor; 4],
) {
    let (app, one) = (&bench.app, villages[0].as_str());
    let back = |why: &str| send_back::Request {
        task: ID,
        place: place(one),
        version: 2,
        why: why.to_owned(),
    };
    assert_eq!(
        refused(send_back::send_back(app, dispatcher, back(" "))).await,
        "fault-required"
    );
    assert_eq!(
        refused(send_back::send_back(app, other, back("no"))).await,
        "refused-no-task"
    );
    assert_eq!(
        refused(send_back::send_back(app, village, back("no"))).await,
        "refused-task-not-yours"
    );
    send_back::send_back(app, dispatcher, back("twelve are missing"))
        .await
        .unwrap();
    send_back::send_back(app, dispatcher, back("twelve are missing"))
        .await
        .unwrap();
    report::report(app, village, told(one, 11, 17))
        .await
        .unwrap();
    let stale = verify::verify(app, dispatcher, ID, vec![(place(one), 2)])
        .await
        .unwrap();
    assert_eq!(stale[0].1.as_ref().unwrap_err().key(), "refused-task-stale");
    for _ in 0..2 {
        let done = verify::verify(app, dispatcher, ID, vec![(place(one), 4)])
            .await
            .unwrap();
        assert_eq!(done, [(place(one), Ok(()))]);
    }
    let seen = sum(bench, office, None).await;
    assert_eq!(
        (seen.verified, seen.given, seen.amount_verified),
        (1, 3, 17)
    );
    let page = part::look(app, dispatcher, ID, place(one)).await.unwrap();
    let states: Vec<State> = page.history.iter().map(|line| line.entry.state).collect();
    use State::{Noted, Reported, SentBack, Verified};
    assert_eq!(states, [Noted, Reported, SentBack, Reported, Verified]);
    audited(bench).await;
}

#[tokio::test]
async fn everybody_sees_their_own_place_and_no_more() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (2, 4, 8, 2)).await;
        let (one, county) = (villages[0].as_str(), &villages[0][..6]);
        let office = works(&bench, 1, Role::Office, "9801").await;
        let village = works(&bench, 2, Role::Community, one).await;
        let below = works(&bench, 3, Role::Office, county).await;
        let supervisor = works(&bench, 4, Role::Supervisor, county).await;
        let grid = works(&bench, 5, Role::GridWorker, &format!("{one}001")).await;
        let mut only_one = request("9801", Level::Community);
        only_one.wanted.reach.only = vec![place(county)];
        give::give(app, &office, only_one).await.unwrap();
        let page = look::look(app, &below, ID, None).await.unwrap();
        assert_eq!((page.path.len(), page.sum.total()), (1, 4));
        assert_eq!(
            refused(look::look(app, &below, ID, Some(place("9801")))).await,
            "refused-no-task"
        );
        let seen = look::look(app, &supervisor, ID, None).await.unwrap();
        assert!(seen.rows.iter().all(|row| !row.verifies) && !seen.may_withdraw);
        assert_eq!(
            refused(look::look(app, &grid, ID, None)).await,
            "refused-no-task"
        );
        assert_eq!(
            refused(give::give(app, &below, request("9801", Level::County))).await,
            "refused-not-permitted"
        );
        assert_eq!(
            refused(give::give(app, &grid, request(one, Level::Grid))).await,
            "refused-not-permitted"
        );
        assert_eq!(
            refused(withdraw::withdraw(app, &below, ID, "no".to_owned())).await,
            "refused-no-task"
        );

        broken_down(&bench, one, [&office, &below, &village, &grid]).await;
    }
}

/// The village breaks it down; a grid reports, and the village strikes it off.
async fn broken_down(bench: &Bench, one: &str, [office, below, village, grid]: [&Actor; 4]) {
    let app = &bench.app;
    let level = (place(one), Level::Grid);
    break_down::break_down(app, village, ID, level.clone())
        .await
        .unwrap();
    break_down::break_down(app, village, ID, level)
        .await
        .unwrap();
    let here = format!("{one}001");
    report::report(app, grid, told(&here, 1, 3)).await.unwrap();
    assert_eq!(
        refused(report::report(app, village, told(one, 2, 9))).await,
        "refused-task-broken-down"
    );
    assert_eq!(
        refused(verify::verify(app, grid, ID, vec![(place(&here), 1)])).await,
        "refused-not-permitted"
    );
    let done = verify::verify(app, village, ID, vec![(place(&here), 1)])
        .await
        .unwrap();
    assert_eq!(done[0].1, Ok(()));
    let seen = sum(bench, office, None).await;
    assert_eq!(
        (seen.total(), seen.verified, seen.amount_verified),
        (5, 1, 3)
    );
    report::report(app, village, told(&format!("{one}002"), 3, 4))
        .await
        .unwrap();
    let own = verify::verify(app, village, ID, vec![(place(&format!("{one}002")), 1)]).await;
    assert_eq!(
        own.unwrap()[0].1.as_ref().unwrap_err().key(),
        "refused-task-own-report"
    );

    withdraw::withdraw(app, office, ID, "the frost is over".to_owned())
        .await
        .unwrap();
    withdraw::withdraw(app, office, ID, "the frost is over".to_owned())
        .await
        .unwrap();
    assert_eq!(
        refused(report::report(app, below, told(one, 4, 1))).await,
        "refused-task-not-yours"
    );
    let seen = sum(bench, office, None).await;
    assert_eq!((seen.total(), seen.withdrawn), (1, 4));
    audited(bench).await;
}

#[tokio::test]
async fn photos_are_kept_with_a_report_and_shown_to_nobody_else() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 2, 0)).await;
        let office = works(&bench, 1, Role::Office, "9801").await;
        let village = works(&bench, 2, Role::Community, &villages[0]).await;
        let neighbour = works(&bench, 3, Role::Community, &villages[1]).await;
        let mut wanted = request("9801", Level::Community);
        wanted.wanted.evidence = Evidence::of("photo text", String::new());
        give::give(app, &office, wanted).await.unwrap();
        assert_eq!(
            refused(report::report(app, &village, told(&villages[0], 1, 1))).await,
            "fault-required"
        );
        let with = |photo: Vec<u8>| report::Request {
            photos: vec![Bytes::from(photo)],
            ..told(&villages[0], 1, 1)
        };
        assert_eq!(
            refused(report::report(app, &village, with(b"%PDF-1.7 x".to_vec()))).await,
            "photo-not-one"
        );
        report::report(app, &village, with(picture(3)))
            .await
            .unwrap();
        report::report(app, &village, with(picture(3)))
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_hours(48));
        jobs::keep_house(app).await.unwrap();
        let at = (ID, place(&villages[0]));
        let page = part::look(app, &village, ID, at.1.clone()).await.unwrap();
        let file = page.history[0].photos[0];
        assert!(part::photo(app, &office, at.clone(), file).await.is_ok());
        assert_eq!(
            refused(part::photo(app, &neighbour, at, file)).await,
            "refused-no-task"
        );
        let acting = village.clone();
        assert_eq!(
            refused(crate::files::look::look(app, file, move |_| acting)).await,
            "refused-no-file"
        );
    }
}

#[tokio::test]
async fn of_two_who_act_at_once_one_is_quicker() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 1, 0)).await;
        let one = villages[0].as_str();
        let office = works(&bench, 1, Role::Office, "9801").await;
        let ana = works(&bench, 2, Role::Community, one).await;
        let ben = works(&bench, 3, Role::Community, one).await;
        let street = works(&bench, 4, Role::Dispatcher, &one[..9]).await;
        give::give(app, &office, request("9801", Level::Community))
            .await
            .unwrap();
        let both = tokio::join!(
            report::report(app, &ana, told(one, 1, 1)),
            report::report(app, &ben, told(one, 2, 2)),
        );
        let refused = [both.0, both.1].into_iter().filter_map(Result::err);
        let refused: Vec<Error> = refused.collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(key(&refused[0]), "refused-task-reported");
        let back = send_back::Request {
            task: ID,
            place: place(one),
            version: 1,
            why: "not all".to_owned(),
        };
        let both = tokio::join!(
            verify::verify(app, &street, ID, vec![(place(one), 1)]),
            send_back::send_back(app, &office, back),
        );
        let done = [both.0.unwrap()[0].1.is_ok(), both.1.is_ok()];
        assert_eq!(done.iter().filter(|done| **done).count(), 1);
        audited(&bench).await;
    }
}

#[tokio::test]
async fn a_grid_worker_of_the_unit_that_gave_it_sees_their_own_grid() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 1, 2)).await;
        let (one, here) = (villages[0].as_str(), format!("{}001", villages[0]));
        let mut village = works(&bench, 2, Role::Community, one).await;
        let grid = works(&bench, 3, Role::GridWorker, &here).await;
        give::give(app, &village, request(one, Level::Grid))
            .await
            .unwrap();
        let page = look::look(app, &grid, ID, None).await.unwrap();
        assert_eq!(page.path.last().unwrap().code, place(&here));
        let elsewhere = look::look(app, &grid, ID, Some(place(&format!("{one}002")))).await;
        assert_eq!(key(&elsewhere.unwrap_err()), "refused-no-task");
        let part = part::look(app, &grid, ID, place(&here)).await.unwrap();
        assert_eq!(part.up, None);
        let part = part::look(app, &village, ID, place(&here)).await.unwrap();
        assert_eq!(part.up, Some(place(one)));

        let other = give::Request {
            due_on: date(2026, 3, 5),
            ..request(one, Level::Grid)
        };
        assert_eq!(
            refused(give::give(app, &village, other)).await,
            "refused-key-reused"
        );
        // Somebody with both posts sees the part of their grid beside what lies above.
        village.posts.extend(grid.posts.clone());
        let board = board::look(app, &village, Filter::default()).await.unwrap();
        let columns: Vec<Column> = board.cards.iter().map(|card| card.column).collect();
        assert_eq!(columns, [Column::ToDo]);
        report::report(app, &grid, told(&here, 1, 1)).await.unwrap();
        village.posts.truncate(1);
        let twice = vec![(place(&here), 1), (place(&here), 1)];
        let done = verify::verify(app, &village, ID, twice).await.unwrap();
        assert_eq!(done, [(place(&here), Ok(()))]);
    }
}

#[tokio::test]
async fn a_place_without_a_unit_is_seen_to_by_the_unit_above() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 1, 0)).await;
        let (street, bare) = (&villages[0][..9], format!("{}077", &villages[0][..9]));
        let write = {
            let bare = place(&bare);
            move |tx: &mut Tx<'_>| {
                let made = Place {
                    code: bare.clone(),
                    names: Names::one("zh", "no office"),
                    shape: None,
                    closed_at: None,
                };
                places::put(tx, &made)
            }
        };
        app.store.write(0, write).await.unwrap();
        let office = works(&bench, 1, Role::Office, "980121").await;
        let dispatcher = works(&bench, 2, Role::Dispatcher, street).await;
        give::give(app, &office, request("980121", Level::Community))
            .await
            .unwrap();
        let board = board::look(app, &dispatcher, Filter::default())
            .await
            .unwrap();
        let mut to_do = board
            .cards
            .iter()
            .filter(|card| card.column == Column::ToDo);
        let part = to_do.next().unwrap().part.as_ref().unwrap();
        assert_eq!((&part.place, to_do.count()), (&place(&bare), 0));
    }
}
