use huiyin_domain::access::Relation;
use huiyin_domain::case::{CallRole, CallState};

use super::*;
use crate::Statement;
use crate::lists::{self, Cursor, Filter, Horizons, Order, Page, State};

/// Six cases: 1–3 of HEATING in the community, 4 in the next street, 5 of
/// WATER with HEATING called, 6 closed.
pub(super) fn six(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for (id, due) in [(1, 30), (2, 20), (3, 10)] {
        open(
            tx,
            &CaseView {
                urgent: id == 2,
                ..appeal(id, due)
            },
            &["暖气", "不热"],
        )?;
    }
    open(
        tx,
        &CaseView {
            place: place(NEXT_STREET),
            ..appeal(4, 5)
        },
        &["暖气", "漏水"],
    )?;
    let call = Call {
        unit: HEATING,
        role: CallRole::Assisting,
        state: CallState::Waiting,
        due_at: None,
        late_at: None,
        rating: None,
    };
    let fifth = CaseView {
        owner: Owner::Unit(WATER),
        opened_unit: Some(HOTLINE),
        calls: vec![call],
        item: Some("water".parse().unwrap()),
        stage: "in-hand".to_owned(),
        ..appeal(5, 1)
    };
    open(tx, &fifth, &["漏水"])?;
    let sixth = CaseView {
        closed_at: Some(at(50)),
        outcome: Some("solved".to_owned()),
        clock: None,
        ..appeal(6, 0)
    };
    open(tx, &sixth, &["暖气", "修好"])
}

pub(super) fn ids(page: &Page) -> Vec<i64> {
    page.rows.iter().map(|row| row.id.get()).collect()
}

pub(super) fn listed(store: &Store, scope: &Scope, filter: Filter) -> Vec<i64> {
    let scope = scope.clone();
    let page = store
        .read_blocking(move |tx| lists::list(tx, &scope, &filter, None, 50))
        .unwrap();
    assert_eq!(page.next, None);
    ids(&page)
}

