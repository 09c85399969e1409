//! Tests speak as people act: `ana.opens("appeal", …)`, `ben.takes(case, "accept", …)`.
//!
//! A [`TestTown`] is the town in a database of its own, with a clock that stands until it is
//! moved, chance that repeats and letters that are recorded. When it is dropped, no work may be
//! left in the queue, unless the test said so.

use std::sync::Arc;

use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::open::{self, open};
use huiyin_app::cases::read::{CasePage, read};
use huiyin_app::cases::{Channel, IdempotencyKey};
use huiyin_app::identity::Cost;
use huiyin_app::limits::Strictness;
use huiyin_app::outside::{Files, Outside, Recorded, SeededEntropy, SetClock};
use huiyin_app::{App, Config, Error, jobs, words};
use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::case::{Input, Kinds, Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::words::{Lang, Source, Words};
use huiyin_store::scratch::Scratch;
use huiyin_store::{outbox, settings};
use jiff::{SignedDuration, Timestamp};

use crate::line::Line;
use crate::settle::settle;
use crate::town::{Town, Townsperson};

/// The instant at which every test town begins: a Monday morning in the heating season.
pub const BEGINS: &str = "2026-11-02T09:00:00+08:00";

/// The town in a database of its own.
pub struct TestTown {
    pub app: App,
    pub town: Arc<Town>,
    pub clock: Arc<SetClock>,
    /// To another house.
    pub line: Line,
    may_leave_work: bool,
    _scratch: Scratch,
}

impl Townsperson {
    /// The person with all posts.
    pub fn actor(&self) -> Actor {
        let posts = self.posts.iter().map(|post| HeldPost {
            post: post.id,
            unit: post.unit,
            role: post.role,
            place: post.place.clone(),
            took_over: Vec::new(),
        });
        Actor {
            who: Who::Person(self.id),
            posts: posts.collect(),
        }
    }
}

impl TestTown {
    /// One on each engine at hand: SQLite always, PostgreSQL when `HUIYIN_TEST_POSTGRES` names
    /// a server.
    pub fn each(seed: u64) -> Vec<TestTown> {
        Self::each_with(seed, Kinds::builtin)
    }

    /// The same, with kinds that the test brings.
    pub fn each_with(seed: u64, kinds: impl Fn() -> Kinds + Send + Sync) -> Vec<TestTown> {
        Self::each_saying(seed, kinds, &[])
    }

    /// The same, with the words of the pages or of whatever else stands on the house.
    pub fn each_saying(
        seed: u64,
        kinds: impl Fn() -> Kinds + Send + Sync,
        also: &[Source<'static>],
    ) -> Vec<TestTown> {
        // On a thread of its own: opening a store waits, which a runtime forbids.
        let make = || {
            Scratch::each_with_tables()
                .into_iter()
                .map(|scratch| TestTown::start(scratch, seed, kinds(), also))
                .collect()
        };
        std::thread::scope(|scope| scope.spawn(make).join().expect("the town moves in"))
    }

    fn start(scratch: Scratch, seed: u64, kinds: Kinds, also: &[Source<'static>]) -> TestTown {
        let now: Timestamp = BEGINS.parse().expect("a constant that is an instant");
        let store = scratch.open();
        let town = Arc::new(Town::generate(seed, now - SignedDuration::from_hours(24)));
        settle(&store, &town, "").expect("an empty database takes the town");
        let clock = Arc::new(SetClock::at(now));
        let recorded = Arc::new(Recorded::new(store.clone(), clock.clone()));
        let line = Line::default();
        let outside = Outside {
            clock: clock.clone(),
            entropy: Arc::new(SeededEntropy::new(seed)),
            mail: recorded.clone(),
            sms: recorded.clone(),
            webhooks: recorded,
            elsewhere: Arc::new(line.clone()),
            files: Files::in_memory(),
        };
        let config = Config {
            password_cost: Cost::Light,
            limits: Strictness::Off,
            ..Config::default()
        };
        let words = spoken(&kinds, also);
        let app = App::new(store, kinds, words, outside, config).expect("the house opens");
        TestTown {
            app,
            town,
            clock,
            line,
            may_leave_work: false,
            _scratch: scratch,
        }
    }

    /// Somebody without an account, with a mail address that goes nowhere.
    pub fn resident<'t>(&'t self, name: &'t str) -> Resident<'t> {
        Resident {
            town: self,
            name,
            language: Lang::ZH,
        }
    }

    /// Somebody who signs in with this login.
    pub fn staff(&self, login: &str) -> Staff<'_> {
        let person = self.town.person(login);
        let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
        Staff {
            town: self,
            actor: person.actor(),
        }
    }

    /// A volunteer.
    pub fn volunteer(&self, number: usize) -> Staff<'_> {
        let person = self.town.volunteers().nth(number);
        let person = person.expect("there are a dozen volunteers");
        Staff {
            town: self,
            actor: person.actor(),
        }
    }

    /// The clock goes on, clocks that run out take their steps, letters go out.
    pub async fn passes(&self, time: SignedDuration) {
        self.clock.advance(time);
        self.does_its_work().await;
    }

    /// Clocks that have run out take their steps, letters go out.
    pub async fn does_its_work(&self) {
        jobs::sweep(&self.app).await.expect("clocks can be run");
        jobs::run_due(&self.app).await.expect("jobs can be run");
    }

    /// The letters that went out, the newest first.
    pub async fn letters(&self) -> Vec<outbox::Recorded> {
        let read = |tx: &mut huiyin_store::Tx<'_>| outbox::newest(tx, None, 200);
        let letters = self.app.store.read(read).await;
        letters.expect("the outbox can be read")
    }

    /// The test leaves work in the queue on purpose.
    pub fn may_leave_work(&mut self) {
        self.may_leave_work = true;
    }

    /// Fails when any of the five invariants is broken.
    pub fn verify(&self) {
        // On a thread of its own: it waits, which a runtime forbids.
        let verified = std::thread::scope(|scope| {
            let verify = scope.spawn(|| huiyin_app::verify::verify(&self.app));
            verify.join().expect("verify does not panic")
        });
        let report = verified.expect("the database can be verified");
        assert_eq!(report.findings, [], "the promise is broken");
        assert_eq!(report.beside, [""; 0], "what stands beside it is broken");
    }

    /// Another value for the list of units, so that every process reads it again.
    pub async fn lists_changed(&self) {
        let put =
            |tx: &mut huiyin_store::Tx<'_>| settings::put(tx, huiyin_app::atlas::VERSION, "2");
        self.app
            .store
            .write(0, put)
            .await
            .expect("settings can be written");
    }

    async fn opens(&self, actor: &Actor, request: open::Request) -> Result<Brought, Error> {
        let reply = open(&self.app, actor, request).await?;
        Ok(Brought {
            id: reply.id,
            code: reply.code.map(|code| code.as_str().to_owned()),
        })
    }

    async fn takes(
        &self,
        actor: &Actor,
        id: CaseId,
        step: &str,
        values: &[(&str, Value)],
    ) -> Result<advance::Reply, Error> {
        let request = advance::Request {
            id,
            version: None,
            step: step.to_owned(),
            input: Input {
                values: owned(values),
            },
            key: None,
            at: None,
        };
        advance(&self.app, actor, request).await
    }
}

impl Drop for TestTown {
    fn drop(&mut self) {
        if std::thread::panicking() || self.may_leave_work {
            return;
        }
        let standing = std::thread::scope(|scope| {
            let count = || {
                let count = |tx: &mut huiyin_store::Tx<'_>| huiyin_store::jobs::standing(tx);
                self.app.store.read_blocking(count)
            };
            scope.spawn(count).join()
        });
        let standing = standing.expect("counting does not panic");
        let standing = standing.expect("the queue can be counted");
        assert_eq!((standing.waiting, standing.dead), (0, 0), "work is left");
    }
}

/// What somebody brought in, with the code they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub id: CaseId,
    pub code: Option<String>,
}

