//! What holds a task back, what lets it come again, and who is told.

use huiyin_domain::id::{TaskId, TaskRuleId};
use huiyin_domain::person::Role;
use huiyin_domain::place::Level;
use huiyin_domain::task::{Limits, Rhythm, Sort};
use huiyin_store::{Tx, posts};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::board::{Column, Filter};
use super::tests::{DUE, ID, audited, place, refused, request, settled, works};
use super::{board, break_down, calendar, give, limit, look, part, repeat, withdraw};
use crate::testing::{Bench, benches};
use crate::venues::tests::key;

#[tokio::test]
async fn a_full_desk_takes_no_more_unless_it_is_urgent_and_said_why() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 2, 0)).await;
        let town = villages[0][..9].to_owned();
        let office = works(&bench, 1, Role::Dispatcher, &town).await;
        let limits = Limits { warn: 1, refuse: 2 };
        assert_eq!(
            refused(limit::set(app, &office, (place("9801"), limits))).await,
            "refused-not-permitted"
        );
        let bad = (place(&town), Limits { warn: 3, refuse: 2 });
        assert_eq!(
            refused(limit::set(app, &office, bad)).await,
            "fault-task-limits"
        );
        limit::set(app, &office, (place(&town), limits))
            .await
            .unwrap();
        assert_eq!(limit::held(app, &office).await.unwrap()[0].limits, limits);
        let numbered = |id: i64| give::Request {
            id: TaskId::from_raw(id),
            ..request(&town, Level::Community)
        };
        for id in [1, 2] {
            give::give(app, &office, numbered(id)).await.unwrap();
        }
        let preview = give::look(app, &office, numbered(3)).await.unwrap();
        assert_eq!((preview.over(), preview.full[0].lying), (2, 2));
        assert_eq!(
            refused(give::give(app, &office, numbered(3))).await,
            "refused-task-over-limit"
        );
        let urgent = |why: &str| give::Request {
            sort: Sort::Urgent,
            over_limit_for: why.to_owned(),
            ..numbered(3)
        };
        assert_eq!(
            refused(give::give(app, &office, urgent(" "))).await,
            "fault-task-over-limit"
        );
        let next_week = give::Request {
            due_on: date(2026, 3, 9),
            ..numbered(4)
        };
        give::give(app, &office, next_week).await.unwrap();
        give::give(app, &office, urgent("the dam leaks"))
            .await
            .unwrap();
        let kept = look::look(app, &office, TaskId::from_raw(3), None)
            .await
            .unwrap();
        assert_eq!(kept.task.over_limit_for.as_deref(), Some("the dam leaks"));
        let board = board::look(app, &office, Filter::default()).await.unwrap();
        assert_eq!(board.cards.len(), 4);
        assert!(board.cards.iter().all(|card| card.column == Column::Below));
        let month = calendar::month(app, &office, DUE).await.unwrap();
        assert_eq!(month.len(), 4);
    }
}

#[tokio::test]
async fn a_regular_task_comes_back_on_working_days_until_it_is_ended() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 2, 0)).await;
        let town = villages[0][..9].to_owned();
        let office = works(&bench, 1, Role::Dispatcher, &town).await;
        let id = TaskRuleId::from_raw(3);
        let rule = |days| repeat::Request {
            id,
            sort: Sort::Regular,
            wanted: request(&town, Level::Community).wanted,
            rhythm: Rhythm::Week,
            first_on: date(2026, 3, 7),
            working_days: days,
        };
        assert_eq!(
            refused(repeat::make(app, &office, rule(0))).await,
            "fault-task-working-days"
        );
        repeat::make(app, &office, rule(5)).await.unwrap();
        repeat::make(app, &office, rule(5)).await.unwrap();
        // The first day is a Saturday: it is given on the Monday after, and due on the Monday then.
        let mut given = Vec::new();
        for _ in 0..18 {
            bench.clock.advance(SignedDuration::from_hours(24));
            let (first, second) =
                tokio::join!(super::give_next::run(app), super::give_next::run(app));
            let count = first.unwrap() + second.unwrap();
            given.extend((0..count).map(|_| app.config.day(app.now())));
        }
        assert_eq!(given, [date(2026, 3, 9), date(2026, 3, 16)]);
        let board = board::look(app, &office, Filter::default()).await.unwrap();
        let due: Vec<Date> = board.cards.iter().map(|card| card.task.due_on).collect();
        assert_eq!(due, [date(2026, 3, 16), date(2026, 3, 23)]);
        assert_eq!(repeat::list(app, &office).await.unwrap().len(), 1);
        repeat::end(app, &office, id).await.unwrap();
        repeat::end(app, &office, id).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(super::give_next::run(app).await.unwrap(), 0);
        audited(&bench).await;
    }
}

