//! The people of the town help and meet at random: they register, claim, forget, report, sign
//! up, leave, book what is booked already and cancel. A small model of our own knows which hours
//! are taken, who stands where and how much each has done; at the end `verify` looks at it all.
//! `HUIYIN_SEEDS=200` plays more of them.

use std::collections::BTreeMap;

use huiyin_app::Error;
use huiyin_app::activities::make::{self, Where};
use huiyin_app::activities::sign_up::{Given, sign_up};
use huiyin_app::activities::{confirm as confirm_seat, leave as leave_activity};
use huiyin_app::cases::read::read as read_case;
use huiyin_app::proposals::{accept as accept_proposal, decline as decline_proposal, own};
use huiyin_app::venues::book::{self, For, WhenTaken};
use huiyin_app::venues::cancel::{self, Which};
use huiyin_app::venues::put::{self, Doors};
use huiyin_app::venues::put_room;
use huiyin_app::volunteers::{accept, certify, check, confirm, leave, mine, register, report};
use huiyin_domain::access::Actor;
use huiyin_domain::activity::{About as Told, Handover, SignUpState};
use huiyin_domain::calendar::Week;
use huiyin_domain::case::Value;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::{
    ActivityId, BookingId, CertificateId, RoomId, ServiceId, VenueId, VolunteerId,
};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{About, Approval, Category, Holidays, Rules};
use huiyin_domain::volunteer::{
    CertificateState, FreeWeek, Offer, Reach, ServiceState, Speaks, Whom,
};
use huiyin_store::{jobs, sign_ups};
use huiyin_testkit::actors::{Brought, Staff, TestTown};
use jiff::{SignedDuration, Timestamp, ToSpan};
use rand::seq::IndexedRandom;
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
    let asked = std::env::var("HUIYIN_SEEDS").ok();
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

    fn hours(&mut self) -> (Timestamp, Timestamp) {
        let app = &self.town.app;
        let day = app.config.day(app.now());
        let day = day.saturating_add(self.rng.random_range(1..4_i64).days());
        let hour = self.rng.random_range(9..18_i8);
        let there = day.at(hour, 0, 0, 0).to_zoned(app.config.time_zone.clone());
        let starts_at = there.expect("a day that is near").timestamp();
        let length = SignedDuration::from_mins(self.rng.random_range(1..5) * 30);
        (starts_at, starts_at + length)
    }

    fn booking(&mut self, (starts_at, ends_at): (Timestamp, Timestamp)) -> book::Request {
        book::Request {
            id: BookingId::from_raw(self.town.app.mint()),
            room: self.room,
            starts_at,
            ends_at,
            heads: 8,
            purpose: "排练".to_owned(),
            whom: For::Myself,
            repeat: None,
            when_taken: WhenTaken::Refuse,
        }
    }

    /// What is booked must have been free, as the model knows it.
    fn keeps(&mut self, booker: usize, request: &book::Request, reply: Option<book::Reply>) {
        let (starts_at, ends_at) = (request.starts_at, request.ends_at);
        let taken = self.held.iter();
        let taken = taken.filter(|held| held.starts_at < ends_at && starts_at < held.ends_at);
        let taken = taken.count();
        match reply {
            Some(_) => {
                assert_eq!(taken, 0, "{request:?} overlaps {:?}", self.held);
                self.held.push(Held {
                    id: request.id,
                    booker,
                    starts_at,
                    ends_at,
                });
                self.count("booked");
            }
            None if taken > 0 => self.count("taken"),
            None => self.count("not given"),
        }
    }

    async fn books(&mut self) {
        let (booker, hours) = (self.somebody(), self.hours());
        let request = self.booking(hours);
        let reply = book::book(&self.town.app, &self.people[booker], request.clone()).await;
        self.keeps(booker, &request, done(reply));
    }

    async fn two_book_at_once(&mut self) {
        let (one, other, hours) = (self.somebody(), self.somebody(), self.hours());
        let (first, second) = (self.booking(hours), self.booking(hours));
        let app = &self.town.app;
        let (replied, replied_too) = tokio::join!(
            book::book(app, &self.people[one], first.clone()),
            book::book(app, &self.people[other], second.clone()),
        );
        let (reply, reply_too) = (done(replied), done(replied_too));
        assert!(
            reply.is_none() || reply_too.is_none(),
            "one room was given twice"
        );
        self.keeps(one, &first, reply);
        self.keeps(other, &second, reply_too);
    }

    async fn gives_back(&mut self) {
        let now = self.town.app.now();
        let ahead: Vec<Held> = self
            .held
            .iter()
            .copied()
            .filter(|held| held.starts_at > now)
            .collect();
        let Some(held) = ahead.choose(&mut self.rng) else {
            return;
        };
        let stranger = self.somebody();
        let app = &self.town.app;
        if stranger != held.booker {
            let reply = cancel::cancel(app, &self.people[stranger], held.id, Which::ThisOne).await;
            assert!(
                done(reply).is_none(),
                "somebody gave back what is not theirs"
            );
        }
        let own = cancel::cancel(app, &self.people[held.booker], held.id, Which::ThisOne).await;
        own.expect("what lies ahead can be given back");
        let id = held.id;
        self.held.retain(|held| held.id != id);
        self.count("given back");
    }

    async fn calls_together(&mut self) {
        let app = &self.town.app;
        let id = ActivityId::from_raw(app.mint());
        let starts_at = app.now() + SignedDuration::from_hours(self.rng.random_range(30..200));
        let handover = match self.rng.random_bool(0.5) {
            true => Handover::AtOnce,
            false => Handover::Offered,
        };
        let request = make::Request {
            id,
            place: Where::Outside(self.place.clone()),
            title: "包饺子".to_owned(),
            about: Told {
                text: "带上围裙。".to_owned(),
                address: "河沿路".to_owned(),
                questions: Vec::new(),
                handover,
                team_max: 1,
            },
            association: None,
            starts_at,
            ends_at: starts_at + SignedDuration::from_hours(2),
            sign_up_until: starts_at - SignedDuration::from_hours(2),
            capacity: SEATS,
            repeat: None,
        };
        make::make(app, &self.keeper, request)
            .await
            .expect("it may");
        self.activities.push(id);
    }

    async fn signs_up(&mut self) {
        let Some(&id) = self.activities.choose(&mut self.rng) else {
            return;
        };
        let one = self.somebody();
        let reply = sign_up(&self.town.app, &self.people[one], id, Given::default()).await;
        match done(reply).map(|reply| reply.state) {
            Some(SignUpState::Seated) => self.count("seated"),
            Some(SignUpState::Waiting) => self.count("waiting"),
            _ => {}
        }
    }

    async fn leaves_activity(&mut self) {
        let Some(&id) = self.activities.choose(&mut self.rng) else {
            return;
        };
        let one = self.somebody();
        let (app, actor) = (&self.town.app, &self.people[one]);
        match self.rng.random_bool(0.4) {
            true => {
                if done(confirm_seat::confirm(app, actor, id).await).is_some() {
                    self.count("kept");
                }
            }
            false => {
                if done(leave_activity::leave(app, actor, id).await).is_some() {
                    self.count("left");
                }
            }
        }
    }

    /// Each seat is given once, nobody waits beside a free seat, and nobody overtakes.
    async fn audit_seats(&self) {
        let now = self.town.app.now();
        for &id in &self.activities {
            let read = move |tx: &mut huiyin_store::Tx<'_>| {
                let activity = huiyin_store::activities::read(tx, id)?;
                let list = sign_ups::of_activity(tx, id)?;
                Ok::<_, huiyin_store::DbError>((activity, list))
            };
            let (activity, list) = self
                .town
                .app
                .store
                .read(read)
                .await
                .expect("it can be read");
            let activity = activity.expect("it was made");
            let mut seats: Vec<i64> = list.iter().filter_map(|one| one.seat).collect();
            let given = seats.len();
            seats.sort_unstable();
            seats.dedup();
            assert_eq!(seats.len(), given, "a seat was given twice");
            assert!(seats.iter().all(|seat| (1..=SEATS).contains(seat)));
            let waits = list.iter().filter(|one| one.state == SignUpState::Waiting);
            let first = waits.map(|one| one.number).min();
            let Some(first) = first.filter(|_| activity.sign_up_until > now) else {
                continue;
            };
            assert_eq!(
                i64::try_from(given),
                Ok(SEATS),
                "somebody waits beside a free seat"
            );
            let sits = list.iter().filter(|one| one.state.sits());
            assert!(
                sits.map(|one| one.number).all(|number| number < first),
                "somebody overtook"
            );
        }
    }

    async fn registers(&mut self) {
        let one = self.somebody();
        let app = &self.town.app;
        let offer = Offer {
            name: format!("帮忙的{one}"),
            place: self.place.clone(),
            unit: None,
            skills: Vec::new(),
            free: FreeWeek::default(),
            days: Vec::new(),
            reach: Reach::Community,
            speaks: vec![Speaks::Zh],
            avoids: Vec::new(),
            avoid_note: String::new(),
        };
        let id = VolunteerId::from_raw(app.mint());
        let reply = register::register(app, &self.people[one], id, offer).await;
        if done(reply).is_none() {
            return;
        }
        let mine = self.mine(one).await.expect("who registers is known");
        let own = accept::accept(app, &self.people[one], mine.volunteer.id).await;
        assert!(done(own).is_none(), "nobody accepts themselves");
        let accepted = accept::accept(app, &self.keeper, mine.volunteer.id).await;
        if done(accepted).is_some() {
            self.count("welcomed");
        }
        self.records.entry(one).or_default();
        self.count("registered");
    }

    async fn mine(&self, one: usize) -> Option<mine::Mine> {
        let read = mine::read(&self.town.app, &self.people[one], None).await;
        read.expect("one may read one's own")
    }

    fn some_helper(&mut self) -> Option<usize> {
        let helpers: Vec<usize> = self.records.keys().copied().collect();
        helpers.choose(&mut self.rng).copied()
    }

    async fn reports(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        let minutes = 30 * self.rng.random_range(1..5_u32);
        let request = report::Request {
            id: ServiceId::from_raw(app.mint()),
            day: app.config.day(app.now()),
            what: "帮邻居买菜".to_owned(),
            whom: Whom::Elders,
            minutes,
        };
        let id = request.id;
        // Sent twice, as a phone without a signal does.
        for _ in 0..2 {
            if done(report::report(app, &self.people[one], request.clone()).await).is_none() {
                return;
            }
        }
        let record = self.records.get_mut(&one).expect("they are known");
        record.waiting.push((id, minutes));
    }

    async fn decides(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let record = self.records.get_mut(&one).expect("they are known");
        let Some((id, minutes)) = record.waiting.pop() else {
            return;
        };
        let app = &self.town.app;
        let by_self = confirm::confirm(app, &self.people[one], id).await;
        assert!(done(by_self).is_none(), "nobody confirms their own");
        if self.rng.random_bool(0.2) {
            let reply = confirm::refuse(app, &self.keeper, id, "那天不是您").await;
            reply.expect("what waits can be refused");
            self.count("refused");
            return;
        }
        for time in 0..2 {
            let reply = confirm::confirm(app, &self.keeper, id).await;
            assert_eq!(done(reply).is_some(), time == 0, "it counts once");
        }
        record.confirmed += 1;
        record.minutes += i64::from(minutes);
        self.count("confirmed");
    }

    /// One button, and what they wrote is gone, and their certificates count no more.
    async fn goes(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        leave::leave(app, &self.people[one])
            .await
            .expect("one may go");
        assert!(self.mine(one).await.is_none(), "nothing of theirs is left");
        let record = self.records.remove(&one).expect("they are known");
        self.checks(&record, false).await;
        let asked = own::list(app, &self.people[one])
            .await
            .expect("it is theirs");
        assert!(asked.lines.is_empty(), "whoever has gone is asked nothing");
        self.count("gone");
    }

    async fn certifies(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        let id = CertificateId::from_raw(app.mint());
        let made = done(certify::certify(app, &self.people[one], id).await);
        let record = self.records.get_mut(&one).expect("they are known");
        if made.is_none() {
            return;
        }
        assert!(record.confirmed > 0, "a certificate of nothing");
        let read = certify::read(app, &self.people[one], id).await;
        let certificate = read.expect("it is theirs");
        let CertificateState::Valid(content) = &certificate.state else {
            panic!("it was just made");
        };
        assert_eq!(i64::from(content.services), record.confirmed);
        assert_eq!(i64::from(content.minutes), record.minutes);
        record.code = certificate.code.parse().ok();
        let record = &self.records[&one];
        self.checks(record, true).await;
        self.count("certified");
    }

    /// Anybody who has the code of a certificate learns whether it counts.
    async fn checks(&self, record: &Record, counts: bool) {
        let Some(code) = &record.code else {
            return;
        };
        let found = check::check(&self.town.app, code).await;
        let found = found.expect("anybody may check").expect("it was made");
        let is_valid = matches!(found.state, CertificateState::Valid(_));
        assert_eq!(is_valid, counts);
    }

    async fn wishes(&mut self) {
        let name = format!("wisher{}", self.wishes.len());
        let values = [
            ("description", Value::Text("想要一副老花镜。".to_owned())),
            ("place", Value::Place(self.place.clone())),
            ("contact", Value::Text(format!("{name}@example.org"))),
        ];
        let brought = self.town.resident(&name).opens("wish", &values).await;
        let wish = brought.expect("anybody may wish");
        let values = [
            ("thing", Value::Choice("health".to_owned())),
            ("public_text", Value::Text("想要一副老花镜。".to_owned())),
            ("consent", Value::YesNo(true)),
        ];
        let keeper = Staff::of(self.town, self.keeper.clone());
        let published = keeper.takes(&wish, "publish", &values).await;
        published.expect("the community may");
        self.wishes.push(wish);
    }

    /// Somebody answers what they are asked: yes, or no; or takes a wish without being asked.
    async fn answers(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let (app, actor) = (&self.town.app, &self.people[one]);
        let asked = own::list(app, actor).await.expect("it is theirs");
        let Some(line) = asked.lines.first() else {
            return self.claims(one).await;
        };
        if self.rng.random_bool(0.5) {
            let said = decline_proposal::decline(app, actor, line.id, None).await;
            said.expect("no is always allowed");
            self.count("declined");
            return;
        }
        for _ in 0..2 {
            let said = accept_proposal::accept(app, actor, line.id).await;
            let Some(case) = done(said) else {
                return;
            };
            assert_eq!(case, line.case, "yes twice is yes once");
        }
        self.count("accepted");
    }

    async fn claims(&mut self, one: usize) {
        let Some(wish) = self.wishes.choose(&mut self.rng).cloned() else {
            return;
        };
        let helper = Staff::of(self.town, self.people[one].clone());
        if done(helper.takes(&wish, "claim", &[]).await).is_some() {
            self.count("claimed");
        }
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
