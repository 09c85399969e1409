//! Lists newest first, and searches: streams of ids, each of which ends after so many.

use huiyin_domain::id::UnitId;

use super::sql::{
    columns, concerns, every_id, filters, has_words_postgres, ids_found_postgres, ids_found_sqlite,
    ids_indexed_postgres, ids_of_unit, ids_tried_postgres, ids_tried_sqlite, newest, span,
    span_found_postgres, texts_postgres,
};
use super::streams::{Bound, Stream, Window};
use super::{CaseRow, Filter, read};
use crate::search::{self, Match};
use crate::statements::statements;
use crate::{DbError, Engine, Statement, Tx, Val, vals};

/// Cases looked at for one page of a list newest first. Whoever asks for what
/// is rare among what is common gets a short page and a cursor to go on.
const LOOKED_AT_MAX: i64 = 20_000;
/// A unit with no more cases than this has each of them tried when it looks
/// for words; a larger one has its cases picked out of what is found.
const TRIED_MAX: i64 = 400;
/// Words that fewer of the newest 20,000 texts have are looked up in PostgreSQL's index.
const RARE: i64 = 10;
/// Texts that are read for one page where words are not rare: 0.25 µs each.
const TEXTS_MAX: i64 = 200_000;

statements! {
    NEWEST = newest!(every_id!(), "", " LIMIT $13"),
        postgres = newest!(every_id!(), "", " ORDER BY f.id DESC LIMIT $13");
    NEWEST_OF_UNIT = newest!(ids_of_unit!(), "", " LIMIT $13"),
        postgres = newest!(ids_of_unit!(), "", " ORDER BY f.id DESC LIMIT $13");
    FOUND = newest!(ids_found_sqlite!(), "", " LIMIT $13"),
        postgres = newest!(ids_found_postgres!(), "", " ORDER BY f.id DESC LIMIT $13");
    FOUND_OF_UNIT = newest!(ids_found_sqlite!(), concerns!(), " LIMIT $14"),
        postgres = newest!(ids_found_postgres!(), concerns!(), " ORDER BY f.id DESC LIMIT $14");
    INDEXED = newest!(ids_found_sqlite!(), "", " LIMIT $13"),
        postgres = newest!(ids_indexed_postgres!(), "", " ORDER BY f.id DESC LIMIT $13");
    INDEXED_OF_UNIT = newest!(ids_found_sqlite!(), concerns!(), " LIMIT $14"),
        postgres = newest!(ids_indexed_postgres!(), concerns!(), " ORDER BY f.id DESC LIMIT $14");
    TRIED_OF_UNIT = newest!(ids_tried_sqlite!(), "", " LIMIT $13"),
        postgres = newest!(ids_tried_postgres!(), "", " ORDER BY f.id DESC LIMIT $13");
    SPAN = span!(every_id!());
    SPAN_OF_UNIT = span!(ids_of_unit!());
    SPAN_FOUND = span!(ids_found_sqlite!()), postgres = span_found_postgres!();
    SPAN_INDEXED = span!(ids_found_sqlite!()), postgres = span!(ids_indexed_postgres!());
}

/// What a stream gave for a list newest first.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) rows: Vec<CaseRow>,
    /// How far it was looked at, if that is not to the end.
    pub(super) looked_to: Option<i64>,
}

/// A way to walk, and what tells how far it went. Of two, the second is for what concerns a unit.
struct Way {
    rows: [&'static Statement; 2],
    span: &'static Statement,
    /// After how many it ends.
    most: i64,
}

const EVERY: Way = Way {
    rows: [&NEWEST, &NEWEST_OF_UNIT],
    span: &SPAN,
    most: LOOKED_AT_MAX,
};
const OF_UNIT: Way = Way {
    span: &SPAN_OF_UNIT,
    ..EVERY
};
const FINDING: Way = Way {
    rows: [&FOUND, &FOUND_OF_UNIT],
    span: &SPAN_FOUND,
    most: LOOKED_AT_MAX,
};
const FINDING_ON: Way = Way {
    most: TEXTS_MAX,
    ..FINDING
};
const INDEX: Way = Way {
    rows: [&INDEXED, &INDEXED_OF_UNIT],
    span: &SPAN_INDEXED,
    most: LOOKED_AT_MAX,
};

/// Walk a stream from the cursor down, but not below `floor`.
pub(super) fn by_newest(
    tx: &mut Tx<'_>,
    stream: &Stream,
    filter: &Filter,
    window: Window,
    floor: i64,
) -> Result<Walked, DbError> {
    let (place, unit) = match stream {
        Stream::Place(place) => (Some(place), None),
        Stream::Unit(unit) | Stream::Opener(unit) => (filter.place.as_ref(), Some(*unit)),
        _ => (filter.place.as_ref(), None),
    };
    let is_search = !filter.words.is_empty() || matches!(stream, Stream::Place(_));
    let wanted = Match {
        words: &filter.words,
        kind: filter.kind.as_deref(),
        place,
    };
    let text = match is_search {
        true => search::query(&wanted, tx.engine()),
        false => String::new(),
    };
    if is_search && text.is_empty() {
        return Ok(Walked::default());
    }
    let asked = Asked {
        text: &text,
        unit,
        bound: Bound::new(filter, stream),
        before: window.after.map_or(i64::MAX, |after| after.id),
        floor,
        limit: window.limit,
    };
    let walked = match unit {
        Some(unit) if is_search && is_small(tx, unit)? => asked.tried(tx, unit)?,
        _ if is_search && tx.engine() == Engine::Postgres => asked.found(tx)?,
        _ if is_search => asked.walked(tx, &FINDING)?.0,
        Some(_) => asked.walked(tx, &OF_UNIT)?.0,
        None => asked.walked(tx, &EVERY)?.0,
    };
    Ok(of_stream(stream, walked, window))
}

/// What is asked of a stream of ids.
struct Asked<'a> {
    /// The words, in the engine's own language.
    text: &'a str,
    unit: Option<UnitId>,
    bound: Bound,
    before: i64,
    floor: i64,
    limit: i64,
}

