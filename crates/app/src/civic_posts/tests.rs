//! A post is given to no more than hold it, rated once by each, and nobody learns by whom.

use huiyin_domain::access::Actor;
use huiyin_domain::civic_post::{PledgeState, Use};
use huiyin_domain::id::{CivicPostId, PledgeId, PledgeReportId};
use huiyin_domain::person::Role;
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::decide::{self, Word};
use super::{ask, ask_rating, close, count, give_up, list, look, mine, put, rate, report};
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::verify::verify;
use crate::volunteers::export;
use crate::volunteers::tests::{leaves, resident, volunteer};
use crate::{Error, jobs};

const ID: CivicPostId = CivicPostId::from_raw(5);
const TODAY: Date = date(2026, 3, 2);

fn request(seats: i64) -> put::Request {
    put::Request {
        id: ID,
        place: "652901001001".parse().unwrap(),
        title: "Lamps of the staircases".to_owned(),
        duties: "Look at them once a week\n\nTell the community".to_owned(),
        seats,
        starts_on: TODAY,
        ends_on: date(2026, 12, 31),
    }
}

async fn keeper(bench: &Bench) -> Actor {
    bench.employ(1, Role::Community, "k@example.org").await
}

async fn asks(bench: &Bench, who: &Actor, id: i64) -> Result<(), Error> {
    let request = ask::Request {
        id: PledgeId::from_raw(id),
        civic_post: ID,
        shown_as: format!("Neighbour {id}"),
        promise: "Every Monday".to_owned(),
    };
    ask::ask(&bench.app, who, request).await
}

async fn gives(bench: &Bench, keeper: &Actor, id: i64) -> Result<(), Error> {
    let pledge = PledgeId::from_raw(id);
    decide::decide(&bench.app, keeper, (ID, pledge), Word::Accepted).await
}

#[tokio::test]
async fn a_post_is_given_to_no_more_than_hold_it_and_its_pledges_are_read_by_all() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        put::put(app, &keeper, request(1)).await.unwrap();
        put::put(app, &keeper, request(1)).await.unwrap();
        let (ana, ben) = (
            volunteer(&bench, &keeper, 50).await,
            volunteer(&bench, &keeper, 51).await,
        );
        asks(&bench, &ana, 1).await.unwrap();
        asks(&bench, &ana, 1).await.unwrap();
        let twice = asks(&bench, &ana, 2).await.unwrap_err();
        assert_eq!(key(&twice), "refused-pledge-known");
        asks(&bench, &ben, 3).await.unwrap();
        let seen = look::public(app, &Actor::anyone(), ID).await.unwrap();
        assert!(seen.pledges.is_empty(), "what is asked for is not public");
        gives(&bench, &keeper, 1).await.unwrap();
        let full = gives(&bench, &keeper, 3).await.unwrap_err();
        assert_eq!(key(&full), "refused-civic-post-full");
        let wrong = Word::Declined(" ".to_owned());
        let wrong = decide::decide(app, &keeper, (ID, PledgeId::from_raw(3)), wrong).await;
        assert_eq!(key(&wrong.unwrap_err()), "fault-required");
        let told = report::Request {
            id: PledgeReportId::from_raw(1),
            pledge: PledgeId::from_raw(1),
            day: TODAY,
            what: "Changed two".to_owned(),
        };
        report::report(app, &ana, told).await.unwrap();
        let seen = look::public(app, &Actor::anyone(), ID).await.unwrap();
        assert_eq!(seen.pledges[0].0.shown_as, "Neighbour 1");
        assert_eq!(seen.pledges[0].1[0].what, "Changed two");
        let own = export::export(app, &ana).await.unwrap();
        assert_eq!(own["pledges"][0]["reports"][0]["what"], "Changed two");

        // Whoever gives it up leaves nothing behind, and the next can have it.
        give_up::give_up(app, &ana, PledgeId::from_raw(1))
            .await
            .unwrap();
        assert_eq!(mine::mine(app, &ana).await.unwrap().len(), 0);
        gives(&bench, &keeper, 3).await.unwrap();
        leaves(&bench, &ben).await;
        let seen = look::public(app, &Actor::anyone(), ID).await.unwrap();
        assert!(seen.pledges.is_empty(), "whoever leaves holds no post");
        let app = app.clone();
        let beside = tokio::task::spawn_blocking(move || verify(&app).unwrap().beside);
        assert_eq!(beside.await.unwrap(), Vec::<&str>::new());
    }
}

