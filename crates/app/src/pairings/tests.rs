//! A household is visited while it wants to be, and never forgotten.

use huiyin_domain::access::{Actor, Who};
use huiyin_domain::id::{PairingId, VisitId, VolunteerId};
use huiyin_domain::pairing::Helper;
use huiyin_domain::person::Role;
use huiyin_domain::series::Every;
use huiyin_domain::words::Lang;
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::{answer, ask, ask_for, end, look, offer, release, see_to, visit};
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::verify::verify;
use crate::volunteers::export;
use crate::volunteers::tests::{leaves, resident, volunteer};
use crate::{Error, jobs};

const ID: PairingId = PairingId::from_raw(9);
const FIRST: Date = date(2026, 3, 5);

fn request() -> ask::Request {
    ask::Request {
        id: ID,
        place: "652901001001".parse().unwrap(),
        address: "3 Sun lane, 201".to_owned(),
        contact: "13900001111".to_owned(),
        rhythm: Every::Week,
    }
}

/// A household, the one who would come by, and whoever looks after both.
struct Three {
    household: Actor,
    helper: Actor,
    keeper: Actor,
}

async fn three(bench: &Bench) -> Three {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    let helper = volunteer(bench, &keeper, 50).await;
    let household = resident(bench, 60).await;
    ask::ask(&bench.app, &household, request()).await.unwrap();
    Three {
        household,
        helper,
        keeper,
    }
}

async fn agrees(bench: &Bench, three: &Three) {
    let whom = (VolunteerId::from_raw(50), 2);
    offer::offer(&bench.app, &three.keeper, ID, whom)
        .await
        .unwrap();
    answer::agree(&bench.app, &three.helper, ID, FIRST)
        .await
        .unwrap();
}

async fn visits(bench: &Bench, three: &Three, id: i64, day: Date) -> Result<(), Error> {
    let request = visit::Request {
        id: VisitId::from_raw(id),
        pairing: ID,
        day,
        what: "We talked".to_owned(),
    };
    visit::visit(&bench.app, &three.helper, request).await
}

/// What was told since the last time, by subject.
async fn told(bench: &Bench, before: &mut usize) -> Vec<String> {
    jobs::run_due(&bench.app).await.unwrap();
    let all = bench.outbox().await;
    let new = all.len() - *before;
    *before = all.len();
    let mut told: Vec<String> = all
        .into_iter()
        .take(new)
        .map(|letter| letter.subject)
        .collect();
    told.sort_unstable();
    told
}

async fn is_true(bench: &Bench) {
    let app = bench.app.clone();
    let beside = tokio::task::spawn_blocking(move || verify(&app).unwrap().beside);
    assert_eq!(beside.await.unwrap(), Vec::<&str>::new());
}

#[tokio::test]
async fn a_household_reads_every_visit_and_ends_them_by_one_button() {
    for bench in benches() {
        let three = three(&bench).await;
        let app = &bench.app;
        let listed = look::helping(app, &three.helper).await.unwrap();
        assert!(listed.is_empty(), "nobody knows of it but the community");
        let whom = (VolunteerId::from_raw(50), 2);
        offer::offer(app, &three.keeper, ID, whom).await.unwrap();
        let twice = offer::offer(app, &three.keeper, ID, whom)
            .await
            .unwrap_err();
        assert_eq!(key(&twice), "refused-pairing-taken");
        let hidden = look::helping_one(app, &three.helper, ID).await.unwrap_err();
        assert_eq!(
            key(&hidden),
            "refused-no-pairing",
            "no address before a yes"
        );
        let early = visits(&bench, &three, 1, date(2026, 3, 2))
            .await
            .unwrap_err();
        assert_eq!(key(&early), "refused-pairing-not-agreed");
        answer::agree(app, &three.helper, ID, FIRST).await.unwrap();
        let ahead = visits(&bench, &three, 1, FIRST).await.unwrap_err();
        assert_eq!(key(&ahead), "fault-visit-day", "not before it took place");
        bench.clock.advance(SignedDuration::from_hours(24 * 3));
        visits(&bench, &three, 1, FIRST).await.unwrap();
        visits(&bench, &three, 1, FIRST).await.unwrap();
        let own = look::own(app, &three.household).await.unwrap().unwrap();
        assert_eq!(own.visits.len(), 1);
        assert_eq!(
            (own.visits[0].what.as_str(), own.helper.as_str()),
            ("We talked", "Volunteer 50")
        );
        let next = own.pairing.helper.next().unwrap();
        assert_eq!(
            (next.day, next.missed_from),
            (date(2026, 3, 12), date(2026, 3, 15))
        );
        let data = export::export(app, &three.helper).await.unwrap();
        assert_eq!(data["visits"][0]["what"], "We talked");
        assert!(
            !data.to_string().contains("Sun lane"),
            "the address is not theirs"
        );

        end::by_household(app, &three.household).await.unwrap();
        assert!(look::own(app, &three.household).await.unwrap().is_none());
        assert!(look::helping(app, &three.helper).await.unwrap().is_empty());
        let gone = look::one(app, &three.keeper, ID).await.unwrap_err();
        assert_eq!(key(&gone), "refused-no-pairing");
        let again = ask::Request {
            id: PairingId::from_raw(10),
            ..request()
        };
        ask::ask(app, &three.household, again).await.unwrap();
        is_true(&bench).await;
    }
}

