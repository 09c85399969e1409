//! A community with many who help: 10,000 volunteers and 100,000 services, through the same
//! operations as the pages call, and then its pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use huiyin_app::volunteers::{accept, certify, confirm, register, report};
use huiyin_app::{App, Error};
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::id::{CertificateId, PersonId, ServiceId, VolunteerId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::{DayPart, FreeWeek, Offer, Reach, Speaks, Whom};
use huiyin_store::persons::Person;
use huiyin_store::{certificates, persons};
use huiyin_testkit::town::Town;
use jiff::ToSpan;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::Arguments;
use crate::client::Fault;
use crate::fill::{self, Settled};
use crate::load::User;
use crate::measures::{Measures, page, row, sign_in};
use crate::server::Server;
use crate::tokens::{self, Tokens};

const READERS: u64 = 8;

const AT_ONCE: u64 = 64;
const SERVICES_EACH: u64 = 10;
/// Of so many services one waits to be confirmed.
const WAITS_ONE_IN: u64 = 20;
/// Of so many volunteers one waits to be accepted.
const ASKS_ONE_IN: u64 = 100;
/// The clerk who looks at pages helps too, and has done more than anybody.
const OWN_SERVICES: u64 = 1_000;
const SKILLS: [&str; 4] = [
    "errand.shop",
    "repair.electric",
    "house.hair",
    "learn.school",
];

/// What the pages are about.
#[derive(Default)]
pub struct Seen {
    pub volunteers: Vec<String>,
    pub certificate: String,
}

pub fn run(arguments: &Arguments) -> Result<(), Fault> {
    let Settled {
        store,
        app,
        town,
        runtime,
    } = fill::settled(arguments)?;
    let community = Arc::new(Community::of(&app, &town)?);
    let seen = runtime.block_on(community.clone().fill(arguments.cases))?;
    let tokens = runtime.block_on(tokens::make(&app, town.clone(), &[]))?;
    row("volunteers", &[arguments.cases.to_string()]);
    let services = arguments.cases * SERVICES_EACH + OWN_SERVICES;
    row("services", &[services.to_string()]);
    drop(community);
    drop(app);
    store.shutdown_blocking();
    let all = Measures {
        arguments,
        tokens: Arc::new(tokens),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Server::start(arguments).await?;
        pages(&all, &server, seen).await
    })
}

async fn pages(all: &Measures<'_>, server: &Server, seen: Seen) -> Result<(), Fault> {
    let cookie = sign_in(server, "community").await?;
    let certificate = format!("/certificate/{}", seen.certificate);
    let fixed = [
        ("own page of a volunteer", "/volunteer"),
        ("volunteers, first page", "/desk/volunteers"),
        ("services that wait", "/desk/services"),
        ("certificate", &certificate),
    ];
    for (name, path) in fixed {
        let path = path.to_owned();
        let turn = page(cookie.clone(), move |_, _| path.clone(), &all.tokens);
        all.figure(server, name, READERS, turn).await?;
    }
    let volunteers = seen.volunteers;
    let any = move |user: &mut User, _: &Tokens| {
        let id = volunteers.choose(&mut user.rng).expect("there are some");
        format!("/desk/volunteers/{id}")
    };
    let turn = page(cookie, any, &all.tokens);
    all.figure(server, "any volunteer", READERS, turn).await?;
    Ok(())
}

/// Where they help, and who looks after them.
struct Community {
    app: App,
    place: PlaceCode,
    keeper: Actor,
    next: AtomicU64,
}

impl Community {
    fn of(app: &App, town: &Town) -> Result<Community, Fault> {
        let clerk = town.person("community").ok_or("a town has a clerk")?;
        Ok(Community {
            app: app.clone(),
            place: clerk.posts[0].place.clone(),
            keeper: clerk.actor(),
            next: AtomicU64::new(0),
        })
    }

    async fn fill(self: Arc<Self>, volunteers: u64) -> Result<Seen, Fault> {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..AT_ONCE {
            tasks.spawn(self.clone().work(volunteers));
        }
        let mut seen = Seen::default();
        while let Some(done) = tasks.join_next().await {
            seen.volunteers.extend(done??);
        }
        seen.certificate = self.clerk_helps().await?;
        Ok(seen)
    }

