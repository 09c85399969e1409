//! The people of the town help and meet at random: they register, claim, forget, report, sign
//! up, leave, book what is booked already and cancel. A small model of our own knows which hours
//! are taken, who stands where and how much each has done; at the end `verify` looks at it all.
//! `HUIYIN_TEST_SEEDS=200` plays more of them.

mod helping;
mod meeting;

use std::collections::BTreeMap;

use huiyin_app::Error;
use huiyin_app::cases::read::read as read_case;
use huiyin_app::proposals::own;
use huiyin_app::venues::put::{self, Doors};
use huiyin_app::venues::put_room;
use huiyin_domain::access::Actor;
use huiyin_domain::calendar::Week;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::{ActivityId, BookingId, RoomId, ServiceId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{About, Approval, Category, Holidays, Rules};
use huiyin_domain::volunteer::ServiceState;
use huiyin_store::jobs;
use huiyin_testkit::actors::{Brought, TestTown};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const EVERY_DAY: &str = r#"["9-21","9-21","9-21","9-21","9-21","9-21","9-21"]"#;
const ACTS: usize = 160;
const SEEDS: u64 = 6;
/// Few seats and one room: people meet each other.
const SEATS: i64 = 3;

/// Hours of a room that somebody has.
#[derive(Debug, Clone, Copy)]
struct Held {
    id: BookingId,
    booker: usize,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

/// What a helper has reported, and what of it was confirmed.
#[derive(Debug, Default)]
struct Record {
    waiting: Vec<(ServiceId, u32)>,
    confirmed: i64,
    minutes: i64,
    code: Option<TrackingCode>,
}

struct World<'t> {
    town: &'t TestTown,
    rng: ChaCha8Rng,
    keeper: Actor,
    place: PlaceCode,
    room: RoomId,
    people: Vec<Actor>,
    held: Vec<Held>,
    activities: Vec<ActivityId>,
    records: BTreeMap<usize, Record>,
    wishes: Vec<Brought>,
    /// How often each thing happened: a world in which nothing happens proves nothing.
    happened: BTreeMap<&'static str, usize>,
}

fn seeds() -> u64 {
    let asked = std::env::var("HUIYIN_TEST_SEEDS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(SEEDS)
}

#[tokio::test]
async fn people_help_and_meet_at_random_and_nothing_is_given_twice() {
    let mut happened = BTreeMap::new();
    for seed in 0..seeds() {
        for town in TestTown::each(7_000 + seed) {
            let mut world = World::begins(&town, seed).await;
            for _ in 0..ACTS {
                world.somebody_acts().await;
            }
            world.ends().await;
            for (what, count) in world.happened {
                *happened.entry(what).or_insert(0) += count;
            }
        }
    }
    for what in [
        "booked",
        "taken",
        "given back",
        "seated",
        "waiting",
        "left",
        "registered",
        "confirmed",
        "refused",
        "gone",
        "certified",
        "asked",
        "accepted",
        "declined",
        "forgotten",
    ] {
        assert!(
            happened.contains_key(what),
            "nobody was ever {what}: {happened:?}"
        );
    }
}

/// Refusals are part of life; what is broken is not.
fn done<T>(reply: Result<T, Error>) -> Option<T> {
    match reply {
        Ok(reply) => Some(reply),
        Err(Error::Refused(_)) => None,
        Err(broken) => panic!("{broken:?}"),
    }
}

impl<'t> World<'t> {
    async fn begins(town: &'t TestTown, seed: u64) -> World<'t> {
        let keeper = town.town.person("community").expect("a community");
        let place = keeper.posts[0].place.clone();
        let (keeper, app) = (keeper.actor(), &town.app);
        let venue = VenueId::from_raw(app.mint());
        let week: Week = serde_json::from_str(EVERY_DAY).expect("a week");
        let hall = put::Request {
            id: venue,
            place: place.clone(),
            category: Category::Hall,
            names: Names::both("礼堂", "Hall"),
            about: About {
                address: "太阳巷1号".to_owned(),
                text: String::new(),
                contact: "0998-5550100".to_owned(),
                access: Vec::new(),
                week,
                holidays: Holidays::Open,
            },
            doors: Doors::Open,
        };
        put::put(app, &keeper, hall).await.expect("a hall");
        let room = RoomId::from_raw(app.mint());
        let great = put_room::Request {
            id: room,
            venue,
            names: Names::both("大厅", "Great room"),
            seats: 40,
            about: String::new(),
            rules: Rules {
                approval: Approval::AtOnce,
                ..Rules::default()
            },
            doors: Doors::Open,
        };
        put_room::put(app, &keeper, great).await.expect("a room");
        let people = (0..town.town.volunteers().count()).map(|number| town.volunteer(number).actor);
        World {
            people: people.collect(),
            rng: ChaCha8Rng::seed_from_u64(seed),
            held: Vec::new(),
            activities: Vec::new(),
            records: BTreeMap::new(),
            wishes: Vec::new(),
            happened: BTreeMap::new(),
            town,
            keeper,
            place,
            room,
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.happened.entry(what).or_insert(0) += 1;
    }

    async fn somebody_acts(&mut self) {
        match self.rng.random_range(0..100) {
            0..14 => self.books().await,
            14..18 => self.two_book_at_once().await,
            18..22 => self.gives_back().await,
            22..25 => self.calls_together().await,
            25..42 => self.signs_up().await,
            42..50 => self.leaves_activity().await,
            50..57 => self.registers().await,
            57..66 => self.reports().await,
            66..74 => self.decides().await,
            74..76 => self.goes().await,
            76..79 => self.certifies().await,
            79..85 => self.wishes().await,
            85..92 => self.answers().await,
            _ => self.time_passes().await,
        }
        self.audit_seats().await;
    }

    fn somebody(&mut self) -> usize {
        self.rng.random_range(0..self.people.len())
    }

    async fn time_passes(&mut self) {
        let hours = self.rng.random_range(1..40);
        self.town.passes(SignedDuration::from_hours(hours)).await;
        let app = &self.town.app;
        let mut asked = 0;
        for one in self.records.keys() {
            let own = own::list(app, &self.people[*one])
                .await
                .expect("it is theirs");
            asked += own.lines.len();
        }
        if asked > 0 {
            self.count("asked");
        }
    }

    /// Everybody forgets for a month what they took on; then all is looked at once more.
    async fn ends(&mut self) {
        for _ in 0..32 {
            self.town.passes(SignedDuration::from_hours(24)).await;
        }
        let watcher = self.keeper.clone();
        for wish in self.wishes.clone() {
            let page = read_case(&self.town.app, &watcher, wish.id).await;
            let page = page.expect("the community sees it");
            let took = page.entries.iter().any(|entry| entry.step == "claim");
            let released = page
                .entries
                .iter()
                .any(|entry| entry.step == "release_late");
            assert_eq!(took, released, "what was forgotten goes back");
            if released {
                self.count("forgotten");
            }
        }
        for (&one, record) in &self.records {
            let mine = self.mine(one).await.expect("they are known");
            let services: i64 = mine.sums.iter().map(|sum| sum.services).sum();
            let minutes: i64 = mine.sums.iter().map(|sum| sum.minutes).sum();
            assert_eq!((services, minutes), (record.confirmed, record.minutes));
            let waiting = mine.services.iter();
            let waiting = waiting
                .filter(|one| one.state == ServiceState::Reported)
                .count();
            assert_eq!(waiting, record.waiting.len());
            self.checks(record, true).await;
        }
        self.town.verify();
        self.morning_comes().await;
    }

    /// What was to be told at night waits for the morning.
    async fn morning_comes(&self) {
        for _ in 0..12 {
            let standing = self.town.app.store.read(jobs::standing).await;
            if standing.expect("the queue can be counted").waiting == 0 {
                return;
            }
            self.town.passes(SignedDuration::from_hours(3)).await;
        }
    }
}