#[test]
fn lists_are_the_union_of_what_the_scope_reaches() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        let everything = Scope::for_the_house();
        let heating = scope_of(Role::Handler, HEATING, "6529");
        let water = scope_of(Role::Handler, WATER, "6529");
        let hotline = scope_of(Role::Handler, HOTLINE, "6529");
        let street = scope_of(Role::Dispatcher, UnitId::from_raw(9), "652901001");
        let county = scope_of(Role::Dispatcher, WATER, "652901");
        let nobody = scope_of(Role::Auditor, HEATING, "6529");

        let due = Filter::default;
        assert_eq!(listed(store, &everything, due()), [5, 4, 3, 2, 1]);
        assert_eq!(listed(store, &heating, due()), [5, 4, 3, 2, 1]);
        assert_eq!(listed(store, &water, due()), [5]);
        assert_eq!(listed(store, &hotline, due()), [5]);
        assert_eq!(listed(store, &street, due()), [5, 3, 2, 1]);
        assert_eq!(listed(store, &county, due()), [5, 4, 3, 2, 1]);
        assert_eq!(listed(store, &nobody, due()), [0; 0]);
        let via = |via| Filter {
            via: Some(via),
            ..due()
        };
        assert_eq!(listed(store, &heating, via(Relation::Own)), [4, 3, 2, 1]);
        assert_eq!(listed(store, &heating, via(Relation::Called)), [5]);
        assert_eq!(listed(store, &hotline, via(Relation::Opened)), [5]);
        assert_eq!(listed(store, &county, via(Relation::Own)), [5]);

        let all = || Filter {
            state: State::All,
            ..Filter::default()
        };
        assert_eq!(listed(store, &everything, all()), [6, 5, 4, 3, 2, 1]);
        assert_eq!(listed(store, &heating, all()), [6, 5, 4, 3, 2, 1]);
        assert_eq!(listed(store, &water, all()), [5]);
        assert_eq!(listed(store, &street, all()), [6, 5, 3, 2, 1]);
        assert_eq!(listed(store, &nobody, all()), [0; 0]);
        let closed = Filter {
            state: State::Closed,
            ..due()
        };
        assert_eq!(listed(store, &street, closed), [6]);
        let newest = Filter {
            order: Order::Newest,
            ..due()
        };
        assert_eq!(listed(store, &street, newest), [5, 3, 2, 1]);
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
fn filters_narrow() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        let everything = Scope::for_the_house();
        for order in [Order::Due, Order::Newest] {
            let filter = || Filter {
                order,
                ..Filter::default()
            };
            let sorted = |filter: Filter| {
                let mut ids = listed(store, &everything, filter);
                ids.sort_unstable();
                ids
            };
            let some = |word: &str| Some(word.to_owned());
            assert_eq!(
                sorted(Filter {
                    kind: some("wish"),
                    ..filter()
                }),
                [0; 0]
            );
            assert_eq!(
                sorted(Filter {
                    kind: some("appeal"),
                    ..filter()
                }),
                [1, 2, 3, 4, 5]
            );
            assert_eq!(
                sorted(Filter {
                    stage: some("in-hand"),
                    ..filter()
                }),
                [5]
            );
            assert_eq!(
                sorted(Filter {
                    urgent_only: true,
                    ..filter()
                }),
                [2]
            );
            assert_eq!(
                sorted(Filter {
                    due_before: Some(at(10)),
                    ..filter()
                }),
                [4, 5]
            );
            let item = |code: &str| Some(code.parse().unwrap());
            assert_eq!(
                sorted(Filter {
                    item: item("heating"),
                    ..filter()
                }),
                [1, 2, 3, 4]
            );
            assert_eq!(
                sorted(Filter {
                    item: item("heat"),
                    ..filter()
                }),
                [0; 0]
            );
            let within = |code: &str| Some(place(code));
            assert_eq!(
                sorted(Filter {
                    place: within("652901002"),
                    ..filter()
                }),
                [4]
            );
        }
        let street = scope_of(Role::Dispatcher, UnitId::from_raw(9), "652901001");
        let elsewhere = Filter {
            place: Some(place("652901002")),
            ..Filter::default()
        };
        assert_eq!(listed(store, &street, elsewhere), [0; 0]);
        let inside = Filter {
            place: Some(place(COMMUNITY)),
            ..Filter::default()
        };
        assert_eq!(listed(store, &street, inside), [5, 3, 2, 1]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                // Many fall due at the same instant; every third is called elsewhere.
                for id in 1..=50 {
                    let opened_unit = (id % 3 == 0).then_some(HEATING);
                    open(
                        tx,
                        &CaseView {
                            opened_unit,
                            ..appeal(id, id / 10)
                        },
                        &["暖气"],
                    )?;
                }
                Ok::<_, DbError>(())
            })
            .unwrap();
        let scope = scope_of(Role::Community, HEATING, COMMUNITY);
        for (order, words) in [
            (Order::Due, vec![]),
            (Order::Newest, vec![]),
            (Order::Newest, vec!["暖气".to_owned()]),
        ] {
            let filter = Filter {
                order,
                words,
                ..Filter::default()
            };
            let mut seen = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let (scope, filter) = (scope.clone(), filter.clone());
                let page = store
                    .read_blocking(move |tx| lists::list(tx, &scope, &filter, after, 7))
                    .unwrap();
                assert!(page.rows.len() <= 7);
                seen.extend(ids(&page));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let expected: Vec<i64> = if order == Order::Due {
                (1..=50).collect()
            } else {
                (1..=50).rev().collect()
            };
            assert_eq!(seen, expected);
        }
        let count = |cap| {
            let scope = scope.clone();
            store
                .read_blocking(move |tx| lists::heads(tx, &scope, &Filter::default(), cap))
                .unwrap()
                .len()
        };
        assert_eq!((count(1000), count(20)), (50, 20));
    });
}

#[test]
fn a_map_shows_the_cases_of_a_list_and_no_others() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        for (role, unit, post_place) in [
            (Role::Community, HEATING, COMMUNITY),
            (Role::Handler, HEATING, "652901"),
            (Role::Handler, WATER, "652901"),
            (Role::Dispatcher, HOTLINE, "652901"),
            (Role::Operator, HOTLINE, NEXT_STREET),
        ] {
            let scope = scope_of(role, unit, post_place);
            for within in [None, Some(place(COMMUNITY)), Some(place(NEXT_STREET))] {
                let filter = Filter {
                    place: within.clone(),
                    ..Filter::default()
                };
                let scope_again = scope.clone();
                let lying = store
                    .read_blocking(move |tx| lists::lying(tx, &scope_again, within.as_ref(), 100))
                    .unwrap();
                let shown: Vec<i64> = lying.iter().map(|case| case.id.get()).collect();
                assert_eq!(shown, listed(store, &scope, filter), "{role:?}");
            }
        }
    });
}

