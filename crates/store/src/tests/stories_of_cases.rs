use std::time::Duration;

use huiyin_domain::case::{
    CallRole, CallState, EntryShape, Kept, Measure, Pause, Recipient, Term, entry_hash, text_hash,
};
use huiyin_domain::id::{JobId, LookId, NoticeId};

use super::*;
use crate::looks::Look;
use crate::petitioners::{self, Petitioner};
use crate::public_cases::{self, PublicCase, Wanted};
use crate::{ReadError, WriteError, calls, jobs, looks, notices, rollups, verify};

/// Take a step: write the case as `after`, and its entry.
fn step(store: &Store, before: cases::Loaded, after: CaseView) -> Result<(), WriteError<DbError>> {
    store.write_blocking(after.id.get(), move |tx| {
        cases::update(tx, &before, &after, &before.title, at(50))?;
        let entry = NewEntry {
            case: after.id,
            number: after.version,
            at: at(50),
            step: "accept",
            acting: &Acting::Person(ANA),
            from: Some(&before.view.stage),
            to: &after.stage,
            shape: "{\"owner\":1}",
            text: None,
        };
        entries::append(tx, &entry, &before.head).map(drop)
    })
}

#[test]
fn what_is_opened_is_loaded_as_it_was() {
    in_town(|store| {
        let call = Call {
            unit: WATER,
            role: CallRole::Summoned,
            state: CallState::Waiting,
            due_at: Some(at(30)),
            late_at: None,
            rating: None,
        };
        let view = CaseView {
            calls: vec![call],
            urgent: true,
            opened_unit: Some(HOTLINE),
            previous_owner: Some(Owner::Person(BEN)),
            ..appeal(5, 60)
        };
        let opened = view.clone();
        store
            .write_blocking(5, move |tx| open(tx, &opened, &[]))
            .unwrap();
        let loaded = loaded(store, 5);
        assert_eq!(loaded.view, view);
        assert_eq!(
            (loaded.title.as_str(), loaded.channel.as_str()),
            ("暖气不热", "web")
        );
    });
}

#[test]
fn a_step_changes_only_what_it_changes() {
    in_town(|store| {
        store
            .write_blocking(5, |tx| open(tx, &appeal(5, 60), &[]))
            .unwrap();
        let before = loaded(store, 5);
        let mut after = before.view.clone();
        after.version = 2;
        after.stage = "in-hand".to_owned();
        after.owner = Owner::Person(BEN);
        after.previous_owner = Some(Owner::Unit(HEATING));
        after.place = place(NEXT_STREET);
        after.item = None;
        after.urgent = true;
        after
            .values
            .insert("note".to_owned(), Value::Text("x".to_owned()));
        after.counts.insert("accept".to_owned(), 1);
        step(store, before, after.clone()).unwrap();
        let second = loaded(store, 5);
        assert_eq!(second.view, after);
        assert_eq!(second.changed_at, at(50));

        let mut closed = after.clone();
        closed.version = 3;
        closed.closed_at = Some(at(50));
        closed.outcome = Some("solved".to_owned());
        closed.clock = None;
        step(store, second, closed.clone()).unwrap();
        assert_eq!(loaded(store, 5).view, closed);
    });
}

#[test]
fn of_two_steps_on_one_version_one_is_refused_and_writes_nothing() {
    in_town(|store| {
        store
            .write_blocking(5, |tx| open(tx, &appeal(5, 60), &[]))
            .unwrap();
        let before = loaded(store, 5);
        let mut after = before.view.clone();
        after.version = 2;
        step(store, before.clone(), after.clone()).unwrap();
        after.stage = "elsewhere".to_owned();
        let second = step(store, before, after);
        assert!(matches!(
            second,
            Err(WriteError::Refused(DbError::Conflict { .. }))
        ));
        assert_eq!(loaded(store, 5).view.stage, "received");
    });
}

