//! Exactly as many portions are promised as there are, a meal is handed out once, and who ate
//! what is forgotten.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{KitchenDayId, MealId, VenueId};
use huiyin_domain::meal::{Allergen, Bringing, Handing, MealState, Sitting};
use huiyin_domain::person::Role;
use huiyin_domain::venue::Rules;
use huiyin_store::meals::Meal;
use jiff::SignedDuration;

use super::put::{self, Filled, put};
use super::{ask, call_off, cancel, copy_week, hand, look};
use crate::testing::{Bench, benches};
use crate::venues::tests::{at, key, neighbour, open_hall};
use crate::{Error, jobs, verify};

const VENUE: VenueId = VenueId::from_raw(1);
const DAY: KitchenDayId = KitchenDayId::from_raw(5);

fn dish(number: i64, portions: i64) -> Filled {
    Filled {
        number,
        name: format!("Dish {number}"),
        price_fen: 850 * (number - 1),
        allergens: vec![Allergen::Gluten],
        portions,
    }
}

fn lunch(bringing: Bringing) -> put::Request {
    put::Request {
        id: DAY,
        venue: VENUE,
        day: "2026-03-06".parse().unwrap(),
        sitting: Sitting::Lunch,
        until: at("2026-03-06T09:00:00+08:00"),
        starts_at: at("2026-03-06T11:00:00+08:00"),
        ends_at: at("2026-03-06T13:00:00+08:00"),
        bringing,
        note: String::new(),
        dishes: vec![dish(1, 10), dish(2, 30)],
    }
}

async fn keeper(bench: &Bench) -> Actor {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    open_hall(bench, &keeper, Rules::default()).await;
    keeper
}

fn wish(id: i64, portions: &[(i64, i64)]) -> ask::Request {
    ask::Request {
        id: MealId::from_raw(id),
        kitchen_day: DAY,
        handing: Handing::PickUp,
        whom: "Ana".to_owned(),
        address: String::new(),
        note: String::new(),
        portions: portions.iter().copied().collect(),
    }
}

async fn gone(bench: &Bench) -> Vec<i64> {
    let page = look::show(&bench.app, &Actor::anyone(), DAY).await.unwrap();
    page.cooked.dishes.iter().map(|dish| dish.gone).collect()
}

/// The audit finds nothing; it blocks, so it has a thread of its own.
fn holds(bench: &Bench) {
    let report = std::thread::scope(|scope| {
        let verify = scope.spawn(|| verify::verify(&bench.app));
        verify.join().expect("the audit does not panic")
    });
    assert_eq!(report.unwrap().beside, Vec::<&str>::new());
}

#[tokio::test]
async fn of_sixty_who_ask_at_once_as_many_are_promised_a_portion_as_there_are() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        put(&bench.app, &keeper, lunch(Bringing::Not))
            .await
            .unwrap();
        let mut people = Vec::new();
        for number in 100..160 {
            people.push(neighbour(&bench, number).await);
        }
        let asking = people.iter().zip(1_000..).map(|(person, id)| {
            // Some want more of it at once than others.
            let request = wish(id, &[(1, 1 + id % 3), (2, 0)]);
            let (app, person) = (bench.app.clone(), person.clone());
            tokio::spawn(async move { (person.clone(), ask::ask(&app, &person, request).await) })
        });
        let asking: Vec<_> = asking.collect();
        let (mut codes, mut refused, mut winner) = (Vec::new(), 0, None);
        for answer in asking {
            match answer.await.unwrap() {
                (person, Ok(meal)) => {
                    codes.push(meal.code.clone().expect("a code"));
                    winner = Some((person, meal.id));
                }
                (_, Err(error)) => {
                    assert_eq!(key(&error), "fault-meal-left");
                    refused += 1;
                }
            }
        }
        assert_eq!(gone(&bench).await, [10, 0], "no fewer and no more");
        assert!(codes.len() >= 4 && codes.len() + refused == 60);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 60 - refused, "each has a code of its own");
        holds(&bench);
        let (person, meal) = winner.expect("somebody");
        let back = (0..3).map(|_| {
            let (app, person) = (bench.app.clone(), person.clone());
            tokio::spawn(async move { cancel::cancel(&app, &person, meal).await })
        });
        for given in back.collect::<Vec<_>>() {
            given.await.unwrap().unwrap();
        }
        let left = 10 - gone(&bench).await[0];
        assert!((1..=3).contains(&left), "given back once: {left}");
        holds(&bench);
    }
}

