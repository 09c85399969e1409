//! A line shows how it is right and wrong; what a round shows stays as it was when it began.

use huiyin_domain::id::{ChecklistId, FileId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::round::Line;
use huiyin_domain::sample::{Pictured, Sample, Side};
use jiff::SignedDuration;

use super::picture_line::{Request, put};
use super::tests::{SPOTS, begun};
use super::{look, make, take_shipped};
use crate::Error;
use crate::files::fetch::Size;
use crate::files::files_tests::picture;
use crate::files::{sweep::sweep, upload};
use crate::samples::fetch::fetch;
use crate::testing::{Bench, benches, peer};
use crate::venues::tests::key;

const CHECKLIST: ChecklistId = ChecklistId::from_raw(1);

fn drawing(key: &str) -> Sample {
    Sample {
        picture: Pictured::Drawing(key.to_owned()),
        says: Names::default(),
    }
}

fn photo(file: FileId, says: Names) -> Sample {
    Sample {
        picture: Pictured::Photo(file),
        says,
    }
}

fn request(version: i64, right: Option<Sample>, wrong: Option<Sample>) -> Request {
    Request {
        checklist: CHECKLIST,
        version,
        line: "lamp".to_owned(),
        right,
        wrong,
    }
}

async fn sent(bench: &Bench, shade: u8) -> FileId {
    upload::sample(&bench.app, picture(shade).into(), peer(), "file")
        .await
        .unwrap()
}

fn fault(error: &Error) -> (String, &'static str) {
    let faults = error.refusal().unwrap().faults();
    (faults[0].field.clone(), faults[0].key)
}

fn lamp(lines: &[Line]) -> Line {
    lines
        .iter()
        .find(|line| line.code == "lamp")
        .cloned()
        .unwrap()
}

#[tokio::test]
async fn a_picture_belongs_to_the_version_and_stays() {
    for bench in benches() {
        let (keeper, walker, round) = begun(&bench).await;
        let app = &bench.app;
        let (good, bad) = (sent(&bench, 1).await, sent(&bench, 2).await);
        let first = request(
            1,
            Some(photo(good, Names::both("灯亮", "lit"))),
            Some(photo(bad, Names::both("灯不亮", "dark"))),
        );
        put(app, &keeper, first.clone()).await.unwrap();
        // Sent again it says so already; another one is too late.
        put(app, &keeper, first).await.unwrap();
        let late = request(1, Some(drawing("lamp-right")), None);
        assert_eq!(
            key(&put(app, &keeper, late).await.unwrap_err()),
            "refused-stale"
        );

        let old = look::at(app, &walker, (round, SPOTS[0])).await.unwrap();
        assert_eq!(lamp(&old.lines).right_picture, None);
        bench.clock.advance(SignedDuration::from_hours(24));
        make::sweep(app).await.unwrap();
        let today = look::today(app, &walker).await.unwrap();
        let new = today.rounds.iter().map(|one| one.round.id);
        let new = new.max().unwrap();
        let shown = look::show(app, &walker, new).await.unwrap();
        let line = lamp(&shown.lines);
        let side = |side| line.picture(side).unwrap().picture.photo();
        assert_eq!(
            (side(Side::Right), side(Side::Wrong)),
            (Some(good), Some(bad))
        );

        // Taken away, it is gone from the next round and stays on this one.
        put(app, &keeper, request(2, None, None)).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(49));
        assert_eq!(sweep(app).await.unwrap(), 0);
        let small = fetch(app, good, Size::Small).await.unwrap();
        assert!(small.len() <= 6 * 1024);
        let again = look::show(app, &walker, new).await.unwrap();
        assert!(lamp(&again.lines).right_picture.is_some());
    }
}

#[tokio::test]
async fn what_is_no_picture_of_this_side_is_refused() {
    for bench in benches() {
        let (keeper, walker, _) = begun(&bench).await;
        let app = &bench.app;
        let file = sent(&bench, 1).await;
        for (right, field, why) in [
            (drawing("lamp-wrong"), "right-picture", "fault-unknown"),
            (drawing("identity-card"), "right-picture", "fault-unknown"),
            (
                photo(file, Names::one("zh", "灯亮")),
                "right-says-en",
                "fault-required",
            ),
            (
                photo(file, Names::both("灯亮", &"x".repeat(121))),
                "right-says-en",
                "fault-too-long",
            ),
            (
                photo(FileId::from_raw(77), Names::both("灯亮", "lit")),
                "right-picture",
                "fault-sample-gone",
            ),
        ] {
            let refused = put(app, &keeper, request(1, Some(right), None)).await;
            assert_eq!(fault(&refused.unwrap_err()), (field.to_owned(), why));
        }
        let other = request(1, Some(drawing("lamp-right")), None);
        put(app, &walker, other.clone()).await.unwrap_err();
        let elsewhere = bench.employ(9, Role::Office, "o@example.org").await;
        put(app, &elsewhere, other).await.unwrap_err();
        // What waits is nobody's sample: nobody fetches it as one.
        fetch(app, file, Size::Small).await.unwrap_err();
    }
}

#[test]
fn what_ships_shows_only_what_there_is() {
    let mut count = 0;
    for line in take_shipped::lines() {
        for side in Side::ALL {
            if let Some(sample) = line.picture(side) {
                let Pictured::Drawing(key) = &sample.picture else {
                    panic!("a photo cannot ship");
                };
                assert!(side.has(key), "{key}");
                count += 1;
            }
        }
    }
    assert!(count >= 20, "{count}");
}
