use super::*;
use crate::histories::{Extent, Window, histories};
use crate::{Engine, Statement};

/// The cases whose histories are read, and whether they were.
fn read(store: &Store, window: Window) -> (Extent, Vec<(i64, usize)>) {
    store
        .read_blocking(move |tx| {
            let mut found = Vec::new();
            let extent = histories(tx, &Scope::for_the_house(), window, |case, lines| {
                found.push((case.get(), lines.len()));
                Ok(())
            })?;
            found.sort_unstable();
            Ok::<_, DbError>((extent, found))
        })
        .unwrap()
}

fn closed(view: &CaseView, minute: i64) -> CaseView {
    CaseView {
        version: 2,
        stage: "closed".to_owned(),
        closed_at: Some(at(minute)),
        outcome: Some("solved".to_owned()),
        clock: None,
        ..view.clone()
    }
}

#[test]
fn histories_are_read_of_what_was_open_or_moved_and_of_no_more_than_asked() {
    in_town(|store| {
        for (id, closed_at) in [(3, None), (4, Some(20)), (5, Some(60)), (6, None)] {
            let view = appeal(id, 90);
            store
                .write_blocking(id, move |tx| {
                    open(tx, &view, &[])?;
                    let Some(minute) = closed_at else {
                        return Ok(());
                    };
                    let before = cases::load(tx, &Scope::for_the_house(), view.id)?;
                    let before = before.expect("it was just opened");
                    let after = closed(&view, minute);
                    cases::update(tx, &before, &after, "暖气不热", at(minute))?;
                    let entry = NewEntry {
                        case: after.id,
                        number: 2,
                        at: at(minute),
                        step: "close",
                        acting: &Acting::Person(ANA),
                        from: Some("received"),
                        to: "closed",
                        shape: "{}",
                        text: None,
                    };
                    entries::append(tx, &entry, &before.head).map(drop)
                })
                .unwrap();
        }
        let window = Window {
            since: at(30),
            until: at(5),
            cases_max: 2,
        };
        let found = vec![(3, 1), (5, 2)];
        assert_eq!(read(store, window), (Extent::All, found));
        let fewer = Window {
            cases_max: 1,
            ..window
        };
        assert_eq!(read(store, fewer), (Extent::TooMany, Vec::new()));
    });
}

#[test]
fn histories_of_a_period_never_walk_over_all_cases() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    for (name, index) in [
        ("histories::OPEN", "cases_open_by_"),
        ("histories::CLOSED", "cases_closed_by_change"),
        ("histories::COUNT_OPEN", "cases_open_by_"),
        (
            "histories::COUNT_CLOSED",
            "COVERING INDEX cases_closed_by_change",
        ),
    ] {
        let statement = crate::statements::all()
            .find(|statement| statement.name.ends_with(name))
            .unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {}", statement.text(Engine::Sqlite));
        let explain = Statement::both("test::explain", sql.leak());
        let plan: Vec<String> = store
            .write_blocking(0, move |tx| tx.query(&explain, &[], |row| row.get(3)))
            .map_err(|error: crate::WriteError<DbError>| error)
            .unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{name}: {plan}");
    }
}
