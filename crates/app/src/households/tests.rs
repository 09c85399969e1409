//! A door is there once, lists come in whole or not at all, neighbours see nothing, and doors
//! follow their place.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::household::{Run, Span};
use huiyin_domain::id::{HouseholdId, PlaceChangeId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::place_change::Part;
use huiyin_store::{Tx, places};

use super::leave_contact::Agreed;
use super::list::{self, list};
use super::{add, change, close, export, import, look, run};
use crate::import::{Mode, Report};
use crate::places::change as place_change;
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::{Error, verify};

pub(super) const COMMUNITY: &str = "652901001001";
pub(super) const NEIGHBOUR: &str = "652901001002";
const GRID: &str = "652901001001001";
pub(super) const ONE: &str = "652901001001001001";
const TWO: &str = "652901001001001002";

pub(super) fn code(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

/// A grid of two micro-grids, and a neighbour community.
pub(super) async fn lay_out(bench: &Bench) {
    let write = |tx: &mut Tx<'_>| {
        for (text, name) in [
            (NEIGHBOUR, "和平社区"),
            (GRID, "第一网格"),
            (ONE, "1号楼"),
            (TWO, "2号楼"),
        ] {
            let place = Place {
                code: code(text),
                names: Names::one("zh", name),
                shape: None,
                closed_at: None,
            };
            places::put(tx, &place)?;
        }
        Ok::<_, huiyin_store::DbError>(())
    };
    bench.app.store.write(0, write).await.unwrap();
}

pub(super) async fn keeper(bench: &Bench) -> Actor {
    lay_out(bench).await;
    bench.employ(1, Role::Community, "k@example.org").await
}

/// The same person with this role at another place.
pub(super) fn elsewhere(actor: &Actor, role: Role, place: &str) -> Actor {
    let posts = actor.posts.iter().map(|post| HeldPost {
        role,
        place: code(place),
        ..post.clone()
    });
    Actor {
        who: actor.who,
        posts: posts.collect(),
    }
}

/// A door in a form of its own.
pub(super) fn door(place: &str, door: &str) -> add::Request {
    static FORMS: AtomicI64 = AtomicI64::new(1);
    add::Request {
        id: HouseholdId::from_raw(FORMS.fetch_add(1, Ordering::Relaxed)),
        place: code(place),
        door: door.to_owned(),
        contact: String::new(),
        agreed: Agreed::No,
    }
}

pub(super) async fn doors(bench: &Bench, actor: &Actor, place: &str) -> Vec<(HouseholdId, String)> {
    let found = list(&bench.app, actor, (code(place), None)).await.unwrap();
    let lines = found.lines.into_iter();
    lines
        .map(|line| (line.household.id, line.household.door.to_string()))
        .collect()
}

pub(super) async fn added(
    bench: &Bench,
    actor: &Actor,
    (place, text): (&str, &str),
) -> HouseholdId {
    add::add(&bench.app, actor, door(place, text))
        .await
        .unwrap();
    let all = doors(bench, actor, place).await;
    all.into_iter().find(|(_, door)| door == text).unwrap().0
}

fn texts(doors: &[(HouseholdId, String)]) -> Vec<&str> {
    doors.iter().map(|(_, door)| door.as_str()).collect()
}

/// The audit finds nothing; it blocks, so it has a thread of its own.
pub(super) fn holds(bench: &Bench) {
    let report = std::thread::scope(|scope| {
        let verify = scope.spawn(|| verify::verify(&bench.app));
        verify.join().expect("the audit does not panic")
    });
    assert_eq!(report.unwrap().beside, Vec::<&str>::new());
}

pub(super) fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    let error = done.unwrap_err();
    match error.refusal().map(|refusal| refusal.faults().to_vec()) {
        Some(faults) if !faults.is_empty() => {
            let faults = faults
                .iter()
                .map(|fault| format!("{}:{}", fault.field, fault.key));
            faults.collect::<Vec<_>>().join(" ")
        }
        _ => key(&error),
    }
}

