//! Fills the database: the town moves in, and its people bring things in through the same
//! operations that pages and API call, at instants that lie in the past.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use huiyin_app::cases::Channel;
use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::open::{self, open};
use huiyin_app::identity::{Cost, Hasher};
use huiyin_app::outside::{Files, LiveClock, LiveEntropy, Outside, Recorded};
use huiyin_app::{App, Config, jobs};
use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::case::{Input, Kinds, Value, Values};
use huiyin_domain::id::{CaseId, PostId, TokenId};
use huiyin_domain::person::Role;
use huiyin_domain::place::Level;
use huiyin_domain::unit::UnitCategory;
use huiyin_domain::words::Lang;
use huiyin_store::{DbError, Options, Store, Tx, settings};
use huiyin_testkit::actors::spoken;
use huiyin_testkit::settle::settle;
use huiyin_testkit::town::{Texts, Town};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;

use crate::Arguments;
use crate::bring;
use crate::client::Fault;
use crate::tokens::{self, OPEN, PASSWORD, Tokens};

/// So long after it was brought in a case is answered.
pub const TO_ANSWER: SignedDuration = SignedDuration::from_mins(30);
const HOUR_US: i64 = 3_600_000_000;
/// Two years, in microseconds.
const YEARS_US: i64 = 2 * 365 * 24 * HOUR_US;
const AT_ONCE: u64 = 256;
/// Of the cases that are there, so many are remembered, so that some can be looked at.
const SAMPLE: u64 = 20_000;
/// The settings that hold the sample of a database that was filled before, a page of ids each:
/// the house looks at its settings in every write, and a long one among them would cost it.
const FILLED: &str = "bench-filled";
const IDS_IN_PAGE: usize = 40;

/// Fills the database, if it is not filled yet, and makes whoever acts on it.
pub fn fill(arguments: &Arguments) -> Result<Tokens, Fault> {
    std::fs::create_dir_all(&arguments.data)?;
    let store = Store::open(&arguments.database, &Options::default())?;
    let mut filled = store.read_blocking(remembered)?;
    let town = town()?;
    let runtime = Runtime::new()?;
    let from = arguments.from.as_ref().filter(|_| filled.is_none());
    if let Some(from) = from {
        bring::rows(from, &store)?;
        filled = store.read_blocking(remembered)?;
    } else if filled.is_none() {
        move_in(&store, &town, &runtime)?;
    }
    let app = house(&store)?;
    if from.is_some() {
        bring::search(&app)?;
    }
    let kept = match filled {
        Some(kept) => kept,
        None => {
            let filler = Arc::new(Filler::new(&app, &town, arguments));
            let sample = runtime.block_on(filler.run_and_tell(arguments.cases))?;
            let keep = sample.clone();
            store.write_blocking(0, move |tx| remember(tx, &keep))?;
            sample
        }
    };
    let tokens = runtime.block_on(tokens::make(&app, town, &kept))?;
    drop(app);
    store.shutdown_blocking();
    Ok(tokens)
}

/// An empty house into which the town has moved.
pub struct Settled {
    pub store: Store,
    pub app: App,
    pub town: Arc<Town>,
    pub runtime: Runtime,
}

pub fn settled(arguments: &Arguments) -> Result<Settled, Fault> {
    std::fs::create_dir_all(&arguments.data)?;
    let (town, runtime) = (town()?, Runtime::new()?);
    let store = Store::open(&arguments.database, &Options::default())?;
    move_in(&store, &town, &runtime)?;
    Ok(Settled {
        app: house(&store)?,
        store,
        town,
        runtime,
    })
}

/// The town in which all happens.
pub fn town() -> Result<Arc<Town>, Fault> {
    let made_at: Timestamp = "2024-01-01T00:00:00Z".parse()?;
    Ok(Arc::new(Town::generate(1, made_at)))
}

/// Everybody gets the one password.
pub fn move_in(store: &Store, town: &Town, runtime: &Runtime) -> Result<(), Fault> {
    let salt = [7; 16];
    let hash = runtime.block_on(Hasher::new(Cost::Real).hash(PASSWORD.to_owned(), salt))?;
    Ok(settle(store, town, &hash)?)
}