#[test]
fn the_board_shows_how_owners_stand() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        let claim = CaseView {
            owner: Owner::Person(BEN),
            ..appeal(7, 15)
        };
        store
            .write_blocking(7, move |tx| open(tx, &claim, &[]))
            .unwrap();
        let county = scope_of(Role::Dispatcher, HOTLINE, "652901");
        let lines = store
            .read_blocking(move |tx| {
                lists::board(tx, &county, at(6), Horizons([at(16), at(21), at(31)]))
            })
            .unwrap();
        let line = |unit| lines.iter().find(|line| line.unit == unit).unwrap();
        let heating = line(Some(HEATING));
        assert_eq!(
            (heating.open, heating.late, heating.soon),
            (3, 0, [1, 2, 3])
        );
        assert_eq!((line(Some(WATER)).late, line(None).soon), (1, [1; 3]));
        let urgent: i64 = lines.iter().map(|line| line.urgent).sum();
        assert_eq!(urgent, 1);
        let own = store
            .read_blocking(|tx| {
                lists::board_of_unit(tx, HEATING, at(6), Horizons([at(16), at(21), at(31)]))
            })
            .unwrap();
        for near in [COMMUNITY, NEXT_STREET] {
            let scope = scope_of(Role::Community, UnitId::from_raw(9), near);
            let street: Vec<_> = store
                .read_blocking(move |tx| {
                    lists::board(tx, &scope, at(6), Horizons([at(16), at(21), at(31)]))
                })
                .unwrap();
            let there = lines
                .iter()
                .filter(|line| near.starts_with(line.street.as_str()));
            assert_eq!(street, there.cloned().collect::<Vec<_>>(), "{near}");
        }
        let of_heating = lines.iter().filter(|line| line.unit == Some(HEATING));
        assert_eq!(own, of_heating.cloned().collect::<Vec<_>>());
        assert_eq!(own.len(), 2, "in two streets");
        let claims = store
            .read_blocking(|tx| lists::claims_of(tx, BEN, 9))
            .unwrap();
        assert_eq!(claims.len(), 1);
    });
}

#[test]
fn open_lists_walk_an_index_in_order() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    for (name, index) in [
        ("OPEN_OF_OWNER", "cases_open_by_owner"),
        ("OPEN_OF_OPENER", "cases_open_by_opener"),
        ("OPEN_OF_CALLED", "calls_open_by_unit"),
        ("OPEN_IN_STREET", "cases_open_by_street"),
        ("OPEN_ANYWHERE", "cases_open_by_due"),
        ("HEADS_ANYWHERE", "cases_open_by_due"),
        ("NEWEST_OF_UNIT", "PRIMARY KEY"),
        ("board::BOARD", "COVERING INDEX cases_open_by_due"),
        ("cases::AWAKE", "cases_open_by_wake"),
        ("calls::OVERDUE", "calls_by_due"),
        ("newest::FOUND", "SCAN search VIRTUAL TABLE"),
        ("::FOUND_OF_UNIT", "SCAN search VIRTUAL TABLE"),
        ("jobs::TAKE", "jobs_by_time"),
        ("public_cases::LIST_OPEN", "public_cases_open"),
    ] {
        let statement = crate::statements::all()
            .find(|statement| statement.name.ends_with(name))
            .unwrap();
        let sql: &'static str = format!(
            "EXPLAIN QUERY PLAN {}",
            statement.text(crate::Engine::Sqlite)
        )
        .leak();
        let explain = Statement::both("test::explain", sql);
        let plan: Vec<String> = store
            .write_blocking(0, move |tx| tx.query(&explain, &[], |row| row.get(3)))
            .map_err(|error: crate::WriteError<DbError>| error)
            .unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{name}: {plan}");
        let sorts = plan.contains("TEMP B-TREE") && name != "OPEN_OF_CALLED";
        assert!(!sorts, "{name}: {plan}");
    }
}