#[tokio::test]
async fn of_two_who_add_one_door_at_once_one_does_and_the_other_is_told() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let adding = ["3-201", "３－２０１", "03-201", "3 - 201"].map(|text| {
            let (app, keeper) = (bench.app.clone(), keeper.clone());
            tokio::spawn(async move { add::add(&app, &keeper, door(ONE, text)).await })
        });
        let mut kept = 0;
        for done in adding {
            match done.await.unwrap() {
                Ok(place) => {
                    assert_eq!(place, code(ONE));
                    kept += 1;
                }
                Err(error) => {
                    assert_eq!(refused::<()>(Err(error)), "door:fault-household-there");
                }
            }
        }
        assert_eq!(kept, 1);
        let other = door(TWO, "3-201");
        for _ in 0..2 {
            add::add(&bench.app, &keeper, other.clone()).await.unwrap();
        }
        let reused = add::Request {
            door: "4-1".to_owned(),
            ..other
        };
        let done = add::add(&bench.app, &keeper, reused).await;
        assert_eq!(refused(done), "refused-key-reused");
        assert_eq!(doors(&bench, &keeper, COMMUNITY).await.len(), 2);
        holds(&bench);
    }
}

#[tokio::test]
async fn what_is_no_door_is_refused_and_nobody_stands_on_one() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        for (text, fault) in [
            ("", "door:fault-required"),
            ("3-201;", "door:fault-household-door"),
            ("13912345678", "door:fault-household-number"),
            ("3-201 王大妈", "door:fault-household-name"),
            (&"1".repeat(31), "door:fault-too-long"),
        ] {
            let done = add::add(&bench.app, &keeper, door(ONE, text)).await;
            assert_eq!(refused(done), fault, "{text}");
        }
        let request = add::Request {
            contact: "12".to_owned(),
            ..door(ONE, "")
        };
        let done = add::add(&bench.app, &keeper, request).await;
        let all = "door:fault-required contact:fault-contact agreed:fault-household-agreed";
        assert_eq!(refused(done), all);
        assert_eq!(doors(&bench, &keeper, COMMUNITY).await, []);
    }
}

#[tokio::test]
async fn a_run_is_shown_first_and_leaves_what_is_there() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let there = added(&bench, &keeper, (ONE, "1-102")).await;
        let shut = added(&bench, &keeper, (ONE, "2-101")).await;
        let closing = (shut, close::Becomes::Closed);
        close::close(&bench.app, &keeper, closing).await.unwrap();
        let span = |first, last| Span { first, last };
        let request = run::Request {
            place: code(ONE),
            run: Run {
                entrances: Some(span(1, 2)),
                floors: span(1, 2),
                doors: 2,
            },
        };
        let seen = run::look_over(&bench.app, &keeper, request.clone()).await;
        let states: Vec<run::State> = seen.unwrap().iter().map(|(_, state)| *state).collect();
        assert_eq!(states[..2], [run::State::New, run::State::There]);
        assert_eq!(states[4], run::State::Closed);
        assert_eq!(doors(&bench, &keeper, ONE).await.len(), 2);
        let added = run::run(&bench.app, &keeper, request.clone())
            .await
            .unwrap();
        assert_eq!(added, 6);
        assert_eq!(
            run::run(&bench.app, &keeper, request.clone())
                .await
                .unwrap(),
            0
        );
        let all = doors(&bench, &keeper, ONE).await;
        assert_eq!(texts(&all)[..2], ["1-101", "1-102"]);
        assert_eq!(all[1].0, there);
        let count = list::count(&bench.app, &keeper, code(GRID)).await.unwrap();
        assert_eq!(count, Some(7));
        let many = run::Request {
            run: Run {
                doors: 90,
                ..request.run
            },
            ..request
        };
        let done = run::run(&bench.app, &keeper, many).await;
        assert_eq!(refused(done), "doors:fault-household-many");
    }
}