#[test]
fn a_clock_stands_until_an_instant_and_promises_stay() {
    in_town(|store| {
        let mut view = appeal(5, 60);
        let term = Term {
            name: "answer".to_owned(),
            started_at: at(5),
            limit: "5wd".parse().unwrap(),
            first_due_at: at(90),
            due_at: at(90),
            met_at: None,
            left: None,
        };
        view.terms = vec![term.clone()];
        store
            .write_blocking(5, move |tx| open(tx, &view, &[]))
            .unwrap();
        let before = loaded(store, 5);
        assert_eq!(before.view.terms, std::slice::from_ref(&term));
        let left = Duration::from_micros(1_234_567);
        let pause = Pause {
            since: at(10),
            until: at(50),
            why: "parts".to_owned(),
            left,
        };
        let mut after = before.view.clone();
        after.version = 2;
        after.memory.paused_for.insert("parts".to_owned());
        let kept = Kept {
            left,
            whole: left,
            measure: Measure::Working,
        };
        after.memory.kept.insert("handle".to_owned(), kept);
        after.terms[0].due_at = at(130);
        after.terms[0].left = Some(left);
        let clock = after.clock.as_mut().unwrap();
        (clock.wake_at, clock.measure, clock.warned) = (at(50), Measure::Working, 1);
        clock.paused = Some(pause.clone());
        let mut endless = after.clone();
        let still = endless.clock.as_mut().unwrap().paused.as_mut().unwrap();
        still.until = at(10);
        match step(store, before.clone(), endless) {
            Err(WriteError::Refused(DbError::Check { constraint, .. })) => {
                assert_eq!(constraint, "paused_cases_go_on");
            }
            other => panic!("{other:?}"),
        }
        step(store, before, after.clone()).unwrap();
        let held = loaded(store, 5);
        assert_eq!(held.view, after);
        let awake = |minute| {
            let awake = store.read_blocking(move |tx| cases::awake(tx, at(minute), None, 9));
            awake.unwrap().len()
        };
        assert_eq!((awake(49), awake(50)), (0, 1));
        // Another first promise is another promise: the old one is taken away, never rewritten.
        let mut other = held.view.clone();
        other.version = 3;
        other.terms[0].first_due_at = at(91);
        step(store, held, other.clone()).unwrap();
        assert_eq!(loaded(store, 5).view.terms, other.terms);
    });
}

type Spoil = fn(&mut CaseView);

#[test]
fn the_database_guards_the_promise() {
    in_town(|store| {
        let broken: [(&str, Spoil); 7] = [
            ("open_cases_have_a_clock", |view| view.clock = None),
            ("closed_cases_have_an_outcome", |view| {
                view.closed_at = Some(at(1));
                view.clock = None;
            }),
            ("open_cases_wake", |view| {
                view.clock.as_mut().unwrap().wake_at = at(61);
            }),
            ("cases_are_not_merged_into_themselves", |view| {
                view.merged_into = Some(view.id)
            }),
            ("kind_version", |view| {
                view.kind_hash = KindHash::from_bytes([1; 32])
            }),
            ("foreign", |view| view.place = place("1501")),
            ("foreign", |view| {
                view.owner = Owner::Unit(UnitId::from_raw(99))
            }),
        ];
        for (expected, spoil) in broken {
            let mut view = appeal(5, 60);
            spoil(&mut view);
            let answer = store.write_blocking(5, move |tx| {
                cases::insert(
                    tx,
                    &cases::Opening {
                        view: &view,
                        channel: "web",
                        title: "",
                    },
                )
            });
            match answer {
                Err(WriteError::Refused(DbError::Check { constraint, .. })) => {
                    assert!(constraint.contains(expected), "{constraint}: {expected}");
                }
                Err(WriteError::Refused(DbError::Foreign { .. })) => {
                    assert_eq!(expected, "foreign")
                }
                other => panic!("{expected}: {other:?}"),
            }
        }
    });
}

/// What changes, takes away or replaces history.
fn tampering() -> [crate::Statement; 5] {
    let tamper = |sql| crate::Statement::both("test::tamper", sql);
    [
        tamper("UPDATE entries SET step = 'other'"),
        tamper("UPDATE entries SET text = 'other'"),
        tamper("UPDATE entries SET hash = salt"),
        tamper("DELETE FROM entries"),
        crate::Statement::split(
            "test::replace",
            "INSERT OR REPLACE INTO entries SELECT * FROM entries",
            "INSERT INTO entries SELECT * FROM entries \
             ON CONFLICT (case_id, number) DO UPDATE SET step = 'other'",
        ),
    ]
}

