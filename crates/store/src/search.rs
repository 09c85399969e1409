//! The words by which a case is found. Beside the words of its text every row
//! has a word for each place it lies in and one for its kind, so that a search
//! within a place is one look-up. Words are cut before (`huiyin_insight`);
//! here they are only made safe.

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::case::{KindHash, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::lists::{self, CaseRow};
use crate::statements::statements;
use crate::{DbError, Engine, Tx, vals};

/// Candidates that are looked at before the scope is held against them.
const CANDIDATES_MAX: i64 = 50;
/// Cases with such words that are looked at: what is older is not the same thing.
const LOOKED_AT_MAX: i64 = 2_000;

/// By what a case is to be found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub case: CaseId,
    pub kind: &'a str,
    pub place: &'a PlaceCode,
    pub words: &'a [String],
}

/// What a search asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match<'a> {
    pub words: &'a [String],
    pub kind: Option<&'a str>,
    pub place: Option<&'a PlaceCode>,
}

statements! {
    PUT = "INSERT OR REPLACE INTO search (rowid, words) VALUES ($1, $2)",
        postgres = "INSERT INTO search (rowid, words) VALUES ($1, CAST(CAST($2 AS TEXT) AS tsvector)) \
        ON CONFLICT (rowid) DO UPDATE SET words = excluded.words";
    ADD = "INSERT INTO search (rowid, words) VALUES ($1, $2)",
        postgres = "INSERT INTO search (rowid, words) VALUES ($1, CAST(CAST($2 AS TEXT) AS tsvector))";
    REMOVE = "DELETE FROM search WHERE rowid = $1";
    SOURCES = "SELECT c.id, c.kind, v.hash, c.place, c.title, m.fields FROM cases c \
        JOIN kind_versions v ON v.id = c.kind_version \
        JOIN matters m ON m.case_id = c.id WHERE c.id > $1 AND m.case_id > $1 ORDER BY c.id LIMIT $2";
    CLEAR = "DELETE FROM search WHERE rowid >= $1";
    NEAR = concat!("SELECT ", lists::columns!(), ", v.hash, m.fields FROM (\
        SELECT rowid AS id FROM search WHERE search MATCH $1 ORDER BY rowid DESC LIMIT $2) f \
        CROSS JOIN cases c JOIN matters m ON m.case_id = c.id \
        JOIN kind_versions v ON v.id = c.kind_version WHERE c.id = f.id \
        AND (c.closed_at IS NULL OR c.closed_at > $3) AND c.merged_into IS NULL LIMIT $4"),
        postgres = concat!("SELECT ", lists::columns!(), ", v.hash, m.fields FROM (\
        SELECT rowid AS id FROM search WHERE words @@ CAST(CAST($1 AS TEXT) AS tsquery) \
        ORDER BY rowid DESC LIMIT $2) f JOIN cases c ON c.id = f.id \
        JOIN matters m ON m.case_id = c.id JOIN kind_versions v ON v.id = c.kind_version \
        WHERE (c.closed_at IS NULL OR c.closed_at > $3) AND c.merged_into IS NULL \
        ORDER BY f.id DESC LIMIT $4");
}

/// Add a new case's words.
pub fn insert(tx: &mut Tx<'_>, found: &Found<'_>) -> Result<(), DbError> {
    let words = row_words(found, tx.engine());
    tx.execute(&ADD, vals![found.case, &words]).map(drop)
}

/// Replace a case's words after its text, place or kind changed.
pub fn put(tx: &mut Tx<'_>, found: &Found<'_>) -> Result<(), DbError> {
    let words = row_words(found, tx.engine());
    tx.execute(&PUT, vals![found.case, &words]).map(drop)
}

pub fn remove(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute(&REMOVE, vals![case]).map(drop)
}

/// Forget all words, before all cases are added again.
pub fn clear(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute(&CLEAR, vals![i64::MIN]).map(drop)
}

/// From what the words of a case are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub case: CaseId,
    pub kind: String,
    /// The version of the kind, which knows the fields.
    pub kind_hash: KindHash,
    pub place: PlaceCode,
    pub title: String,
    pub values: Values,
}

/// All cases in the order of their ids behind `last`, to make the index anew.
pub fn sources(tx: &mut Tx<'_>, last: Option<CaseId>, limit: i64) -> Result<Vec<Source>, DbError> {
    tx.query(
        &SOURCES,
        vals![last.map_or(-1, CaseId::get), limit],
        |row| {
            Ok(Source {
                case: row.get(0)?,
                kind: row.get(1)?,
                kind_hash: row.get(2)?,
                place: row.get(3)?,
                title: row.get(4)?,
                values: row.json(5)?,
            })
        },
    )
}

