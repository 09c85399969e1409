//! A holiday orphans nothing, a grid is never left to nobody, and no number is shown unasked.

use std::collections::BTreeMap;

use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::id::{PersonId, PlaceChangeId, SubstituteId, TeamMemberId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::place_change::Part;
use huiyin_domain::team::{Function, LeftTo};
use huiyin_store::{Tx, places, posts};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::hand_over::{self, To};
use super::{Agreed, Card, Newcomer, Whom, call_off, card, list, look, put, stand_in};
use crate::places::change::{self, What};
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::{App, Error, jobs, people};

const TODAY: Date = date(2026, 3, 2);

fn grid(number: i64) -> PlaceCode {
    format!("652901001001{number:03}").parse().unwrap()
}

fn code(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

/// A community with two grids, a building in the first, and two who work there: 1 sees to it,
/// 2 and 3 are there.
async fn town(bench: &Bench) -> Actor {
    let places = ["001", "002", "001001", "001001001"].map(|end| format!("652901001001{end}"));
    let write = move |tx: &mut Tx<'_>| {
        for text in &places {
            let place = Place {
                code: text.parse().unwrap(),
                names: Names::one("zh", text),
                shape: None,
                closed_at: None,
            };
            places::put(tx, &place)?;
        }
        Ok::<_, huiyin_store::DbError>(())
    };
    bench.app.store.write(0, write).await.unwrap();
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    for (number, mail) in [(2, "b@example.org"), (3, "c@example.org")] {
        bench.employ(number, Role::Community, mail).await;
    }
    keeper
}

fn quiet() -> Card {
    Card {
        phone: String::new(),
        hours: String::new(),
        agreed: Agreed::No,
    }
}

fn reachable(phone: &str) -> Card {
    Card {
        phone: phone.to_owned(),
        hours: "8–18".to_owned(),
        agreed: Agreed::Yes,
    }
}

fn newcomer(id: i64, person: i64, card: Card) -> Newcomer {
    Newcomer {
        id: TeamMemberId::from_raw(id),
        whom: Whom::Colleague(PersonId::from_raw(person)),
        card,
    }
}

async fn joins(
    app: &App,
    actor: &Actor,
    (place, function): (&PlaceCode, Function),
    who: Newcomer,
) -> Result<(), Error> {
    let place = place.clone();
    let request = put::Request {
        place,
        function,
        who,
    };
    put::put(app, actor, request).await
}

async fn held(bench: &Bench, person: i64) -> Vec<HeldPost> {
    let (person, now) = (PersonId::from_raw(person), bench.app.now());
    let read = move |tx: &mut Tx<'_>| posts::held(tx, person, now);
    bench.app.store.read(read).await.unwrap()
}

async fn works_in(bench: &Bench, person: i64, place: &PlaceCode) -> bool {
    let posts = held(bench, person).await;
    posts
        .iter()
        .any(|post| post.role == Role::GridWorker && post.place == *place)
}

#[tokio::test]
async fn a_place_has_one_grid_worker_with_a_post_and_the_next_takes_over_in_one_act() {
    for bench in benches() {
        let (app, keeper, grid) = (&bench.app, town(&bench).await, grid(1));
        let seen = look::card(app, grid.clone()).await.unwrap();
        assert_eq!(seen.gaps.len(), 3, "nobody was ever there");
        assert!(seen.gaps.iter().all(|gap| gap.since.is_none()));
        let at = (&grid, Function::GridWorker);
        let bea = || newcomer(10, 2, reachable("0998-5550123"));
        joins(app, &keeper, at, bea()).await.unwrap();
        joins(app, &keeper, at, bea()).await.unwrap();
        assert!(works_in(&bench, 2, &grid).await);
        let taken = joins(app, &keeper, at, newcomer(11, 3, quiet())).await;
        assert_eq!(key(&taken.unwrap_err()), "refused-team-taken");
        let other = joins(app, &keeper, (&grid, Function::Helper), bea()).await;
        assert_eq!(key(&other.unwrap_err()), "refused-key-reused");

        let id = TeamMemberId::from_raw(10);
        let orphan = hand_over::hand_over(app, &keeper, id, To::Nobody).await;
        assert_eq!(key(&orphan.unwrap_err()), "refused-team-orphan");
        let same = To::Successor(newcomer(12, 2, quiet()));
        let same = hand_over::hand_over(app, &keeper, id, same).await;
        assert_eq!(key(&same.unwrap_err()), "fault-team-same");
        let next = || To::Successor(newcomer(13, 3, quiet()));
        hand_over::hand_over(app, &keeper, id, next())
            .await
            .unwrap();
        hand_over::hand_over(app, &keeper, id, next())
            .await
            .unwrap();
        let late = hand_over::hand_over(app, &keeper, id, To::Community).await;
        assert_eq!(key(&late.unwrap_err()), "refused-team-left");
        assert!(!works_in(&bench, 2, &grid).await, "the post went along");
        assert!(works_in(&bench, 3, &grid).await);
        let (seen, past) = look::desk(app, &keeper, grid.clone()).await.unwrap();
        assert_eq!(seen.lines.len(), 1);
        assert_eq!(seen.lines[0].member.person, Some(PersonId::from_raw(3)));
        let was = &past.members[0];
        assert_eq!(was.left.map(|left| left.1), Some(LeftTo::Successor));
        assert_eq!(was.shown.phone, "", "no number of whoever left");
        // What happens together is told together, a little later.
        bench.clock.advance(SignedDuration::from_hours(1));
        crate::jobs::run_due(app).await.unwrap();
        let letters = bench.outbox().await;
        assert_eq!(letters.len(), 2, "each was told once: {letters:?}");
    }
}

#[tokio::test]
async fn whoever_stands_in_has_the_post_and_the_card_for_the_span_and_no_longer() {
    for bench in benches() {
        let (app, keeper, grid) = (&bench.app, town(&bench).await, grid(1));
        let who = newcomer(10, 2, reachable("0998-5550123"));
        joins(app, &keeper, (&grid, Function::GridWorker), who)
            .await
            .unwrap();
        let request = |id: i64, from: Date, until: Date| stand_in::Request {
            id: SubstituteId::from_raw(id),
            member: TeamMemberId::from_raw(10),
            person: PersonId::from_raw(3),
            card: reachable("0998-5550124"),
            from,
            until,
        };
        for (from, until, expected) in [
            (date(2026, 3, 1), date(2026, 3, 5), "fault-past"),
            (date(2026, 3, 5), date(2026, 3, 4), "fault-ends-before"),
            (date(2026, 3, 5), date(2026, 9, 4), "fault-team-span"),
        ] {
            let wrong = stand_in::stand_in(app, &keeper, request(20, from, until)).await;
            assert_eq!(key(&wrong.unwrap_err()), expected);
        }
        let span = (date(2026, 3, 4), date(2026, 3, 5));
        for _ in 0..2 {
            let asked = request(20, span.0, span.1);
            stand_in::stand_in(app, &keeper, asked).await.unwrap();
        }
        let twice = request(21, date(2026, 3, 5), date(2026, 3, 9));
        let twice = stand_in::stand_in(app, &keeper, twice).await;
        assert_eq!(key(&twice.unwrap_err()), "refused-team-stood-in");
        assert!(
            !works_in(&bench, 3, &grid).await,
            "not before the first day"
        );
        let seen = look::card(app, grid.clone()).await.unwrap();
        assert_eq!(
            (seen.lines[0].coming.len(), &seen.lines[0].substitute),
            (1, &None)
        );

        bench.clock.advance(SignedDuration::from_hours(48));
        assert!(works_in(&bench, 3, &grid).await && works_in(&bench, 2, &grid).await);
        let seen = look::card(app, grid.clone()).await.unwrap();
        let there = seen.lines[0].substitute.as_ref().unwrap();
        assert_eq!(there.shown.phone, "0998-5550124");
        bench.clock.advance(SignedDuration::from_hours(39));
        let seen = look::card(app, grid.clone()).await.unwrap();
        assert!(seen.lines[0].substitute.is_none(), "it ended by itself");
        assert!(!works_in(&bench, 3, &grid).await);

        let again = request(22, date(2026, 3, 6), date(2026, 3, 20));
        stand_in::stand_in(app, &keeper, again).await.unwrap();
        assert!(works_in(&bench, 3, &grid).await);
        let id = SubstituteId::from_raw(22);
        call_off::call_off(app, &keeper, id).await.unwrap();
        call_off::call_off(app, &keeper, id).await.unwrap();
        assert!(!works_in(&bench, 3, &grid).await);
        jobs::keep_house(app).await.unwrap();
        let (_, past) = look::desk(app, &keeper, grid).await.unwrap();
        assert_eq!(past.substitutes.len(), 2);
        let numbers = past.substitutes.iter().map(|one| one.shown.phone.as_str());
        assert_eq!(numbers.collect::<String>(), "", "none outlasts its span");
    }
}

#[tokio::test]
async fn a_post_that_ends_elsewhere_is_a_gap_since_then() {
    for bench in benches() {
        let (app, keeper, grid) = (&bench.app, town(&bench).await, grid(1));
        let at = (&grid, Function::GridWorker);
        joins(app, &keeper, at, newcomer(10, 2, quiet()))
            .await
            .unwrap();
        let since = app.now();
        people::close::close(app, &Actor::system(), PersonId::from_raw(2))
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_hours(72));
        let seen = look::card(app, grid.clone()).await.unwrap();
        let gap = seen.gaps.iter().find(|gap| gap.function == at.1).unwrap();
        assert_eq!(gap.since, Some(since));
        let rows = list::desk(app, &keeper, None).await.unwrap().rows;
        assert_eq!(rows.len(), 2);
        joins(app, &keeper, at, newcomer(11, 3, quiet()))
            .await
            .unwrap();
        let rows = list::desk(app, &keeper, None).await.unwrap().rows;
        assert_eq!(rows[0].place.as_str(), "652901001001002", "the gap first");
        let (_, past) = look::desk(app, &keeper, grid).await.unwrap();
        assert_eq!(past.members[0].left, Some((since, LeftTo::Community)));
    }
}

