//! Seats are given once each, those who wait move in order, and everybody is told once.

use huiyin_domain::access::Actor;
use huiyin_domain::activity::{About, Handover, Question, SignUpState};
use huiyin_domain::id::{ActivityId, PersonId};
use huiyin_domain::person::Role;
use huiyin_domain::venue::Rules;
use jiff::SignedDuration;

use super::make::{self, Change, Request, Where, make};
use super::sign_up::{Given, sign_up};
use super::{cancel, check_in, confirm, leave, look, mine, report, tick};
use crate::testing::{Bench, benches};
use crate::venues::tests::{ROOM, at, key, neighbour, open_hall};
use crate::{feeds, jobs};

const ID: ActivityId = ActivityId::from_raw(7);

fn request(capacity: i64, handover: Handover) -> Request {
    Request {
        id: ID,
        place: Where::Room(ROOM),
        title: "Dumplings".to_owned(),
        about: About {
            text: "Bring an apron.".to_owned(),
            address: String::new(),
            questions: Vec::new(),
            handover,
            team_max: 1,
        },
        starts_at: at("2026-03-06T14:00:00+08:00"),
        ends_at: at("2026-03-06T16:00:00+08:00"),
        sign_up_until: at("2026-03-06T12:00:00+08:00"),
        capacity,
        repeat: None,
        association: None,
    }
}

async fn keeper(bench: &Bench) -> Actor {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    open_hall(bench, &keeper, Rules::default()).await;
    keeper
}

async fn people(bench: &Bench, count: i64) -> Vec<Actor> {
    let mut people = Vec::new();
    for number in 100..100 + count {
        people.push(neighbour(bench, number).await);
    }
    people
}

#[tokio::test]
async fn of_many_at_once_exactly_as_many_sit_as_there_are_seats_and_the_rest_stand_in_order() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        make(app, &keeper, request(10, Handover::AtOnce))
            .await
            .unwrap();
        let people = people(&bench, 60).await;
        let coming = people.iter().map(|person| {
            let (app, person) = (app.clone(), person.clone());
            tokio::spawn(async move { sign_up(&app, &person, ID, Given::default()).await })
        });
        let coming: Vec<_> = coming.collect();
        let (mut seats, mut before) = (Vec::new(), Vec::new());
        for reply in coming {
            let reply = reply.await.unwrap().unwrap();
            match reply.state {
                SignUpState::Seated => seats.extend(reply.seat),
                _ => before.push(reply.before),
            }
        }
        seats.sort_unstable();
        before.sort_unstable();
        assert_eq!(seats, (1..=10).collect::<Vec<i64>>());
        assert_eq!(before, (0..50).collect::<Vec<i64>>());
        let running = look::run(app, &keeper, ID).await.unwrap();
        let guests = running.guests.expect("the unit may look");
        let seated = guests.iter().take(10);
        assert!(
            seated
                .clone()
                .all(|one| one.sign_up.state == SignUpState::Seated)
        );
        assert_eq!(running.page.line.counts.waiting, 50);
        // Half of those who sit leave at once: those who came first move up, each told once.
        let leaving = seated.take(5).map(|one| {
            let (app, person) = (app.clone(), one.sign_up.person);
            let actor = people.iter().find(|actor| actor.person() == Some(person));
            let actor = actor.cloned().expect("one of them");
            tokio::spawn(async move { leave::leave(&app, &actor, ID).await })
        });
        for left in leaving.collect::<Vec<_>>() {
            left.await.unwrap().unwrap();
        }
        let running = look::run(app, &keeper, ID).await.unwrap();
        let guests = running.guests.expect("the unit may look");
        let numbers: Vec<i64> = guests
            .iter()
            .filter(|one| one.sign_up.state == SignUpState::Seated)
            .map(|one| one.sign_up.number)
            .collect();
        assert_eq!(numbers, (6..=15).collect::<Vec<i64>>());
        jobs::run_due(app).await.unwrap();
        assert_eq!(bench.outbox().await.len(), 5);
    }
}