/// Who is told now of the task.
async fn told(bench: &Bench) -> Vec<i64> {
    let now = bench.app.now();
    let read = move |tx: &mut Tx<'_>| {
        let task = huiyin_store::tasks::read(tx, ID)?.unwrap();
        let telling = huiyin_store::task_telling::Telling {
            task: ID,
            meant_for: super::tell::meant_for(&task),
            now,
            since: now - SignedDuration::from_hours(24),
            roles: &huiyin_domain::access::roles_for(huiyin_domain::access::Action::TaskReport),
        };
        huiyin_store::task_telling::to_tell(tx, telling, None, 100)
    };
    let people = bench.app.store.read(read).await.unwrap();
    let people = people.into_iter().map(|(person, _)| person.get());
    people.collect()
}

#[tokio::test]
async fn a_task_for_a_post_is_told_to_its_holders_and_to_all_where_nobody_holds_it() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 3, 1)).await;
        let [one, two, three] = [&villages[0], &villages[1], &villages[2]];
        let office = works(&bench, 1, Role::Office, "980121").await;
        let village = works(&bench, 2, Role::Community, one).await;
        works(&bench, 3, Role::Dispatcher, one).await;
        works(&bench, 4, Role::Community, two).await;
        works(&bench, 5, Role::Dispatcher, three).await;
        works(&bench, 6, Role::GridWorker, &format!("{one}001")).await;
        let mut request = request("980121", Level::Community);
        request.wanted.reach.role = Some(Role::Dispatcher);
        let preview = give::look(app, &office, request.clone()).await.unwrap();
        assert_eq!((preview.reports, preview.without), (3, 1));
        give::give(app, &office, request.clone()).await.unwrap();
        assert_eq!(
            told(&bench).await,
            [3, 4, 5],
            "the second village has no such post"
        );
        let page = part::look(app, &village, ID, place(one)).await.unwrap();
        assert_eq!(page.task.role, Some(Role::Dispatcher));
        assert!(page.side.answers, "a colleague is not kept from reporting");
        break_down::break_down(app, &village, ID, (place(one), Level::Grid))
            .await
            .unwrap();
        assert_eq!(
            told(&bench).await,
            [4, 5, 6],
            "what is below is for all there"
        );
        request.id = TaskId::from_raw(90);
        request.wanted.reach.role = Some(Role::GridWorker);
        let upstairs = give::give(app, &office, request.clone());
        assert_eq!(
            refused(upstairs).await,
            "fault-task-role",
            "it reaches no grid"
        );
        request.wanted.reach.role = Some(Role::Auditor);
        assert_eq!(
            refused(give::give(app, &office, request)).await,
            "fault-task-role"
        );
        audited(&bench).await;
    }
}

