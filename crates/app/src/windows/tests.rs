//! No time is given twice, whoever booked is told what happens to it, and nobody is a name where
//! a number will do.

use huiyin_domain::access::Actor;
use huiyin_domain::calendar::{SpecialDay, What, Whose};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::procedure::builtin_procedures;
use huiyin_domain::window::{AppointmentState, Setup, Tap};
use huiyin_domain::words::Lang;
use jiff::SignedDuration;

use super::book::{self, Wanted, book};
use super::cancel::cancel;
use super::change::{self, change};
use super::close_day;
use super::put::{self, put};
use super::today::{Reach, Today, today};
use super::{contact, days_off, list, own, settle, tap, times, walk_in};
use crate::calendars::put_day;
use crate::procedures::import;
use crate::testing::{Bench, UNIT, actor, benches};
use crate::venues::put::Doors;
use crate::venues::tests::{at, key};
use crate::{Error, jobs, looks, verify};

pub(super) const WINDOW: WindowId = WindowId::from_raw(1);
/// Tuesday at ten, a day after the clock of the bench.
pub(super) const TEN: &str = "2026-03-03T10:00:00+08:00";
const LATER: &str = "2026-03-03T10:20:00+08:00";

pub(super) fn request(id: WindowId, change: impl FnOnce(&mut Setup)) -> put::Request {
    let mut setup = Setup {
        location: "Ground floor, 3".to_owned(),
        ..Setup::usual()
    };
    change(&mut setup);
    put::Request {
        id,
        place: "652901001001".parse().unwrap(),
        names: Names::both("综合窗口", "General window"),
        setup,
        doors: Doors::Open,
    }
}

/// Somebody who keeps a window and serves at it, with the guide filled.
pub(super) async fn keeper(bench: &Bench) -> Actor {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    import::import(&bench.app, &Actor::system(), builtin_procedures())
        .await
        .unwrap();
    put(&bench.app, &keeper, request(WINDOW, |_| {}))
        .await
        .unwrap();
    keeper
}

fn wanted(starts_at: &str) -> Wanted {
    Wanted {
        window: WINDOW,
        procedure: "senior-card".to_owned(),
        starts_at: at(starts_at),
    }
}

fn moving(window: WindowId, starts_at: &str) -> change::Request {
    change::Request {
        window,
        starts_at: at(starts_at),
    }
}

pub(super) fn ask(id: i64, starts_at: &str, contact: &str) -> book::Request {
    book::Request {
        id: AppointmentId::from_raw(id),
        wanted: wanted(starts_at),
        name: "Li Guilan".to_owned(),
        contact: contact.to_owned(),
        language: Lang::EN,
    }
}

fn mobile(number: i64) -> String {
    format!("139{number:08}")
}

/// The audit finds nothing; it blocks, so it has a thread of its own.
fn holds(bench: &Bench) {
    let report = std::thread::scope(|scope| {
        let verify = scope.spawn(|| verify::verify(&bench.app));
        verify.join().expect("the audit does not panic")
    });
    assert_eq!(report.unwrap().beside, Vec::<&str>::new());
}

pub(super) fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    key(&done.unwrap_err())
}

#[tokio::test]
async fn of_fifty_who_want_one_time_at_once_as_many_get_it_as_there_are_seats() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let two = request(WINDOW, |setup| setup.seats = 2);
        put(&bench.app, &keeper, two).await.unwrap();
        let asking = (100..150).map(|number| {
            let app = bench.app.clone();
            let request = ask(number, TEN, &mobile(number));
            tokio::spawn(async move { book(&app, request).await })
        });
        let asking: Vec<_> = asking.collect();
        let mut given = 0;
        for answer in asking {
            match answer.await.unwrap() {
                Ok(()) => given += 1,
                Err(error) => assert_eq!(key(&error), "refused-appointment-taken"),
            }
        }
        assert_eq!(given, 2);
        let found = times::times(&bench.app, WINDOW, None, 3).await.unwrap();
        let free = found.days.iter().flat_map(|day| &day.free);
        assert!(!free.clone().any(|slot| slot.starts_at == at(TEN)));
        assert!(free.clone().any(|slot| slot.starts_at == at(LATER)));
        // Who takes fewer at once owes nothing that it promised before.
        put(&bench.app, &keeper, request(WINDOW, |_| {}))
            .await
            .unwrap();
        holds(&bench);
    }
}

