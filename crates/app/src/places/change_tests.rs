use huiyin_domain::case::Value;
use huiyin_domain::case::Values;
use huiyin_domain::id::{CaseId, PersonId};
use huiyin_domain::person::Role;
use huiyin_domain::place::Place;
use huiyin_domain::unit::{Duty, Item};
use huiyin_domain::words::Lang;
use huiyin_store::duties;
use jiff::SignedDuration;

use super::*;
use crate::cases::{Channel, list, open, read};
use crate::places::{history, locate};
use crate::testing::{Bench, UNIT, actor, benches};

const COMMUNITY: &str = "652901001001";
const GRID: &str = "652901001001001";
const NEXT: &str = "652901001001002";
const MICRO: &str = "652901001001001001";

fn code(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

fn part(name: &str) -> Part {
    Part {
        names: Names::one("zh", name),
        shape: None,
    }
}

fn boxed(west: f64, east: f64) -> String {
    let ring = [
        [west, 41.0],
        [east, 41.0],
        [east, 41.1],
        [west, 41.1],
        [west, 41.0],
    ];
    serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
}

/// Two grids side by side, in the first a micro-grid, and a line of the duty list for it.
async fn lay_out(bench: &Bench) {
    let write = |tx: &mut Tx<'_>| {
        for (text, shape) in [
            (GRID, Some(boxed(80.0, 80.1))),
            (NEXT, Some(boxed(80.1, 80.2))),
            (MICRO, None),
            ("652901001002", None),
        ] {
            let place = Place {
                code: code(text),
                names: Names::one("zh", text),
                shape,
                closed_at: None,
            };
            places::put(tx, &place)?;
        }
        let item = Item {
            code: "heating".parse().unwrap(),
            names: Names::one("zh", "供热"),
            keywords: vec![],
            closed_at: None,
        };
        duties::put_item(tx, &item)?;
        let duty = Duty {
            item: item.code,
            place: code(GRID),
            unit: UNIT,
            assisting: vec![],
            limit: None,
        };
        duties::put(tx, &duty)
    };
    bench.app.store.write(0, write).await.unwrap();
}

/// Somebody who works in one grid, as of now.
async fn employ_in(bench: &Bench, number: i64, place: &str) -> PersonId {
    let person = bench
        .employ(number, Role::GridWorker, &format!("1380000{number:04}"))
        .await;
    let person = person.person().unwrap();
    let post = Post {
        id: PostId::from_raw(number),
        person,
        unit: UNIT,
        role: Role::GridWorker,
        place: code(place),
        starts_at: bench.app.now() - SignedDuration::from_hours(1),
        ends_at: None,
    };
    let now = bench.app.now();
    let write = move |tx: &mut Tx<'_>| {
        posts::end(tx, post.id, now - SignedDuration::from_mins(30))?;
        let post = Post {
            id: PostId::from_raw(number + 1000),
            ..post.clone()
        };
        posts::insert(tx, &post)
    };
    bench.app.store.write(0, write).await.unwrap();
    person
}

/// Somebody who may change places there.
async fn in_charge(bench: &Bench, role: Role) -> Actor {
    bench.employ(10, role, "13800001010").await
}

async fn as_now(bench: &Bench, person: PersonId) -> Actor {
    let now = bench.app.now();
    let posts = bench.app.store.read(move |tx| posts::held(tx, person, now));
    Actor {
        who: Who::Person(person),
        posts: posts.await.unwrap(),
    }
}