#[tokio::test]
async fn a_missed_visit_is_told_once_and_somebody_says_what_was_done() {
    for bench in benches() {
        let three = three(&bench).await;
        let app = &bench.app;
        let mut before = 0;
        agrees(&bench, &three).await;
        told(&bench, &mut before).await;
        assert_eq!(jobs::sweep(app).await.unwrap(), 0, "it is not near yet");
        bench.clock.advance(SignedDuration::from_hours(24 * 2));
        jobs::sweep(app).await.unwrap();
        jobs::sweep(app).await.unwrap();
        assert_eq!(told(&bench, &mut before).await, ["A visit tomorrow"]);
        bench.clock.advance(SignedDuration::from_hours(24));
        jobs::sweep(app).await.unwrap();
        jobs::sweep(app).await.unwrap();
        assert_eq!(told(&bench, &mut before).await, ["A visit today"]);
        bench.clock.advance(SignedDuration::from_hours(24 * 2));
        assert_eq!(jobs::sweep(app).await.unwrap(), 0, "two days are borne");
        bench.clock.advance(SignedDuration::from_hours(24));
        jobs::sweep(app).await.unwrap();
        jobs::sweep(app).await.unwrap();
        let expected = [
            "A visit did not take place",
            "A visit in 652901001001 did not take place",
        ];
        assert_eq!(told(&bench, &mut before).await, expected);
        let list = look::list(app, &three.keeper, look::Behind::default())
            .await
            .unwrap();
        assert!(list.missed.contains(&ID));
        let silent = see_to::see_to(app, &three.keeper, (ID, FIRST), " ").await;
        assert_eq!(key(&silent.unwrap_err()), "fault-required");
        see_to::see_to(app, &three.keeper, (ID, FIRST), "Called")
            .await
            .unwrap();
        let twice = see_to::see_to(app, &three.keeper, (ID, FIRST), "Called").await;
        assert_eq!(key(&twice.unwrap_err()), "refused-miss-seen");
        let own = look::own(app, &three.household).await.unwrap().unwrap();
        assert_eq!(own.misses[0].seen.as_ref().unwrap().1, "Called");
        let next = own.pairing.helper.next().unwrap();
        assert_eq!(next.day, date(2026, 3, 12), "the rhythm goes on");
        is_true(&bench).await;
    }
}