#[tokio::test]
async fn one_contact_has_two_times_a_day_however_fast_it_asks() {
    for bench in benches() {
        keeper(&bench).await;
        let asking = (0..12).map(|number| {
            let app = bench.app.clone();
            let starts_at = format!(
                "2026-03-03T{:02}:{:02}:00+08:00",
                9 + number / 3,
                number % 3 * 20
            );
            let request = ask(200 + number, &starts_at, "139 0000 0001");
            tokio::spawn(async move { book(&app, request).await })
        });
        let mut given = Vec::new();
        for (number, answer) in asking.collect::<Vec<_>>().into_iter().enumerate() {
            match answer.await.unwrap() {
                Ok(()) => given.push(AppointmentId::from_raw(200 + number as i64)),
                Err(error) => assert!(
                    ["refused-appointment-enough", "refused-appointment-taken"]
                        .contains(&key(&error).as_str()),
                    "{error:?}"
                ),
            }
        }
        assert_eq!(given.len(), 2);
        let more = ask(300, "2026-03-03T16:00:00+08:00", "+86 139-0000-0001");
        let app = &bench.app;
        assert_eq!(
            refused(book(app, more.clone()).await),
            "refused-appointment-enough"
        );
        cancel(app, given[0]).await.unwrap();
        book(app, more).await.unwrap();
        let tomorrow = ask(301, "2026-03-04T09:00:00+08:00", "13900000001");
        book(app, tomorrow).await.unwrap();
        holds(&bench);
    }
}

#[tokio::test]
async fn what_cannot_be_booked_says_why_and_what_is_sent_twice_is_one() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        for _ in 0..2 {
            book(app, ask(1, TEN, &mobile(1))).await.unwrap();
        }
        let other = book(app, ask(1, LATER, &mobile(2))).await;
        assert_eq!(refused(other), "refused-key-reused");
        for (starts_at, why) in [
            ("2026-03-02T08:40:00+08:00", "fault-window-over"),
            ("2026-03-03T10:10:00+08:00", "fault-window-no-time"),
            ("2026-03-08T10:00:00+08:00", "fault-window-no-time"),
            ("2026-03-30T10:00:00+08:00", "fault-window-no-time"),
            (TEN, "refused-appointment-taken"),
        ] {
            let asked = book(app, ask(2, starts_at, &mobile(2))).await;
            assert_eq!(refused(asked), why, "{starts_at}");
        }
        let nobody = book::Request {
            name: " ".to_owned(),
            ..ask(2, LATER, "110")
        };
        assert_eq!(refused(book(app, nobody).await), "fault-required");
        assert_eq!(
            refused(book(app, ask(2, LATER, "110")).await),
            "fault-contact"
        );
        let mut unknown = ask(2, LATER, &mobile(2));
        unknown.wanted.procedure = "nothing".to_owned();
        assert_eq!(refused(book(app, unknown).await), "refused-no-procedure");
        let only = request(WINDOW, |setup| {
            setup.procedures = vec!["burial".to_owned()];
        });
        put(app, &keeper, only).await.unwrap();
        let elsewhere = book(app, ask(2, LATER, &mobile(2))).await;
        assert_eq!(refused(elsewhere), "fault-window-elsewhere");
        let lunch = request(WINDOW, |setup| setup.midday[0] = "11-12".parse().unwrap());
        assert_eq!(
            refused(put(app, &keeper, lunch).await),
            "fault-window-overlap"
        );
        holds(&bench);
    }
}

