//! Rates of a town that lives, and calls back: what was known on a day is the same whenever one
//! asks, whatever happened since.

use std::collections::BTreeMap;

use huiyin_app::cases::erase::{self, Cause, erase};
use huiyin_app::cases::petitioner;
use huiyin_app::supervision::rates::{By, Reply, Request, rates};
use huiyin_app::supervision::{follow_ups, rules};
use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_domain::follow_up::FollowUpRules;
use huiyin_domain::person::Role;
use huiyin_domain::rates::{RateRules, Rates, Weights};
use huiyin_testkit::actors::{Brought, TestTown};
use huiyin_testkit::life::{Life, Pace};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn word(word: &str) -> Value {
    Value::Choice(word.to_owned())
}

fn today(town: &TestTown) -> Date {
    town.app.config.day(town.app.now())
}

/// The supervisor of the prefecture, who sees it all.
fn over_all(town: &TestTown) -> Actor {
    let mut people = town.town.people.iter();
    let found = people.find(|person| person.role() == Some(Role::Supervisor));
    found.expect("the prefecture has a supervisor").actor()
}

/// The rates of the month that ends on a day, as known on it.
async fn known(town: &TestTown, day: Date, by: By) -> Reply {
    let request = Request {
        first: day - 30.days(),
        last: day,
        as_of: day,
        by,
    };
    let found = rates(&town.app, &over_all(town), request).await;
    found.expect("a supervisor sees figures")
}

/// Whether enough has been counted for a difference to show.
fn is_enough(total: &Rates) -> bool {
    total.response.of >= 10 && total.resolution.of >= 5 && total.satisfaction.of >= 3
}

/// Lives for some weeks, until enough can be counted, and notes each day what was known at the
/// end of the day before.
async fn live(town: &TestTown, seed: u64) -> BTreeMap<Date, [Reply; 3]> {
    let mut life = Life::new(town.app.clone(), town.town.clone(), seed, Pace::TEST);
    let mut noted = BTreeMap::new();
    let mut has_enough = false;
    let mut day = today(town);
    for number in 0..600 {
        if number >= 140 && has_enough {
            break;
        }
        life.tick().await.expect("the town lives");
        town.passes(SignedDuration::from_hours(1 + number % 6))
            .await;
        if today(town) > day {
            let before = today(town) - 1.day();
            let seen = [
                known(town, before, By::Unit).await,
                known(town, before, By::Place).await,
                known(town, before, By::Item).await,
            ];
            has_enough = is_enough(&seen[0].total);
            noted.insert(before, seen);
            day = today(town);
        }
    }
    noted
}

#[tokio::test]
async fn what_was_known_on_a_day_is_the_same_whenever_one_asks() {
    for seed in [3, 4] {
        for mut town in TestTown::each(seed) {
            // Where it stops at night, letters wait for the morning.
            town.may_leave_work();
            let noted = live(&town, seed).await;
            let (_, [last, ..]) = noted.last_key_value().expect("days went by");
            assert!(is_enough(&last.total), "{:?}", last.total);
            take_texts_away(&town).await;
            weigh_anew(&town).await;
            for (day, seen) in &noted {
                let again = [
                    known(&town, *day, By::Unit).await,
                    known(&town, *day, By::Place).await,
                    known(&town, *day, By::Item).await,
                ];
                assert_eq!(&again, seen, "as known on {day}");
            }
        }
    }
}

/// Every closed case loses what was written in it.
async fn take_texts_away(town: &TestTown) {
    let office = town.staff("office").actor;
    let request = huiyin_app::cases::list::Request {
        filter: huiyin_app::cases::list::Filter {
            state: huiyin_app::cases::list::State::Closed,
            ..Default::default()
        },
        limit: huiyin_app::cases::list::ROWS_MAX,
        ..Default::default()
    };
    let closed = huiyin_app::cases::list::list(&town.app, &office, request).await;
    let closed = closed.expect("the office sees cases").rows;
    assert!(closed.len() >= 5);
    for row in &closed {
        let erased = erase(&town.app, &Actor::system(), row.id, Cause::Asked).await;
        erased.expect("a closed case can be erased");
    }
    let listed = erase::list(&town.app, &office).await;
    assert_eq!(
        listed.expect("the office sees the list").len(),
        closed.len()
    );
}

/// New weights from today on.
async fn weigh_anew(town: &TestTown) {
    let weights = Weights {
        response: 100,
        resolution: 0,
        satisfaction: 0,
    };
    let heavy = RateRules {
        weights,
        sample_min: 1,
        response_hours: 1,
    };
    let office = town.staff("office").actor;
    let tomorrow = today(town) + 1.day();
    for (day, kept) in [(today(town) - 1.day(), false), (tomorrow, true)] {
        let put = rules::put_rates(&town.app, &office, day, heavy).await;
        assert_eq!(put.is_ok(), kept, "{day}");
    }
    let stranger = town.staff("dispatcher").actor;
    let put = rules::put_rates(&town.app, &stranger, tomorrow, heavy).await;
    put.expect_err("a dispatcher makes no rules");
}

