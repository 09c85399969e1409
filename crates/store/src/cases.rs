//! Cases: the row that every step rewrites, its matter, its calls, and the
//! list of units it concerns. Lists of cases are in `lists.rs`.

use std::collections::BTreeSet;

use huiyin_domain::access::{Relation, Scope};
use huiyin_domain::case::{Call, CaseView, ClockView, Hash, Owner, Values};
use huiyin_domain::id::{CaseId, PersonId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::planted::{self, Fault};
use jiff::{SignedDuration, Timestamp};

use crate::columns::json;
use crate::places::street_of;
use crate::statements::statements;
use crate::{DbError, Row, Tx, calls, timing, vals};

/// A case as it lies in the database, seen within a scope. Only [`load`]
/// makes one, so whoever holds it may see the case.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub view: CaseView,
    pub title: String,
    /// How it came in: web, phone, import, api.
    pub channel: String,
    pub changed_at: Timestamp,
    /// The hash of its last entry.
    pub head: Hash,
}

/// A case to be opened: the view as decided, and what lists show of it.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    pub view: &'a CaseView,
    pub channel: &'a str,
    pub title: &'a str,
}

statements! {
    INSERT = "INSERT INTO cases (id, kind, kind_version, stage, version, place, street, item, \
        urgent_at, owner_unit, owner_person, previous_unit, previous_person, opened_unit, channel, \
        opened_at, changed_at, closed_at, outcome, clock, clock_started_at, due_at, counts, title, \
        merged_into, opened_role, clock_round, wake_at, timing) \
        VALUES ($1, $2, (SELECT id FROM kind_versions WHERE hash = $3), $4, $5, $6, $7, $8, $9, \
        $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, \
        $28, $29)";
    INSERT_MATTER = "INSERT INTO matters (case_id, fields) VALUES ($1, $2)";
    LOAD = "SELECT c.kind, v.hash, c.stage, c.version, c.place, c.item, c.urgent_at, c.owner_unit, \
        c.owner_person, c.previous_unit, c.previous_person, c.opened_unit, c.opened_at, \
        c.closed_at, c.outcome, c.clock, c.clock_started_at, c.due_at, c.counts, c.merged_into, \
        m.fields, c.title, c.channel, c.changed_at, e.hash, c.opened_role, c.clock_round, \
        c.wake_at, c.timing, c.paused_at, c.paused_until, c.paused_for, c.paused_left, \
        k.unit, k.role, k.state, k.due_at, k.late_at, k.rating \
        FROM cases c \
        JOIN kind_versions v ON v.id = c.kind_version \
        JOIN matters m ON m.case_id = c.id \
        JOIN entries e ON e.case_id = c.id AND e.number = c.version \
        LEFT JOIN calls k ON k.case_id = c.id \
        WHERE c.id = $1 ORDER BY k.unit";
    UPDATE = "UPDATE cases SET stage = $1, version = version + 1, owner_unit = $2, \
        owner_person = $3, previous_unit = $4, previous_person = $5, changed_at = $6, \
        closed_at = $7, outcome = $8, clock = $9, clock_started_at = $10, due_at = $11, \
        counts = $12, urgent_at = CASE WHEN CAST($13 AS BIGINT) IS NULL THEN NULL \
        ELSE COALESCE(urgent_at, $13) END, clock_round = $14, wake_at = $15, timing = $16, \
        paused_at = $17, paused_until = $18, paused_for = $19, paused_left = $20 \
        WHERE id = $21 AND version = $22";
    UPDATE_SUBJECT = "UPDATE cases SET kind = $1, \
        kind_version = (SELECT id FROM kind_versions WHERE hash = $2), place = $3, street = $4, \
        item = $5, title = $6, merged_into = $7 WHERE id = $8";
    UPDATE_MATTER = "UPDATE matters SET fields = $1 WHERE case_id = $2";
    CONCERN = "INSERT INTO case_units (unit, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    FORMER = "INSERT INTO former_units (unit, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    UNCONCERN = "DELETE FROM case_units WHERE unit = $1 AND case_id = $2";
    AWAKE = "SELECT wake_at, id FROM cases \
        WHERE closed_at IS NULL AND (wake_at, id) > ($1, $2) AND wake_at <= $3 \
        ORDER BY wake_at, id LIMIT $4";
    MERGED = "SELECT id FROM cases WHERE merged_into = $1 ORDER BY id LIMIT $2";
    OPEN_CLAIMS = "SELECT count(*) FROM cases WHERE owner_person = $1 AND closed_at IS NULL";
    LOCK_CLAIMS = "SELECT id FROM persons WHERE id = $1",
        postgres = "SELECT id FROM persons WHERE id = $1 FOR UPDATE";
}

/// Open a case. Its first entry follows with [`crate::entries::append`].
pub fn insert(tx: &mut Tx<'_>, opening: &Opening<'_>) -> Result<(), DbError> {
    let view = opening.view;
    let clock = view.clock.as_ref();
    tx.execute_one(
        &INSERT,
        vals![
            view.id,
            &view.kind,
            &view.kind_hash,
            &view.stage,
            view.version,
            &view.place,
            street_of(&view.place),
            view.item.as_ref(),
            view.urgent.then_some(view.opened_at),
            view.owner.unit(),
            view.owner.person(),
            view.previous_owner.and_then(Owner::unit),
            view.previous_owner.and_then(Owner::person),
            view.opened_unit,
            opening.channel,
            view.opened_at,
            view.opened_at,
            view.closed_at,
            view.outcome.as_ref(),
            clock.map(|clock| &clock.name),
            clock.map(|clock| clock.started_at),
            clock.map(|clock| clock.due_at),
            &json(&view.counts)?,
            opening.title,
            view.merged_into,
            view.opened_role.map(Role::word),
            round(clock),
            clock.map(|clock| clock.wake_at),
            &timing::text_of(view)?,
        ],
    )?;
    timing::update_terms(tx, view.id, &[], &view.terms)?;
    tx.execute_one(&INSERT_MATTER, vals![view.id, &json(&view.values)?])?;
    for call in &view.calls {
        calls::put(tx, view.id, call)?;
    }
    for unit in concerned(view) {
        tx.execute(&CONCERN, vals![unit, view.id])?;
    }
    Ok(())
}

/// Everything that deciding a step needs, in one statement; `None` when there
/// is no such case in the scope.
pub fn load(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> Result<Option<Loaded>, DbError> {
    let mut loaded: Option<Loaded> = None;
    tx.each(&LOAD, vals![id], |row| {
        let loaded = match &mut loaded {
            Some(loaded) => loaded,
            None => loaded.insert(read(row, id)?),
        };
        if row.get::<Option<UnitId>>(CALLS)?.is_some() {
            loaded.view.calls.push(calls::read(row, CALLS)?);
        }
        Ok(())
    })?;
    let mut loaded = loaded.filter(|loaded| is_within(&loaded.view, scope));
    if let Some(loaded) = &mut loaded {
        loaded.view.terms = timing::terms(tx, id)?;
    }
    Ok(loaded)
}

/// Where the time of a case stands in a line of `LOAD`, and where its calls begin.
const TIME: timing::Columns = timing::Columns {
    name: 15,
    started_at: 16,
    due_at: 17,
    round: 26,
    rest: 27,
};
const CALLS: usize = 33;

fn read(row: &Row<'_>, id: CaseId) -> Result<Loaded, DbError> {
    let owner = owner(row.get(7)?, row.get(8)?)
        .ok_or_else(|| DbError::Broken(format!("case {id} has no owner")))?;
    let (clock, memory) = timing::read(row, &TIME)?;
    let view = CaseView {
        id,
        kind: row.get(0)?,
        kind_hash: row.get(1)?,
        stage: row.get(2)?,
        version: row.get(3)?,
        place: row.get(4)?,
        item: row.get(5)?,
        urgent: row.get::<Option<i64>>(6)?.is_some(),
        owner,
        previous_owner: self::owner(row.get(9)?, row.get(10)?),
        opened_unit: row.get(11)?,
        opened_role: row
            .get::<Option<String>>(25)?
            .and_then(|role| role.parse().ok()),
        opened_at: row.get(12)?,
        closed_at: row.get(13)?,
        outcome: row.get(14)?,
        clock,
        terms: Vec::new(),
        memory,
        counts: row.json(18)?,
        merged_into: row.get(19)?,
        values: row.json::<Values>(20)?,
        calls: Vec::new(),
    };
    Ok(Loaded {
        view,
        title: row.get(21)?,
        channel: row.get(22)?,
        changed_at: row.get(23)?,
        head: row.get(24)?,
    })
}

pub(crate) fn owner(unit: Option<UnitId>, person: Option<PersonId>) -> Option<Owner> {
    unit.map(Owner::Unit).or(person.map(Owner::Person))
}

fn is_within(view: &CaseView, scope: &Scope) -> bool {
    let reaches = |unit, relation| scope.reaches(unit, relation);
    let owner = view.owner.unit();
    scope.is_everything()
        || scope.case() == Some(view.id)
        || scope
            .places()
            .iter()
            .any(|place| view.place.is_within(place))
        || owner.is_some_and(|unit| reaches(unit, Relation::Own))
        || view
            .opened_unit
            .is_some_and(|unit| reaches(unit, Relation::Opened))
        || view
            .calls
            .iter()
            .any(|call| reaches(call.unit, Relation::Called))
}

/// The units in whose scope a case lies.
fn concerned(view: &CaseView) -> BTreeSet<UnitId> {
    let called = view.calls.iter().map(|call| call.unit);
    view.owner
        .unit()
        .into_iter()
        .chain(view.opened_unit)
        .chain(called)
        .collect()
}

/// Write a case as it is after a step taken at `now`. Fails with
/// [`DbError::Conflict`], writing nothing, when somebody else was faster. Only
/// what changed is written; the entry follows with [`crate::entries::append`].
pub fn update(
    tx: &mut Tx<'_>,
    before: &Loaded,
    after: &CaseView,
    title: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let old = &before.view;
    let clock = after.clock.as_ref();
    let [paused_at, paused_until, paused_for, paused_left] = timing::pause_of(after);
    tx.execute_one(
        &UPDATE,
        vals![
            &after.stage,
            after.owner.unit(),
            after.owner.person(),
            after.previous_owner.and_then(Owner::unit),
            after.previous_owner.and_then(Owner::person),
            now,
            after.closed_at,
            after.outcome.as_ref(),
            clock.map(|clock| &clock.name),
            clock.map(|clock| clock.started_at),
            clock.map(|clock| clock.due_at),
            &json(&after.counts)?,
            after.urgent.then_some(now),
            round(clock),
            clock.map(|clock| clock.wake_at),
            &timing::text_of(after)?,
            paused_at,
            paused_until,
            paused_for,
            paused_left,
            after.id,
            old.version,
        ],
    )?;
    let same_subject = (&old.kind_hash, &old.place, &old.item, old.merged_into)
        == (
            &after.kind_hash,
            &after.place,
            &after.item,
            after.merged_into,
        );
    if !same_subject || before.title != title {
        update_subject(tx, after, title)?;
    }
    if old.values != after.values {
        tx.execute_one(&UPDATE_MATTER, vals![&json(&after.values)?, after.id])?;
    }
    update_calls(tx, old, after)?;
    timing::update_terms(tx, after.id, &old.terms, &after.terms)?;
    let (had, has) = (old.owner.unit(), after.owner.unit());
    if let Some(unit) = had.filter(|_| had != has) {
        tx.execute(&FORMER, vals![unit, after.id])?;
    }
    let (were, are) = (concerned(old), concerned(after));
    for unit in were.difference(&are) {
        tx.execute(&UNCONCERN, vals![*unit, after.id])?;
    }
    for unit in are.difference(&were) {
        if planted::is(Fault::ListForgets) {
            break;
        }
        tx.execute(&CONCERN, vals![*unit, after.id])?;
    }
    Ok(())
}

/// How often the clock has run out in a row.
fn round(clock: Option<&ClockView>) -> Option<i64> {
    clock.map(|clock| i64::from(clock.round))
}

fn update_subject(tx: &mut Tx<'_>, after: &CaseView, title: &str) -> Result<(), DbError> {
    tx.execute_one(
        &UPDATE_SUBJECT,
        vals![
            &after.kind,
            &after.kind_hash,
            &after.place,
            street_of(&after.place),
            after.item.as_ref(),
            title,
            after.merged_into,
            after.id,
        ],
    )
}

fn update_calls(tx: &mut Tx<'_>, old: &CaseView, after: &CaseView) -> Result<(), DbError> {
    let known: Vec<&Call> = old.calls.iter().collect();
    for call in after.calls.iter().filter(|call| !known.contains(call)) {
        calls::put(tx, after.id, call)?;
    }
    if !after.calls.is_empty() && old.closed_at != after.closed_at {
        calls::end_all(tx, after.id, after.closed_at)?;
    }
    Ok(())
}

/// Open cases whose clock warns, ends or goes on by itself, the longest ago first. Goes on
/// behind `last`, so that one that cannot move does not stop the others.
pub fn awake(
    tx: &mut Tx<'_>,
    now: Timestamp,
    last: Option<(Timestamp, CaseId)>,
    limit: i64,
) -> Result<Vec<(Timestamp, CaseId)>, DbError> {
    let (wake_at, id) = last.map_or((i64::MIN, 0), |(at, id)| (at.as_microsecond(), id.get()));
    let now = match planted::is(Fault::FiredEarly) {
        true => now + SignedDuration::from_hours(1),
        false => now,
    };
    tx.query(&AWAKE, vals![wake_at, id, now, limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The cases for which `main` answers too.
pub fn merged_into(tx: &mut Tx<'_>, main: CaseId, limit: i64) -> Result<Vec<CaseId>, DbError> {
    tx.query(&MERGED, vals![main, limit], |row| row.get(0))
}

/// How many open cases a person owns. Inside a write nobody else can add to
/// them until it is committed.
pub fn open_claims(tx: &mut Tx<'_>, person: PersonId) -> Result<u32, DbError> {
    if tx.is_writer() {
        tx.query(&LOCK_CLAIMS, vals![person], |_| Ok(()))?;
    }
    let count: Option<i64> = tx.query_one(&OPEN_CLAIMS, vals![person], |row| row.get(0))?;
    Ok(count.map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX)))
}