#[tokio::test]
async fn whoever_has_no_account_agrees_first_and_leaves_no_name() {
    for bench in benches() {
        let (app, keeper) = (&bench.app, town(&bench).await);
        let building = code("652901001001001001001");
        let at = (&building, Function::BuildingHead);
        let named = |card: Card| Newcomer {
            id: TeamMemberId::from_raw(30),
            whom: Whom::Named("Aunt Wu".to_owned()),
            card,
        };
        let unasked = joins(app, &keeper, at, named(quiet())).await;
        assert_eq!(key(&unasked.unwrap_err()), "fault-team-agreed");
        let wrong = joins(app, &keeper, at, named(reachable("my door"))).await;
        assert_eq!(key(&wrong.unwrap_err()), "fault-team-phone");
        let above = (&grid(1), Function::BuildingHead);
        let above = joins(app, &keeper, above, named(reachable("5550"))).await;
        assert_eq!(key(&above.unwrap_err()), "fault-team-function");
        joins(app, &keeper, at, named(reachable("5550")))
            .await
            .unwrap();
        let door = look::card(app, building.clone()).await.unwrap();
        assert_eq!(door.lines[0].member.shown.name, "Aunt Wu");
        let id = TeamMemberId::from_raw(30);
        card::change(app, &keeper, id, reachable("5551"))
            .await
            .unwrap();
        let no_more = card::change(app, &keeper, id, quiet()).await;
        assert_eq!(key(&no_more.unwrap_err()), "refused-team-agrees-no-more");
        hand_over::hand_over(app, &keeper, id, To::Nobody)
            .await
            .unwrap();
        let (seen, past) = look::desk(app, &keeper, building).await.unwrap();
        assert!(seen.lines.is_empty());
        assert_eq!(past.members[0].shown.name, "", "a name is forgotten");
        assert_eq!(TODAY, app.config.day(past.members[0].starts_at));
    }
}