#[tokio::test]
async fn what_was_asked_for_can_be_changed_until_the_kitchen_has_to_know() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        put(app, &keeper, lunch(Bringing::Not)).await.unwrap();
        let (ana, ben) = (neighbour(&bench, 2).await, neighbour(&bench, 3).await);
        let first = ask::ask(app, &ana, wish(10, &[(1, 8)])).await.unwrap();
        for portions in [8, 10, 2] {
            let again = ask::ask(app, &ana, wish(10, &[(1, portions)]))
                .await
                .unwrap();
            assert_eq!(again.code, first.code, "its code stays");
            assert_eq!(gone(&bench).await, [portions, 0]);
        }
        let refused = async |actor: &Actor, request: ask::Request| {
            key(&ask::ask(app, actor, request).await.unwrap_err())
        };
        assert_eq!(
            refused(&ben, wish(10, &[(1, 1)])).await,
            "refused-key-reused"
        );
        assert_eq!(refused(&ben, wish(11, &[(1, 9)])).await, "fault-meal-left");
        assert_eq!(refused(&ben, wish(11, &[])).await, "fault-meal-nothing");
        assert_eq!(
            refused(&ben, wish(11, &[(9, 1)])).await,
            "fault-meal-changed"
        );
        let nobody = ask::Request {
            whom: String::new(),
            ..wish(11, &[(1, 1)])
        };
        assert_eq!(refused(&ben, nobody).await, "fault-required");
        let brought = ask::Request {
            handing: Handing::Brought,
            address: "2, Sun lane".to_owned(),
            ..wish(11, &[(1, 1)])
        };
        assert_eq!(
            refused(&ben, brought.clone()).await,
            "fault-meal-not-brought"
        );
        put(app, &keeper, lunch(Bringing::Offered)).await.unwrap();
        ask::ask(app, &ben, brought).await.unwrap();
        for id in 20..23 {
            ask::ask(app, &ben, wish(id, &[(2, 1)])).await.unwrap();
        }
        assert_eq!(
            refused(&ben, wish(23, &[(2, 1)])).await,
            "refused-meals-enough"
        );
        let own = look::mine(app, &ben).await.unwrap();
        assert_eq!(own.len(), 4);
        assert_eq!(look::mine(app, &ana).await.unwrap().len(), 1);
        let foreign = cancel::cancel(app, &ana, MealId::from_raw(20)).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-no-meal");
        bench.clock.set(at("2026-03-06T09:00:00+08:00"));
        assert_eq!(
            refused(&ana, wish(10, &[(1, 1)])).await,
            "refused-kitchen-knows"
        );
        let late = cancel::cancel(app, &ana, MealId::from_raw(10)).await;
        assert_eq!(key(&late.unwrap_err()), "refused-kitchen-knows");
        let kitchen = look::kitchen(app, &keeper, DAY).await.unwrap();
        assert_eq!((kitchen.lines.len(), kitchen.brought().count()), (5, 1));
        let foreign = look::kitchen(app, &ana, DAY).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-not-permitted");
        holds(&bench);
    }
}

/// Somebody asked for a portion of each dish.
async fn asked(bench: &Bench) -> (Actor, Meal) {
    let ana = neighbour(bench, 2).await;
    let meal = ask::ask(&bench.app, &ana, wish(10, &[(1, 1), (2, 1)])).await;
    (ana, meal.unwrap())
}

