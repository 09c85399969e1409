//! The parts of tasks, their histories and photos, and what many of them say together. What lies
//! below a place is a range of the key, so a sum is one statement over one range.

use std::collections::BTreeMap;

use huiyin_domain::id::{FileId, PostId, TaskId, TaskReportId, UnitId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Entry, Part, Rollup, State, Task};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::statements::statements;
use crate::tasks::{columns as task_columns, read_at as read_task};
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "p.task, p.place, p.above, p.unit, p.state, p.amount, p.reported_by, p.version, \
        p.changed_at"
    };
}

statements! {
    INSERT = "INSERT INTO task_parts (task, place, above, unit, due_on, state, lies_with, \
        version, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)";
    READ = concat!("SELECT ", columns!(), " FROM task_parts p WHERE p.task = $1 AND p.place = $2");
    MOVE = "UPDATE task_parts SET state = $1, lies_with = $2, amount = $3, reported_by = $4, \
        version = $5, changed_at = $6 WHERE task = $7 AND place = $8 AND version = $9";
    WITHDRAW = "UPDATE task_parts SET state = 'withdrawn', lies_with = NULL, changed_at = $1 \
        WHERE task = $2 AND lies_with IS NOT NULL";
    WITHIN = concat!("SELECT ", columns!(), " FROM task_parts p \
        WHERE p.task = $1 AND p.place >= $2 AND p.place < $3 AND p.place > $4 \
        ORDER BY p.place LIMIT $5");
    CHILDREN = concat!("SELECT ", columns!(), " FROM task_parts p WHERE p.task = $1 \
        AND p.place >= $2 AND p.place < $3 AND p.above = $2 ORDER BY p.place LIMIT $4");
    TOPS = concat!("SELECT ", columns!(), " FROM task_parts p WHERE p.task = $1 \
        AND p.above IS NULL ORDER BY p.place LIMIT $2");
    SUMS = "SELECT substr(place, 1, $1), state, count(*), COALESCE(sum(amount), 0) \
        FROM task_parts WHERE task = $2 AND place >= $3 AND place < $4 \
        AND state <> 'broken-down' GROUP BY substr(place, 1, $1), state",
        postgres = "SELECT substr(place, 1, CAST(CAST($1 AS BIGINT) AS INTEGER)), state, count(*), \
        CAST(COALESCE(sum(amount), 0) AS BIGINT) \
        FROM task_parts WHERE task = CAST($2 AS BIGINT) AND place >= $3 AND place < $4 \
        AND state <> 'broken-down' GROUP BY 1, 2";
    AT = concat!("SELECT ", columns!(), ", ", task_columns!(), " FROM task_parts p \
        JOIN tasks t ON t.id = p.task WHERE p.place = $1 AND p.due_on >= $2 AND p.due_on < $3 \
        ORDER BY p.due_on, p.task LIMIT $4");
    SUMS_BELOW = "SELECT c.task, c.state, count(*), COALESCE(sum(c.amount), 0) FROM task_parts p \
        JOIN task_parts c ON c.task = p.task AND c.place >= p.place AND c.place < p.place || ':' \
        WHERE p.place = $1 AND p.due_on >= $2 AND p.due_on < $3 AND p.state = 'broken-down' \
        AND c.state <> 'broken-down' GROUP BY c.task, c.state",
        postgres = "SELECT c.task, c.state, count(*), CAST(COALESCE(sum(c.amount), 0) AS BIGINT) \
        FROM task_parts p \
        JOIN task_parts c ON c.task = p.task AND c.place >= p.place AND c.place < p.place || ':' \
        WHERE p.place = $1 AND p.due_on >= $2 AND p.due_on < $3 AND p.state = 'broken-down' \
        AND c.state <> 'broken-down' GROUP BY c.task, c.state";
    SUMS_OF_UNIT = "SELECT p.task, p.state, count(*), COALESCE(sum(p.amount), 0) FROM task_parts p \
        WHERE p.state <> 'broken-down' AND p.task IN (SELECT t.id FROM tasks t \
        WHERE t.given_unit = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3) \
        GROUP BY p.task, p.state",
        postgres = "SELECT p.task, p.state, count(*), \
        CAST(COALESCE(sum(p.amount), 0) AS BIGINT) FROM task_parts p \
        WHERE p.state <> 'broken-down' AND p.task IN (SELECT t.id FROM tasks t \
        WHERE t.given_unit = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3) \
        GROUP BY p.task, p.state";
    TO_VERIFY = "SELECT p.task, count(*) FROM task_parts p WHERE p.lies_with = $1 \
        AND p.state = 'reported' GROUP BY p.task ORDER BY p.task LIMIT $2";
    LOADS = "SELECT place, count(*) FROM task_parts \
        WHERE state IN ('given', 'noted', 'sent-back') AND due_on >= $1 AND due_on < $2 \
        AND place >= $3 AND place < $4 GROUP BY place";
    ADD_ENTRY = "INSERT INTO task_entries (task, place, number, state, at, post, says, amount, \
        report) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ENTRIES = "SELECT number, state, at, post, says, amount FROM task_entries \
        WHERE task = $1 AND place = $2 ORDER BY number";
    OF_REPORT = "SELECT task, place FROM task_entries WHERE report = $1";
    ADD_PHOTO = "INSERT INTO task_photos (file, task, place, number) VALUES ($1, $2, $3, $4)";
    PHOTOS = "SELECT number, file FROM task_photos WHERE task = $1 AND place = $2 \
        ORDER BY number, file";
    IS_PHOTO = "SELECT task, place FROM task_photos WHERE file = $1";
    LEFT_TO = concat!("SELECT ", columns!(), ", ", task_columns!(), " FROM task_parts p \
        JOIN tasks t ON t.id = p.task WHERE p.lies_with = $1 AND p.due_on >= $2 \
        AND p.due_on < $3 AND p.state IN ('given', 'noted', 'sent-back') \
        AND CAST(length(p.place) AS BIGINT) <= $4 \
        AND p.place <> (SELECT u.place FROM units u WHERE u.id = $1) \
        ORDER BY p.due_on, p.task, p.place LIMIT $5");
    WRONG = "SELECT p.task FROM task_parts p WHERE p.version <> (SELECT count(*) \
        FROM task_entries e WHERE e.task = p.task AND e.place = p.place) LIMIT 1";
    UNBROKEN = "SELECT p.task FROM task_parts p WHERE p.state = 'broken-down' \
        AND NOT EXISTS (SELECT 1 FROM task_parts c WHERE c.task = p.task AND c.above = p.place \
        AND c.place > p.place AND c.place < p.place || ':') LIMIT 1";
}

