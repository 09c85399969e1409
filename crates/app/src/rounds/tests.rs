//! What is seen on a round becomes a case once, whatever is sent again; what comes back is known.

use std::collections::BTreeMap;

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value};
use huiyin_domain::id::{
    AnswerId, CadenceId, CaseId, ChecklistId, FileId, RoundId, SpotId, UnitId,
};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Every, Line, Mark, Photo, SpotSort, Standing};
use huiyin_domain::words::Lang;
use huiyin_store::findings;
use jiff::SignedDuration;

use super::answer::{Marked, Reply, Request, Says, answer};
use super::put_spot::Kept;
use super::{begin_storm, look, make, put_cadence, put_checklist, put_spot, take_shipped};
use crate::Error;
use crate::cases::{advance, read};
use crate::files::files_tests::picture;
use crate::files::upload;
use crate::testing::{Bench, benches, peer};
use crate::venues::tests::key;

const CHECKLIST: ChecklistId = ChecklistId::from_raw(1);
const CADENCE: CadenceId = CadenceId::from_raw(1);
pub(crate) const SPOTS: [SpotId; 2] = [SpotId::from_raw(1), SpotId::from_raw(2)];

pub(crate) fn place() -> PlaceCode {
    "652901001001".parse().unwrap()
}

fn line(code: &str, photo: Photo) -> Line {
    Line {
        code: code.to_owned(),
        check: Names::both("灯亮", code),
        right: None,
        wrong: None,
        right_picture: None,
        wrong_picture: None,
        item: None,
        weight: "major".to_owned(),
        photo,
    }
}

fn lines() -> Vec<Line> {
    vec![line("lamp", Photo::Welcome), line("way", Photo::Wanted)]
}

async fn keeps(bench: &Bench, keeper: &Actor, every: Every) {
    let app = &bench.app;
    let checklist = put_checklist::Request {
        id: CHECKLIST,
        version: None,
        place: place(),
        sort: SpotSort::Stairwell,
        names: Names::one("zh", "楼道"),
        lines: lines(),
    };
    put_checklist::put(app, keeper, checklist).await.unwrap();
    for (id, name, position) in [(SPOTS[0], "二单元", 2), (SPOTS[1], "一单元", 1)] {
        let spot = put_spot::Request {
            id,
            place: place(),
            sort: SpotSort::Stairwell,
            names: Names::one("zh", name),
            position: Some(position),
            kept: Kept::Open,
        };
        put_spot::put(app, keeper, spot).await.unwrap();
    }
    let cadence = put_cadence::Request {
        id: CADENCE,
        checklist: CHECKLIST,
        place: place(),
        every,
        first_on: app.config.day(app.now()),
    };
    put_cadence::put(app, keeper, cadence.clone())
        .await
        .unwrap();
    put_cadence::put(app, keeper, cadence).await.unwrap();
}

/// A keeper, somebody who walks, and the round of today.
pub(crate) async fn begun(bench: &Bench) -> (Actor, Actor, RoundId) {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    let walker = bench.employ(2, Role::GridWorker, "w@example.org").await;
    keeps(bench, &keeper, Every::Day).await;
    assert_eq!(make::sweep(&bench.app).await.unwrap(), 1);
    let today = look::today(&bench.app, &walker).await.unwrap();
    assert_eq!(today.rounds.len(), 1);
    (keeper, walker, today.rounds[0].round.id)
}

pub(crate) fn says(id: i64, (round, spot): (RoundId, SpotId), lamp: Mark) -> Request {
    let marked = |mark, case| Marked {
        mark,
        says: "third floor".to_owned(),
        weight: String::new(),
        photos: Vec::new(),
        sounds: Vec::new(),
        case: CaseId::from_raw(case),
    };
    Request {
        id: AnswerId::from_raw(id),
        round,
        spot,
        says: Says::Marks(BTreeMap::from([
            ("lamp".to_owned(), marked(lamp, 1_000 + id)),
            ("way".to_owned(), marked(Mark::Ok, 2_000 + id)),
        ])),
        language: Lang::EN,
    }
}

