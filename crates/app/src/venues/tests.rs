//! Rooms are given by their rules, and never twice.

use huiyin_domain::access::Actor;
use huiyin_domain::calendar::Week;
use huiyin_domain::id::{BookingId, RoomId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::venue::{
    About, Approval, BookingState, Category, Holidays, Pattern, Repeat, Rules,
};
use jiff::{SignedDuration, Timestamp};

use super::book::{self, For, WhenTaken, book};
use super::cancel::{Which, cancel};
use super::decide::{Decision, decide};
use super::put::{self, Doors};
use super::{look, put_room};
use crate::testing::{Bench, benches};
use crate::{Error, activities, jobs};

pub(crate) const VENUE: VenueId = VenueId::from_raw(1);
pub(crate) const ROOM: RoomId = RoomId::from_raw(1);

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn key(error: &Error) -> String {
    let refusal = error.refusal().unwrap_or_else(|| panic!("{error:?}"));
    match refusal.faults() {
        [] => refusal.key(),
        faults => faults[0].key.to_owned(),
    }
}

/// A hall that is open every day from nine to nine, with one room.
pub(crate) async fn open_hall(bench: &Bench, keeper: &Actor, rules: Rules) {
    let week: Week =
        serde_json::from_str(r#"["9-21","9-21","9-21","9-21","9-21","9-21","9-21"]"#).unwrap();
    let request = put::Request {
        id: VENUE,
        place: "652901001001".parse().unwrap(),
        category: Category::Hall,
        names: Names::both("礼堂", "Hall"),
        about: About {
            address: "1, Sun lane".to_owned(),
            text: String::new(),
            contact: String::new(),
            access: Vec::new(),
            week,
            holidays: Holidays::Open,
        },
        doors: Doors::Open,
    };
    put::put(&bench.app, keeper, request).await.unwrap();
    let room = put_room::Request {
        id: ROOM,
        venue: VENUE,
        names: Names::both("大厅", "Great room"),
        seats: 40,
        about: String::new(),
        rules,
        doors: Doors::Open,
    };
    put_room::put(&bench.app, keeper, room).await.unwrap();
}

/// Somebody who holds no post.
pub(crate) async fn neighbour(bench: &Bench, number: i64) -> Actor {
    let contact = format!("neighbour{number}@example.org");
    let actor = bench.employ(number, Role::Community, &contact).await;
    actor.privately()
}

fn ask(id: i64, from: &str, to: &str) -> book::Request {
    book::Request {
        id: BookingId::from_raw(id),
        room: ROOM,
        starts_at: at(from),
        ends_at: at(to),
        heads: 10,
        purpose: "choir".to_owned(),
        whom: For::Myself,
        repeat: None,
        when_taken: WhenTaken::Refuse,
    }
}

#[tokio::test]
async fn fifty_who_ask_for_one_hour_at_once_are_given_it_once() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        open_hall(&bench, &keeper, Rules::default()).await;
        let mut people = Vec::new();
        for number in 100..150 {
            people.push(neighbour(&bench, number).await);
        }
        let asking = people.iter().zip(1_000..).map(|(person, id)| {
            // They overlap, and no two ask for quite the same.
            let minute = if id % 2 == 0 { "00" } else { "30" };
            let from = format!("2026-03-03T10:{minute}:00+08:00");
            let request = ask(id, &from, "2026-03-03T11:00:00+08:00");
            let (app, person) = (bench.app.clone(), person.clone());
            tokio::spawn(async move { book(&app, &person, request).await })
        });
        let asking: Vec<_> = asking.collect();
        let mut given = 0;
        for answer in asking {
            match answer.await.unwrap() {
                Ok(_) => given += 1,
                Err(error) => assert_eq!(key(&error), "refused-room-taken"),
            }
        }
        assert_eq!(given, 1);
        let held = look::booked(&bench.app, &keeper, VENUE).await.unwrap();
        assert_eq!(held.expect("the unit may look").len(), 1);
        let day = look::room(&bench.app, ROOM, Some("2026-03-03".parse().unwrap()));
        assert_eq!(day.await.unwrap().taken.len(), 1);
    }
}