/// A part that has just been cut, and with whom it lies.
pub fn insert(tx: &mut Tx<'_>, part: &Part, due_on: Date) -> Result<(), DbError> {
    let lies_with = part.state.is_open().then_some(part.unit);
    tx.execute_one(
        &INSERT,
        vals![
            part.task,
            &part.place,
            part.above.as_ref(),
            part.unit,
            due_on,
            part.state,
            lies_with,
            part.changed_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, task: TaskId, place: &PlaceCode) -> Result<Option<Part>, DbError> {
    tx.query_one(&READ, vals![task, place], |row| read_row(row, 0))
}

/// Keeps how the part stands after one more entry of its history, and with whom it lies now; when
/// somebody was quicker, it is [`DbError::Conflict`].
pub fn go_on(tx: &mut Tx<'_>, part: &Part, lies_with: Option<UnitId>) -> Result<(), DbError> {
    tx.execute_one(
        &MOVE,
        vals![
            part.state,
            lies_with,
            part.amount,
            part.reported_by,
            part.version,
            part.changed_at,
            part.task,
            &part.place,
            part.version - 1,
        ],
    )
}

/// Takes back all that is still open.
pub fn withdraw(tx: &mut Tx<'_>, task: TaskId, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&WITHDRAW, vals![now, task])
}

/// Parts in a place, in the order of the tree, behind `last`.
pub fn within(
    tx: &mut Tx<'_>,
    task: TaskId,
    (place, last): (&PlaceCode, Option<&PlaceCode>),
    limit: i64,
) -> Result<Vec<Part>, DbError> {
    let last = last.map_or("", PlaceCode::as_str);
    tx.query(
        &WITHIN,
        vals![task, place, &place.range_end(), last, limit],
        |row| read_row(row, 0),
    )
}

/// The parts right below a part, or those right below the whole for none.
pub fn children(
    tx: &mut Tx<'_>,
    task: TaskId,
    above: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Part>, DbError> {
    let read = |row: &Row<'_>| read_row(row, 0);
    match above {
        Some(above) => tx.query(
            &CHILDREN,
            vals![task, above, &above.range_end(), limit],
            read,
        ),
        None => tx.query(&TOPS, vals![task, limit], read),
    }
}

/// What the parts in a place say, for each place of a level in it: one statement, one range.
pub fn sums(
    tx: &mut Tx<'_>,
    task: TaskId,
    (place, level): (&PlaceCode, Level),
) -> Result<BTreeMap<PlaceCode, Rollup>, DbError> {
    let length = i64::try_from(level.code_len()).unwrap_or(i64::MAX);
    let lines = tx.query(
        &SUMS,
        vals![length, task, place, &place.range_end()],
        |row| {
            let line: (PlaceCode, State, i64, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(line)
        },
    )?;
    let mut sums: BTreeMap<PlaceCode, Rollup> = BTreeMap::new();
    for (place, state, count, amount) in lines {
        sums.entry(place).or_default().add(state, count, amount);
    }
    Ok(sums)
}

/// A part with its task.
pub type Lying = (Part, Task);

/// The parts of exactly this place that are due from a day on and before another.
pub fn at(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (from, before): (Date, Date),
    limit: i64,
) -> Result<Vec<Lying>, DbError> {
    tx.query(&AT, vals![place, from, before, limit], |row| {
        Ok((read_row(row, 0)?, read_task(row, 9)?))
    })
}

/// What lies below the parts of exactly this place, task by task.
pub fn sums_below(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (from, before): (Date, Date),
) -> Result<BTreeMap<TaskId, Rollup>, DbError> {
    let lines = tx.query(&SUMS_BELOW, vals![place, from, before], read_sum)?;
    Ok(summed(lines))
}

/// What came back of the latest tasks that a unit gave.
pub fn sums_of_unit(
    tx: &mut Tx<'_>,
    unit: UnitId,
    before: Option<TaskId>,
    limit: i64,
) -> Result<BTreeMap<TaskId, Rollup>, DbError> {
    let before = before.map_or(i64::MAX, TaskId::get);
    let lines = tx.query(&SUMS_OF_UNIT, vals![unit, before, limit], read_sum)?;
    Ok(summed(lines))
}

type Sum = (TaskId, State, i64, i64);

fn read_sum(row: &Row<'_>) -> Result<Sum, DbError> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn summed(lines: Vec<Sum>) -> BTreeMap<TaskId, Rollup> {
    let mut sums: BTreeMap<TaskId, Rollup> = BTreeMap::new();
    for (task, state, count, amount) in lines {
        sums.entry(task).or_default().add(state, count, amount);
    }
    sums
}

/// How many reported parts wait for a unit to look at them, task by task.
pub fn to_verify(tx: &mut Tx<'_>, unit: UnitId, limit: i64) -> Result<Vec<(TaskId, i64)>, DbError> {
    tx.query(&TO_VERIFY, vals![unit, limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many parts lie on each desk of a place that are due from a day on and before another.
pub fn loads(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (from, before): (Date, Date),
) -> Result<BTreeMap<PlaceCode, i64>, DbError> {
    let end = place.range_end();
    let loads = tx.query(&LOADS, vals![from, before, place, &end], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(loads.into_iter().collect())
}

/// One more line of the history of a part.
pub fn add_entry(
    tx: &mut Tx<'_>,
    (task, place): (TaskId, &PlaceCode),
    entry: &Entry,
    report: Option<TaskReportId>,
) -> Result<(), DbError> {
    tx.execute_one(
        &ADD_ENTRY,
        vals![
            task,
            place,
            entry.number,
            entry.state,
            entry.at,
            entry.post,
            &entry.says,
            entry.amount,
            report,
        ],
    )
}

/// The history of a part; it is short.
pub fn entries(tx: &mut Tx<'_>, task: TaskId, place: &PlaceCode) -> Result<Vec<Entry>, DbError> {
    tx.query(&ENTRIES, vals![task, place], |row| {
        Ok(Entry {
            number: row.get(0)?,
            state: row.get(1)?,
            at: row.get(2)?,
            post: row.get::<PostId>(3)?,
            says: row.get(4)?,
            amount: row.get(5)?,
        })
    })
}

/// Of which part a report is, once it was taken.
pub fn of_report(
    tx: &mut Tx<'_>,
    report: TaskReportId,
) -> Result<Option<(TaskId, PlaceCode)>, DbError> {
    tx.query_one(&OF_REPORT, vals![report], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Puts a photo to an entry.
pub fn add_photo(
    tx: &mut Tx<'_>,
    file: FileId,
    (task, place, number): (TaskId, &PlaceCode, i64),
) -> Result<(), DbError> {
    tx.execute_one(&ADD_PHOTO, vals![file, task, place, number])
}

/// The photos of a part, each with the number of its entry.
pub fn photos(
    tx: &mut Tx<'_>,
    task: TaskId,
    place: &PlaceCode,
) -> Result<Vec<(i64, FileId)>, DbError> {
    tx.query(&PHOTOS, vals![task, place], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Of which part a file is a photo, if of any.
pub fn of_photo(tx: &mut Tx<'_>, file: FileId) -> Result<Option<(TaskId, PlaceCode)>, DbError> {
    tx.query_one(&IS_PHOTO, vals![file], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What a unit has to do for places that have no unit of their own.
pub fn left_to(
    tx: &mut Tx<'_>,
    unit: UnitId,
    (from, before): (Date, Date),
    limit: i64,
) -> Result<Vec<Lying>, DbError> {
    let length = i64::try_from(Level::Community.code_len()).unwrap_or(i64::MAX);
    tx.query(&LEFT_TO, vals![unit, from, before, length, limit], |row| {
        Ok((read_row(row, 0)?, read_task(row, 9)?))
    })
}

/// Whether each part has the history that its number says, and something lies below each that
/// was broken down.
pub fn are_whole(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let wrong: Option<TaskId> = tx.query_one(&WRONG, &[], |row| row.get(0))?;
    let unbroken: Option<TaskId> = tx.query_one(&UNBROKEN, &[], |row| row.get(0))?;
    Ok(wrong.is_none() && unbroken.is_none())
}

fn read_row(row: &Row<'_>, from: usize) -> Result<Part, DbError> {
    Ok(Part {
        task: row.get(from)?,
        place: row.get(from + 1)?,
        above: row.get(from + 2)?,
        unit: row.get(from + 3)?,
        state: row.get(from + 4)?,
        amount: row.get(from + 5)?,
        reported_by: row.get(from + 6)?,
        version: row.get(from + 7)?,
        changed_at: row.get(from + 8)?,
    })
}