#[tokio::test]
async fn a_code_opens_it_and_another_time_keeps_the_code() {
    for bench in benches() {
        keeper(&bench).await;
        let app = &bench.app;
        let id = AppointmentId::from_raw(1);
        book(app, ask(1, TEN, "li@example.org")).await.unwrap();
        let mine = own::show(app, id).await.unwrap();
        assert_eq!(mine.appointment.number, 1);
        let papers = mine.procedure.expect("a procedure").papers;
        assert!(!papers.is_empty());
        let code = mine.code.parse().unwrap();
        assert_eq!(own::track(app, &code).await.unwrap(), id);
        bench.clock.advance(SignedDuration::from_secs(1));
        change(app, id, moving(WINDOW, LATER)).await.unwrap();
        let mine = own::show(app, id).await.unwrap();
        assert_eq!(
            (mine.appointment.number, mine.code.as_str()),
            (1, code.as_str())
        );
        book(app, ask(2, TEN, &mobile(2)))
            .await
            .expect("it is free again");
        let taken = change(app, id, moving(WINDOW, TEN)).await;
        assert_eq!(refused(taken), "refused-appointment-taken");
        let feed = own::calendar(app, id, Lang::EN).await.unwrap();
        assert!(feed.contains("DTSTART:20260303T022000Z"), "{feed}");
        assert!(!feed.contains(code.as_str()), "the code stays at home");
        jobs::run_due(app).await.unwrap();
        let told = bench.outbox().await;
        let told = told.iter().filter(|one| one.recipient == "li@example.org");
        assert_eq!(told.count(), 2, "booked, and moved");
        for there_and_back in ["2026-03-03T10:40:00+08:00", LATER] {
            bench.clock.advance(SignedDuration::from_secs(1));
            change(app, id, moving(WINDOW, there_and_back))
                .await
                .unwrap();
        }
        jobs::run_due(app).await.unwrap();
        let told = bench.outbox().await;
        let told = told.iter().filter(|one| one.recipient == "li@example.org");
        assert_eq!(told.count(), 4, "the last letter names the time that holds");
        for _ in 0..2 {
            cancel(app, id).await.unwrap();
        }
        assert_eq!(
            refused(change(app, id, moving(WINDOW, LATER)).await),
            "refused-appointment-over"
        );
        holds(&bench);
    }
}

#[tokio::test]
async fn whoever_lost_their_window_goes_to_another_and_nobody_waits_where_it_is_shut() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        let other = WindowId::from_raw(2);
        put(app, &keeper, request(other, |_| {})).await.unwrap();
        book(app, ask(1, TEN, "li@example.org")).await.unwrap();
        let foreign = book::Request {
            name: "Somebody else".to_owned(),
            ..ask(1, TEN, "li@example.org")
        };
        assert_eq!(refused(book(app, foreign).await), "refused-key-reused");
        let walk = walk_in::Request {
            id: AppointmentId::from_raw(9),
            window: WINDOW,
        };
        walk_in::walk_in(app, &keeper, walk).await.unwrap();
        let press = async |seen, tap| {
            let id = AppointmentId::from_raw(9);
            tap::tap(app, &keeper, tap::Request { id, seen, tap }).await
        };
        use AppointmentState::{Arrived, Called, Served};
        press(Arrived, Tap::Call).await.unwrap();
        press(Called, Tap::Serve).await.unwrap();
        bench.clock.advance(SignedDuration::from_secs(1));
        let shut = put::Request {
            doors: Doors::Shut,
            ..request(WINDOW, |_| {})
        };
        assert_eq!(put(app, &keeper, shut).await.unwrap(), 1);
        let back = press(Served, Tap::Back).await;
        assert_eq!(refused(back), "refused-window-shut");
        let (id, lines) = (
            AppointmentId::from_raw(1),
            list::list(app, list::Request::doing("senior-card")).await,
        );
        let windows: Vec<WindowId> = lines.unwrap().0.iter().map(|one| one.window.id).collect();
        assert_eq!(windows, [other]);
        let closed = change(app, id, moving(WINDOW, LATER)).await;
        assert_eq!(refused(closed), "refused-no-window");
        change(app, id, moving(other, TEN)).await.unwrap();
        let mine = own::show(app, id).await.unwrap();
        assert_eq!((mine.appointment.window, mine.wait), (other, None));
        // Not done there any more: they choose again.
        bench.clock.advance(SignedDuration::from_secs(1));
        let less = request(other, |setup| {
            setup.procedures = vec!["residence-proof".to_owned()]
        });
        assert_eq!(put(app, &keeper, less).await.unwrap(), 1);
        holds(&bench);
    }
}

async fn seen(bench: &Bench, keeper: &Actor) -> Today {
    today(&bench.app, keeper, WINDOW).await.unwrap()
}

