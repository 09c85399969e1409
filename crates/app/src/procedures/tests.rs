//! The catalogue: versions, faults, who may change it, what plain words find.

use huiyin_domain::access::Actor;
use huiyin_domain::id::FileId;
use huiyin_domain::person::Role;
use huiyin_domain::procedure::{For, builtin_procedures};
use huiyin_domain::sample::Pictured;

use super::list::{Wanted, open};
use super::{close, import, picture_paper, put, read};
use crate::files::fetch::Size;
use crate::files::files_tests::picture;
use crate::files::upload;
use crate::samples::fetch::fetch;
use crate::testing::{Bench, benches, peer};
use crate::venues::tests::key;

fn text_of(slug: &str) -> String {
    let mut all = builtin_procedures().iter();
    let (_, text) = all.find(|(known, _)| *known == slug).unwrap();
    (*text).to_owned()
}

async fn filled(bench: &Bench) -> Actor {
    let office = bench.employ(1, Role::Office, "o@example.org").await;
    let reply = import::import(&bench.app, &office, builtin_procedures()).await;
    assert_eq!(reply.unwrap(), 62);
    office
}

#[tokio::test]
async fn plain_words_find_it() {
    for bench in benches() {
        filled(&bench).await;
        for (text, place, slug) in [
            ("我妈坐公交要老年证", None, "senior-card"),
            ("刚生的孩子怎么上户口", None, "birth-household"),
            ("砍自家的树", Some(For::Village), "tree-felling"),
            ("wheelchairs", None, "assistive-device"),
            ("低保", Some(For::Village), "village-minimum-living"),
            ("低保", Some(For::Community), "minimum-living"),
        ] {
            let wanted = Wanted {
                text: text.to_owned(),
                place,
            };
            let found = open(&bench.app, wanted).await.unwrap();
            let first: Vec<_> = found
                .iter()
                .take(2)
                .map(|row| row.procedure.slug.as_str())
                .collect();
            assert!(first.contains(&slug), "{text}: {first:?}");
        }
        let nothing = Wanted {
            text: "xyzzy".to_owned(),
            ..Wanted::default()
        };
        assert!(open(&bench.app, nothing).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_change_is_a_version_and_nobody_overwrites_another() {
    for bench in benches() {
        let office = filled(&bench).await;
        let app = &bench.app;
        let put = |text: String, version| put::Request {
            slug: "senior-card".to_owned(),
            text,
            version,
        };
        let old = text_of("senior-card");
        let new = old.replace("days = 5\n", "days = 3\n");
        assert_eq!(
            put::put(app, &office, put(old.clone(), 1)).await.unwrap(),
            1
        );
        assert_eq!(
            put::put(app, &office, put(new.clone(), 1)).await.unwrap(),
            2
        );
        // The same form once more, and another that began with the first version.
        assert_eq!(
            put::put(app, &office, put(new.clone(), 1)).await.unwrap(),
            2
        );
        let other = old.replace("days = 5\n", "days = 4\n");
        let refused = put::put(app, &office, put(other.clone(), 1)).await;
        assert_eq!(key(&refused.unwrap_err()), "refused-stale");
        let kept = read::open(app, "senior-card").await.unwrap();
        assert_eq!((kept.version, kept.procedure.days), (2, 3));
        let (_, versions) = read::for_the_desk(app, &office, "senior-card")
            .await
            .unwrap();
        assert_eq!(versions.len(), 2);

        let taken = put::put(app, &office, put(other.clone(), 0)).await;
        assert_eq!(key(&taken.unwrap_err()), "fault-procedure-taken");
        let absent = put::Request {
            slug: "palace".to_owned(),
            ..put(other.clone(), 1)
        };
        let absent = put::put(app, &office, absent).await;
        assert_eq!(key(&absent.unwrap_err()), "refused-no-procedure");

        let wrong = put::put(app, &office, put(new.replace("days = 3", "days = 900"), 2)).await;
        assert_eq!(key(&wrong.unwrap_err()), "fault-procedure-file");
        let community = bench.employ(2, Role::Community, "c@example.org").await;
        for who in [community, Actor::anyone()] {
            let refused = put::put(app, &who, put(other.clone(), 2))
                .await
                .unwrap_err();
            assert!(key(&refused).starts_with("refused-"), "{refused:?}");
        }

        close::close(app, &office, "senior-card").await.unwrap();
        let gone = read::open(app, "senior-card").await.unwrap_err();
        assert_eq!(key(&gone), "refused-no-procedure");
        assert_eq!(put::put(app, &office, put(new, 2)).await.unwrap(), 3);
        assert_eq!(read::open(app, "senior-card").await.unwrap().version, 3);
    }
}

#[tokio::test]
async fn of_many_files_all_come_in_or_none() {
    for bench in benches() {
        let office = bench.employ(1, Role::Office, "o@example.org").await;
        let mut files = builtin_procedures().to_vec();
        let wrong = files[3].1.replace("days", "dais");
        files[3].1 = &wrong;
        let refused = import::import(&bench.app, &office, &files).await;
        assert_eq!(key(&refused.unwrap_err()), "fault-procedure-file");
        let none = open(&bench.app, Wanted::default()).await.unwrap();
        assert!(none.is_empty());
    }
}

#[tokio::test]
async fn what_was_changed_or_taken_out_here_stays_so() {
    for bench in benches() {
        let office = filled(&bench).await;
        let app = &bench.app;
        let request = put::Request {
            slug: "senior-card".to_owned(),
            text: text_of("senior-card").replace("days = 5\n", "days = 3\n"),
            version: 1,
        };
        put::put(app, &office, request).await.unwrap();
        close::close(app, &office, "burial").await.unwrap();
        let again = import::import(app, &office, builtin_procedures()).await;
        assert_eq!(again.unwrap(), 0);
        let kept = read::open(app, "senior-card").await.unwrap();
        assert_eq!((kept.version, kept.procedure.days), (2, 3));
        let closed = read::open(app, "burial").await.unwrap_err();
        assert_eq!(key(&closed), "refused-no-procedure");
    }
}

#[tokio::test]
async fn a_paper_shows_a_drawing_or_a_photo_that_the_house_keeps() {
    for bench in benches() {
        let (office, app) = (filled(&bench).await, &bench.app);
        let card = |paper: usize, version: i64, picture: Option<Pictured>| {
            picture_paper::put(
                app,
                &office,
                picture_paper::Request {
                    slug: "senior-card".to_owned(),
                    version,
                    paper,
                    picture,
                },
            )
        };
        let sent = upload::sample(app, picture(1).into(), peer(), "file")
            .await
            .unwrap();
        let drawn = Pictured::Drawing("certificate".to_owned());
        assert_eq!(card(0, 1, Some(drawn.clone())).await.unwrap(), 2);
        assert_eq!(card(1, 2, Some(Pictured::Photo(sent))).await.unwrap(), 3);
        let now = read::open(app, "senior-card").await.unwrap().procedure;
        assert_eq!(now.papers[0].picture, Some(drawn));
        assert_eq!(now.papers[1].picture, Some(Pictured::Photo(sent)));
        assert!(fetch(app, sent, Size::Small).await.unwrap().len() <= 6 * 1024);
        assert_eq!(card(1, 3, None).await.unwrap(), 4);

        // Neither what is not there, nor what another procedure shows.
        let gone = Pictured::Photo(FileId::from_raw(77));
        let gone = card(0, 4, Some(gone)).await.unwrap_err();
        assert_eq!(gone.refusal().unwrap().faults()[0].key, "fault-sample-gone");
        card(99, 4, None).await.unwrap_err();
        let theirs =
            text_of("burial").replacen("as = ", &format!("picture = \"photo-{sent}\"\nas = "), 1);
        let theirs = theirs.replacen("picture = \"identity-card\"\n", "", 1);
        let other = put::Request {
            slug: "burial".to_owned(),
            text: theirs,
            version: 1,
        };
        put::put(app, &office, other).await.unwrap_err();
    }
}