#[tokio::test]
async fn what_comes_back_is_booked_whole_or_without_what_is_taken() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        open_hall(&bench, &keeper, Rules::default()).await;
        let (ana, ben) = (neighbour(&bench, 2).await, neighbour(&bench, 3).await);
        let app = &bench.app;
        let once = ask(10, "2026-03-10T10:00:00+08:00", "2026-03-10T11:00:00+08:00");
        book(app, &ana, once.clone()).await.unwrap();
        let again = book(app, &ana, once).await.unwrap();
        assert_eq!(again.bookings.len(), 1, "sent twice, it is one");

        let weekly = book::Request {
            repeat: Repeat::new(Pattern::Weekly, 4),
            ..ask(20, "2026-03-03T10:00:00+08:00", "2026-03-03T11:00:00+08:00")
        };
        let refused = book(app, &ben, weekly.clone()).await.unwrap_err();
        assert_eq!(key(&refused), "refused-room-taken");
        let others = book::Request {
            when_taken: WhenTaken::LeaveOut,
            ..weekly
        };
        let booked = book(app, &ben, others).await.unwrap();
        assert_eq!(booked.bookings.len(), 3);
        assert_eq!(booked.left_out, [at("2026-03-10T10:00:00+08:00")]);
        let rule = booked.bookings[0].repeats.as_deref();
        assert_eq!(rule, Some("FREQ=WEEKLY;COUNT=4"));
        let first = BookingId::from_raw(20);
        let of_another = cancel(app, &ana, first, Which::ThisOne).await;
        assert_eq!(key(&of_another.unwrap_err()), "refused-no-booking");
        let given_back = cancel(app, &ben, first, Which::ThisOne).await;
        assert_eq!(given_back.unwrap(), 1);
        let rest = cancel(app, &ben, first, Which::TheSeries).await;
        assert_eq!(rest.unwrap(), 2);
        let nothing = cancel(app, &ben, first, Which::TheSeries).await;
        assert_eq!(key(&nothing.unwrap_err()), "refused-booking-over");
        let free = ask(30, "2026-03-03T10:00:00+08:00", "2026-03-03T11:00:00+08:00");
        book(app, &ana, free).await.unwrap();
    }
}

#[tokio::test]
async fn what_waits_is_decided_or_lapses_and_the_person_is_told_once() {
    for bench in benches() {
        let keeper = bench.employ(1, Role::Community, "k@example.org").await;
        let rules = Rules {
            approval: Approval::Asked,
            ..Rules::default()
        };
        open_hall(&bench, &keeper, rules).await;
        let (ana, app) = (neighbour(&bench, 2).await, &bench.app);
        let request = |id, hour: &str| {
            let from = format!("2026-03-06T{hour}:00:00+08:00");
            let to = format!("2026-03-06T{hour}:45:00+08:00");
            ask(id, &from, &to)
        };
        for (id, hour) in [(10, "10"), (11, "11"), (12, "12")] {
            let reply = book(app, &ana, request(id, hour)).await.unwrap();
            assert_eq!(reply.bookings[0].state, BookingState::Asked);
        }
        let full = book(app, &ana, request(13, "13")).await.unwrap_err();
        assert_eq!(key(&full), "refused-room-enough");
        let own = decide(app, &ana, BookingId::from_raw(10), Decision::Given).await;
        assert_eq!(key(&own.unwrap_err()), "refused-no-booking");
        for (id, decision) in [(10, Decision::Given), (11, Decision::Declined)] {
            let id = BookingId::from_raw(id);
            decide(app, &keeper, id, decision).await.unwrap();
            let twice = decide(app, &keeper, id, decision).await;
            assert_eq!(key(&twice.unwrap_err()), "refused-booking-decided");
        }
        bench.clock.advance(SignedDuration::from_hours(49));
        jobs::sweep(app).await.unwrap();
        jobs::sweep(app).await.unwrap();
        jobs::run_due(app).await.unwrap();
        let mut told: Vec<String> = bench
            .outbox()
            .await
            .into_iter()
            .map(|l| l.subject)
            .collect();
        told.sort();
        let expected = [
            "It is yours: Great room",
            "Nobody answered in time: Great room",
            "Not this time: Great room",
        ];
        assert_eq!(told, expected);
        let plans = activities::mine::plans(app, &ana).await.unwrap();
        let states: Vec<BookingState> = plans.bookings.iter().map(|b| b.booking.state).collect();
        let expected = [
            BookingState::Held,
            BookingState::Declined,
            BookingState::Lapsed,
        ];
        assert_eq!(states, expected);
    }
}