#[tokio::test]
async fn an_offered_seat_is_confirmed_or_goes_to_the_next() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        make(app, &keeper, request(1, Handover::Offered))
            .await
            .unwrap();
        let people = people(&bench, 3).await;
        for person in &people {
            sign_up(app, person, ID, Given::default()).await.unwrap();
        }
        let too_early = confirm::confirm(app, &people[1], ID).await;
        assert_eq!(key(&too_early.unwrap_err()), "refused-offer-over");
        leave::leave(app, &people[0], ID).await.unwrap();
        let state = async |person: &Actor| {
            let page = look::show(app, person, ID).await.unwrap();
            page.own.expect("they signed up").state
        };
        assert_eq!(state(&people[1]).await, SignUpState::Offered);
        assert_eq!(state(&people[2]).await, SignUpState::Waiting);
        bench.clock.advance(SignedDuration::from_hours(25));
        jobs::sweep(app).await.unwrap();
        assert_eq!(state(&people[1]).await, SignUpState::Left);
        assert_eq!(state(&people[2]).await, SignUpState::Offered);
        confirm::confirm(app, &people[2], ID).await.unwrap();
        assert_eq!(state(&people[2]).await, SignUpState::Seated);
        // Whoever let it pass may come again, behind everybody.
        let again = sign_up(app, &people[1], ID, Given::default()).await;
        assert_eq!(again.unwrap().state, SignUpState::Waiting);
        let change = |capacity| Change {
            id: ID,
            title: "Dumplings".to_owned(),
            text: String::new(),
            sign_up_until: at("2026-03-06T12:00:00+08:00"),
            capacity,
        };
        make::change(app, &keeper, change(2)).await.unwrap();
        assert_eq!(state(&people[1]).await, SignUpState::Offered);
        let fewer = make::change(app, &keeper, change(1)).await;
        assert_eq!(key(&fewer.unwrap_err()), "fault-seats-taken");
    }
}

#[tokio::test]
async fn the_door_the_list_and_the_report() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        make(app, &keeper, request(5, Handover::AtOnce))
            .await
            .unwrap();
        let people = people(&bench, 2).await;
        for person in &people {
            sign_up(app, person, ID, Given::default()).await.unwrap();
        }
        let come = |code: &str| check_in::check_in(app, &people[0], ID, code.to_owned());
        let (_, code) = look::door(app, &keeper, ID).await.unwrap();
        let early = come(&code.short).await;
        assert_eq!(key(&early.unwrap_err()), "refused-door-shut");
        bench.clock.set(at("2026-03-06T13:50:00+08:00"));
        let (_, code) = look::door(app, &keeper, ID).await.unwrap();
        let wrong = come("000000x").await;
        assert_eq!(key(&wrong.unwrap_err()), "fault-door-code");
        bench.clock.advance(SignedDuration::from_secs(30));
        come(&code.long).await.unwrap();
        bench.clock.advance(SignedDuration::from_secs(60));
        let old = check_in::check_in(app, &people[1], ID, code.short).await;
        assert_eq!(key(&old.unwrap_err()), "fault-door-code");
        let left = leave::leave(app, &people[0], ID).await;
        assert_eq!(key(&left.unwrap_err()), "refused-activity-came");
        let there = [PersonId::from_raw(100), PersonId::from_raw(101)];
        let ticked = tick::tick(app, &keeper, ID, there.into_iter().collect()).await;
        ticked.unwrap();
        assert_eq!(
            look::run(app, &keeper, ID)
                .await
                .unwrap()
                .page
                .line
                .counts
                .came,
            2
        );
        let early = report::report(app, &keeper, ID, "Good.".to_owned()).await;
        assert_eq!(key(&early.unwrap_err()), "refused-report-early");
        bench.clock.advance(SignedDuration::from_hours(3));
        let told = report::report(app, &keeper, ID, "Good.".to_owned()).await;
        told.unwrap();
        let stranger = look::run(app, &people[0], ID).await;
        assert_eq!(key(&stranger.unwrap_err()), "refused-not-permitted");
    }
}