pub(crate) async fn said(bench: &Bench, walker: &Actor, request: Request) -> Result<Reply, Error> {
    answer(&bench.app, walker, request).await
}

#[tokio::test]
async fn a_fault_becomes_a_case_once_and_the_round_is_done_in_order() {
    for bench in benches() {
        let (_, walker, round) = begun(&bench).await;
        let shown = look::show(&bench.app, &walker, round).await.unwrap();
        let order: Vec<SpotId> = shown.stops.iter().map(|stop| stop.spot).collect();
        assert_eq!(order, [SPOTS[1], SPOTS[0]]);
        let mut first = says(1, (round, SPOTS[1]), Mark::NotOk);
        if let Says::Marks(marks) = &mut first.says {
            marks.get_mut("lamp").unwrap().weight = "grave".to_owned();
        }
        let reply = said(&bench, &walker, first.clone()).await.unwrap();
        assert_eq!((reply.opened, reply.next), (1, Some(SPOTS[0])));
        assert_eq!(said(&bench, &walker, first).await.unwrap().opened, 0);
        let case = read::read(&bench.app, &walker, CaseId::from_raw(1_001)).await;
        let case = case.unwrap();
        assert_eq!(case.case.place, place());
        // As grave as whoever saw it says, and not as the line says.
        let due = case.case.clock.as_ref().unwrap().due_at;
        assert_eq!(due, case.case.opened_at + SignedDuration::from_hours(4));
        // The same is known already: nothing new is written down.
        let again = says(2, (round, SPOTS[1]), Mark::NotOk);
        assert_eq!(said(&bench, &walker, again).await.unwrap().opened, 0);
        let other = Request {
            spot: SPOTS[0],
            ..says(1, (round, SPOTS[0]), Mark::Ok)
        };
        let reused = said(&bench, &walker, other).await.unwrap_err();
        assert_eq!(key(&reused), "refused-key-reused");
        said(&bench, &walker, says(3, (round, SPOTS[0]), Mark::Ok))
            .await
            .unwrap();
        let shown = look::show(&bench.app, &walker, round).await.unwrap();
        assert_eq!(look::stands(&shown.listed, shown.day), Standing::Done);
        assert_eq!((shown.found.len(), shown.listed.faults), (1, 1));
        let at = look::at(&bench.app, &walker, (round, SPOTS[1]))
            .await
            .unwrap();
        assert_eq!(at.answers.len(), 2);
    }
}

#[tokio::test]
async fn two_at_once_open_one_case() {
    for bench in benches() {
        let (keeper, walker, round) = begun(&bench).await;
        let (one, two) = tokio::join!(
            said(&bench, &walker, says(1, (round, SPOTS[0]), Mark::NotOk)),
            said(&bench, &keeper, says(2, (round, SPOTS[0]), Mark::NotOk)),
        );
        assert_eq!(one.unwrap().opened + two.unwrap().opened, 1);
    }
}

#[tokio::test]
async fn what_is_missing_or_not_theirs_is_refused_and_nothing_is_kept() {
    for bench in benches() {
        let (_, walker, round) = begun(&bench).await;
        let mut lacking = says(1, (round, SPOTS[0]), Mark::NotOk);
        if let Says::Marks(marks) = &mut lacking.says {
            marks.remove("way");
        }
        let mut photoless = says(1, (round, SPOTS[0]), Mark::NotOk);
        if let Says::Marks(marks) = &mut photoless.says {
            marks.get_mut("way").unwrap().mark = Mark::NotOk;
        }
        let reasonless = Request {
            says: Says::LeftOut(" ".to_owned()),
            ..says(1, (round, SPOTS[0]), Mark::Ok)
        };
        for (wrong, field) in [
            (lacking, "mark-way"),
            (photoless, "photo-way"),
            (reasonless, "why"),
        ] {
            let refused = said(&bench, &walker, wrong).await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().faults()[0].field, field);
        }
        let mut stranger = bench.employ(3, Role::GridWorker, "s@example.org").await;
        stranger.posts[0].place = "652901002".parse().unwrap();
        let request = says(1, (round, SPOTS[0]), Mark::Ok);
        let refused = said(&bench, &stranger, request.clone()).await.unwrap_err();
        assert_eq!(key(&refused), "refused-no-round");
        let handler = bench.employ(4, Role::Handler, "h@example.org").await;
        let refused = said(&bench, &handler, request).await.unwrap_err();
        assert_eq!(key(&refused), "refused-not-permitted");
        let shown = look::show(&bench.app, &walker, round).await.unwrap();
        assert_eq!((shown.listed.settled, shown.found.len()), (0, 0));
    }
}