#[test]
fn history_is_chained_and_stays_but_for_its_texts() {
    in_town(|store| {
        store
            .write_blocking(5, |tx| open(tx, &appeal(5, 60), &[]))
            .unwrap();
        let before = loaded(store, 5);
        let mut after = before.view.clone();
        after.version = 2;
        step(store, before, after).unwrap();
        let case = loaded(store, 5);
        let head = case.head;
        let history = store
            .read_blocking(move |tx| entries::list(tx, &case))
            .unwrap();
        assert_eq!(
            history.iter().map(|entry| entry.number).collect::<Vec<_>>(),
            [1, 2]
        );
        assert_eq!(history[1].person, Some(ANA));
        assert_eq!(history[1].hash, head);
        let mut last = FIRST;
        for entry in &history {
            let text = entry.text.as_ref().zip(entry.salt.as_ref());
            let shape = EntryShape {
                case: entry.case,
                number: entry.number,
                at: entry.at,
                step: &entry.step,
                acting: &entry.acting,
                post: entry.post,
                unit: entry.unit,
                from: entry.from.as_deref(),
                to: &entry.to,
                shape: &entry.shape,
                text_hash: text.map(|(text, salt)| text_hash(salt, text)),
            };
            last = entry_hash(&last, &shape);
            assert_eq!(last, entry.hash);
        }

        let erased = store.write_blocking(5, |tx| entries::erase_texts(tx, CaseId::from_raw(5)));
        assert_eq!(erased.unwrap(), 1);
        for statement in tampering() {
            let said = format!("{statement:?}");
            let answer = store.write_blocking(5, move |tx| tx.execute(&statement, &[]));
            assert!(
                matches!(&answer, Err(WriteError::Refused(DbError::Check { constraint, .. })) if constraint == "entries stay"),
                "{said}: {answer:?}"
            );
        }
        let case = loaded(store, 5);
        let history = store
            .read_blocking(move |tx| entries::list(tx, &case))
            .unwrap();
        assert!(
            history
                .iter()
                .all(|entry| entry.text.is_none() && entry.salt.is_none())
        );
        assert_eq!(history[1].hash, head);
    });
}