fn remember(tx: &mut Tx<'_>, sample: &[String]) -> Result<(), DbError> {
    for (page, ids) in sample.chunks(IDS_IN_PAGE).enumerate() {
        settings::put(tx, &format!("{FILLED}-{page}"), &ids.join(" "))?;
    }
    Ok(())
}

fn remembered(tx: &mut Tx<'_>) -> Result<Option<Vec<String>>, DbError> {
    let mut sample = Vec::new();
    for page in 0.. {
        let Some(ids) = settings::get(tx, &format!("{FILLED}-{page}"))? else {
            break;
        };
        sample.extend(ids.split(' ').map(str::to_owned));
    }
    Ok((!sample.is_empty()).then_some(sample))
}

pub fn house(store: &Store) -> Result<App, Fault> {
    let kinds = Kinds::builtin();
    let words = spoken(&kinds, &[]);
    let clock = Arc::new(LiveClock);
    let recorded = Arc::new(Recorded::new(store.clone(), clock.clone()));
    let outside = Outside {
        clock,
        entropy: Arc::new(LiveEntropy),
        mail: recorded.clone(),
        sms: recorded.clone(),
        webhooks: recorded.clone(),
        elsewhere: recorded,
        files: Files::in_memory(),
    };
    Ok(App::new(
        store.clone(),
        kinds,
        words,
        outside,
        Config::default(),
    )?)
}

pub struct Filler {
    app: App,
    town: Arc<Town>,
    lived_percent: u64,
    open_percent: u64,
    every: u64,
    now: Timestamp,
    next: AtomicU64,
    cases: u64,
}

impl Filler {
    pub fn new(app: &App, town: &Arc<Town>, arguments: &Arguments) -> Filler {
        Filler {
            app: app.clone(),
            town: town.clone(),
            lived_percent: arguments.lived_percent,
            open_percent: arguments.open_percent,
            every: (arguments.cases / SAMPLE).max(1),
            now: app.now(),
            next: AtomicU64::new(0),
            cases: arguments.cases,
        }
    }

    /// Fills, and tells who is to be told meanwhile, as a house does that lives through those
    /// years: when it opens, nobody waits to be told.
    async fn run_and_tell(self: Arc<Self>, cases: u64) -> Result<Vec<String>, Fault> {
        let app = self.app.clone();
        let filling = tokio::spawn(async move { self.run(cases).await });
        while !filling.is_finished() {
            jobs::run_due(&app).await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        jobs::run_due(&app).await?;
        filling.await?
    }

    /// Fills, says how fast, and gives back a sample of what is there.
    async fn run(self: Arc<Self>, cases: u64) -> Result<Vec<String>, Fault> {
        let started = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..AT_ONCE {
            tasks.spawn(self.clone().work());
        }
        let mut sample = Vec::new();
        while let Some(done) = tasks.join_next().await {
            sample.extend(done??);
        }
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("filled with {cases} cases in {seconds:.0} s");
        Ok(sample)
    }

    async fn work(self: Arc<Self>) -> Result<Vec<String>, Fault> {
        let mut sample = Vec::new();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.cases {
                return Ok(sample);
            }
            let mut rng = SmallRng::seed_from_u64(number);
            let drawn = rng.random_range(0..100);
            let is_open = drawn < self.open_percent;
            let has_lived = !is_open && drawn < self.open_percent + self.lived_percent;
            // What is open came in today, so that no clock has run out when all begins; all else
            // came in over two years one after the other, as rows come to lie in a house that is used.
            let ago = match is_open {
                true => rng.random_range(0..4 * HOUR_US),
                false => self.ago(number) + rng.random_range(2 * HOUR_US..26 * HOUR_US),
            };
            let at = self.now - SignedDuration::from_micros(ago);
            let id = self.open(&mut rng, at).await?;
            if has_lived {
                self.lives(id, &mut rng, at).await?;
            } else if !is_open {
                let by = Actor::petitioner(id);
                let later = at + SignedDuration::from_mins(9);
                self.step(id, ("withdraw", by), Values::new(), later)
                    .await?;
            }
            if number.is_multiple_of(self.every) {
                let sign = if is_open {
                    OPEN.to_string()
                } else {
                    String::new()
                };
                sample.push(format!("{sign}{id}"));
            }
        }
    }