async fn photo(bench: &Bench, number: u8) -> FileId {
    let sent = upload::Request {
        bytes: picture(number).into(),
        name: String::new(),
        peer: peer(),
    };
    upload::upload(&bench.app, sent).await.unwrap().id
}

/// The way is blocked, and everything else is good.
fn blocked(id: i64, round: RoundId, photos: Vec<FileId>) -> Request {
    let mut request = says(id, (round, SPOTS[0]), Mark::Ok);
    if let Says::Marks(marks) = &mut request.says {
        let way = marks.get_mut("way").unwrap();
        (way.mark, way.photos) = (Mark::NotOk, photos);
    }
    request
}

pub(crate) async fn takes(bench: &Bench, who: &Actor, (case, step): (CaseId, &str), input: Input) {
    let request = advance::Request {
        id: case,
        version: None,
        step: step.to_owned(),
        input,
        key: None,
        at: None,
    };
    advance::advance(&bench.app, who, request).await.unwrap();
}

async fn last(bench: &Bench) -> findings::Standing {
    let last = bench
        .app
        .store
        .read(|tx| findings::last(tx, SPOTS[0], "way"));
    last.await.unwrap().unwrap()
}

#[tokio::test]
async fn a_photo_goes_into_the_case_and_what_is_known_is_not_opened_twice() {
    for bench in benches() {
        let (app, (_, walker, round)) = (&bench.app, begun(&bench).await);
        let photo = photo(&bench, 1).await;
        let spoken = upload::sound(app, (&b"OggS a voice"[..]).into(), peer(), "sound").await;
        let spoken = spoken.unwrap();
        let mut first = blocked(1, round, vec![photo]);
        if let Says::Marks(marks) = &mut first.says {
            marks.get_mut("way").unwrap().sounds = vec![spoken];
        }
        assert_eq!(said(&bench, &walker, first).await.unwrap().opened, 1);
        let case = last(&bench).await.finding.case;
        let page = read::read(app, &walker, case).await.unwrap();
        let mut files: Vec<FileId> = page.files.iter().map(|file| file.id).collect();
        files.sort();
        let mut sent = vec![photo, spoken];
        sent.sort();
        assert_eq!(files, sent);
        // What is known needs no other photo, and is shown to whoever comes by.
        let known = blocked(5, round, Vec::new());
        assert_eq!(said(&bench, &walker, known).await.unwrap().opened, 0);
        let shown = look::show(app, &walker, round).await.unwrap();
        assert_eq!(shown.known[&SPOTS[0]]["way"].finding.case, case);
        assert_eq!(shown.next, Some(SPOTS[1]));
        // A door that is locked later does not undo what was seen before.
        let locked = Request {
            says: Says::LeftOut("Locked".to_owned()),
            ..says(6, (round, SPOTS[0]), Mark::Ok)
        };
        said(&bench, &walker, locked).await.unwrap();
        let shown = look::show(app, &walker, round).await.unwrap();
        assert_eq!((shown.listed.settled, shown.listed.faults), (1, 1));
    }
}