#[test]
fn a_case_is_loaded_within_the_scope_only() {
    in_town(|store| {
        store
            .write_blocking(5, |tx| {
                let call = Call {
                    unit: WATER,
                    role: CallRole::Assisting,
                    state: CallState::Waiting,
                    due_at: None,
                    late_at: None,
                    rating: None,
                };
                open(
                    tx,
                    &CaseView {
                        calls: vec![call],
                        ..appeal(5, 60)
                    },
                    &[],
                )
            })
            .unwrap();
        let seen = |scope: Scope| {
            let read = store.read_blocking(move |tx| cases::load(tx, &scope, CaseId::from_raw(5)));
            read.unwrap().is_some()
        };
        assert!(seen(Scope::one_case(CaseId::from_raw(5))));
        assert!(!seen(Scope::one_case(CaseId::from_raw(6))));
        assert!(seen(scope_of(Role::Handler, HEATING, "6529")));
        assert!(seen(scope_of(Role::Handler, WATER, "6529")));
        assert!(!seen(scope_of(Role::Handler, HOTLINE, "6529")));
        assert!(seen(scope_of(Role::Dispatcher, HOTLINE, "652901001")));
        assert!(!seen(scope_of(Role::Dispatcher, HOTLINE, "652901002")));
        assert!(!seen(scope_of(Role::System, HEATING, "6529")));
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
fn sweeps_find_what_is_late_and_go_on_behind_it() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                for (id, due) in [(1, 10), (2, 5), (3, 99)] {
                    let call = Call {
                        unit: WATER,
                        role: CallRole::Summoned,
                        state: CallState::Waiting,
                        due_at: Some(at(due)),
                        late_at: None,
                        rating: None,
                    };
                    open(
                        tx,
                        &CaseView {
                            calls: vec![call],
                            ..appeal(id, due)
                        },
                        &[],
                    )?;
                }
                let late = cases::awake(tx, at(10), None, 1)?;
                assert_eq!(late, [(at(5), CaseId::from_raw(2))]);
                let late = cases::awake(tx, at(10), late.last().copied(), 9)?;
                assert_eq!(late, [(at(10), CaseId::from_raw(1))]);
                let late = calls::overdue(tx, at(10), None, 1)?;
                assert_eq!(late[0].case, CaseId::from_raw(2));
                let late = calls::overdue(tx, at(10), late.last().copied(), 9)?;
                assert_eq!(
                    (late.len(), late[0].case, late[0].unit),
                    (1, CaseId::from_raw(1), WATER)
                );
                assert_eq!(cases::open_claims(tx, BEN)?, 0);
                open(
                    tx,
                    &CaseView {
                        owner: Owner::Person(BEN),
                        ..appeal(4, 5)
                    },
                    &[],
                )?;
                assert_eq!(cases::open_claims(tx, BEN)?, 1);
                let merged = CaseView {
                    merged_into: Some(CaseId::from_raw(1)),
                    ..appeal(6, 7)
                };
                open(tx, &merged, &[])?;
                assert_eq!(
                    cases::merged_into(tx, CaseId::from_raw(1), 9)?,
                    [CaseId::from_raw(6)]
                );
                Ok::<_, DbError>(())
            })
            .unwrap();
        // Reading asks without locking anybody out.
        assert_eq!(
            store
                .read_blocking(|tx| cases::open_claims(tx, BEN))
                .unwrap(),
            1
        );
        // A call of a closed case is no longer awaited.
        let before = loaded(store, 2);
        let closed = CaseView {
            version: 2,
            closed_at: Some(at(9)),
            outcome: Some("solved".to_owned()),
            clock: None,
            ..before.view.clone()
        };
        step(store, before, closed).unwrap();
        let late = store
            .read_blocking(|tx| calls::overdue(tx, at(10), None, 9))
            .unwrap();
        assert_eq!(
            late.iter().map(|late| late.case.get()).collect::<Vec<_>>(),
            [1]
        );
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
fn the_petitioner_is_sealed_and_found_by_code_and_contact_only() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                for id in [1, 2] {
                    open(tx, &appeal(id, 60), &[])?;
                    let petitioner = Petitioner {
                        case: CaseId::from_raw(id),
                        code: format!("000000000000000{id}"),
                        name: Some("古丽".to_owned()),
                        contact: Some("13900000001".to_owned()),
                        address: None,
                        emergency: None,
                        language: "zh".to_owned(),
                        person: Some(BEN),
                    };
                    petitioners::insert(tx, &petitioner)?;
                }
                let ids = |rows: Vec<crate::lists::CaseRow>| -> Vec<i64> {
                    rows.iter().map(|row| row.id.get()).collect()
                };
                assert_eq!(ids(petitioners::open_of_caller(tx, "1390000", 9)?), [2, 1]);
                assert_eq!(ids(petitioners::open_of_caller(tx, "1380000", 9)?), [0; 0]);
                assert_eq!(
                    ids(petitioners::cases_of_contact(tx, "13900000001", None, 1)?),
                    [2]
                );
                let before = Some(CaseId::from_raw(2));
                assert_eq!(
                    ids(petitioners::cases_of_contact(tx, "13900000001", before, 9)?),
                    [1]
                );
                assert_eq!(ids(petitioners::cases_of_person(tx, BEN, None, 9)?), [2, 1]);
                let case = CaseId::from_raw(1);
                assert_eq!(
                    petitioners::case_by_code(tx, "0000000000000001")?,
                    Some(case)
                );
                assert_eq!(petitioners::case_by_code(tx, "0000000000000009")?, None);
                assert_eq!(petitioners::person_of(tx, case)?, Some(BEN));
                let found = cases::load(tx, &Scope::one_case(case), case)?.unwrap();
                assert!(petitioners::unseal(tx, &found)?.unwrap().name.is_some());
                let look = Look {
                    id: LookId::from_raw(1),
                    at: at(1),
                    case,
                    person: ANA,
                    post: None,
                    unit: Some(HEATING),
                    what: "petitioner".to_owned(),
                    purpose: "call back".to_owned(),
                };
                looks::insert(tx, &look)?;
                assert_eq!(looks::of_case(tx, case)?, std::slice::from_ref(&look));
                assert_eq!(looks::latest(tx, None, 5)?, [look]);
                petitioners::erase(tx, case)?;
                let erased = petitioners::to_deliver(tx, case)?.unwrap();
                assert_eq!(
                    (erased.name, erased.contact, erased.person),
                    (None, None, None)
                );
                Ok::<_, DbError>(())
            })
            .unwrap();
        // The same code twice would open somebody else's case.
        let answer = store.write_blocking(0, |tx| {
            open(tx, &appeal(3, 60), &[])?;
            petitioners::insert(
                tx,
                &Petitioner {
                    case: CaseId::from_raw(3),
                    code: "0000000000000002".to_owned(),
                    name: None,
                    contact: None,
                    address: None,
                    emergency: None,
                    language: "zh".to_owned(),
                    person: None,
                },
            )
        });
        assert!(matches!(
            answer,
            Err(WriteError::Refused(DbError::Unique { table, .. })) if table == "petitioners"
        ));
        let gone =
            store.read_blocking(|tx| cases::load(tx, &Scope::for_the_house(), CaseId::from_raw(3)));
        assert!(gone.unwrap().is_none());
    });
}

