//! What the tests of this crate stand on: an [`App`] on a scratch database of each
//! engine, with a clock that is set, chance that repeats, and letters that are recorded.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::case::Kinds;
use huiyin_domain::id::{PersonId, PostId, TokenId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::Place;
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_domain::words::{Source, Words};
use huiyin_store::persons::Person;
use huiyin_store::scratch::Scratch;
use huiyin_store::{DbError, Store, Tx, outbox, persons, places, posts, units};
use jiff::SignedDuration;

use crate::identity::Cost;
use crate::limits::Peer;
use crate::outside::{Files, Outside, Recorded, SeededEntropy, SetClock};
use crate::{App, Config, words};

pub const UNIT: UnitId = UnitId::from_raw(1);

/// An app that nobody else uses.
pub struct Bench {
    pub app: App,
    pub clock: Arc<SetClock>,
    pub scratch: Scratch,
}

/// One on each engine at hand: with a prefecture, a community in it and a unit there.
pub fn benches() -> Vec<Bench> {
    // On a thread of its own: opening a store waits, which a runtime forbids.
    let make = || Scratch::each_with_tables().into_iter().map(bench).collect();
    std::thread::spawn(make).join().unwrap()
}

fn bench(scratch: Scratch) -> Bench {
    let store = scratch.open();
    let now = "2026-03-02T09:00:00+08:00".parse().unwrap();
    let clock = Arc::new(SetClock::at(now));
    store
        .write_blocking(0, |tx| {
            for code in ["6529", "652901", "652901001", "652901001001"] {
                let place = Place {
                    code: code.parse().unwrap(),
                    names: Names::one("zh", code),
                    shape: None,
                    closed_at: None,
                };
                places::put(tx, &place)?;
            }
            let unit = Unit {
                id: UNIT,
                category: UnitCategory::Community,
                names: Names::both("阳光社区", "Sunshine community"),
                place: "652901001001".parse().unwrap(),
                parent: None,
                closed_at: None,
            };
            units::put(tx, &unit)?;
            Ok::<_, DbError>(())
        })
        .unwrap();
    Bench {
        app: app_on(store, clock.clone(), Files::in_memory()),
        clock,
        scratch,
    }
}

/// An app on a database and files that are there already.
pub fn app_on(store: Store, clock: Arc<SetClock>, files: Files) -> App {
    let recorded = Arc::new(Recorded::new(store.clone(), clock.clone()));
    let outside = Outside {
        clock,
        entropy: Arc::new(SeededEntropy::new(11)),
        mail: recorded.clone(),
        sms: recorded.clone(),
        webhooks: recorded.clone(),
        elsewhere: recorded,
        files,
    };
    let config = Config {
        password_cost: Cost::Light,
        ..Config::default()
    };
    let words = Words::load(words::sources()).unwrap_or_else(|faults| panic!("{faults:?}"));
    App::new(store, Kinds::builtin(), words, outside, config).unwrap()
}

impl Bench {
    /// The same house with other neighbours, and with the words of all kinds.
    pub fn with(&self, outside: Outside) -> App {
        let kinds = Kinds::builtin();
        let mut sources: Vec<Source<'_>> = Vec::new();
        for built_in in words::sources() {
            sources.push(built_in);
        }
        sources.extend(words::of_kinds(&kinds));
        let words = Words::load(sources).unwrap_or_else(|faults| panic!("{faults:?}"));
        let (store, config) = (self.app.store.clone(), self.app.config.clone());
        // On a thread of its own: opening a house waits, which a runtime forbids.
        let open = || App::new(store, Kinds::builtin(), words, outside, config).unwrap();
        std::thread::scope(|scope| scope.spawn(open).join().unwrap())
    }

    /// Somebody with a post in [`UNIT`].
    pub async fn employ(&self, number: i64, role: Role, contact: &str) -> Actor {
        let (now, person) = (self.app.now(), PersonId::from_raw(number));
        let held = HeldPost {
            post: PostId::from_raw(number),
            unit: UNIT,
            role,
            place: "652901001001".parse().unwrap(),
            took_over: Vec::new(),
        };
        let post = Post {
            id: held.post,
            person,
            unit: UNIT,
            role,
            place: held.place.clone(),
            starts_at: now - SignedDuration::from_hours(1),
            ends_at: None,
        };
        let contact = contact.to_owned();
        let write = move |tx: &mut Tx<'_>| {
            let person = Person {
                id: person,
                login: Some(format!("login{number}")),
                contact: Some(contact.clone()),
                name: "somebody".to_owned(),
                language: "en".to_owned(),
                made_at: now,
                closed_at: None,
            };
            persons::insert(tx, &person)?;
            posts::insert(tx, &post)
        };
        self.app.store.write(0, write).await.unwrap();
        Actor {
            who: Who::Person(PersonId::from_raw(number)),
            posts: vec![held],
        }
    }

    /// What was recorded, the newest first.
    pub async fn outbox(&self) -> Vec<outbox::Recorded> {
        self.app
            .store
            .read(|tx| outbox::newest(tx, None, 100))
            .await
            .unwrap()
    }
}

pub fn peer() -> Peer {
    Peer::new(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)))
}

/// Something that speaks for [`UNIT`] in one role, and is no person.
pub fn actor(role: Role) -> Actor {
    Actor {
        who: Who::Service(TokenId::from_raw(1)),
        posts: vec![HeldPost {
            post: PostId::from_raw(1),
            unit: UNIT,
            role,
            place: "6529".parse().unwrap(),
            took_over: Vec::new(),
        }],
    }
}