#[tokio::test]
async fn when_a_helper_leaves_nobody_is_left_alone() {
    for bench in benches() {
        let three = three(&bench).await;
        let app = &bench.app;
        agrees(&bench, &three).await;
        bench.clock.advance(SignedDuration::from_hours(24 * 3));
        visits(&bench, &three, 1, FIRST).await.unwrap();
        let mut before = 0;
        told(&bench, &mut before).await;
        leaves(&bench, &three.helper).await;
        let expected = [
            "A change in who comes to see you",
            "Somebody else is needed in 652901001001",
        ];
        assert_eq!(told(&bench, &mut before).await, expected);
        let own = look::own(app, &three.household).await.unwrap().unwrap();
        assert_eq!(own.pairing.helper, Helper::Sought);
        assert_eq!(own.visits[0].what, "", "what they wrote goes with them");
        is_true(&bench).await;

        // Somebody else comes, and the household would rather have another.
        let next = volunteer(&bench, &three.keeper, 51).await;
        let whom = (VolunteerId::from_raw(51), 0);
        offer::offer(app, &three.keeper, ID, whom).await.unwrap();
        answer::hand_back(app, &next, ID).await.unwrap();
        offer::offer(app, &three.keeper, ID, whom).await.unwrap();
        answer::agree(app, &next, ID, date(2026, 3, 6))
            .await
            .unwrap();
        release::somebody_else(app, &three.household).await.unwrap();
        assert!(look::helping(app, &next).await.unwrap().is_empty());
        end::by_community(app, &three.keeper, ID).await.unwrap();
        assert!(look::own(app, &three.household).await.unwrap().is_none());
        is_true(&bench).await;
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    for bench in benches() {
        let three = three(&bench).await;
        let app = &bench.app;
        let stranger = resident(&bench, 61).await;
        let mut wrong = request();
        wrong.address.clear();
        let refused = ask::ask(app, &stranger, wrong).await.unwrap_err();
        assert_eq!(key(&refused), "fault-required");
        let mut wrong = request();
        "nobody".clone_into(&mut wrong.contact);
        let refused = ask::ask(app, &stranger, wrong).await.unwrap_err();
        assert_eq!(key(&refused), "fault-not-contact");
        let mut wrong = request();
        wrong.place = "6529".parse().unwrap();
        let refused = ask::ask(app, &stranger, wrong).await.unwrap_err();
        assert_eq!(key(&refused), "fault-volunteer-place");
        for (whom, expected) in [
            ((VolunteerId::from_raw(50), 31), "fault-tolerance"),
            ((VolunteerId::from_raw(99), 2), "fault-not-choice"),
        ] {
            let refused = offer::offer(app, &three.keeper, ID, whom)
                .await
                .unwrap_err();
            assert_eq!(key(&refused), expected);
        }
        let whom = (VolunteerId::from_raw(50), 2);
        let private = offer::offer(app, &stranger, ID, whom).await.unwrap_err();
        assert_eq!(key(&private), "refused-not-permitted");
        offer::offer(app, &three.keeper, ID, whom).await.unwrap();
        let late = answer::agree(app, &three.helper, ID, date(2027, 1, 1)).await;
        assert_eq!(key(&late.unwrap_err()), "fault-first-visit");
        let foreign = answer::agree(app, &stranger, ID, FIRST).await.unwrap_err();
        assert_eq!(key(&foreign), "refused-no-volunteer");
    }
}

#[tokio::test]
async fn the_community_asks_for_whoever_told_it_so_and_they_can_read_and_end_it() {
    for bench in benches() {
        let (app, mut before) = (&bench.app, 0);
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        for _ in 0..2 {
            ask_for::ask_for(app, &keeper, (request(), Lang::EN))
                .await
                .unwrap();
        }
        let letters = told(&bench, &mut before).await;
        assert!(
            letters.contains(&"Written down for you".to_owned()),
            "{letters:?}"
        );
        let found = look::one(app, &keeper, ID).await.unwrap().look.pairing;
        let household = Actor {
            who: Who::Person(found.person),
            posts: Vec::new(),
        };
        let own = look::own(app, &household).await.unwrap().unwrap();
        assert_eq!(own.pairing.address, "3 Sun lane, 201");
        let again = ask::Request {
            id: PairingId::from_raw(10),
            ..request()
        };
        let known = ask_for::ask_for(app, &keeper, (again, Lang::EN)).await;
        assert_eq!(key(&known.unwrap_err()), "refused-pairing-known");
        // A landline is enough; nobody signs in by it, and the community reads to them.
        let landline = ask::Request {
            id: PairingId::from_raw(11),
            contact: "0998-5550100".to_owned(),
            ..request()
        };
        ask_for::ask_for(app, &keeper, (landline, Lang::EN))
            .await
            .unwrap();
        let stranger = resident(&bench, 60).await;
        let elsewhere = ask::Request {
            id: PairingId::from_raw(12),
            ..request()
        };
        ask_for::ask_for(app, &stranger, (elsewhere, Lang::EN))
            .await
            .unwrap_err();
        jobs::run_due(app).await.unwrap();
        end::by_household(app, &household).await.unwrap();
        assert!(look::own(app, &household).await.unwrap().is_none());
    }
}
