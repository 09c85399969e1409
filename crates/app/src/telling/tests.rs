//! Who is told what, when and how often: on both engines, with the clock in the test's hand.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Value, Values};
use huiyin_domain::id::{CaseId, PostId};
use huiyin_domain::person::Role;
use huiyin_domain::telling::{Channel, Importance, Pace};
use huiyin_domain::words::Lang;
use huiyin_store::outbox::Recorded;
use huiyin_store::{Tx, posts};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::bell::{self, Seen};
use super::{duty, prefer};
use crate::cases::{Channel as Way, erase, open};
use crate::jobs::run_due;
use crate::testing::{Bench, benches};
use crate::{App, Error};

const ANA: i64 = 101;
const BEN: i64 = 102;

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// A house whose letters have words.
fn house(bench: &Bench) -> App {
    bench.with(bench.app.outside.clone())
}

async fn says(app: &App, actor: &Actor, number: i64, more: &[(&str, Value)]) {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut values = Values::from([
        ("description".to_owned(), text("三单元暖气不热")),
        (
            "place".to_owned(),
            Value::Place("652901001001".parse().unwrap()),
        ),
    ]);
    for (name, value) in more {
        values.insert((*name).to_owned(), value.clone());
    }
    let request = open::Request {
        id: CaseId::from_raw(number),
        kind: "appeal".to_owned(),
        values,
        language: Lang::EN,
        channel: Way::Web,
        key: None,
        at: None,
    };
    open::open(app, actor, request).await.unwrap();
}

/// What went to one address, the oldest first.
async fn to(bench: &Bench, address: &str) -> Vec<Recorded> {
    let mut letters = bench.outbox().await;
    letters.retain(|letter| letter.recipient == address);
    letters.reverse();
    letters
}

#[tokio::test]
async fn staff_are_told_outside_the_product_and_nobody_of_their_own_acts() {
    for bench in benches() {
        let app = house(&bench);
        let ana = bench.employ(ANA, Role::Community, "ana@example.org").await;
        bench.employ(BEN, Role::Community, "ben@example.org").await;
        bench.employ(103, Role::System, "root@example.org").await;
        says(&app, &ana, 1, &[]).await;
        run_due(&app).await.unwrap();
        assert_eq!(to(&bench, "ben@example.org").await.len(), 0, "not at once");
        bench.clock.advance(minutes(3));
        run_due(&app).await.unwrap();
        let letters = to(&bench, "ben@example.org").await;
        let [letter] = &letters[..] else {
            panic!("{letters:?}")
        };
        let body = &letter.body;
        assert!(body.contains("/desk/cases/0000000000001"), "{body}");
        let last = body.lines().last().unwrap();
        assert!(
            last.contains("your unit") && last.ends_with("/desk/me/telling"),
            "{last}"
        );
        assert!(
            to(&bench, "ana@example.org").await.is_empty(),
            "her own act"
        );
        assert!(
            to(&bench, "root@example.org").await.is_empty(),
            "sees no content"
        );
        // Nothing more is due, and nothing is told twice.
        bench.clock.advance(minutes(60));
        assert_eq!(run_due(&app).await.unwrap(), crate::jobs::Done::default());
        assert_eq!(to(&bench, "ben@example.org").await.len(), 1);
    }
}

#[tokio::test]
async fn five_events_become_one_message_also_when_two_servers_work() {
    for bench in benches() {
        let app = house(&bench);
        bench.employ(ANA, Role::Community, "ana@example.org").await;
        for number in 1..=5 {
            says(&app, &Actor::anyone(), number, &[]).await;
            run_due(&app).await.unwrap();
            bench.clock.advance(SignedDuration::from_secs(20));
        }
        bench.clock.advance(minutes(2));
        let (one, other) = tokio::join!(run_due(&app), run_due(&app));
        one.and(other).unwrap();
        let letters = to(&bench, "ana@example.org").await;
        let [letter] = &letters[..] else {
            panic!("{letters:?}")
        };
        assert!(
            letter.subject.starts_with("5 messages"),
            "{}",
            letter.subject
        );
        for number in 1..=5 {
            let link = format!("/desk/cases/{}", CaseId::from_raw(number));
            assert!(letter.body.contains(&link), "{}", letter.body);
        }
    }
}