#[tokio::test]
async fn residents_rate_the_post_once_each_and_are_forgotten_when_it_is_over() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        put::put(app, &keeper, request(2)).await.unwrap();
        let ana = volunteer(&bench, &keeper, 50).await;
        asks(&bench, &ana, 1).await.unwrap();
        gives(&bench, &keeper, 1).await.unwrap();
        let cai = resident(&bench, 60).await;
        let early = rate::rate(app, &cai, ID, Use::Much).await.unwrap_err();
        assert_eq!(key(&early), "refused-rating-over");
        let until = date(2026, 3, 10);
        ask_rating::ask_rating(app, &keeper, ID, until)
            .await
            .unwrap();
        rate::rate(app, &cai, ID, Use::Much).await.unwrap();
        let twice = rate::rate(app, &cai, ID, Use::Little).await.unwrap_err();
        assert_eq!(key(&twice), "refused-rated-already");
        let own = rate::rate(app, &ana, ID, Use::Much).await.unwrap_err();
        assert_eq!(key(&own), "refused-own-civic-post");
        let hands = vec![(Use::Much, 7), (Use::Partly, 40), (Use::Little, 0)];
        count::count(app, &keeper, ID, hands).await.unwrap();
        let hands = vec![(Use::Much, 7), (Use::Partly, 4), (Use::Little, 0)];
        count::count(app, &keeper, ID, hands).await.unwrap();
        let wrong = count::count(app, &keeper, ID, vec![(Use::Much, -1)]).await;
        assert_eq!(key(&wrong.unwrap_err()), "fault-voices");
        let seen = look::public(app, &cai, ID).await.unwrap();
        assert_eq!((seen.ratings.of(Use::Much), seen.ratings.voices()), (8, 12));
        assert!(seen.has_rated);

        bench.clock.advance(SignedDuration::from_hours(24 * 9));
        jobs::keep_house(app).await.unwrap();
        let seen = look::public(app, &cai, ID).await.unwrap();
        assert!(!seen.has_rated, "nobody remembers who has spoken");
        assert_eq!(seen.ratings.voices(), 12, "what was said stays");
        let again = ask_rating::ask_rating(app, &keeper, ID, date(2026, 4, 1)).await;
        assert_eq!(key(&again.unwrap_err()), "refused-rating-over");
        close::close(app, &keeper, ID).await.unwrap();
        let listed = list::public(app, None, list::Behind::default()).await;
        assert!(listed.unwrap().rows.is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        for (change, expected) in [
            (
                &(|one: &mut put::Request| one.title.clear()) as &dyn Fn(&mut put::Request),
                "fault-required",
            ),
            (&|one| one.duties = "x".repeat(601), "fault-too-long"),
            (&|one| one.seats = 0, "fault-civic-post-seats"),
            (
                &|one| one.ends_on = date(2026, 1, 1),
                "fault-civic-post-term",
            ),
            (
                &|one| one.ends_on = date(2036, 1, 1),
                "fault-civic-post-term",
            ),
            (
                &|one| one.place = "652901001".parse().unwrap(),
                "refused-no-place",
            ),
        ] {
            let mut wrong = request(1);
            change(&mut wrong);
            let refused = put::put(app, &keeper, wrong).await.unwrap_err();
            assert_eq!(key(&refused), expected);
        }
        put::put(app, &keeper, request(1)).await.unwrap();
        let stranger = resident(&bench, 60).await;
        let refused = asks(&bench, &stranger, 1).await.unwrap_err();
        assert_eq!(key(&refused), "refused-no-volunteer");
        let private = put::put(app, &stranger, request(1)).await.unwrap_err();
        assert_eq!(key(&private), "refused-not-permitted");
        let ana = volunteer(&bench, &keeper, 50).await;
        bench.clock.advance(SignedDuration::from_hours(24 * 400));
        let late = asks(&bench, &ana, 1).await.unwrap_err();
        assert_eq!(key(&late), "refused-civic-post-over");
        let none = mine::mine(app, &ana).await.unwrap();
        assert!(
            none.iter()
                .all(|one| one.pledge.state == PledgeState::Asked)
        );
        assert_eq!(none.len(), 0, "nothing was written");
    }
}

#[tokio::test]
async fn of_many_given_at_once_no_more_than_its_number_hold_it() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        put::put(&bench.app, &keeper, request(3)).await.unwrap();
        for number in 0..8 {
            let one = volunteer(&bench, &keeper, 50 + number).await;
            asks(&bench, &one, number).await.unwrap();
        }
        let given = (0..8).map(|number| {
            let (app, keeper) = (bench.app.clone(), keeper.clone());
            let pledge = PledgeId::from_raw(number);
            tokio::spawn(async move {
                decide::decide(&app, &keeper, (ID, pledge), Word::Accepted).await
            })
        });
        let mut held = 0;
        for given in given.collect::<Vec<_>>() {
            held += usize::from(given.await.unwrap().is_ok());
        }
        assert_eq!(held, 3);
        let seen = look::desk(&bench.app, &keeper, ID).await.unwrap();
        assert_eq!((seen.held, seen.pledges.len()), (3, 8));
    }
}