/// Somebody without an account.
pub struct Resident<'t> {
    town: &'t TestTown,
    name: &'t str,
    pub language: Lang,
}

impl Resident<'_> {
    /// Brings something in from their own phone.
    pub async fn opens(&self, kind: &str, values: &[(&str, Value)]) -> Result<Brought, Error> {
        let id = CaseId::from_raw(self.town.app.mint());
        self.opens_as(id, kind, values).await
    }

    /// The same with an id of their own: sending it twice opens one case.
    pub async fn opens_as(
        &self,
        id: CaseId,
        kind: &str,
        values: &[(&str, Value)],
    ) -> Result<Brought, Error> {
        let request = open::Request {
            id,
            kind: kind.to_owned(),
            values: owned(values),
            language: self.language,
            channel: Channel::Web,
            key: Some(IdempotencyKey::new(
                self.name,
                &id.to_string(),
                kind.as_bytes(),
            )),
            at: None,
        };
        self.town.opens(&Actor::anyone(), request).await
    }

    /// Takes a step of their own case.
    pub async fn takes(
        &self,
        case: &Brought,
        step: &str,
        values: &[(&str, Value)],
    ) -> Result<advance::Reply, Error> {
        let actor = Actor::petitioner(case.id);
        self.town.takes(&actor, case.id, step, values).await
    }

    /// The case as they see it.
    pub async fn reads(&self, case: &Brought) -> Result<CasePage, Error> {
        read(&self.town.app, &Actor::petitioner(case.id), case.id).await
    }
}