    /// So long ago came the case of this number, in microseconds.
    fn ago(&self, number: u64) -> i64 {
        let left = i128::from(self.cases - number) * i128::from(YEARS_US) / i128::from(self.cases);
        i64::try_from(left).expect("less than the two years")
    }

    pub async fn open(&self, rng: &mut SmallRng, at: Timestamp) -> Result<CaseId, Fault> {
        let places: Vec<_> = self.town.places_at(Level::Community).collect();
        let place = places[rng.random_range(0..places.len())].code.clone();
        let texts = &Texts::get().appeals;
        let text = texts[rng.random_range(0..texts.len())].fill(rng);
        let request = open::Request {
            id: CaseId::make(at, rng.random()),
            kind: "appeal".to_owned(),
            values: values([
                ("description", Value::Text(text)),
                ("place", Value::Place(place)),
            ]),
            language: Lang::ZH,
            channel: Channel::Web,
            key: None,
            at: Some(at),
        };
        Ok(open(&self.app, &Actor::anyone(), request).await?.id)
    }

    /// Dispatched, accepted, answered, judged.
    async fn lives(&self, id: CaseId, rng: &mut SmallRng, at: Timestamp) -> Result<(), Fault> {
        self.is_answered(id, rng, at).await?;
        let judged = values([
            ("solved", Value::Choice("yes".to_owned())),
            ("content", Value::YesNo(true)),
        ]);
        let by = Actor::petitioner(id);
        let later = at + TO_ANSWER + SignedDuration::from_mins(10);
        self.step(id, ("judge", by), judged, later).await
    }

    /// Dispatched, accepted, answered.
    pub async fn is_answered(
        &self,
        id: CaseId,
        rng: &mut SmallRng,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let departments: Vec<_> = self
            .town
            .units
            .iter()
            .filter(|unit| unit.category == UnitCategory::Department)
            .collect();
        let unit = departments[rng.random_range(0..departments.len())];
        let county = self.town.places_at(Level::County).next();
        let county = county.expect("the town lies in a county").code.clone();
        let office = self
            .town
            .office_of(&county)
            .expect("a county has an office");
        let dispatcher = machine(office.id, Role::Dispatcher, county);
        let handler = machine(unit.id, Role::Handler, unit.place.clone());
        let answer = Texts::get().say("answer", "zh", rng);
        let to_unit = values([("unit", Value::Unit(unit.id))]);
        let answered = values([
            ("outcome", Value::Choice("solved".to_owned())),
            ("answer", Value::Text(answer)),
        ]);
        let steps = [
            ("dispatch", dispatcher, to_unit),
            ("accept", handler.clone(), Values::new()),
            ("answer", handler, answered),
        ];
        for (number, (step, actor, values)) in (1..).zip(steps) {
            let at = at + SignedDuration::from_mins(number * 10);
            self.step(id, (step, actor), values, at).await?;
        }
        Ok(())
    }

    async fn step(
        &self,
        id: CaseId,
        (step, actor): (&str, Actor),
        values: Values,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let request = advance::Request {
            id,
            version: None,
            step: step.to_owned(),
            input: Input { values },
            key: None,
            at: Some(at),
        };
        advance(&self.app, &actor, request).await?;
        Ok(())
    }
}

fn machine(
    unit: huiyin_domain::id::UnitId,
    role: Role,
    place: huiyin_domain::place::PlaceCode,
) -> Actor {
    Actor {
        who: Who::Service(TokenId::from_raw(1)),
        posts: vec![HeldPost {
            post: PostId::from_raw(1),
            unit,
            role,
            place,
            took_over: Vec::new(),
        }],
    }
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
