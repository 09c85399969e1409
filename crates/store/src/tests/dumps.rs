use std::io::BufReader;

use huiyin_domain::case::{CallRole, CallState};

use super::*;
use crate::dump::{self, RestoreError};
use crate::petitioners::{self, Petitioner};

fn dumped(store: &Store) -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    store
        .read_blocking(move |tx| {
            let mut out = Vec::new();
            dump::write(tx, &mut out)?;
            sender.send(out).unwrap();
            Ok::<_, DbError>(())
        })
        .unwrap();
    String::from_utf8(receiver.recv().unwrap()).unwrap()
}

fn fill(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for id in 1..=120 {
        let call = Call {
            unit: WATER,
            role: CallRole::Assisting,
            state: CallState::Waiting,
            due_at: None,
            late_at: None,
            rating: Some(3),
        };
        open(
            tx,
            &CaseView {
                calls: vec![call],
                ..appeal(id, 60)
            },
            &["暖气"],
        )?;
        let petitioner = Petitioner {
            case: CaseId::from_raw(id),
            code: format!("{id:016}"),
            name: Some("引号 \" 换行 \n 反斜 \\ 表情 🏠".to_owned()),
            contact: None,
            address: None,
            emergency: None,
            language: "zh".to_owned(),
            person: None,
        };
        petitioners::insert(tx, &petitioner)?;
    }
    // The first is merged into one that comes later.
    tx.execute_one(
        &crate::Statement::both(
            "test::merge",
            "UPDATE cases SET merged_into = 120 WHERE id = $1",
        ),
        crate::vals![1_i64],
    )?;
    units::put(
        tx,
        &Unit {
            parent: Some(HOTLINE),
            ..unit(HEATING, UnitCategory::Department)
        },
    )
}

#[test]
fn a_dump_of_one_engine_is_taken_in_by_the_other() {
    in_town(|store| {
        store.write_blocking(0, fill).unwrap();
        let text = dumped(store);
        for scratch in Scratch::each() {
            let copy = scratch.open();
            let copied = dump::restore(&copy, BufReader::new(text.as_bytes())).unwrap();
            assert!(copied.rows > 120 * 6, "{copied:?}");
            assert!(
                dumped(&copy) == text,
                "{:?} gives back what it took",
                copy.engine()
            );
            let again = dump::restore(&copy, BufReader::new(text.as_bytes()));
            assert!(matches!(again, Err(RestoreError::NotEmpty)));
        }
    });
}

#[test]
fn one_database_is_brought_into_another_without_a_file() {
    in_town(|store| {
        store.write_blocking(0, fill).unwrap();
        let text = dumped(store);
        for scratch in Scratch::each() {
            let copy = scratch.open();
            dump::bring(store, &copy).unwrap();
            assert!(
                dumped(&copy) == text,
                "{:?} holds what there was",
                copy.engine()
            );
            let again = dump::bring(store, &copy);
            assert!(matches!(again, Err(RestoreError::NotEmpty)));
        }
    });
}

#[test]
fn a_dump_that_was_changed_or_cut_is_refused() {
    let scratch = Scratch::sqlite();
    let store = scratch.open();
    store.write_blocking(0, town).unwrap();
    let text = dumped(&store);
    let (cut, _) = text.trim_end().rsplit_once('\n').unwrap();
    for (spoiled, expected) in [
        (
            text.replace("place 652901001", "place 652901009"),
            "the sum is wrong",
        ),
        (cut.to_owned(), "ends too early"),
        (
            text.replacen("places code", "plates code", 1),
            "there is no table",
        ),
        (
            text.replacen("code, names, shape", "code, names, form", 1),
            "other columns",
        ),
        (
            text.replacen("[\"6529\",", "[6529,7,", 1),
            "values in a row",
        ),
        (text.replacen("[\"6529\",", "[\"6529\"", 1), "not a row"),
        ("hello\n".to_owned(), "not a dump"),
        (String::new(), "not a dump"),
    ] {
        let fresh = Scratch::sqlite();
        let answer = dump::restore(&fresh.open(), BufReader::new(spoiled.as_bytes()));
        let message = answer.unwrap_err().to_string();
        assert!(message.contains(expected), "{message}: {expected}");
    }
    let other = text.replacen("0001_house", "0001_shed", 1);
    let answer = dump::restore(&Scratch::sqlite().open(), BufReader::new(other.as_bytes()));
    assert!(matches!(answer, Err(RestoreError::Migrations(_))));
}