#[tokio::test]
async fn at_night_only_what_is_urgent_reaches_whoever_is_on_duty() {
    for bench in benches() {
        let app = house(&bench);
        let opener = bench.employ(100, Role::Community, "eve@example.org").await;
        let ana = bench.employ(ANA, Role::Community, "ana@example.org").await;
        bench.employ(BEN, Role::Community, "ben@example.org").await;
        let night: Timestamp = "2026-03-02T23:30:00+08:00".parse().unwrap();
        bench.clock.set(night);
        let request = duty::Request {
            post: PostId::from_raw(ANA),
            starts_at: night - minutes(60),
            ends_at: night + minutes(600),
        };
        duty::begin(&app, &ana, request).await.unwrap();
        let urgent = [("urgent", Value::YesNo(true))];
        says(&app, &opener, 1, &urgent).await;
        // Whoever writes in at night is answered at night.
        let contact = Value::Text("dan@example.org".to_owned());
        says(&app, &Actor::anyone(), 2, &[("contact", contact)]).await;
        run_due(&app).await.unwrap();
        assert_eq!(to(&bench, "dan@example.org").await.len(), 1);
        assert_eq!(to(&bench, "ana@example.org").await.len(), 1);
        assert_eq!(to(&bench, "ben@example.org").await.len(), 0);
        bench.clock.advance(minutes(8 * 60 + 29));
        run_due(&app).await.unwrap();
        assert_eq!(to(&bench, "ana@example.org").await.len(), 1);
        assert_eq!(to(&bench, "ben@example.org").await.len(), 0);
        bench.clock.advance(minutes(4));
        run_due(&app).await.unwrap();
        let told = [
            to(&bench, "ana@example.org").await.len(),
            to(&bench, "ben@example.org").await.len(),
        ];
        assert_eq!(told, [2, 1], "in the morning, the night in one message");
    }
}

#[tokio::test]
async fn once_a_day_is_one_message_with_lines() {
    for bench in benches() {
        let app = house(&bench);
        let ana = bench.employ(ANA, Role::Community, "13912345678").await;
        let held = prefer::read(&app, &ana).await.unwrap();
        assert_eq!(held.outside, Some((Channel::Sms, "139****78".to_owned())));
        let ben = bench.employ(BEN, Role::Community, "ben@example.org").await;
        let mut wanted = prefer::read(&app, &ben).await.unwrap().preferences;
        wanted.set_pace(Importance::Act, Channel::Mail, Pace::Daily);
        wanted.daily_at = Time::constant(17, 45, 0, 0);
        prefer::set(&app, &ben, wanted).await.unwrap();
        let mut none = held.preferences;
        none.set_pace(Importance::Act, Channel::Sms, Pace::Never);
        prefer::set(&app, &ana, none).await.unwrap();
        for number in 1..=7 {
            says(&app, &Actor::anyone(), number, &[]).await;
            bench.clock.advance(minutes(30));
            run_due(&app).await.unwrap();
        }
        assert!(to(&bench, "ben@example.org").await.is_empty());
        bench
            .clock
            .set("2026-03-02T17:45:00+08:00".parse().unwrap());
        run_due(&app).await.unwrap();
        let letters = to(&bench, "ben@example.org").await;
        let [letter] = &letters[..] else {
            panic!("{letters:?}")
        };
        assert_eq!(letter.subject, "Today’s 7 messages");
        assert_eq!(letter.body.matches("\n· ").count(), 7, "{}", letter.body);
        assert!(
            to(&bench, "+8613912345678").await.is_empty(),
            "she wants none"
        );
        assert!(
            bell::unread(&app, &ana).await.unwrap() == 7,
            "but reads them here"
        );
    }
}

#[tokio::test]
async fn what_cannot_go_out_by_day_does_not_go_out_at_night() {
    use crate::outside::{Letter, Mail, Pending, SendError};
    struct Away;
    impl Mail for Away {
        fn send<'a>(&'a self, _: &'a Letter) -> Pending<'a, Result<(), SendError>> {
            Box::pin(std::future::ready(Err(SendError::Away(
                "nobody".to_owned(),
            ))))
        }
    }
    for bench in benches() {
        let away = bench.with(crate::outside::Outside {
            mail: std::sync::Arc::new(Away),
            ..bench.app.outside.clone()
        });
        let app = house(&bench);
        bench.employ(ANA, Role::Community, "ana@example.org").await;
        bench
            .clock
            .set("2026-03-02T20:50:00+08:00".parse().unwrap());
        says(&away, &Actor::anyone(), 1, &[]).await;
        run_due(&away).await.unwrap();
        bench.clock.advance(minutes(4));
        assert_eq!(run_due(&away).await.unwrap().failed, 1);
        bench
            .clock
            .set("2026-03-02T21:30:00+08:00".parse().unwrap());
        run_due(&app).await.unwrap();
        assert!(
            to(&bench, "ana@example.org").await.is_empty(),
            "it is quiet"
        );
        bench
            .clock
            .set("2026-03-03T08:00:00+08:00".parse().unwrap());
        run_due(&app).await.unwrap();
        assert_eq!(to(&bench, "ana@example.org").await.len(), 1);
    }
}