/// Where to look for cases that may be the same thing.
#[derive(Debug, Clone, Copy)]
pub struct Near<'a> {
    pub kind: &'a str,
    pub place: &'a PlaceCode,
    /// Any of these, but then all its words.
    pub groups: &'a [Vec<String>],
    /// Open ones, and those closed since.
    pub closed_after: Timestamp,
}

/// A case with what is known of its matter.
#[derive(Debug, Clone)]
pub struct Told {
    pub row: CaseRow,
    /// The version of the kind, which knows the fields.
    pub kind_hash: KindHash,
    pub values: Values,
}

/// The newest cases with such words, as far as they are in `scope`.
pub fn near_candidates(
    tx: &mut Tx<'_>,
    scope: &Scope,
    near: &Near<'_>,
) -> Result<Vec<Told>, DbError> {
    let Some(query) = any_group(near, tx.engine()) else {
        return Ok(Vec::new());
    };
    let mut found = tx.query(
        &NEAR,
        vals![&query, LOOKED_AT_MAX, near.closed_after, CANDIDATES_MAX],
        |row| {
            Ok(Told {
                row: lists::read(row)?,
                kind_hash: row.get(lists::COLUMNS)?,
                values: row.json(lists::COLUMNS + 1)?,
            })
        },
    )?;
    found.retain(|Told { row, .. }| {
        scope.is_everything()
            || scope
                .places()
                .iter()
                .any(|place| row.place.is_within(place))
            || row
                .owner
                .unit()
                .is_some_and(|unit| scope.reaches(unit, Relation::Own))
            || row
                .opened_unit
                .is_some_and(|unit| scope.reaches(unit, Relation::Opened))
    });
    Ok(found)
}

/// The query for any of the groups of words among cases of a kind in a place.
fn any_group(near: &Near<'_>, engine: Engine) -> Option<String> {
    let (and, or) = match engine {
        Engine::Sqlite => (" AND ", " OR "),
        Engine::Postgres => (" & ", " | "),
    };
    let groups = near.groups.iter().map(|group| cut(group));
    let groups = groups.filter(|group| !group.is_empty());
    let any: Vec<String> = groups
        .map(|group| {
            let words: Vec<_> = group.iter().map(|word| quoted(word, engine)).collect();
            format!("({})", words.join(and))
        })
        .collect();
    let parts = [
        quoted(&kind_word(near.kind), engine),
        quoted(&place_word(near.place.as_str()), engine),
        format!("({})", any.join(or)),
    ];
    (!any.is_empty()).then(|| parts.join(and))
}

/// The query in the engine's own language; empty when it asks for nothing.
pub(crate) fn query(wanted: &Match<'_>, engine: Engine) -> String {
    let mut words = cut(wanted.words);
    if words.is_empty() && !wanted.words.is_empty() {
        return String::new();
    }
    words.extend(wanted.kind.map(kind_word));
    words.extend(wanted.place.map(|place| place_word(place.as_str())));
    let words: Vec<_> = words.iter().map(|word| quoted(word, engine)).collect();
    words.join(match engine {
        Engine::Sqlite => " AND ",
        Engine::Postgres => " & ",
    })
}

fn row_words(found: &Found<'_>, engine: Engine) -> String {
    let mut words = cut(found.words);
    words.push(kind_word(found.kind));
    words.extend(
        found
            .place
            .with_ancestors()
            .iter()
            .map(|place| place_word(place.as_str())),
    );
    match engine {
        Engine::Sqlite => words.join(" "),
        Engine::Postgres => words
            .iter()
            .map(|word| quoted(word, engine))
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Words of letters and digits only, in lower case, each once. The underscore
/// is ours: no word of a text can look like a place or a kind.
fn cut(words: &[String]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    words
        .iter()
        .flat_map(|word| word.split(|sign: char| !sign.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| seen.insert(word.clone()))
        .collect()
}

fn kind_word(kind: &str) -> String {
    format!("k_{}", kind.replace('-', "_"))
}

fn place_word(code: &str) -> String {
    format!("p_{code}")
}

fn quoted(word: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!("\"{word}\""),
        Engine::Postgres => format!("'{word}'"),
    }
}