#[tokio::test]
async fn what_was_mended_comes_back_as_urgent_and_what_was_none_does_not() {
    for bench in benches() {
        let (app, (keeper, walker, round)) = (&bench.app, begun(&bench).await);
        let first = blocked(1, round, vec![photo(&bench, 1).await]);
        said(&bench, &walker, first.clone()).await.unwrap();
        let none = last(&bench).await.finding.case;
        let why = Input::default().with("reason", Value::Text("A flower pot.".to_owned()));
        takes(&bench, &keeper, (none, "no_hazard"), why).await;

        // The page was kept on the phone, and names the same case again.
        let mut again = blocked(9, round, vec![photo(&bench, 2).await]);
        if let (Says::Marks(now), Says::Marks(before)) = (&mut again.says, &first.says) {
            now.get_mut("way").unwrap().case = before["way"].case;
        }
        assert_eq!(said(&bench, &walker, again).await.unwrap().opened, 1);
        let found = last(&bench).await;
        assert_eq!(found.finding.back_of, None);
        let case = found.finding.case;
        assert_ne!(case, none);

        let proof = Value::Files(vec![photo(&bench, 3).await]);
        let done = Input::default().with("done", Value::Text("Cleared.".to_owned()));
        takes(&bench, &keeper, (case, "mend"), done.with("proof", proof)).await;
        let mut other = keeper.clone();
        other.posts[0].unit = UnitId::from_raw(99);
        let good = Input::default().with("good", Value::YesNo(true));
        takes(&bench, &other, (case, "recheck"), good).await;
        bench.clock.advance(SignedDuration::from_hours(24));
        let back = blocked(12, round, vec![photo(&bench, 4).await]);
        assert_eq!(said(&bench, &walker, back).await.unwrap().opened, 1);
        let found = last(&bench).await;
        assert_eq!(found.finding.back_of, Some(case));
        let back = read::read(app, &walker, found.finding.case).await.unwrap();
        assert!(back.case.urgent);
    }
}

#[tokio::test]
async fn rounds_come_by_themselves_and_what_is_missed_stays() {
    for bench in benches() {
        let (_, walker, _) = begun(&bench).await;
        assert_eq!(make::sweep(&bench.app).await.unwrap(), 0);
        bench.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(make::sweep(&bench.app).await.unwrap(), 1);
        let today = look::today(&bench.app, &walker).await.unwrap();
        let stands: Vec<Standing> = today
            .rounds
            .iter()
            .map(|one| look::stands(one, today.day))
            .collect();
        assert_eq!(stands, [Standing::Open, Standing::Missed]);
        // From Friday on there are two days off.
        for made in [1, 1, 1, 0, 0, 1] {
            bench.clock.advance(SignedDuration::from_hours(24));
            assert_eq!(make::sweep(&bench.app).await.unwrap(), made);
        }
        let overview = look::overview(&bench.app, &walker).await.unwrap();
        assert!(overview.least_seen[0].seen_at.is_none());
    }
}

#[tokio::test]
async fn after_a_storm_all_begin_once() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        keeps(&bench, &keeper, Every::Storm).await;
        let app = &bench.app;
        assert_eq!(make::sweep(app).await.unwrap(), 0);
        assert_eq!(begin_storm::begin_storm(app, &keeper).await.unwrap(), 1);
        assert_eq!(begin_storm::begin_storm(app, &keeper).await.unwrap(), 0);
        put_cadence::end(app, &keeper, CADENCE).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(begin_storm::begin_storm(app, &keeper).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_round_goes_on_with_the_version_with_which_it_began() {
    for bench in benches() {
        let (keeper, walker, round) = begun(&bench).await;
        let mut another = put_checklist::Request {
            id: CHECKLIST,
            version: Some(1),
            place: place(),
            sort: SpotSort::Stairwell,
            names: Names::one("zh", "楼道"),
            lines: vec![line("rail", Photo::Welcome)],
        };
        put_checklist::put(&bench.app, &keeper, another.clone())
            .await
            .unwrap();
        // Sent again, it says so already; something else is too late.
        put_checklist::put(&bench.app, &keeper, another.clone())
            .await
            .unwrap();
        another.lines = lines();
        let stale = put_checklist::put(&bench.app, &keeper, another).await;
        assert_eq!(key(&stale.unwrap_err()), "refused-stale");
        let at = look::at(&bench.app, &walker, (round, SPOTS[0]))
            .await
            .unwrap();
        assert_eq!(at.lines.len(), 2);
        let taken = take_shipped::take_shipped(&bench.app, &keeper, place()).await;
        assert_eq!(taken.unwrap(), 7);
        let taken = take_shipped::take_shipped(&bench.app, &keeper, place()).await;
        assert_eq!(taken.unwrap(), 0);
    }
}
