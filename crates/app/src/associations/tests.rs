//! Groups are joined and left, and never without anybody who leads them.

use huiyin_domain::access::Actor;
use huiyin_domain::association::{Entry, Interest, Standing};
use huiyin_domain::id::{AssociationId, PersonId};
use huiyin_domain::person::Role;

use super::begin::{Request, Told, begin};
use super::decide::{Verdict, decide};
use super::hand_over::{Afterwards, hand_over};
use super::look::{self, By};
use super::register::{Decision, register};
use super::{change, join, leave};
use crate::testing::{Bench, benches};
use crate::venues::tests::{key, neighbour};
use crate::{jobs, verify};

const ID: AssociationId = AssociationId::from_raw(9);

fn told(entry: Entry) -> Told {
    Told {
        interest: Interest::Music,
        name: "Choir".to_owned(),
        about: "We sing.".to_owned(),
        meets: "Fridays at seven, in the hall".to_owned(),
        entry,
    }
}

fn request(entry: Entry) -> Request {
    Request {
        id: ID,
        place: "652901001001".parse().unwrap(),
        told: told(entry),
    }
}

fn person(actor: &Actor) -> PersonId {
    actor.person().expect("somebody")
}

/// A group of ana's that the community has registered.
async fn choir(bench: &Bench, entry: Entry) -> (Actor, Actor) {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    let ana = neighbour(bench, 2).await;
    for _ in 0..2 {
        begin(&bench.app, &ana, request(entry)).await.unwrap();
    }
    register(&bench.app, &keeper, ID, Decision::Registered)
        .await
        .unwrap();
    (keeper, ana)
}

/// The audit finds nothing; it blocks, so it has a thread of its own.
fn holds(bench: &Bench) {
    let report = std::thread::scope(|scope| {
        let verify = scope.spawn(|| verify::verify(&bench.app));
        verify.join().expect("the audit does not panic")
    });
    assert_eq!(report.unwrap().beside, Vec::<&str>::new());
}

#[tokio::test]
async fn somebody_begins_the_community_registers_and_closes() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        let (ana, ben) = (neighbour(&bench, 2).await, neighbour(&bench, 3).await);
        let app = &bench.app;
        let nameless = Request {
            told: Told {
                name: String::new(),
                ..told(Entry::Open)
            },
            ..request(Entry::Open)
        };
        let refused = begin(app, &ana, nameless).await.unwrap_err();
        assert_eq!(key(&refused), "fault-required");
        begin(app, &ana, request(Entry::Open)).await.unwrap();
        let taken = begin(app, &ben, request(Entry::Open)).await.unwrap_err();
        assert_eq!(key(&taken), "refused-key-reused");
        // Nobody else knows of it yet.
        let unseen = look::show(app, &ben, ID).await.unwrap_err();
        assert_eq!(key(&unseen), "refused-no-association");
        let early = join::join(app, &ben, ID, String::new()).await.unwrap_err();
        assert_eq!(key(&early), "refused-association-over");
        let own = register(app, &ana, ID, Decision::Registered)
            .await
            .unwrap_err();
        assert_eq!(key(&own), "refused-not-permitted");
        register(app, &keeper, ID, Decision::Registered)
            .await
            .unwrap();
        let declined = || Decision::Declined("There is one in this lane.".to_owned());
        let twice = register(app, &keeper, ID, declined()).await.unwrap_err();
        assert_eq!(key(&twice), "refused-association-decided");
        assert_eq!(look::list(app, None, None).await.unwrap().0.len(), 1);
        let more = |id: i64| Request {
            id: AssociationId::from_raw(id),
            ..request(Entry::Open)
        };
        for id in 20..23 {
            begin(app, &ana, more(id)).await.unwrap();
        }
        let many = begin(app, &ana, more(23)).await.unwrap_err();
        assert_eq!(key(&many), "refused-groups-waiting");
        let other = AssociationId::from_raw(20);
        let wordless = register(app, &keeper, other, Decision::Declined(String::new())).await;
        assert_eq!(key(&wordless.unwrap_err()), "fault-required");
        register(app, &keeper, other, declined()).await.unwrap();
        holds(&bench);
        join::join(app, &ben, ID, String::new()).await.unwrap();
        register(app, &keeper, ID, Decision::Closed).await.unwrap();
        assert!(look::mine(app, &ben).await.unwrap().is_empty(), "forgotten");
        holds(&bench);
        jobs::run_due(app).await.unwrap();
        let mut told: Vec<String> = bench
            .outbox()
            .await
            .into_iter()
            .map(|letter| letter.subject)
            .collect();
        told.sort();
        let expected = [
            "Closed: Choir",
            "Closed: Choir",
            "Not registered: Choir",
            "Registered: Choir",
        ];
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn those_who_lead_take_people_in_and_only_they_and_the_desk_see_names() {
    for bench in benches() {
        let (keeper, ana) = choir(&bench, Entry::Asked).await;
        let (ben, cai) = (neighbour(&bench, 3).await, neighbour(&bench, 4).await);
        let app = &bench.app;
        for _ in 0..2 {
            let asked = join::join(app, &ben, ID, "I sing bass.".to_owned()).await;
            assert_eq!(asked.unwrap(), Standing::Asked);
        }
        let page = look::show(app, &Actor::anyone(), ID).await.unwrap();
        assert_eq!(
            (page.line.count, page.own),
            (1, None),
            "who asks is not in it"
        );
        for stranger in [&ben, &cai] {
            let names = look::inside(app, stranger, ID, By::Leading).await;
            assert_eq!(key(&names.unwrap_err()), "refused-not-permitted");
            let names = look::inside(app, stranger, ID, By::Desk).await;
            assert_eq!(key(&names.unwrap_err()), "refused-not-permitted");
            let self_taken = decide(app, stranger, (ID, person(&ben)), Verdict::TakenIn).await;
            assert_eq!(key(&self_taken.unwrap_err()), "refused-not-permitted");
        }
        let names = look::inside(app, &ana, ID, By::Leading).await.unwrap();
        assert_eq!(names.members.len(), 2);
        assert_eq!(names.members[1].member.says, "I sing bass.");
        let names = look::inside(app, &keeper, ID, By::Desk).await.unwrap();
        assert_eq!(names.members.len(), 2);
        decide(app, &ana, (ID, person(&ben)), Verdict::TakenIn)
            .await
            .unwrap();
        assert_eq!(
            look::show(app, &ben, ID).await.unwrap().own,
            Some(Standing::Member)
        );
        let unknown = decide(app, &ana, (ID, person(&cai)), Verdict::LetGo).await;
        assert_eq!(key(&unknown.unwrap_err()), "refused-no-member");
        let herself = decide(app, &ana, (ID, person(&ana)), Verdict::LetGo).await;
        assert_eq!(key(&herself.unwrap_err()), "refused-leader-stays");
        decide(app, &ana, (ID, person(&ben)), Verdict::LetGo)
            .await
            .unwrap();
        assert_eq!(look::show(app, &ben, ID).await.unwrap().own, None);
        let foreign = change::change(app, &ben, ID, told(Entry::Open)).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-not-permitted");
        for who in [&ana, &keeper] {
            change::change(app, who, ID, told(Entry::Open))
                .await
                .unwrap();
        }
        let joined = join::join(app, &cai, ID, String::new()).await;
        assert_eq!(joined.unwrap(), Standing::Member);
        holds(&bench);
    }
}