async fn brought(bench: &Bench, actor: &Actor, text: &str, mode: Mode) -> Report {
    let files = [text.as_bytes()];
    import::import(&bench.app, actor, &files, mode)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_file_with_one_bad_line_is_refused_whole() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let bad = format!(
            "place,door\n{ONE},1-101\n{ONE},1-１０１\n{NEIGHBOUR},1-101\n12,1-101\n\
             652901001001009,1\n{ONE},李大爷\n"
        );
        let report = brought(&bench, &keeper, &bad, Mode::Real).await;
        let faults: Vec<(u64, &str)> = report.faults.iter().map(|f| (f.line, f.key)).collect();
        let told = [
            (3, "fault-household-twice"),
            (4, "fault-household-place"),
            (5, "fault-code"),
            (6, "fault-household-place"),
            (7, "fault-household-name"),
        ];
        assert_eq!(faults, told);
        assert_eq!(doors(&bench, &keeper, COMMUNITY).await, []);
        let good = format!("place,door\n{ONE},2-101\n{ONE},10-101\n{TWO},1-101\n");
        let report = brought(&bench, &keeper, &good, Mode::DryRun).await;
        assert_eq!((report.added, report.faults.len()), (3, 0));
        assert_eq!(doors(&bench, &keeper, COMMUNITY).await, []);
        brought(&bench, &keeper, &good, Mode::Real).await;
        let again = brought(&bench, &keeper, &good, Mode::Real).await;
        assert_eq!((again.added, again.unchanged), (0, 3));
        let file = export::export(&bench.app, &keeper, code(COMMUNITY)).await;
        assert_eq!(file.unwrap(), good);
        let no_door = import::import(&bench.app, &keeper, &[b"place\n1\n"], Mode::Real).await;
        assert_eq!(refused(no_door), "refused-import-column");
        let long = format!("place,door\n{}", format!("{ONE},1\n").repeat(5_001));
        let long = import::import(&bench.app, &keeper, &[long.as_bytes()], Mode::Real).await;
        assert_eq!(refused(long), "file:fault-lines-many");
    }
}

#[tokio::test]
async fn a_neighbour_sees_nothing_and_administrators_nothing_at_all() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let id = added(&bench, &keeper, (ONE, "3-201")).await;
        let app = &bench.app;
        for role in [
            Role::Community,
            Role::GridWorker,
            Role::Office,
            Role::Supervisor,
        ] {
            let neighbour = elsewhere(&keeper, role, NEIGHBOUR);
            let seen = list(app, &neighbour, (code(ONE), None)).await;
            assert_eq!(refused(seen), "refused-no-place");
            assert_eq!(
                refused(look::look(app, &neighbour, id).await),
                "refused-no-household"
            );
            assert_eq!(list::count(app, &neighbour, code(ONE)).await.unwrap(), None);
            let file = export::export(app, &neighbour, code(ONE)).await;
            assert_eq!(refused(file), "refused-no-place");
            let own = list::own_counted(app, &neighbour).await.unwrap();
            assert_eq!((own.len(), own[0].1), (1, 0));
        }
        let neighbour = elsewhere(&keeper, Role::Community, NEIGHBOUR);
        let done = add::add(app, &neighbour, door(ONE, "1")).await;
        assert_eq!(refused(done), "refused-no-place");
        for role in [
            Role::System,
            Role::Security,
            Role::Auditor,
            Role::Handler,
            Role::Operator,
        ] {
            let other = elsewhere(&keeper, role, "6529");
            let seen = list(app, &other, (code(ONE), None)).await;
            assert_eq!(refused(seen), "refused-not-permitted", "{role:?}");
        }
        for role in [Role::Office, Role::Supervisor] {
            let above = elsewhere(&keeper, role, "6529");
            assert_eq!(doors(&bench, &above, COMMUNITY).await.len(), 1);
            let done = add::add(app, &above, door(ONE, "1")).await;
            assert_eq!(refused(done), "refused-not-permitted");
            let page = look::look(app, &above, id).await.unwrap();
            assert!(!page.may_keep && !page.may_look);
        }
    }
}