#[tokio::test]
async fn nobody_sees_to_teams_elsewhere_or_brings_in_strangers() {
    for bench in benches() {
        let (app, keeper, grid) = (&bench.app, town(&bench).await, grid(1));
        let at = (&grid, Function::GridWorker);
        let stranger = joins(app, &keeper, at, newcomer(10, 77, quiet())).await;
        assert_eq!(key(&stranger.unwrap_err()), "fault-team-colleague");
        let named = Newcomer {
            id: TeamMemberId::from_raw(10),
            whom: Whom::Named("Somebody".to_owned()),
            card: reachable("5550"),
        };
        let named = joins(app, &keeper, at, named).await;
        assert_eq!(key(&named.unwrap_err()), "fault-team-colleague");
        let mut elsewhere = keeper.clone();
        elsewhere.posts[0].place = code("652901001002");
        let far = joins(app, &elsewhere, at, newcomer(10, 2, quiet())).await;
        assert_eq!(key(&far.unwrap_err()), "refused-no-place");
        joins(app, &keeper, at, newcomer(10, 2, quiet()))
            .await
            .unwrap();
        let id = TeamMemberId::from_raw(10);
        let far = hand_over::hand_over(app, &elsewhere, id, To::Community).await;
        assert_eq!(key(&far.unwrap_err()), "refused-no-team-member");
        let worker = Actor {
            who: Who::Person(PersonId::from_raw(2)),
            posts: held(&bench, 2).await,
        };
        let worker = Actor {
            posts: worker
                .posts
                .into_iter()
                .filter(|post| post.role == Role::GridWorker)
                .collect(),
            ..worker
        };
        let own = hand_over::hand_over(app, &worker, id, To::Community).await;
        assert_eq!(key(&own.unwrap_err()), "refused-not-permitted");
        look::desk(app, &worker, grid.clone()).await.unwrap();
        let nowhere = look::card(app, code("652901001001")).await.unwrap_err();
        assert_eq!(key(&nowhere), "refused-no-place");
    }
}

