//! So many want one of a hundred seats at the same instant, each in a browser of their own, which
//! has the page open already. Then it is counted who sits, who waits, and what each was told.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use huiyin_app::App;
use huiyin_app::activities::make::{self, Where};
use huiyin_app::identity::secret;
use huiyin_domain::activity::{About, Handover, SignUpState};
use huiyin_domain::id::{ActivityId, PersonId};
use huiyin_domain::place::PlaceCode;
use huiyin_store::persons::Person;
use huiyin_store::sessions::Session;
use huiyin_store::{Options, Store, Tx, persons, sessions, sign_ups};
use huiyin_testkit::town::Town;
use jiff::SignedDuration;
use tokio::sync::Barrier;

use crate::Arguments;
use crate::client::{Connection, Fault, Headers};
use crate::fill::{self, Settled};
use crate::measures::{cookies_of, row};
use crate::server::Server;

const SEATS: i64 = 100;
/// So often, each time for another activity.
const ROUNDS: usize = 5;

/// Somebody who wants to come.
#[derive(Clone)]
struct Guest {
    person: PersonId,
    session: String,
}

/// What somebody was told, and how long they waited to be told it.
struct Told {
    person: PersonId,
    is_seated: bool,
    waited: Duration,
}

pub fn run(arguments: &Arguments) -> Result<(), Fault> {
    let Settled {
        store,
        app,
        town,
        runtime,
    } = fill::settled(arguments)?;
    let activities = runtime.block_on(activities(&app, &town))?;
    let guests = runtime.block_on(guests(&app, arguments.cases))?;
    drop(app);
    store.shutdown_blocking();
    let rounds = runtime.block_on(rounds(arguments, &activities, &guests))?;
    let store = Store::open(&arguments.database, &Options::default())?;
    let mut waits = Vec::new();
    for (&activity, told) in activities.iter().zip(&rounds) {
        check(&store, activity, told)?;
        waits.push(told.iter().map(|told| told.waited).collect::<Vec<_>>());
    }
    store.shutdown_blocking();
    let people = arguments.cases;
    row("people, seats", &[format!("{people}, {SEATS}")]);
    let seated = format!("{SEATS} in each of {ROUNDS} rounds, the others wait in one order");
    row("seats given", &[seated]);
    for (percent, name) in [(50, "p50"), (99, "p99"), (100, "the last")] {
        let of_rounds = waits.iter_mut().map(|waits| percentile_ms(waits, percent));
        let worst = of_rounds.fold(0.0, f64::max);
        row(
            &format!("told after, {name}, worst round"),
            &[format!("{worst:.0} ms")],
        );
    }
    Ok(())
}

fn percentile_ms(waits: &mut [Duration], percent: usize) -> f64 {
    waits.sort_unstable();
    let last = waits.len().saturating_sub(1);
    waits[last * percent / 100].as_secs_f64() * 1000.0
}

async fn activities(app: &App, town: &Town) -> Result<Vec<ActivityId>, Fault> {
    let clerk = town.person("community").ok_or("a town has a clerk")?;
    let place: PlaceCode = clerk.posts[0].place.clone();
    let starts_at = app.now() + SignedDuration::from_hours(48);
    let mut made = Vec::new();
    for _ in 0..ROUNDS {
        let id = ActivityId::from_raw(app.mint());
        let request = make::Request {
            id,
            place: Where::Outside(place.clone()),
            title: "春游".to_owned(),
            about: About {
                text: "去湖边走走。".to_owned(),
                address: "东门".to_owned(),
                questions: Vec::new(),
                handover: Handover::AtOnce,
                team_max: 1,
            },
            association: None,
            starts_at,
            ends_at: starts_at + SignedDuration::from_hours(3),
            sign_up_until: starts_at - SignedDuration::from_hours(1),
            capacity: SEATS,
            repeat: None,
        };
        make::make(app, &clerk.actor(), request).await?;
        made.push(id);
    }
    Ok(made)
}