    async fn work(self: Arc<Self>, volunteers: u64) -> Result<Vec<String>, Fault> {
        let mut accepted = Vec::new();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= volunteers {
                return Ok(accepted);
            }
            let mut rng = SmallRng::seed_from_u64(number);
            let own = self.somebody(number).await?;
            let id = self.registers(&own, &mut rng, number).await?;
            if number.is_multiple_of(ASKS_ONE_IN) {
                continue;
            }
            accept::accept(&self.app, &self.keeper, id).await?;
            for time in 0..SERVICES_EACH {
                let waits = (number + time).is_multiple_of(WAITS_ONE_IN);
                self.helps(&own, (&self.keeper, &mut rng), waits).await?;
            }
            accepted.push(id.to_string());
        }
    }

    async fn somebody(&self, number: u64) -> Result<Actor, Fault> {
        let id = PersonId::from_raw(self.app.mint());
        let person = Person {
            id,
            login: None,
            contact: Some(format!("volunteer{number}@tingxi.example")),
            name: format!("志愿者{number}"),
            language: "zh".to_owned(),
            made_at: self.app.now(),
            closed_at: None,
        };
        let write = move |tx: &mut huiyin_store::Tx<'_>| persons::insert(tx, &person);
        self.app.store.write(id.get(), write).await?;
        Ok(Actor {
            who: Who::Person(id),
            posts: Vec::new(),
        })
    }

    async fn registers(
        &self,
        own: &Actor,
        rng: &mut SmallRng,
        number: u64,
    ) -> Result<VolunteerId, Fault> {
        let mut free = FreeWeek::default();
        for _ in 0..rng.random_range(1..6) {
            let day = FreeWeek::DAYS.choose(rng).expect("a week has days");
            let part = DayPart::ALL.choose(rng).expect("a day has parts");
            free = free.with(*day, *part);
        }
        let skill = SKILLS.choose(rng).expect("there are skills");
        let offer = Offer {
            name: format!("志愿者{number}"),
            place: self.place.clone(),
            unit: None,
            skills: vec![skill.parse().map_err(|_| "an unknown skill")?],
            free,
            days: Vec::new(),
            reach: Reach::Community,
            speaks: vec![Speaks::Zh],
            avoids: Vec::new(),
            avoid_note: String::new(),
        };
        let id = VolunteerId::from_raw(self.app.mint());
        register::register(&self.app, own, id, offer).await?;
        Ok(id)
    }

    async fn helps(
        &self,
        own: &Actor,
        (keeper, rng): (&Actor, &mut SmallRng),
        waits: bool,
    ) -> Result<(), Error> {
        let today = self.app.config.day(self.app.now());
        let id = ServiceId::from_raw(self.app.mint());
        let request = report::Request {
            id,
            day: today.saturating_sub(rng.random_range(0..360_i64).days()),
            what: "陪老人去医院看眼睛".to_owned(),
            whom: Whom::Elders,
            minutes: 30 * rng.random_range(1..7_u32),
        };
        report::report(&self.app, own, request).await?;
        match waits {
            true => Ok(()),
            false => confirm::confirm(&self.app, keeper, id).await,
        }
    }

    /// Nobody confirms their own, so another clerk does; the code of a certificate of it.
    async fn clerk_helps(&self) -> Result<String, Fault> {
        let own = Actor {
            who: self.keeper.who,
            posts: Vec::new(),
        };
        let other = Actor {
            who: Who::Person(PersonId::from_raw(1)),
            posts: self.keeper.posts.clone(),
        };
        let mut rng = SmallRng::seed_from_u64(0);
        let id = self.registers(&own, &mut rng, 0).await?;
        accept::accept(&self.app, &other, id).await?;
        for _ in 0..OWN_SERVICES {
            self.helps(&own, (&other, &mut rng), false).await?;
        }
        let id = CertificateId::from_raw(self.app.mint());
        certify::certify(&self.app, &own, id).await?;
        let made = self.app.store.read(move |tx| certificates::by_id(tx, id));
        let made = made.await?.ok_or("a certificate")?;
        Ok(made.code.to_string())
    }
}