#[tokio::test]
async fn everybody_sees_the_rates_of_what_they_look_after() {
    for mut town in TestTown::each(5) {
        // Where it stops at night, letters wait for the morning.
        town.may_leave_work();
        live(&town, 5).await;
        let day = today(&town) - 1.day();
        let all = known(&town, day, By::Unit).await;
        let handler = town.staff("handler").actor;
        let request = Request {
            first: day - 30.days(),
            last: day,
            as_of: day,
            by: By::Unit,
        };
        let own = rates(&town.app, &handler, request)
            .await
            .expect("a unit sees its own");
        for (group, rates) in &own.groups {
            assert_eq!(all.groups.get(group), Some(rates), "{group:?}");
        }
        assert!(own.groups.len() <= 1, "{:?}", own.groups.keys());
        let early = Request {
            as_of: day - 1.day(),
            ..request
        };
        rates(&town.app, &handler, early)
            .await
            .expect_err("nobody knows tomorrow");
        let auditor = town.staff("auditor").actor;
        rates(&town.app, &auditor, request)
            .await
            .expect_err("not theirs");
    }
}

/// Answered, and closed because nobody judged it.
async fn unjudged(town: &TestTown, contact: &str) -> Brought {
    let community = town.staff("community");
    let place = community.actor.posts[0].place.clone();
    let values = [
        ("description", text("三号楼的灯不亮")),
        ("place", Value::Place(place)),
        ("contact", text(contact)),
    ];
    let brought = town.resident("ana").opens("appeal", &values).await;
    let brought = brought.expect("anybody may");
    let answer = [("outcome", word("solved")), ("answer", text("换了新灯。"))];
    community
        .takes(&brought, "take", &[])
        .await
        .expect("it is theirs");
    community
        .takes(&brought, "answer", &answer)
        .await
        .expect("it is theirs");
    town.passes(SignedDuration::from_hours(7 * 24)).await;
    brought
}

async fn waiting(town: &TestTown) -> usize {
    let list = follow_ups::list(&town.app, &town.staff("operator").actor).await;
    list.expect("an operator calls").rows.len()
}

#[tokio::test]
async fn whom_the_rule_chooses_is_called_once_and_whoever_is_unhappy_is_heard() {
    for town in TestTown::each(6) {
        let case = unjudged(&town, "ana@example.org").await;
        assert_eq!(waiting(&town).await, 1);
        let operator = town.staff("operator");
        let number = petitioner::Request {
            case: case.id,
            purpose: "follow-up call".to_owned(),
        };
        let opened = petitioner::unseal(&town.app, &operator.actor, number.clone()).await;
        let opened = opened.expect("whoever calls must know the number");
        assert_eq!(
            opened.and_then(|who| who.contact).as_deref(),
            Some("ana@example.org")
        );
        let seen = town.resident("ana").reads(&case).await.expect("it is hers");
        assert_eq!(seen.looks.len(), 1, "she sees who looked");

        operator
            .takes(&case, "not_reached", &[])
            .await
            .expect("nobody answers");
        assert_eq!(waiting(&town).await, 1);
        let said = [
            ("solved", word("no")),
            ("content", Value::YesNo(false)),
            ("why", text("又不亮了")),
        ];
        let reply = operator
            .takes(&case, "follow_up", &said)
            .await
            .expect("she answers");
        assert_eq!(reply.stage, "supervised");
        assert_eq!(waiting(&town).await, 0);
        let again = petitioner::unseal(&town.app, &operator.actor, number).await;
        again.expect_err("the call is over");
        let day = today(&town);
        let rates = known(&town, day, By::Unit).await.total;
        assert_eq!((rates.satisfaction.hits, rates.satisfaction.of), (0, 1));
        assert_eq!(rates.resolution.of, 0, "it is open again");

        // Nobody is called twice.
        let community = town.staff("community");
        let answer = [("outcome", word("solved")), ("answer", text("又换了。"))];
        community
            .takes(&case, "answer", &answer)
            .await
            .expect("it is theirs");
        town.passes(SignedDuration::from_hours(7 * 24)).await;
        assert_eq!(waiting(&town).await, 0);
        town.does_its_work().await;
        town.verify();
    }
}

#[tokio::test]
async fn one_gives_up_after_so_many_calls_and_the_rule_says_whom_to_call() {
    for town in TestTown::each(7) {
        let case = unjudged(&town, "ana@example.org").await;
        let operator = town.staff("operator");
        for _ in 0..3 {
            operator
                .takes(&case, "not_reached", &[])
                .await
                .expect("one more try");
        }
        assert_eq!(waiting(&town).await, 0);
        let refused = operator.takes(&case, "not_reached", &[]).await;
        let refused = refused.expect_err("it was tried often enough");
        let key = refused.refusal().map(huiyin_app::Refusal::key);
        assert_eq!(key.as_deref(), Some("refused-rule-chosen"));
        let list = follow_ups::list(&town.app, &operator.actor)
            .await
            .expect("an operator calls");
        assert_eq!(list.results.get("not-reached"), Some(&1));

        let none = FollowUpRules {
            percent: 0,
            unjudged_percent: 0,
            ..FollowUpRules::default()
        };
        let office = town.staff("office").actor;
        let put = rules::put_follow_ups(&town.app, &office, today(&town), none).await;
        put.expect("the office rules");
        unjudged(&town, "ben@example.org").await;
        assert_eq!(waiting(&town).await, 0, "the rule chooses nobody");
        town.does_its_work().await;
        follow_ups::list(&town.app, &town.staff("handler").actor)
            .await
            .expect_err("a unit does not call about its own work");
    }
}