#[tokio::test]
async fn everybody_reads_their_own_and_what_was_read_is_read() {
    for bench in benches() {
        let app = house(&bench);
        let ana = bench.employ(ANA, Role::Community, "ana@example.org").await;
        let ben = bench.employ(BEN, Role::Community, "ben@example.org").await;
        for number in 1..=3 {
            says(&app, &Actor::anyone(), number, &[]).await;
        }
        run_due(&app).await.unwrap();
        let lines = bell::list(&app, &ana, None).await.unwrap();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0].importance, Importance::Act);
        assert_eq!(lines[0].case, CaseId::from_raw(3), "the newest first");
        let older = bell::list(&app, &ana, Some(lines[0].notice)).await.unwrap();
        assert_eq!(older.len(), 2);
        // Another's notice cannot be marked.
        let own = Seen::One(lines[0].id);
        assert_eq!(bell::seen(&app, &ben, own).await.unwrap(), 0);
        assert_eq!(bell::seen(&app, &ana, own).await.unwrap(), 1);
        assert_eq!(bell::unread(&app, &ana).await.unwrap(), 2);
        let of_case = Seen::Case(CaseId::from_raw(2));
        assert_eq!(bell::seen(&app, &ana, of_case).await.unwrap(), 1);
        let all = Seen::UpTo(lines[0].notice);
        assert_eq!(bell::seen(&app, &ana, all).await.unwrap(), 1);
        assert_eq!(bell::unread(&app, &ana).await.unwrap(), 0);
        assert_eq!(bell::unread(&app, &ben).await.unwrap(), 3);
        let nobody = bell::list(&app, &Actor::anyone(), None).await;
        assert!(matches!(nobody, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn whoever_left_the_unit_is_not_told_any_more() {
    for bench in benches() {
        let app = house(&bench);
        let ana = bench.employ(ANA, Role::Community, "ana@example.org").await;
        says(&app, &Actor::anyone(), 1, &[]).await;
        run_due(&app).await.unwrap();
        let now = app.now();
        let end = move |tx: &mut Tx<'_>| posts::end(tx, PostId::from_raw(ANA), now);
        app.store.write(0, end).await.unwrap();
        bench.clock.advance(minutes(5));
        run_due(&app).await.unwrap();
        assert!(to(&bench, "ana@example.org").await.is_empty());
        assert!(bell::list(&app, &ana, None).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_is_erased_is_not_told() {
    for bench in benches() {
        let app = house(&bench);
        bench.employ(ANA, Role::Community, "ana@example.org").await;
        let id = CaseId::from_raw(1);
        says(&app, &Actor::anyone(), 1, &[]).await;
        run_due(&app).await.unwrap();
        bench.clock.advance(minutes(3));
        run_due(&app).await.unwrap();
        assert_eq!(to(&bench, "ana@example.org").await.len(), 1);
        erase::erase(&app, &Actor::system(), id, erase::Cause::Replayed)
            .await
            .unwrap();
        assert!(bench.outbox().await.is_empty());
    }
}

#[tokio::test]
async fn nobody_is_on_duty_in_anothers_post_or_backwards() {
    for bench in benches() {
        let app = house(&bench);
        let ana = bench.employ(ANA, Role::Community, "ana@example.org").await;
        let ben = bench.employ(BEN, Role::Community, "ben@example.org").await;
        let now = app.now();
        let ask = |post, from, until| duty::Request {
            post: PostId::from_raw(post),
            starts_at: now + minutes(from),
            ends_at: now + minutes(until),
        };
        for (actor, request) in [
            (&ben, ask(ANA, 0, 60)),
            (&ana, ask(ANA, 60, 0)),
            (&ana, ask(ANA, 0, 60 * 24 * 15)),
            (&ana, ask(ANA, -60, -30)),
        ] {
            assert!(
                duty::begin(&app, actor, request).await.is_err(),
                "{request:?}"
            );
        }
        let id = duty::begin(&app, &ana, ask(ANA, 0, 60)).await.unwrap();
        assert_eq!(duty::list(&app, &ana).await.unwrap().len(), 1);
        assert!(duty::end(&app, &ben, id).await.is_err());
        duty::end(&app, &ana, id).await.unwrap();
        assert!(duty::list(&app, &ana).await.unwrap().is_empty());
    }
}
