//! Rooms and activities: what is taken, who sits, who waits.

use huiyin_app::activities::make::{self, Where};
use huiyin_app::activities::sign_up::{Given, sign_up};
use huiyin_app::activities::{confirm as confirm_seat, leave as leave_activity};
use huiyin_app::venues::book::{self, For, WhenTaken};
use huiyin_app::venues::cancel::{self, Which};
use huiyin_domain::activity::{About as Told, Handover, SignUpState};
use huiyin_domain::id::{ActivityId, BookingId};
use huiyin_store::sign_ups;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rand::Rng;
use rand::seq::IndexedRandom;

use super::{Held, SEATS, World, done};

impl World<'_> {
    pub(super) fn hours(&mut self) -> (Timestamp, Timestamp) {
        let app = &self.town.app;
        let day = app.config.day(app.now());
        let day = day.saturating_add(self.rng.random_range(1..4_i64).days());
        let hour = self.rng.random_range(9..18_i8);
        let there = day.at(hour, 0, 0, 0).to_zoned(app.config.time_zone.clone());
        let starts_at = there.expect("a day that is near").timestamp();
        let length = SignedDuration::from_mins(self.rng.random_range(1..5) * 30);
        (starts_at, starts_at + length)
    }

    pub(super) fn booking(
        &mut self,
        (starts_at, ends_at): (Timestamp, Timestamp),
    ) -> book::Request {
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
    pub(super) fn keeps(
        &mut self,
        booker: usize,
        request: &book::Request,
        reply: Option<book::Reply>,
    ) {
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

    pub(super) async fn books(&mut self) {
        let (booker, hours) = (self.somebody(), self.hours());
        let request = self.booking(hours);
        let reply = book::book(&self.town.app, &self.people[booker], request.clone()).await;
        self.keeps(booker, &request, done(reply));
    }

    pub(super) async fn two_book_at_once(&mut self) {
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

    pub(super) async fn gives_back(&mut self) {
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

    pub(super) async fn calls_together(&mut self) {
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

    pub(super) async fn signs_up(&mut self) {
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

    pub(super) async fn leaves_activity(&mut self) {
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
    pub(super) async fn audit_seats(&self) {
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
}