async fn bring(bench: &Bench, number: i64, place: &str) -> CaseId {
    let id = CaseId::make(bench.app.now(), number as u64);
    let request = open::Request {
        id,
        kind: "appeal".to_owned(),
        values: Values::from([
            ("description".to_owned(), Value::Text("暖气不热".to_owned())),
            ("place".to_owned(), Value::Place(code(place))),
        ]),
        language: Lang::ZH,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(&bench.app, &Actor::anyone(), request)
        .await
        .unwrap();
    id
}

async fn sees(bench: &Bench, person: PersonId) -> Vec<(CaseId, PlaceCode)> {
    let actor = as_now(bench, person).await;
    let request = list::Request {
        limit: 50,
        ..list::Request::default()
    };
    let page = list::list(&bench.app, &actor, request).await.unwrap();
    page.rows
        .into_iter()
        .map(|row| (row.id, row.place))
        .collect()
}

/// What somebody may do with a case now.
async fn may_do(bench: &Bench, person: PersonId, case: CaseId) -> Vec<String> {
    let actor = as_now(bench, person).await;
    let page = read::read(&bench.app, &actor, case).await.unwrap();
    page.offers.into_iter().map(|offer| offer.step).collect()
}

fn asked(number: i64, place: &str, what: What) -> Request {
    Request {
        id: PlaceChangeId::from_raw(number),
        place: code(place),
        what,
        reason: "小区变大了".to_owned(),
    }
}

fn halves() -> What {
    What::Split {
        parts: vec![
            Part {
                shape: Some(boxed(80.0, 80.05)),
                ..part("东")
            },
            Part {
                shape: Some(boxed(80.05, 80.1)),
                ..part("西")
            },
        ],
        goes: BTreeMap::from([(code(MICRO), 1)]),
    }
}

async fn at(bench: &Bench, lon: f64) -> Option<String> {
    let at = huiyin_domain::geo::Degrees { lon, lat: 41.05 };
    let request = locate::Request {
        at,
        system: System::Wgs84,
    };
    let found = locate::locate(&bench.app, request).await.unwrap();
    found.map(|found| found.place.code.to_string())
}

fn is_whole(bench: &Bench) {
    let app = bench.app.clone();
    let report = std::thread::spawn(move || crate::verify::verify(&app))
        .join()
        .unwrap();
    assert_eq!(report.unwrap().findings, []);
}

#[tokio::test]
async fn a_split_takes_nobodys_work_away() {
    for bench in benches() {
        lay_out(&bench).await;
        let ana = employ_in(&bench, 21, GRID).await;
        let case = bring(&bench, 1, MICRO).await;
        assert_eq!(sees(&bench, ana).await, [(case, code(MICRO))]);
        assert_eq!(at(&bench, 80.01).await.as_deref(), Some(GRID));
        let could = may_do(&bench, ana, case).await;
        assert_ne!(could, [""; 0]);

        let community = in_charge(&bench, Role::Community).await;
        let made = change(&bench.app, &community, asked(1, GRID, halves()))
            .await
            .unwrap();
        assert_eq!(made, [code("652901001001003"), code("652901001001004")]);
        // The case keeps the place of its day, and whoever worked there still has it.
        assert_eq!(may_do(&bench, ana, case).await, could);
        assert_eq!(sees(&bench, ana).await, [(case, code(MICRO))]);
        let held: Vec<PlaceCode> = as_now(&bench, ana)
            .await
            .posts
            .into_iter()
            .map(|post| post.place)
            .collect();
        assert_eq!(held, made);
        // So does somebody who comes later, to either half; nobody of the other grid does.
        let ben = employ_in(&bench, 22, "652901001001004").await;
        let far = employ_in(&bench, 23, NEXT).await;
        let micro = employ_in(&bench, 24, "652901001001004001").await;
        assert_eq!(sees(&bench, ben).await.len(), 1);
        assert_eq!(sees(&bench, micro).await.len(), 1);
        assert_eq!(sees(&bench, far).await, []);
        assert_eq!(at(&bench, 80.01).await.as_deref(), Some("652901001001003"));
        // What comes in now comes in for the new place, and the duty list holds there.
        let duty = bench.app.store.read(|tx| {
            let item = "heating".parse().unwrap();
            duties::resolve(tx, &item, &code("652901001001004001"))
        });
        assert_eq!(duty.await.unwrap().unwrap().place, code("652901001001004"));
        let lines = history::history(&bench.app, &community, made[1].clone())
            .await
            .unwrap();
        assert_eq!(
            (lines.len(), lines[0].from.len(), lines[0].to.len()),
            (1, 1, 2)
        );
        let heirs = history::heirs(&bench.app, code(MICRO)).await.unwrap();
        assert_eq!(heirs[0].place.code, code("652901001001004001"));
        is_whole(&bench);
    }
}

#[tokio::test]
async fn said_twice_it_is_done_once() {
    for bench in benches() {
        lay_out(&bench).await;
        let community = in_charge(&bench, Role::Community).await;
        let once = change(&bench.app, &community, asked(1, GRID, halves()))
            .await
            .unwrap();
        let again = change(&bench.app, &community, asked(1, GRID, halves()))
            .await
            .unwrap();
        assert_eq!(once, again);
        let other = change(&bench.app, &community, asked(1, NEXT, halves())).await;
        assert!(matches!(other, Err(Error::Refused(Refusal::KeyReused))));
        let gone = change(&bench.app, &community, asked(2, GRID, halves())).await;
        let key = gone.unwrap_err().refusal().map(Refusal::key);
        assert_eq!(key.as_deref(), Some("refused-place-change-closed"));
    }
}

#[tokio::test]
async fn of_two_at_once_one_is_too_late() {
    for bench in benches() {
        lay_out(&bench).await;
        let community = in_charge(&bench, Role::Community).await;
        let merge = What::Merge {
            with: vec![code(NEXT)],
            names: Names::one("zh", "合"),
        };
        let one = change(&bench.app, &community, asked(1, GRID, halves()));
        let two = change(&bench.app, &community, asked(2, GRID, merge));
        let (one, two) = tokio::join!(one, two);
        assert!(one.is_ok() ^ two.is_ok(), "{one:?} {two:?}");
        is_whole(&bench);
    }
}

#[tokio::test]
async fn what_was_split_and_merged_again_still_belongs_to_somebody() {
    for bench in benches() {
        lay_out(&bench).await;
        let ana = employ_in(&bench, 21, GRID).await;
        let case = bring(&bench, 1, GRID).await;
        let community = in_charge(&bench, Role::Community).await;
        let parts = change(&bench.app, &community, asked(1, GRID, halves()))
            .await
            .unwrap();
        let merge = What::Merge {
            with: vec![parts[1].clone(), code(NEXT)],
            names: Names::one("zh", "合"),
        };
        let whole = asked(2, parts[0].as_str(), merge);
        let whole = change(&bench.app, &community, whole).await.unwrap();
        assert_eq!(whole.len(), 1);
        // Both halves were held; the whole is held once.
        assert_eq!(as_now(&bench, ana).await.posts.len(), 1);
        assert_eq!(sees(&bench, ana).await, [(case, code(GRID))]);
        for lon in [80.01, 80.09, 80.19] {
            assert_eq!(at(&bench, lon).await.as_deref(), Some(whole[0].as_str()));
        }
        let heirs = history::heirs(&bench.app, code(GRID)).await.unwrap();
        assert_eq!(heirs.len(), 1);
        let lines = history::history(&bench.app, &community, whole[0].clone())
            .await
            .unwrap();
        assert_eq!(lines.len(), 1);
        let lines = history::history(&bench.app, &community, code(GRID))
            .await
            .unwrap();
        assert_eq!(lines.len(), 2);
        is_whole(&bench);
    }
}

#[tokio::test]
async fn a_grid_moves_with_its_open_cases_to_another_community() {
    for bench in benches() {
        lay_out(&bench).await;
        let case = bring(&bench, 1, MICRO).await;
        let there = code("652901001002");
        let what = || What::Move {
            there: there.clone(),
            names: Names::one("zh", "一网格"),
        };
        let mut community = bench.employ(30, Role::Community, "13800003030").await;
        let refused = change(&bench.app, &community, asked(1, GRID, what())).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound(_)))));
        community.posts[0].place = there.clone();
        let refused = change(&bench.app, &community, asked(1, GRID, what())).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound(_)))));
        let worker = actor(Role::GridWorker);
        let refused = change(&bench.app, &worker, asked(1, GRID, what())).await;
        assert!(matches!(
            refused,
            Err(Error::Refused(Refusal::NotPermitted))
        ));
        let office = in_charge(&bench, Role::Office).await;
        let made = change(&bench.app, &office, asked(1, GRID, what()))
            .await
            .unwrap();
        assert_eq!(made, [code("652901001002001")]);
        // Whoever works in the community that it moved to sees what is open there.
        let new = employ_in(&bench, 31, "652901001002").await;
        assert_eq!(sees(&bench, new).await, [(case, code(MICRO))]);
        is_whole(&bench);
    }
}