#[tokio::test]
async fn whoever_comes_is_reminded_once_and_told_when_it_is_off() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        let asks = About {
            questions: vec![Question::read("Vegetarian? | yes-no").unwrap()],
            ..request(1, Handover::AtOnce).about
        };
        let asking = Request {
            about: asks,
            ..request(1, Handover::AtOnce)
        };
        make(app, &keeper, asking).await.unwrap();
        let people = people(&bench, 2).await;
        let silent = sign_up(app, &people[0], ID, Given::default()).await;
        assert_eq!(key(&silent.unwrap_err()), "fault-required");
        let yes = || Given {
            answers: vec!["yes".to_owned()],
            ..Given::default()
        };
        for person in &people {
            sign_up(app, person, ID, yes()).await.unwrap();
        }
        bench.clock.set(at("2026-03-06T10:00:00+08:00"));
        for _ in 0..2 {
            jobs::sweep(app).await.unwrap();
            jobs::run_due(app).await.unwrap();
        }
        let subjects = async || {
            let letters = bench.outbox().await.into_iter();
            let mut subjects: Vec<_> = letters.map(|l| (l.recipient, l.subject)).collect();
            subjects.sort();
            subjects
        };
        let ana = "neighbour100@example.org".to_owned();
        let soon = (ana, "Soon: Dumplings".to_owned());
        assert_eq!(subjects().await, [soon]);
        for _ in 0..2 {
            cancel::cancel(app, &keeper, ID).await.unwrap();
            jobs::run_due(app).await.unwrap();
        }
        assert_eq!(subjects().await.len(), 3, "both are told, once");
        let late = sign_up(app, &people[0], ID, yes()).await;
        assert_eq!(late.unwrap().state, SignUpState::Seated, "they were in it");
        let room = crate::venues::look::room(app, ROOM, Some("2026-03-06".parse().unwrap()));
        assert!(
            room.await.unwrap().taken.is_empty(),
            "the room is free again"
        );
    }
}

#[tokio::test]
async fn calendars_can_be_read_by_others_and_a_secret_link_can_be_taken_back() {
    use icalendar::parser::{read_calendar, unfold};
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        make(app, &keeper, request(1, Handover::AtOnce))
            .await
            .unwrap();
        let people = people(&bench, 2).await;
        for person in &people {
            sign_up(app, person, ID, Given::default()).await.unwrap();
        }
        let lang = huiyin_domain::words::Lang::EN;
        let read = async |file: String| {
            let whose = feeds::Whose::of_file(&file).expect("a name of a file");
            feeds::feed(app, whose, lang).await
        };
        let told = |text: &str, property: &str| {
            let unfolded = unfold(text);
            let calendar = read_calendar(&unfolded).expect("another program reads it");
            let event = calendar.components.into_iter().next().expect("one event");
            assert_eq!(event.name, "VEVENT");
            event.find_prop(property).map(|found| found.val.to_string())
        };
        let place = read("place-652901.ics".to_owned()).await.unwrap();
        let uid = told(&place, "UID").expect("an id");
        assert_eq!(told(&place, "SUMMARY").as_deref(), Some("Dumplings"));
        assert_eq!(told(&place, "DTSTART").as_deref(), Some("20260306T060000Z"));
        assert_eq!(told(&place, "STATUS").as_deref(), Some("CONFIRMED"));
        let link = mine::make_link(app, &people[1]).await.unwrap();
        let own = format!("own-{}.ics", link.reveal());
        let waiting = read(own.clone()).await.unwrap();
        assert_eq!(told(&waiting, "STATUS").as_deref(), Some("TENTATIVE"));
        cancel::cancel(app, &keeper, ID).await.unwrap();
        let off = read(own.clone()).await.unwrap();
        assert_eq!(told(&off, "STATUS").as_deref(), Some("CANCELLED"));
        assert_eq!(told(&off, "UID"), Some(uid), "it stays the same event");
        mine::make_link(app, &people[1]).await.unwrap();
        let gone = read(own).await;
        assert_eq!(key(&gone.unwrap_err()), "refused-no-code");
        jobs::run_due(app).await.unwrap();
    }
}