#[tokio::test]
async fn of_two_who_put_somebody_at_once_one_is_told_that_it_is_taken() {
    for bench in benches() {
        let (keeper, grid) = (town(&bench).await, grid(1));
        let tries = [(10, 2), (11, 3)].map(|(id, person)| {
            let (app, keeper, grid) = (bench.app.clone(), keeper.clone(), grid.clone());
            let who = newcomer(id, person, quiet());
            tokio::spawn(
                async move { joins(&app, &keeper, (&grid, Function::GridWorker), who).await },
            )
        });
        let mut told = Vec::new();
        for one in tries {
            told.push(one.await.unwrap());
        }
        assert_eq!(told.iter().filter(|one| one.is_ok()).count(), 1, "{told:?}");
        let refused = told.into_iter().find_map(Result::err).unwrap();
        assert_eq!(key(&refused), "refused-team-taken");
        let seen = look::card(&bench.app, grid).await.unwrap();
        assert_eq!(seen.lines.len(), 1);
    }
}

#[tokio::test]
async fn a_team_goes_along_when_its_grid_is_split_or_merged() {
    for bench in benches() {
        let (app, keeper, grid) = (&bench.app, town(&bench).await, grid(1));
        let at = |function| (&grid, function);
        let worker = newcomer(10, 2, reachable("0998-5550123"));
        joins(app, &keeper, at(Function::GridWorker), worker)
            .await
            .unwrap();
        let helper = Newcomer {
            whom: Whom::Named("王阿姨".to_owned()),
            ..newcomer(11, 0, reachable("0998-5550124"))
        };
        joins(app, &keeper, at(Function::Helper), helper)
            .await
            .unwrap();
        let instead = stand_in::Request {
            id: SubstituteId::from_raw(20),
            member: TeamMemberId::from_raw(10),
            person: PersonId::from_raw(3),
            card: reachable("0998-5550125"),
            from: TODAY,
            until: date(2026, 3, 6),
        };
        stand_in::stand_in(app, &keeper, instead).await.unwrap();

        let part = |name: &str| Part {
            names: Names::one("zh", name),
            shape: None,
        };
        let split = What::Split {
            parts: vec![part("东"), part("西")],
            goes: BTreeMap::new(),
        };
        let parts = changes(app, &keeper, (1, &grid), split).await;
        for part in &parts {
            let seen = look::card(app, part.clone()).await.unwrap();
            let functions: Vec<Function> =
                seen.lines.iter().map(|line| line.member.function).collect();
            assert_eq!(functions, [Function::GridWorker, Function::Helper]);
            let substitute = seen.lines[0].substitute.as_ref().unwrap();
            assert_eq!(substitute.person, PersonId::from_raw(3));
            assert_eq!(seen.lines[1].member.shown.phone, "0998-5550124");
            assert!(works_in(&bench, 2, part).await && works_in(&bench, 3, part).await);
        }
        let merge = What::Merge {
            with: vec![parts[1].clone()],
            names: Names::one("zh", "合"),
        };
        let whole = changes(app, &keeper, (2, &parts[0]), merge).await;
        let seen = look::card(app, whole[0].clone()).await.unwrap();
        let workers = seen
            .lines
            .iter()
            .filter(|line| line.member.function.is_single());
        assert_eq!(workers.count(), 1);
        assert_eq!(held(&bench, 3).await.len(), 2, "the post of the span, once");
        // Handing over ends the post that came along.
        let id = seen.lines[0].member.id;
        hand_over::hand_over(app, &keeper, id, To::Community)
            .await
            .unwrap();
        assert!(!works_in(&bench, 2, &whole[0]).await && !works_in(&bench, 3, &whole[0]).await);
        people_stay_out_of_old_places(app, &grid).await;
    }
}

/// In a place that is no more nobody leaves a number.
async fn people_stay_out_of_old_places(app: &App, old: &PlaceCode) {
    let (from, to) = (old.to_string(), old.range_end());
    let left = move |tx: &mut Tx<'_>| huiyin_store::teams::past(tx, (&from, &to), 50);
    let left = app.store.read(left).await.unwrap();
    assert!(!left.is_empty());
    assert!(left.iter().all(|member| member.shown.phone.is_empty()));
}

async fn changes(
    app: &App,
    actor: &Actor,
    (number, place): (i64, &PlaceCode),
    what: What,
) -> Vec<PlaceCode> {
    let request = change::Request {
        id: PlaceChangeId::from_raw(number),
        place: place.clone(),
        what,
        reason: "小区变大了".to_owned(),
    };
    change::change(app, actor, request).await.unwrap()
}