#[tokio::test]
async fn whoever_is_told_of_a_part_is_told_once_and_breaking_one_down_tells_those_below() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 2, 1)).await;
        let (one, two) = (villages[0].as_str(), villages[1].as_str());
        let office = works(&bench, 1, Role::Office, "980121").await;
        let village = works(&bench, 2, Role::Community, one).await;
        works(&bench, 3, Role::Community, two).await;
        works(&bench, 4, Role::GridWorker, &format!("{one}001")).await;
        works(&bench, 5, Role::Supervisor, two).await;
        give::give(app, &office, request("980121", Level::Community))
            .await
            .unwrap();
        assert_eq!(told(&bench).await, [2, 3]);
        bench.clock.advance(SignedDuration::from_hours(48));
        break_down::break_down(app, &village, ID, (place(one), Level::Grid))
            .await
            .unwrap();
        assert_eq!(told(&bench).await, [4], "the neighbours know for two days");
        withdraw::withdraw(app, &office, ID, "no more".to_owned())
            .await
            .unwrap();
        assert_eq!(told(&bench).await, Vec::<i64>::new());
    }
}

#[tokio::test]
async fn a_rule_goes_on_with_a_colleague_and_ends_with_a_record_when_there_is_none() {
    for bench in benches() {
        let app = &bench.app;
        let villages = settled(&bench, (1, 1, 2, 0)).await;
        let town = villages[0][..9].to_owned();
        let maker = works(&bench, 1, Role::Dispatcher, &town).await;
        let other = works(&bench, 2, Role::Dispatcher, &town).await;
        let rule = |sort| repeat::Request {
            id: TaskRuleId::from_raw(3),
            sort,
            wanted: request(&town, Level::Community).wanted,
            rhythm: Rhythm::Week,
            first_on: date(2026, 3, 9),
            working_days: 5,
        };
        assert_eq!(
            refused(repeat::make(app, &maker, rule(Sort::Key))).await,
            "fault-task-repeats-regular"
        );
        let mut nobody = rule(Sort::Regular);
        nobody.wanted.reach.level = Level::Grid;
        nobody.wanted.reach.only = vec![place(&format!("{town}099"))];
        assert_eq!(
            refused(repeat::look(app, &maker, nobody)).await,
            "fault-task-nobody"
        );
        let preview = repeat::look(app, &maker, rule(Sort::Regular)).await;
        assert_eq!(preview.unwrap().reports, 2);
        assert!(repeat::list(app, &maker).await.unwrap().is_empty());
        repeat::make(app, &maker, rule(Sort::Regular))
            .await
            .unwrap();
        for (leaves, given) in [(&maker, 1), (&other, 0)] {
            let (post, now) = (leaves.posts[0].post, app.now());
            let write = move |tx: &mut Tx<'_>| posts::end(tx, post, now);
            app.store.write(0, write).await.unwrap();
            let monday = 24 * (if given == 1 { 7 } else { 14 });
            bench.clock.advance(SignedDuration::from_hours(monday));
            assert_eq!(super::give_next::run(app).await.unwrap(), given);
        }
        assert!(repeat::list(app, &other).await.unwrap().is_empty());
        audited(&bench).await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_task_is_said_at_its_field() {
    for bench in benches() {
        let app = &bench.app;
        settled(&bench, (1, 1, 2, 0)).await;
        let office = works(&bench, 1, Role::Office, "9801").await;
        type Change = fn(&mut give::Request);
        let changes: [(Change, &str); 8] = [
            (|one| one.wanted.title.clear(), "fault-required"),
            (
                |one| one.wanted.standard = "x".repeat(1_001),
                "fault-too-long",
            ),
            (
                |one| one.wanted.evidence.counted_in.clear(),
                "fault-required",
            ),
            (
                |one| one.wanted.reach.level = Level::Prefecture,
                "fault-task-level",
            ),
            (
                |one| one.wanted.reach.level = Level::Door,
                "fault-task-level",
            ),
            (
                |one| one.wanted.reach.only = vec![place("980121001")],
                "fault-task-only",
            ),
            (|one| one.due_on = date(2026, 3, 1), "fault-task-due"),
            (
                |one| one.wanted.reach.only = vec![place("980199")],
                "fault-task-nobody",
            ),
        ];
        for (change, expected) in changes {
            let mut wrong = request("9801", Level::Community);
            change(&mut wrong);
            let refused = give::give(app, &office, wrong).await.unwrap_err();
            assert_eq!(key(&refused), expected);
        }
    }
}