#[test]
fn notices_and_jobs_go_their_way() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                open(tx, &appeal(1, 60), &[])?;
                let case = CaseId::from_raw(1);
                for (id, whom) in [
                    (1, Recipient::Petitioner),
                    (2, Recipient::Unit(HEATING)),
                    (3, Recipient::Person(ANA)),
                ] {
                    notices::insert(tx, NoticeId::from_raw(id), case, 1, whom, "received", at(1))?;
                    jobs::add(tx, JobId::from_raw(id), "deliver", id, at(id))?;
                }
                notices::sent(tx, NoticeId::from_raw(1), at(2))?;
                let sent = notices::read(tx, NoticeId::from_raw(1))?.unwrap();
                assert_eq!(
                    (sent.sent_at, sent.whom),
                    (Some(at(2)), Recipient::Petitioner)
                );

                use jobs::Lane::House;
                let lease = SignedDuration::from_mins(10);
                assert!(jobs::any_due(tx, House, at(1))? && !jobs::any_due(tx, House, at(0))?);
                let taken = jobs::take(tx, House, at(2), lease, 9)?;
                assert_eq!(
                    taken.iter().map(|job| job.subject).collect::<Vec<_>>(),
                    [1, 2]
                );
                assert!(jobs::take(tx, House, at(2), lease, 9)?.is_empty());
                jobs::done(tx, taken[0].id)?;
                jobs::retry(tx, taken[1].id, at(4), (Some("timeout"), 1))?;
                let again = jobs::take(tx, House, at(4), lease, 1)?;
                assert_eq!((again[0].subject, again[0].tries), (3, 1));
                let again = jobs::take(tx, House, at(4), lease, 1)?;
                assert_eq!((again[0].subject, again[0].tries), (2, 2));
                jobs::bury(tx, again[0].id, at(5), "no such number")?;
                assert_eq!(jobs::dead(tx, 9)?[0].fault, "no such number");
                assert_eq!(
                    jobs::standing(tx)?,
                    jobs::Standing {
                        waiting: 1,
                        dead: 1
                    }
                );
                // A lease that runs out gives the job back.
                assert_eq!(jobs::take(tx, House, at(99), lease, 9)?.len(), 1);
                Ok::<_, DbError>(())
            })
            .unwrap();
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
fn the_public_sees_what_is_put_there() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                for id in [1, 2, 3] {
                    open(tx, &appeal(id, 60), &["暖气"])?;
                    let public = PublicCase {
                        id: CaseId::from_raw(id),
                        kind: "appeal".to_owned(),
                        stage: if id == 2 { "claimed" } else { "wall" }.to_owned(),
                        place: place("652901001"),
                        item: Some("heating.indoor".parse().unwrap()),
                        title: format!("title {id}"),
                        values: Values::new(),
                        opened_on: jiff::civil::date(2027, 1, 15),
                        changed_on: jiff::civil::date(2027, 1, 16),
                        closed_on: (id == 3).then(|| jiff::civil::date(2027, 1, 17)),
                        outcome: None,
                        sort: None,
                    };
                    public_cases::put(tx, &public)?;
                    public_cases::put(tx, &public)?;
                    assert_eq!(public_cases::read(tx, public.id)?, Some(public));
                }
                let mut list = |wanted: Wanted| -> Result<Vec<i64>, DbError> {
                    let wanted = Wanted {
                        kind: "appeal".to_owned(),
                        ..wanted
                    };
                    let found = public_cases::list(tx, &wanted, 9)?;
                    Ok(found.iter().map(|public| public.id.get()).collect())
                };
                let none = Wanted::default;
                assert_eq!(list(none())?, [3, 2, 1]);
                assert_eq!(
                    list(Wanted {
                        open_only: true,
                        ..none()
                    })?,
                    [2, 1]
                );
                assert_eq!(
                    list(Wanted {
                        stage: Some("wall".to_owned()),
                        ..none()
                    })?,
                    [3, 1]
                );
                assert_eq!(
                    list(Wanted {
                        before: Some(CaseId::from_raw(3)),
                        ..none()
                    })?,
                    [2, 1]
                );
                assert_eq!(
                    list(Wanted {
                        place: Some(place("652901002")),
                        ..none()
                    })?,
                    [0; 0]
                );
                assert_eq!(
                    list(Wanted {
                        item: Some("heating".parse().unwrap()),
                        ..none()
                    })?
                    .len(),
                    3
                );
                assert_eq!(
                    list(Wanted {
                        item: Some("water".parse().unwrap()),
                        ..none()
                    })?,
                    [0; 0]
                );
                public_cases::remove(tx, CaseId::from_raw(3))?;
                Ok::<_, DbError>(())
            })
            .unwrap();
    });
}

