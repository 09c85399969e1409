//! What a volunteer took on counts when it is confirmed, once; and they are told.

use huiyin_domain::access::{Actor, Who};
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::id::{CaseId, PersonId, ServiceId, VolunteerId};
use huiyin_domain::person::Role;
use huiyin_domain::volunteer::{
    Confirmer, FreeWeek, Offer, Reach, Service, ServiceState, Speaks, Whom,
};
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::{DbError, Tx, persons};
use jiff::civil::date;

use super::{accept, confirm, leave, mine, register, report};
use crate::cases::{Channel, advance, open};
use crate::jobs;
use crate::testing::{Bench, benches};

/// Somebody who lives there, and holds no post.
pub(crate) async fn resident(bench: &Bench, number: i64) -> Actor {
    let person = Person {
        id: PersonId::from_raw(number),
        login: None,
        contact: Some(format!("resident{number}@example.org")),
        name: "somebody".to_owned(),
        language: "en".to_owned(),
        made_at: bench.app.now(),
        closed_at: None,
    };
    let id = person.id;
    let write = move |tx: &mut Tx<'_>| -> Result<(), DbError> { persons::insert(tx, &person) };
    bench.app.store.write(0, write).await.unwrap();
    Actor {
        who: Who::Person(id),
        posts: Vec::new(),
    }
}

/// Somebody whom the community has accepted as a volunteer.
pub(crate) async fn volunteer(bench: &Bench, keeper: &Actor, number: i64) -> Actor {
    let own = resident(bench, number).await;
    let id = VolunteerId::from_raw(number);
    let offer = Offer {
        name: format!("Volunteer {number}"),
        place: "652901001001".parse().unwrap(),
        unit: None,
        skills: Vec::new(),
        free: FreeWeek::default(),
        days: Vec::new(),
        reach: Reach::Community,
        speaks: vec![Speaks::Zh],
        avoids: Vec::new(),
        avoid_note: String::new(),
    };
    register::register(&bench.app, &own, id, offer)
        .await
        .unwrap();
    accept::accept(&bench.app, keeper, id).await.unwrap();
    own
}

pub(crate) async fn leaves(bench: &Bench, own: &Actor) {
    leave::leave(&bench.app, own).await.unwrap();
}

const CASE: CaseId = CaseId::from_raw(77);

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Takes a step of the wish.
async fn step(bench: &Bench, actor: &Actor, step: &str, values: &[(&str, Value)]) {
    let values = values.iter();
    let values = values.map(|(name, value)| ((*name).to_owned(), value.clone()));
    let request = advance::Request {
        id: CASE,
        version: None,
        step: step.to_owned(),
        input: Input {
            values: values.collect(),
        },
        key: None,
        at: None,
    };
    advance::advance(&bench.app, actor, request).await.unwrap();
}

async fn wishes(bench: &Bench) {
    let place = Value::Place("652901001001".parse().unwrap());
    let request = open::Request {
        id: CASE,
        kind: "wish".to_owned(),
        values: Values::from([
            ("description".to_owned(), text("a heater for my mother")),
            ("place".to_owned(), place),
        ]),
        language: Lang::EN,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(&bench.app, &Actor::anyone(), request)
        .await
        .unwrap();
}

async fn services(bench: &Bench, own: &Actor) -> Vec<Service> {
    let mine = mine::read(&bench.app, own, None).await.unwrap();
    mine.expect("a volunteer").services
}

#[tokio::test]
async fn a_wish_that_is_confirmed_counts_once_for_whoever_brought_it() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        let ana = volunteer(&bench, &keeper, 50).await;
        wishes(&bench).await;
        let wall = [
            ("thing", Value::Choice("warmth".to_owned())),
            ("public_text", text("a heater")),
            ("consent", Value::YesNo(true)),
        ];
        step(&bench, &keeper, "publish", &wall).await;
        let got = [("got", Value::YesNo(true))];
        let petitioner = Actor::petitioner(CASE);
        step(&bench, &ana, "claim", &[]).await;
        step(&bench, &ana, "deliver", &[("report", text("brought it"))]).await;
        assert_eq!(services(&bench, &ana).await, [], "nobody has confirmed it");
        step(&bench, &petitioner, "confirm", &got).await;
        let done = services(&bench, &ana).await;
        assert_eq!(done.len(), 1);
        assert_eq!((done[0].case, done[0].minutes), (Some(CASE), 60));
        assert_eq!(
            (done[0].what.as_str(), done[0].whom),
            ("a heater", Whom::Neighbours)
        );
        let by = Confirmer::Served;
        assert!(matches!(done[0].state, ServiceState::Confirmed { by: known, .. } if known == by));

        // Opened again, and brought by the same one: it is the same service.
        step(
            &bench,
            &petitioner,
            "reopen",
            &[("message", text("it broke"))],
        )
        .await;
        step(&bench, &keeper, "publish", &wall).await;
        step(&bench, &ana, "claim", &[]).await;
        step(&bench, &ana, "deliver", &[("report", text("another"))]).await;
        step(&bench, &petitioner, "confirm", &got).await;
        assert_eq!(services(&bench, &ana).await.len(), 1, "never twice");
        let mine = mine::read(&bench.app, &ana, None).await.unwrap().unwrap();
        assert_eq!((mine.sums[0].services, mine.sums[0].minutes), (1, 60));
    }
}

#[tokio::test]
async fn whoever_reported_a_service_is_told_that_it_is_confirmed_or_why_not() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        let ana = volunteer(&bench, &keeper, 50).await;
        for number in [1, 2] {
            let request = report::Request {
                id: ServiceId::from_raw(number),
                day: date(2026, 3, 1),
                what: "shopping".to_owned(),
                whom: Whom::Elders,
                minutes: 60,
            };
            report::report(&bench.app, &ana, request).await.unwrap();
        }
        let (first, second) = (ServiceId::from_raw(1), ServiceId::from_raw(2));
        confirm::confirm(&bench.app, &keeper, first).await.unwrap();
        confirm::refuse(&bench.app, &keeper, second, "the same again")
            .await
            .unwrap();
        jobs::run_due(&bench.app).await.unwrap();
        let sent = bench.outbox().await;
        let told = |part: &str| sent.iter().any(|letter| letter.body.contains(part));
        assert!(told("confirmed a service"), "{sent:?}");
        assert!(told("the same again"), "{sent:?}");
    }
}