impl Asked<'_> {
    /// The cases, and if the way ended before the stream did, how many ids fitted on it.
    fn walked(&self, tx: &mut Tx<'_>, way: &Way) -> Result<(Walked, i64), DbError> {
        let is_search = !self.text.is_empty();
        let by = match self.unit {
            Some(unit) if !is_search => unit.into(),
            _ => self.text.into(),
        };
        let ids = [self.before.into(), self.floor.into(), by, way.most.into()];
        let concerned = self.unit.filter(|_| is_search).map(Val::from);
        let rest: Vec<_> = concerned.into_iter().chain([self.limit.into()]).collect();
        let first = [ids.as_slice(), &[self.bound.state.into()]].concat();
        let statement = way.rows[usize::from(self.unit.is_some())];
        let rows = tx.query(statement, &self.bound.vals(&first, &rest), read)?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|length| length >= self.limit);
        let end = match is_full {
            true => None,
            false => end_of(tx, way, &ids)?,
        };
        let looked_to = end.map(|(lowest, _)| lowest);
        Ok((Walked { rows, looked_to }, end.map_or(0, |(_, fit)| fit)))
    }

    /// PostgreSQL's index of words knows no order: of words that many have it would fetch all.
    /// And its planner expects the newest of any words soon, and reads through all texts for
    /// those that nobody wrote. So the newest texts are read, and they tell what to do.
    fn found(mut self, tx: &mut Tx<'_>) -> Result<Walked, DbError> {
        let (mut newest, fit) = self.walked(tx, &FINDING)?;
        let Some(lowest) = newest.looked_to else {
            return Ok(newest);
        };
        self.before = lowest;
        self.limit -= i64::try_from(newest.rows.len()).unwrap_or(self.limit);
        let way = if fit < RARE { &INDEX } else { &FINDING_ON };
        let older = self.walked(tx, way)?.0;
        newest.rows.extend(older.rows);
        newest.looked_to = older.looked_to;
        Ok(newest)
    }

    /// Each case of a unit that has few.
    fn tried(&self, tx: &mut Tx<'_>, unit: UnitId) -> Result<Walked, DbError> {
        let first = vals![self.before, self.floor, self.text, unit, self.bound.state];
        let vals = self.bound.vals(first, &[self.limit.into()]);
        Ok(Walked {
            rows: tx.query(&TRIED_OF_UNIT, &vals, read)?,
            looked_to: None,
        })
    }
}

/// Of the cases that stand in any relation to a unit, those of the stream. A page of which
/// some fall out is a short one, and the next begins where it was looked to.
fn of_stream(stream: &Stream, mut walked: Walked, window: Window) -> Walked {
    let Stream::Opener(unit) = stream else {
        return walked;
    };
    let is_full = i64::try_from(walked.rows.len()).is_ok_and(|length| length >= window.limit);
    let last = walked.rows.last().filter(|_| is_full);
    walked.looked_to = walked.looked_to.or(last.map(|row| row.id.get()));
    walked.rows.retain(|row| row.opened_unit == Some(*unit));
    walked
}

fn is_small(tx: &mut Tx<'_>, unit: UnitId) -> Result<bool, DbError> {
    let all = vals![i64::MAX, i64::MIN, unit, TRIED_MAX + 1];
    let count: Option<i64> = tx.query_one(&SPAN_OF_UNIT, all, |row| row.get(0))?;
    Ok(count.unwrap_or_default() <= TRIED_MAX)
}

/// Where a way ended before its stream did, and how many ids fitted until there.
fn end_of(tx: &mut Tx<'_>, way: &Way, ids: &[Val<'_>]) -> Result<Option<(i64, i64)>, DbError> {
    let looked: Option<(i64, Option<i64>, i64)> = tx.query_one(way.span, ids, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(looked.and_then(|(count, lowest, fit)| {
        let lowest = lowest.filter(|_| count == way.most)?;
        Some((lowest, fit))
    }))
}
