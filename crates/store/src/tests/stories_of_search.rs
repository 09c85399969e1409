use super::stories_of_lists::{ids, listed, six};
use super::*;
use crate::lists::{self, Filter, State};
use crate::search::Near;
use crate::{Statement, vals};

/// The cases of the street's county that share all words of any group, closed since or open.
fn near(
    tx: &mut Tx<'_>,
    scope: &Scope,
    groups: &[&[&str]],
    since: i64,
) -> Result<Vec<i64>, DbError> {
    let owned = |group: &&[&str]| group.iter().map(|&word| word.to_owned()).collect();
    let groups: Vec<Vec<String>> = groups.iter().map(owned).collect();
    let near = Near {
        kind: "appeal",
        place: &place("652901"),
        groups: &groups,
        closed_after: Timestamp::from_second(since).unwrap(),
    };
    let found = search::near_candidates(tx, scope, &near)?;
    Ok(found.iter().map(|told| told.row.id.get()).collect())
}

/// The language of the index, and a word of ours.
const ODD: [&str; 8] = [
    "\"",
    "'",
    "暖气\" OR \"漏水",
    "NOT",
    "a*",
    "p_652901",
    "words:暖气",
    "\0",
];

#[test]
fn words_find_within_the_scope_only() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        let find = |scope: &Scope, words: &[&str], state| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            listed(
                store,
                scope,
                Filter {
                    words,
                    state,
                    ..Filter::default()
                },
            )
        };
        let everything = Scope::for_the_house();
        let heating = scope_of(Role::Handler, HEATING, "6529");
        let water = scope_of(Role::Handler, WATER, "6529");
        let street = scope_of(Role::Dispatcher, UnitId::from_raw(9), "652901001");
        assert_eq!(find(&everything, &["暖气"], State::All), [6, 4, 3, 2, 1]);
        assert_eq!(find(&everything, &["暖气", "漏水"], State::All), [4]);
        assert_eq!(find(&heating, &["暖气"], State::Open), [4, 3, 2, 1]);
        assert_eq!(find(&heating, &["暖气"], State::Closed), [6]);
        assert_eq!(find(&water, &["暖气"], State::All), [0; 0]);
        assert_eq!(find(&water, &["漏水"], State::All), [5]);
        assert_eq!(find(&street, &["漏水"], State::All), [5]);
        assert_eq!(find(&street, &["没有"], State::All), [0; 0]);
        // What would be the language of the index is only words here, and
        // nobody can ask for a place by writing its word.
        for text in ODD {
            assert!(find(&street, &[text], State::All).len() <= 1, "{text}");
        }

        store
            .write_blocking(0, |tx| {
                let words = ["电梯".to_owned()];
                let next = place(NEXT_STREET);
                let case = CaseId::from_raw(1);
                search::put(
                    tx,
                    &Found {
                        case,
                        kind: "appeal",
                        place: &next,
                        words: &words,
                    },
                )?;
                let street = scope_of(Role::Dispatcher, UnitId::from_raw(9), "652901001");
                let late = 100_000_000_000;
                assert_eq!(
                    near(tx, &street, &[&["暖气"], &["电梯"]], late)?,
                    [3, 2, 1],
                    "4 is outside the scope, 6 is closed"
                );
                assert_eq!(near(tx, &street, &[&["暖气", "电梯"], &[]], late)?, [0; 0]);
                assert!(
                    near(tx, &street, &[&["暖气"]], 0)?.contains(&6),
                    "closed since then"
                );
                let sources = search::sources(tx, Some(CaseId::from_raw(4)), 9)?;
                assert_eq!(
                    sources.iter().map(|s| s.case.get()).collect::<Vec<_>>(),
                    [5, 6]
                );
                assert_eq!(sources[0].values["text"].as_text(), Some("暖气不热"));
                search::clear(tx)
            })
            .unwrap();
        assert_eq!(find(&everything, &["暖气"], State::All), [0; 0]);
    });
}

/// Texts of no case, newer than all that have one.
const FILL: Statement = Statement::split(
    "test::fill",
    "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) \
     INSERT INTO search (rowid, words) SELECT i, $3 FROM n",
    "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL \
     SELECT i + 1 FROM n WHERE i < $2) \
     INSERT INTO search (rowid, words) SELECT i, CAST(CAST($3 AS TEXT) AS tsvector) FROM n",
);

#[test]
fn what_is_old_is_found_behind_many_newer_texts() {
    in_town(|store| {
        store.write_blocking(0, six).unwrap();
        let fill = |from: i64, to: i64, words: &'static str| {
            store
                .write_blocking(0, move |tx| tx.execute(&FILL, vals![from, to, words]))
                .unwrap();
        };
        let all = |words: &str, scope: &Scope, after| {
            let filter = Filter {
                words: vec![words.to_owned()],
                state: State::All,
                ..Filter::default()
            };
            let scope = scope.clone();
            store
                .read_blocking(move |tx| lists::list(tx, &scope, &filter, after, 4))
                .unwrap()
        };
        let everything = Scope::for_the_house();
        fill(1_001, 21_001, "电梯");
        fill(21_002, 21_030, "暖气");
        let rare = all("漏水", &everything, None);
        assert_eq!((ids(&rare), rare.next), (vec![5, 4], None));
        let none = all("没有", &everything, None);
        assert_eq!((ids(&none), none.next), (vec![], None));
        let some = all("暖气", &everything, None);
        assert_eq!(ids(&some), [6, 4, 3, 2]);
        assert_eq!(ids(&all("暖气", &everything, some.next)), [1]);

        // What many newer texts say, too, is looked for page by page.
        fill(30_001, 260_000, "暖气");
        let first = all("暖气", &everything, None);
        assert!(first.rows.is_empty() && first.next.is_some());
        let (mut page, mut found) = (first, Vec::new());
        while let Some(next) = page.next {
            page = all("暖气", &everything, Some(next));
            found.extend(ids(&page));
        }
        assert_eq!(found, [6, 4, 3, 2, 1]);
    });
}