#[tokio::test]
async fn a_meal_is_handed_out_once_and_forgotten_after_weeks() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        put(app, &keeper, lunch(Bringing::Not)).await.unwrap();
        let (ana, meal) = asked(&bench).await;
        let code = meal.code.expect("a code");
        let wrong = |text: &str| {
            let hand = hand::hand(app, &keeper, DAY, text.to_owned());
            async { key(&hand.await.unwrap_err()) }
        };
        assert_eq!(wrong("123").await, "fault-meal-code-length");
        let mut misheard = code.clone().into_bytes();
        misheard[0] = b'0' + (misheard[0] - b'0' + 1) % 10;
        let misheard = String::from_utf8(misheard).unwrap();
        assert_eq!(wrong(&misheard).await, "fault-meal-code-digit");
        let other = if code == "00000" { "12344" } else { "00000" };
        assert_eq!(wrong(other).await, "fault-meal-code-none");
        let foreign = hand::hand(app, &ana, DAY, code.clone()).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-not-permitted");
        let at_once = (0..4).map(|_| {
            let (app, keeper, code) = (app.clone(), keeper.clone(), code.clone());
            tokio::spawn(async move { hand::hand(&app, &keeper, DAY, code).await })
        });
        let mut handed = 0;
        for answer in at_once.collect::<Vec<_>>() {
            match answer.await.unwrap() {
                Ok(meal) => handed += i32::from(meal.state == MealState::Handed),
                Err(error) => assert_eq!(key(&error), "refused-meal-handed"),
            }
        }
        assert_eq!(handed, 1);
        let back = cancel::cancel(app, &ana, meal.id).await;
        assert_eq!(key(&back.unwrap_err()), "refused-meal-over");
        bench.clock.set(at("2026-04-02T13:00:00+08:00"));
        jobs::keep_house(app).await.unwrap();
        assert_eq!(look::mine(app, &ana).await.unwrap().len(), 1, "not yet");
        bench.clock.advance(SignedDuration::from_hours(48));
        jobs::keep_house(app).await.unwrap();
        assert_eq!(look::mine(app, &ana).await.unwrap().len(), 0);
        let kitchen = look::kitchen(app, &keeper, DAY).await.unwrap();
        let forgotten = &kitchen.lines[0].meal;
        assert_eq!((forgotten.person, &forgotten.code), (None, &None));
        assert_eq!(forgotten.whom, "");
        assert_eq!(gone(&bench).await, [1, 1], "the counts stay");
        holds(&bench);
    }
}

#[tokio::test]
async fn what_somebody_asked_for_stays_what_it_was_and_they_are_told_of_the_rest() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        for _ in 0..2 {
            put(app, &keeper, lunch(Bringing::Not)).await.unwrap();
        }
        asked(&bench).await;
        let change = async |change: &dyn Fn(&mut put::Request)| -> Result<(), Error> {
            let mut request = lunch(Bringing::Not);
            change(&mut request);
            put(app, &keeper, request).await
        };
        let refused = |done: Result<(), Error>| key(&done.unwrap_err());
        let dearer = change(&|one| one.dishes[0].price_fen = 900).await;
        assert_eq!(refused(dearer), "fault-dish-asked");
        let gone = change(&|one| one.dishes.truncate(1)).await;
        assert_eq!(refused(gone), "fault-dish-asked");
        let none = change(&|one| one.dishes[0].portions = 0).await;
        assert_eq!(refused(none), "fault-out-of-range");
        let twice = change(&|one| one.id = KitchenDayId::from_raw(6)).await;
        assert_eq!(refused(twice), "fault-meal-twice");
        let moved = change(&|one| one.sitting = Sitting::Dinner).await;
        assert_eq!(refused(moved), "refused-key-reused");
        let late = change(&|one| one.until = one.ends_at).await;
        assert_eq!(refused(late), "fault-meal-until-late");
        let more = change(&|one| one.dishes[0].portions = 11).await;
        more.unwrap();
        let milk = change(&|one| one.dishes[0].allergens = vec![Allergen::Milk]).await;
        milk.unwrap();
        for _ in 0..2 {
            call_off::call_off(app, &keeper, DAY).await.unwrap();
        }
        jobs::run_due(app).await.unwrap();
        let mut told: Vec<String> = bench
            .outbox()
            .await
            .into_iter()
            .map(|letter| letter.subject)
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                "Allergens corrected: Hall",
                "The canteen does not cook: Hall"
            ]
        );
        let ben = neighbour(&bench, 3).await;
        let off = ask::ask(app, &ben, wish(11, &[(1, 1)])).await;
        assert_eq!(key(&off.unwrap_err()), "refused-kitchen-off");
        // A week later it is cooked again, once, with nothing gone.
        let monday = "2026-03-09".parse().unwrap();
        for made in [1, 0] {
            let copied = copy_week::copy_week(app, &keeper, VENUE, monday).await;
            assert_eq!(copied.unwrap(), made);
        }
        let foreign = copy_week::copy_week(app, &ben, VENUE, monday).await;
        assert_eq!(key(&foreign.unwrap_err()), "refused-not-permitted");
        let week = look::week(app, VENUE, Some("2026-03-12".parse().unwrap())).await;
        let cooked = week.unwrap().cooked;
        assert_eq!(cooked.len(), 1);
        assert_eq!(cooked[0].day.until, at("2026-03-13T09:00:00+08:00"));
        assert!(cooked[0].dishes.iter().all(|dish| dish.gone == 0));
        holds(&bench);
    }
}