#[tokio::test]
async fn a_door_is_called_otherwise_closed_and_opened_again() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let (app, one) = (&bench.app, added(&bench, &keeper, (ONE, "3-201")).await);
        let other = added(&bench, &keeper, (ONE, "3-202")).await;
        let ask = |place: &str, door: &str| change::Request {
            id: one,
            place: code(place),
            door: door.to_owned(),
        };
        let twice = change::change(app, &keeper, ask(ONE, "3-202")).await;
        assert_eq!(refused(twice), "door:fault-household-there");
        let away = change::change(app, &keeper, ask(NEIGHBOUR, "3-201")).await;
        assert_eq!(refused(away), "place:fault-household-place");
        change::change(app, &keeper, ask(ONE, "03-201"))
            .await
            .unwrap();
        change::change(app, &keeper, ask(TWO, "5-1")).await.unwrap();
        let page = look::look(app, &keeper, one).await.unwrap();
        assert_eq!(page.household.place, code(TWO));
        assert_eq!(page.household.door.as_str(), "5-1");
        for _ in 0..2 {
            let closing = (other, close::Becomes::Closed);
            close::close(app, &keeper, closing).await.unwrap();
        }
        let again = add::add(app, &keeper, door(ONE, "3-202")).await;
        assert_eq!(refused(again), "door:fault-household-closed");
        assert_eq!(
            list::count(app, &keeper, code(COMMUNITY)).await.unwrap(),
            Some(1)
        );
        let opening = (other, close::Becomes::Open);
        close::close(app, &keeper, opening).await.unwrap();
        assert_eq!(
            list::count(app, &keeper, code(COMMUNITY)).await.unwrap(),
            Some(2)
        );
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let lines = (1..=list::SHOWN + 20).map(|number| format!("{ONE},{number}\n"));
        let file = format!("place,door\n{}{TWO},1\n", lines.collect::<String>());
        brought(&bench, &keeper, &file, Mode::Real).await;
        let page = |after| list(&bench.app, &keeper, (code(GRID), after));
        let first = page(None).await.unwrap();
        assert_eq!((first.lines.len(), first.count), (list::SHOWN, 121));
        let inside: Vec<i64> = first.inside.iter().map(|(_, count)| *count).collect();
        assert_eq!(inside, [120, 1]);
        let second = page(first.more).await.unwrap();
        let doors: Vec<&str> = second
            .lines
            .iter()
            .map(|l| l.household.door.as_str())
            .collect();
        assert_eq!((doors.len(), doors[0], doors[20]), (21, "101", "1"));
        assert_eq!(second.more, None);
    }
}

async fn becomes(
    bench: &Bench,
    actor: &Actor,
    place: &str,
    what: place_change::What,
) -> Vec<PlaceCode> {
    let request = place_change::Request {
        id: PlaceChangeId::from_raw(bench.app.mint()),
        place: code(place),
        what,
        reason: "as the people asked".to_owned(),
    };
    place_change::change(&bench.app, actor, request)
        .await
        .unwrap()
}

#[tokio::test]
async fn doors_follow_their_place_and_none_is_lost() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        for place in [ONE, TWO] {
            added(&bench, &keeper, (place, "1-101")).await;
        }
        let only = added(&bench, &keeper, (TWO, "1-102")).await;
        let names = Names::one("zh", "1、2号楼");
        let with = vec![code(TWO)];
        let merged = place_change::What::Merge { with, names };
        let made = becomes(&bench, &keeper, ONE, merged).await;
        let merged = made[0].to_string();
        let all = doors(&bench, &keeper, &merged).await;
        assert_eq!(texts(&all), ["1-101", "1-102", "2号楼1-101"]);
        // What was written down before on a phone finds the heir.
        let place = add::add(&bench.app, &keeper, door(TWO, "1-103"))
            .await
            .unwrap();
        assert_eq!(place, made[0]);
        let part = |name: &str| Part {
            names: Names::one("zh", name),
            shape: None,
        };
        let split = place_change::What::Split {
            parts: vec![part("东"), part("西")],
            goes: BTreeMap::new(),
        };
        let made = becomes(&bench, &keeper, GRID, split).await;
        let page = look::look(&bench.app, &keeper, only).await.unwrap();
        assert!(page.household.place.is_within(&made[0]));
        assert_eq!(doors(&bench, &keeper, COMMUNITY).await.len(), 4);
        let gone = list(&bench.app, &keeper, (code(&merged), None))
            .await
            .unwrap();
        assert_eq!(gone.count, 0);
        holds(&bench);
    }
}

#[tokio::test]
async fn nobody_without_a_post_sees_doors() {
    for bench in benches() {
        lay_out(&bench).await;
        let nobody = Actor {
            who: Who::Anyone,
            posts: Vec::new(),
        };
        let seen = list(&bench.app, &nobody, (code(ONE), None)).await;
        assert_eq!(refused(seen), "refused-not-permitted");
        let done = add::add(&bench.app, &nobody, door(ONE, "1")).await;
        assert_eq!(refused(done), "refused-sign-in-needed");
    }
}
