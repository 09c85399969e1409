//! Tasks as they were given, the rules by which regular ones come back, and how much may lie on
//! a desk. Their parts stand in `task_parts`.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{PostId, TaskId, TaskRuleId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Evidence, Limits, Rhythm, Task, Withdrawn};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A regular task that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: TaskRuleId,
    pub title: String,
    pub standard: String,
    pub evidence: Evidence,
    pub place: PlaceCode,
    pub level: Level,
    /// Some of the places below; all of them when it is empty.
    pub only: Vec<PlaceCode>,
    /// Whose post it is meant for there.
    pub role: Option<Role>,
    pub rhythm: Rhythm,
    pub first_on: Date,
    /// The day on which the next one is given.
    pub next_on: Date,
    /// How many working days there are for it.
    pub working_days: i64,
    pub made_at: Timestamp,
    pub made_post: PostId,
    pub ended_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "t.id, t.sort, t.title, t.standard, t.wants, t.counted_in, t.place, t.level, t.due_on, \
        t.given_at, t.given_unit, t.given_post, t.part_count, t.over_limit_for, t.rule, \
        t.withdrawn_at, t.withdrawn_for, t.role"
    };
}
pub(crate) use columns;

macro_rules! rule_columns {
    () => {
        "id, title, standard, wants, counted_in, place, level, only_places, rhythm, first_on, \
        next_on, working_days, made_at, made_post, ended_at, role"
    };
}

statements! {
    INSERT = "INSERT INTO tasks (id, sort, title, standard, wants, counted_in, place, level, \
        due_on, given_at, given_unit, given_post, part_count, over_limit_for, rule, role) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    READ = concat!("SELECT ", columns!(), " FROM tasks t WHERE t.id = $1");
    OF_UNIT = concat!("SELECT ", columns!(), " FROM tasks t WHERE t.given_unit = $1 \
        AND t.id < $2 ORDER BY t.id DESC LIMIT $3");
    OF_UNIT_DUE = concat!("SELECT ", columns!(), " FROM tasks t WHERE t.given_unit = $1 \
        AND t.due_on >= $2 AND t.due_on < $3 ORDER BY t.due_on, t.id LIMIT $4");
    WITHDRAW = "UPDATE tasks SET withdrawn_at = $1, withdrawn_for = $2 \
        WHERE id = $3 AND withdrawn_at IS NULL";
    LOCK = "SELECT id FROM tasks WHERE id = $1",
        postgres = "SELECT id FROM tasks WHERE id = $1 FOR UPDATE";
    SET_LIMIT = "INSERT INTO task_limits (place, warn, refuse, set_at, set_post) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (place) DO UPDATE SET warn = excluded.warn, \
        refuse = excluded.refuse, set_at = excluded.set_at, set_post = excluded.set_post";
    LIMITS = "SELECT place, warn, refuse FROM task_limits \
        WHERE (place >= $1 AND place < $2) OR place IN ($3, $4, $5, $6, $7, $8, $9)";
    INSERT_RULE = concat!("INSERT INTO task_rules (", rule_columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, $15)");
    READ_RULE = concat!("SELECT ", rule_columns!(), " FROM task_rules WHERE id = $1");
    RULES = concat!("SELECT ", rule_columns!(), " FROM task_rules \
        WHERE ended_at IS NULL AND place >= $1 AND place < $2 ORDER BY place, id LIMIT $3");
    DUE_RULES = "SELECT id, place, next_on FROM task_rules WHERE ended_at IS NULL AND next_on <= $1 \
        ORDER BY next_on, id LIMIT $2";
    NEXT = "UPDATE task_rules SET next_on = $1 WHERE id = $2 AND ended_at IS NULL AND next_on = $3";
    END_RULE = "UPDATE task_rules SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
}

pub fn insert(tx: &mut Tx<'_>, task: &Task) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            task.id,
            task.sort,
            &task.title,
            &task.standard,
            &task.evidence.words(),
            &task.evidence.counted_in,
            &task.place,
            task.level.word(),
            task.due_on,
            task.given_at,
            task.given_unit,
            task.given_post,
            task.part_count,
            task.over_limit_for.as_ref(),
            task.rule,
            task.role.map(Role::word),
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: TaskId) -> Result<Option<Task>, DbError> {
    tx.query_one(&READ, vals![id], |row| read_at(row, 0))
}

/// Nobody else changes a part of this task until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: TaskId) -> Result<(), DbError> {
    let _: Option<TaskId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// What a unit gave, the latest first, behind `before`.
pub fn of_unit(
    tx: &mut Tx<'_>,
    unit: UnitId,
    before: Option<TaskId>,
    limit: i64,
) -> Result<Vec<Task>, DbError> {
    let before = before.map_or(i64::MAX, TaskId::get);
    tx.query(&OF_UNIT, vals![unit, before, limit], |row| read_at(row, 0))
}

/// What a unit gave that is due from a day on and before another.
pub fn of_unit_due(
    tx: &mut Tx<'_>,
    unit: UnitId,
    (from, before): (Date, Date),
    limit: i64,
) -> Result<Vec<Task>, DbError> {
    tx.query(&OF_UNIT_DUE, vals![unit, from, before, limit], |row| {
        read_at(row, 0)
    })
}