#[test]
fn figures_add_up() {
    in_town(|store| {
        let day = jiff::civil::date(2027, 1, 15);
        for key in 0..20 {
            store
                .write_blocking(key, move |tx| {
                    let place = place(COMMUNITY);
                    let count = rollups::Count {
                        day,
                        kind: "appeal",
                        place: &place,
                        unit: (key % 2 == 0).then_some(HEATING),
                        measure: "opened",
                        amount: 1,
                    };
                    rollups::add(tx, &count)
                })
                .unwrap();
        }
        store
            .write_blocking(0, move |tx| {
                let sums = rollups::sums(tx, [day, day], Some(&place("652901")))?;
                assert_eq!(
                    sums.iter().map(|sum| sum.amount).collect::<Vec<_>>(),
                    [10, 10]
                );
                assert_eq!(sums[0].street, place("652901001"));
                assert_eq!((sums[0].unit, sums[1].unit), (None, Some(HEATING)));
                assert!(rollups::sums(tx, [day, day], Some(&place("652902")))?.is_empty());
                let days = rollups::day_sums(tx, [day, day], None)?;
                assert_eq!((days.len(), days[0].amount, days[0].day), (1, 20, day));
                rollups::clear(tx, [day, day])?;
                assert!(rollups::day_sums(tx, [day, day], None)?.is_empty());
                Ok::<_, DbError>(())
            })
            .unwrap();
    });
}

#[test]
fn verify_reads_everything_in_batches() {
    in_town(|store| {
        store
            .write_blocking(0, |tx| {
                for id in 1..=5 {
                    open(tx, &appeal(id, 60), &["a"])?;
                }
                search::remove(tx, CaseId::from_raw(4))?;
                let facts = verify::cases(tx, None, 3)?;
                assert_eq!(facts.len(), 3);
                assert!(facts.iter().all(|facts| facts.owners == 1
                    && facts.is_searchable
                    && facts.has_matter
                    && !facts.has_petitioner
                    && facts.units_forgotten == 0
                    && facts.due_at == Some(at(60))));
                let rest = verify::cases(tx, Some(facts[2].id), 9)?;
                assert_eq!(
                    rest.iter().map(|f| f.is_searchable).collect::<Vec<_>>(),
                    [false, true]
                );
                let mut seen = Vec::new();
                verify::entries(tx, Some(facts[2].id), rest[1].id, |entry| {
                    seen.push((entry.case.get(), entry.number));
                    Ok(())
                })?;
                assert_eq!(seen, [(4, 1), (5, 1)]);
                Ok::<_, DbError>(())
            })
            .unwrap();
        let missing = store
            .read_blocking(|tx| cases::load(tx, &Scope::for_the_house(), CaseId::from_raw(77)));
        assert!(
            matches!(missing, Ok(None)),
            "{:?}",
            missing.map_err(|e: ReadError<DbError>| e)
        );
    });
}