/// People with a session each, as if they had signed in last night.
async fn guests(app: &App, count: u64) -> Result<Arc<[Guest]>, Fault> {
    let guests: Arc<[Guest]> = (0..count)
        .map(|number| Guest {
            person: PersonId::from_raw(app.mint()),
            session: format!("session-of-guest-{number}"),
        })
        .collect();
    let (now, kept) = (app.now(), guests.clone());
    let write = move |tx: &mut Tx<'_>| {
        for (number, guest) in kept.iter().enumerate() {
            let person = Person {
                id: guest.person,
                login: None,
                contact: Some(format!("guest{number}@tingxi.example")),
                name: format!("居民{number}"),
                language: "zh".to_owned(),
                made_at: now,
                closed_at: None,
            };
            persons::insert(tx, &person)?;
            let session = Session {
                token_hash: secret::hash(&guest.session),
                person: guest.person,
                agent: "bench".to_owned(),
                made_at: now,
                seen_at: now,
                proved_at: now,
                expires_at: now + SignedDuration::from_hours(24),
            };
            sessions::insert(tx, &session)?;
        }
        Ok::<_, huiyin_store::DbError>(())
    };
    app.store.write(0, write).await?;
    Ok(guests)
}

async fn rounds(
    arguments: &Arguments,
    activities: &[ActivityId],
    guests: &Arc<[Guest]>,
) -> Result<Vec<Vec<Told>>, Fault> {
    let server = Server::start(arguments).await?;
    let mut rounds = Vec::new();
    for &activity in activities {
        let start = Arc::new(Barrier::new(guests.len()));
        let mut tasks = tokio::task::JoinSet::new();
        for guest in guests.iter() {
            let (guest, start) = (guest.clone(), start.clone());
            tasks.spawn(comes(server.address, activity, guest, start));
        }
        let mut told = Vec::new();
        while let Some(done) = tasks.join_next().await {
            told.push(done??);
        }
        rounds.push(told);
    }
    Ok(rounds)
}

/// Opens the page, waits for the instant, and signs up.
async fn comes(
    address: std::net::SocketAddr,
    activity: ActivityId,
    guest: Guest,
    start: Arc<Barrier>,
) -> Result<Told, Fault> {
    let mut connection = Connection::open(address).await?;
    let path = format!("/activities/{activity}");
    let session = format!("session={}", guest.session);
    let page = connection.get(&path, &[("cookie", &session)]).await?;
    let token = page
        .between("name=\"csrf\" value=\"", "\"")
        .ok_or("a page without a form")?;
    let cookies = format!("{session}; {}", cookies_of(&page));
    let origin = format!("http://{address}");
    let headers: Headers<'_> = &[
        ("cookie", &cookies),
        ("origin", &origin),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    start.wait().await;
    let since = Instant::now();
    let path = format!("{path}/sign-up");
    let answer = connection
        .post(&path, headers, format!("csrf={token}"))
        .await?;
    let waited = since.elapsed();
    let said = cookies_of(&answer);
    let is_seated = said.contains("sign-up-seated");
    if !is_seated && !said.contains("sign-up-waits") {
        return Err(format!("{}: {}", answer.status, answer.text()).into());
    }
    Ok(Told {
        person: guest.person,
        is_seated,
        waited,
    })
}

/// Every seat is given once, those who came first have them, and everybody was told what is so.
fn check(store: &Store, activity: ActivityId, told: &[Told]) -> Result<(), Fault> {
    let mut kept = store.read_blocking(move |tx| sign_ups::of_activity(tx, activity))?;
    kept.sort_by_key(|sign_up| sign_up.number);
    let numbers: BTreeSet<_> = kept.iter().map(|sign_up| sign_up.number).collect();
    let seats: BTreeSet<_> = kept.iter().filter_map(|sign_up| sign_up.seat).collect();
    let first = usize::try_from(SEATS)?.min(told.len());
    let are_first = kept[..first].iter().all(|kept| kept.seat.is_some());
    let all: HashMap<_, _> = kept.iter().map(|kept| (kept.person, kept)).collect();
    let is_told = told.iter().all(|told| {
        let kept = all.get(&told.person);
        kept.is_some_and(|kept| (kept.state == SignUpState::Seated) == told.is_seated)
    });
    let is_right = numbers.len() == told.len() && seats.len() == first && are_first && is_told;
    match is_right {
        true => Ok(()),
        false => Err("seats, order or what was said is wrong".into()),
    }
}