/// Takes the task back; done before, it is [`DbError::Conflict`].
pub fn withdraw(tx: &mut Tx<'_>, id: TaskId, why: &str, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&WITHDRAW, vals![now, why, id])
}

pub fn set_limit(
    tx: &mut Tx<'_>,
    (place, limits): (&PlaceCode, Limits),
    (post, now): (PostId, Timestamp),
) -> Result<(), DbError> {
    tx.execute_one(
        &SET_LIMIT,
        vals![place, limits.warn, limits.refuse, now, post],
    )
}

/// The limits that were set in a place, and in those above it.
pub fn limits(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(PlaceCode, Limits)>, DbError> {
    let mut above = place.with_ancestors().into_iter().skip(1);
    let mut next = || above.next().map_or(String::new(), |code| code.to_string());
    let above: [String; 7] = std::array::from_fn(|_| next());
    let [a, b, c, d, e, f, g] = &above;
    let end = place.range_end();
    tx.query(&LIMITS, vals![place, &end, a, b, c, d, e, f, g], |row| {
        let limits = Limits {
            warn: row.get(1)?,
            refuse: row.get(2)?,
        };
        Ok((row.get(0)?, limits))
    })
}

pub fn insert_rule(tx: &mut Tx<'_>, rule: &Rule) -> Result<(), DbError> {
    let only: Vec<&str> = rule.only.iter().map(PlaceCode::as_str).collect();
    tx.execute_one(
        &INSERT_RULE,
        vals![
            rule.id,
            &rule.title,
            &rule.standard,
            &rule.evidence.words(),
            &rule.evidence.counted_in,
            &rule.place,
            rule.level.word(),
            &only.join(" "),
            rule.rhythm,
            rule.first_on,
            rule.next_on,
            rule.working_days,
            rule.made_at,
            rule.made_post,
            rule.role.map(Role::word),
        ],
    )
}

pub fn read_rule(tx: &mut Tx<'_>, id: TaskRuleId) -> Result<Option<Rule>, DbError> {
    tx.query_one(&READ_RULE, vals![id], read_rule_row)
}

/// The rules of the places that somebody looks after.
pub fn rules(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Rule>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&RULES, vals![&from, &to, limit], read_rule_row)?);
    }
    Ok(found)
}

/// The rules by which something is to be given by this day, each with its place and day.
pub fn due_rules(
    tx: &mut Tx<'_>,
    day: Date,
    limit: i64,
) -> Result<Vec<(TaskRuleId, PlaceCode, Date)>, DbError> {
    tx.query(&DUE_RULES, vals![day, limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// From one day to the next; whether nobody else was quicker.
pub fn go_on(tx: &mut Tx<'_>, id: TaskRuleId, (from, to): (Date, Date)) -> Result<bool, DbError> {
    Ok(tx.execute(&NEXT, vals![to, id, from])? == 1)
}

/// It comes no more; ended before, nothing happens.
pub fn end_rule(tx: &mut Tx<'_>, id: TaskRuleId, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&END_RULE, vals![now, id]).map(drop)
}

/// The level of a word; what is none is the community.
fn level_of(word: &str) -> Level {
    let mut levels = Level::ALL.into_iter().map(|(level, _)| level);
    let found = levels.find(|level| level.word() == word);
    found.unwrap_or(Level::Community)
}

fn read_rule_row(row: &Row<'_>) -> Result<Rule, DbError> {
    let only: String = row.get(7)?;
    Ok(Rule {
        id: row.get(0)?,
        title: row.get(1)?,
        standard: row.get(2)?,
        evidence: Evidence::of(&row.get::<String>(3)?, row.get(4)?),
        place: row.get(5)?,
        level: level_of(&row.get::<String>(6)?),
        only: only
            .split(' ')
            .filter_map(|code| code.parse().ok())
            .collect(),
        rhythm: row.get(8)?,
        first_on: row.get(9)?,
        next_on: row.get(10)?,
        working_days: row.get(11)?,
        made_at: row.get(12)?,
        made_post: row.get(13)?,
        ended_at: row.get(14)?,
        role: row.get(15)?,
    })
}

/// A task whose columns begin at a position.
pub(crate) fn read_at(row: &Row<'_>, from: usize) -> Result<Task, DbError> {
    let withdrawn_at: Option<Timestamp> = row.get(from + 15)?;
    let why: Option<String> = row.get(from + 16)?;
    Ok(Task {
        id: row.get(from)?,
        sort: row.get(from + 1)?,
        title: row.get(from + 2)?,
        standard: row.get(from + 3)?,
        evidence: Evidence::of(&row.get::<String>(from + 4)?, row.get(from + 5)?),
        place: row.get(from + 6)?,
        level: level_of(&row.get::<String>(from + 7)?),
        due_on: row.get(from + 8)?,
        given_at: row.get(from + 9)?,
        given_unit: row.get(from + 10)?,
        given_post: row.get(from + 11)?,
        part_count: row.get(from + 12)?,
        over_limit_for: row.get(from + 13)?,
        rule: row.get(from + 14)?,
        withdrawn: withdrawn_at.map(|at| Withdrawn {
            at,
            why: why.unwrap_or_default(),
        }),
        role: row.get(from + 17)?,
    })
}