#[tokio::test]
async fn a_day_that_is_closed_tells_who_booked_and_lists_whom_to_call() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        book(app, ask(1, TEN, "li@example.org")).await.unwrap();
        book(app, ask(2, LATER, "0991-2345678")).await.unwrap();
        book(app, ask(3, "2026-03-04T09:00:00+08:00", &mobile(3)))
            .await
            .unwrap();
        let close = |reason: &str| close_day::Request {
            window: WINDOW,
            day: "2026-03-03".parse().unwrap(),
            reason: reason.to_owned(),
        };
        assert_eq!(
            refused(close_day::close(app, &keeper, close(" ")).await),
            "fault-required"
        );
        for told in [2, 0] {
            let closed = close_day::close(app, &keeper, close("training")).await;
            assert_eq!(closed.unwrap(), told);
        }
        jobs::run_due(app).await.unwrap();
        let letters = bench.outbox().await;
        let letter = letters
            .iter()
            .find(|one| one.subject.contains("Another time"));
        assert_eq!(letter.expect("a letter").recipient, "li@example.org");
        let page = seen(&bench, &keeper).await;
        let reach: Vec<Reach> = page.displaced.iter().map(|one| one.reach).collect();
        assert_eq!(reach, [Reach::Message, Reach::Nobody]);
        let shut = book(app, ask(4, TEN, &mobile(4))).await;
        assert_eq!(refused(shut), "fault-window-no-time");
        let next = moving(WINDOW, "2026-03-04T10:00:00+08:00");
        change(app, AppointmentId::from_raw(1), next).await.unwrap();
        let called = AppointmentId::from_raw(2);
        settle::settle(app, &keeper, called).await.unwrap();
        assert_eq!(
            refused(settle::settle(app, &keeper, called).await),
            "refused-appointment-moved"
        );
        assert!(seen(&bench, &keeper).await.displaced.is_empty());
        let day = "2026-03-03".parse().unwrap();
        close_day::open(app, &keeper, WINDOW, day).await.unwrap();
        book(app, ask(4, TEN, &mobile(4))).await.unwrap();
        // Who loses their time by new hours is told like that, too.
        let short = request(WINDOW, |setup| setup.week[2] = "14-17".parse().unwrap());
        assert_eq!(put(app, &keeper, short).await.unwrap(), 2);
        holds(&bench);
    }
}

#[tokio::test]
async fn a_day_off_that_is_written_later_tells_who_booked_on_it() {
    for bench in benches() {
        keeper(&bench).await;
        let app = &bench.app;
        book(app, ask(1, TEN, "li@example.org")).await.unwrap();
        let next_day = "2026-03-04T09:00:00+08:00";
        book(app, ask(2, next_day, &mobile(2))).await.unwrap();
        assert_eq!(days_off::run(app).await.unwrap(), 0);
        let off = SpecialDay {
            date: "2026-03-03".parse().unwrap(),
            what: What::Off,
            names: Names::one("zh", "停电"),
        };
        let whose = Whose::Place("652901001001".parse().unwrap());
        let office = actor(Role::Office);
        put_day::put(app, &office, whose, off).await.unwrap();
        for told in [1, 0] {
            assert_eq!(days_off::run(app).await.unwrap(), told);
        }
        jobs::run_due(app).await.unwrap();
        let letters = bench.outbox().await;
        let letter = letters
            .iter()
            .find(|one| one.subject.contains("Another time"));
        assert_eq!(letter.expect("a letter").recipient, "li@example.org");
        holds(&bench);
    }
}