/// Somebody who has signed in.
pub struct Staff<'t> {
    town: &'t TestTown,
    pub actor: Actor,
}

impl<'t> Staff<'t> {
    /// Whoever this actor is.
    pub fn of(town: &'t TestTown, actor: Actor) -> Staff<'t> {
        Staff { town, actor }
    }
}

impl Staff<'_> {
    /// Writes something down, for a caller or for their own unit.
    pub async fn opens(&self, kind: &str, values: &[(&str, Value)]) -> Result<Brought, Error> {
        let request = open::Request {
            id: CaseId::from_raw(self.town.app.mint()),
            kind: kind.to_owned(),
            values: owned(values),
            language: Lang::ZH,
            channel: Channel::Desk,
            key: None,
            at: None,
        };
        self.town.opens(&self.actor, request).await
    }

    /// Takes a step.
    pub async fn takes(
        &self,
        case: &Brought,
        step: &str,
        values: &[(&str, Value)],
    ) -> Result<advance::Reply, Error> {
        self.town.takes(&self.actor, case.id, step, values).await
    }

    /// The case as they see it.
    pub async fn reads(&self, case: &Brought) -> Result<CasePage, Error> {
        read(&self.town.app, &self.actor, case.id).await
    }

    /// The steps that they may take now.
    pub async fn may_take(&self, case: &Brought) -> Vec<String> {
        match self.reads(case).await {
            Ok(page) => page.offers.into_iter().map(|offer| offer.step).collect(),
            Err(_) => Vec::new(),
        }
    }
}

/// Everything that is said, by the house and by its kinds.
/// The built-in words with those of the kinds and whatever else stands on the house.
pub fn spoken(kinds: &Kinds, also: &[Source<'static>]) -> Words {
    let mut sources: Vec<Source<'_>> = Vec::new();
    for built_in in words::sources() {
        sources.push(built_in);
    }
    sources.extend(words::of_kinds(kinds));
    sources.extend(also.iter().copied());
    Words::load(sources).expect("the built-in words can be read")
}

fn owned(values: &[(&str, Value)]) -> Values {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}