#[tokio::test]
async fn what_is_not_said_rightly_is_said_back() {
    for bench in benches() {
        lay_out(&bench).await;
        let community = in_charge(&bench, Role::Community).await;
        let fault = async |request: Request| {
            let refused = change(&bench.app, &community, request).await.unwrap_err();
            let refusal = refused.refusal().cloned().unwrap();
            match refusal.faults() {
                [] => refusal.key(),
                faults => format!("{} {}", faults[0].field, faults[0].key),
            }
        };
        let mut request = asked(1, GRID, halves());
        request.reason = " ".to_owned();
        assert_eq!(fault(request).await, "reason fault-required");
        let nameless = What::Split {
            parts: vec![part("a"), part("")],
            goes: BTreeMap::new(),
        };
        assert_eq!(
            fault(asked(1, GRID, nameless)).await,
            "name-2 fault-required"
        );
        let bent = What::Split {
            parts: vec![
                part("a"),
                Part {
                    shape: Some("{}".to_owned()),
                    ..part("b")
                },
            ],
            goes: BTreeMap::new(),
        };
        assert_eq!(fault(asked(1, GRID, bent)).await, "shape-2 fault-shape");
        let whole = asked(1, COMMUNITY, halves());
        assert_eq!(fault(whole).await, "refused-place-change-level");
        let nowhere = What::Move {
            there: code(COMMUNITY),
            names: Names::one("zh", "a"),
        };
        let key = "refused-place-change-not-there";
        assert_eq!(fault(asked(1, GRID, nowhere)).await, key);
        let nothing = asked(1, "652901001001099", halves());
        assert_eq!(fault(nothing).await, "refused-no-place");
    }
}