#[tokio::test]
async fn a_group_is_never_without_anybody_who_leads_it() {
    for bench in benches() {
        let (_, ana) = choir(&bench, Entry::Open).await;
        let (ben, cai) = (neighbour(&bench, 3).await, neighbour(&bench, 4).await);
        let app = &bench.app;
        let last = leave::leave(app, &ana, ID).await;
        assert_eq!(key(&last.unwrap_err()), "refused-last-leader");
        for one in [&ben, &cai] {
            join::join(app, one, ID, String::new()).await.unwrap();
        }
        let over = async |by: &Actor, to: &Actor, afterwards: Afterwards| {
            hand_over(app, by, (ID, person(to)), afterwards).await
        };
        let foreign = over(&ben, &cai, Afterwards::LeadsToo).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-not-permitted");
        let herself = over(&ana, &ana, Afterwards::StepsBack).await;
        assert_eq!(key(&herself.unwrap_err()), "refused-not-a-member");
        over(&ana, &ben, Afterwards::StepsBack).await.unwrap();
        assert_eq!(
            look::show(app, &ana, ID).await.unwrap().own,
            Some(Standing::Member)
        );
        holds(&bench);
        over(&ben, &ana, Afterwards::LeadsToo).await.unwrap();
        over(&ben, &cai, Afterwards::LeadsToo).await.unwrap();
        // All three lead it and want to leave at once: one of them stays.
        let leaving = [&ana, &ben, &cai].map(|one| {
            let (app, one) = (app.clone(), one.clone());
            tokio::spawn(async move { leave::leave(&app, &one, ID).await })
        });
        let mut left = 0;
        for answer in leaving {
            match answer.await.unwrap() {
                Ok(()) => left += 1,
                Err(error) => assert_eq!(key(&error), "refused-last-leader"),
            }
        }
        assert_eq!(left, 2);
        let page = look::show(app, &Actor::anyone(), ID).await.unwrap();
        assert_eq!(page.line.count, 1);
        holds(&bench);
    }
}