#[tokio::test]
async fn people_are_taken_in_one_by_one_and_a_tap_can_be_taken_back() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        book(app, ask(1, TEN, &mobile(1))).await.unwrap();
        let id = AppointmentId::from_raw(1);
        let press = async |id, seen, one| {
            let request = tap::Request { id, seen, tap: one };
            tap::tap(app, &keeper, request).await
        };
        use AppointmentState::{Arrived, Booked, Called, Missed, Served};
        let early = press(id, Booked, Tap::Miss).await;
        assert_eq!(refused(early), "refused-appointment-early");
        bench.clock.set(at(TEN));
        let walk = walk_in::Request {
            id: AppointmentId::from_raw(50),
            window: WINDOW,
        };
        for _ in 0..2 {
            assert_eq!(walk_in::walk_in(app, &keeper, walk).await.unwrap(), 2);
        }
        press(id, Booked, Tap::Arrive).await.unwrap();
        assert_eq!(
            refused(press(id, Booked, Tap::Arrive).await),
            "refused-appointment-moved"
        );
        let wait = seen(&bench, &keeper).await.wait;
        assert_eq!((wait.waiting, wait.minutes), (2, Some(40)));
        press(id, Arrived, Tap::Call).await.unwrap();
        assert_eq!(seen(&bench, &keeper).await.wait.called, [1]);
        bench.clock.advance(SignedDuration::from_mins(8));
        press(id, Called, Tap::Serve).await.unwrap();
        press(id, Served, Tap::Back).await.unwrap();
        press(id, Called, Tap::Serve).await.unwrap();
        let public = list::show(app, WINDOW).await.unwrap().line.wait;
        assert_eq!((public.waiting, public.minutes), (1, Some(10)));
        press(walk.id, Arrived, Tap::Back).await.unwrap();
        let rows = seen(&bench, &keeper).await.rows;
        assert_eq!(rows[1].state, AppointmentState::Cancelled);
        book(app, ask(2, "2026-03-03T11:00:00+08:00", &mobile(2)))
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_hours(24));
        let page = seen(&bench, &keeper).await;
        assert_eq!(
            page.earlier.len(),
            1,
            "shown until somebody says what became of it"
        );
        let shut = put::Request {
            doors: Doors::Shut,
            ..request(WINDOW, |_| {})
        };
        let unfinished = put(app, &keeper, shut.clone()).await;
        assert_eq!(refused(unfinished), "refused-window-unfinished");
        press(page.earlier[0].id, Booked, Tap::Miss).await.unwrap();
        press(page.earlier[0].id, Missed, Tap::Back).await.unwrap();
        press(page.earlier[0].id, Booked, Tap::Serve).await.unwrap();
        put(app, &keeper, shut).await.unwrap();
        holds(&bench);
    }
}

#[tokio::test]
async fn who_it_is_lies_behind_a_seal_and_is_forgotten() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        book(app, ask(1, TEN, &mobile(1))).await.unwrap();
        let id = AppointmentId::from_raw(1);
        let look = |purpose: &str| contact::Request {
            id,
            purpose: purpose.to_owned(),
        };
        let grid = bench.employ(2, Role::GridWorker, "g@example.org").await;
        let foreign = contact::unseal(app, &grid, look("curious")).await;
        assert_eq!(refused(foreign), "refused-no-appointment");
        assert_eq!(
            refused(contact::unseal(app, &keeper, look("")).await),
            "fault-required"
        );
        let booker = contact::unseal(app, &keeper, look("papers are missing")).await;
        assert_eq!(booker.unwrap().expect("somebody").contact, "+8613900000001");
        let looks_of = own::show(app, id).await.unwrap().looks;
        assert_eq!(looks_of[0].purpose, "papers are missing");
        assert_eq!(looks_of[0].unit, Some(UNIT));
        let auditor = bench.employ(3, Role::Auditor, "a@example.org").await;
        let log = looks::latest(app, &auditor, None).await.unwrap();
        assert_eq!(log[0].of, looks::Of::Appointment(id));
        for foreign in [&grid, &Actor::anyone()] {
            let page = today(app, foreign, WINDOW).await;
            assert_eq!(refused(page), "refused-not-permitted");
            let kept = put(app, foreign, request(WINDOW, |_| {})).await;
            assert_eq!(refused(kept), "refused-not-permitted");
        }
        for reminded in [0, 1, 0] {
            let sent = super::remind::run(app).await.unwrap();
            assert_eq!(sent, reminded);
            bench.clock.set(at("2026-03-02T18:00:00+08:00"));
        }
        jobs::run_due(app).await.unwrap();
        let letters = bench.outbox().await;
        let soon = letters
            .iter()
            .filter(|one| one.body.contains("Remember your papers"));
        assert_eq!(soon.count(), 1);
        bench.clock.set(at("2026-03-31T12:00:00+08:00"));
        jobs::keep_house(app).await.unwrap();
        own::show(app, id).await.expect("not yet");
        bench.clock.set(at("2026-04-02T12:00:00+08:00"));
        jobs::keep_house(app).await.unwrap();
        assert_eq!(refused(own::show(app, id).await), "refused-no-appointment");
        assert_eq!(
            seen(&bench, &keeper).await.earlier.len(),
            1,
            "the number stays"
        );
        holds(&bench);
    }
}
