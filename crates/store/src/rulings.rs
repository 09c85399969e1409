//! Rulings: to whom somebody above gave what, where. They are the precedents of the next ones,
//! found by item and place, the newest first.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CaseId, PostId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A ruling to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRuling<'a> {
    pub case: CaseId,
    /// The entry in which it was ruled.
    pub entry: i64,
    pub at: Timestamp,
    pub item: &'a ItemCode,
    /// No nearer than a community.
    pub place: &'a PlaceCode,
    pub unit: UnitId,
}

/// A ruling as it is read, with what its entry tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    pub case: CaseId,
    pub entry: i64,
    pub at: Timestamp,
    pub item: ItemCode,
    pub place: PlaceCode,
    pub unit: UnitId,
    /// When it became a line of the duty list.
    pub duty_at: Option<Timestamp>,
    /// The unit and post that ruled.
    pub by_unit: Option<UnitId>,
    pub by_post: Option<PostId>,
    /// The role of that post.
    pub by_role: Option<Role>,
    /// The kind that the case is of.
    pub kind: String,
    /// JSON of what was handed in; `None` when it was erased.
    pub text: Option<String>,
}

/// What is looked for; by default everything.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// With everything below it.
    pub item: Option<ItemCode>,
    /// With everything within it.
    pub place: Option<PlaceCode>,
}

macro_rules! ruling {
    ($from:expr) => {
        concat!(
            "SELECT r.case_id, r.entry, r.at, r.item, r.place, r.unit, r.duty_at, e.unit, e.post, \
             p.role, c.kind, e.text FROM ",
            $from,
            " JOIN entries e ON e.case_id = r.case_id AND e.number = r.entry \
             JOIN cases c ON c.id = r.case_id LEFT JOIN posts p ON p.id = e.post "
        )
    };
}

macro_rules! newest {
    ($item:expr, $limit:expr) => {
        concat!(
            ruling!("rulings r"),
            "WHERE (r.at, r.case_id) < ($1, $2) AND r.place >= $3 AND r.place < $4 ",
            $item,
            " ORDER BY r.at DESC, r.case_id DESC LIMIT ",
            $limit
        )
    };
}

statements! {
    INSERT = "INSERT INTO rulings (case_id, entry, at, item, place, unit) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    NEWEST = newest!("", "$5");
    NEWEST_OF_ITEM = newest!(
        "AND (r.item = $5 OR (r.item >= $5 || '.' AND r.item < $5 || '/'))",
        "$6"
    );
    ONE = concat!(ruling!("rulings r"), "WHERE r.case_id = $1 AND r.entry = $2");
    BECAME_DUTY = "UPDATE rulings SET duty_at = $1 WHERE case_id = $2 AND entry = $3";
}

pub fn insert(tx: &mut Tx<'_>, ruling: &NewRuling<'_>) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            ruling.case,
            ruling.entry,
            ruling.at,
            ruling.item,
            ruling.place,
            ruling.unit,
        ],
    )
}

fn read(row: &Row<'_>) -> Result<Ruling, DbError> {
    let role: Option<String> = row.get(9)?;
    Ok(Ruling {
        case: row.get(0)?,
        entry: row.get(1)?,
        at: row.get(2)?,
        item: row.get(3)?,
        place: row.get(4)?,
        unit: row.get(5)?,
        duty_at: row.get(6)?,
        by_unit: row.get(7)?,
        by_post: row.get(8)?,
        by_role: role.and_then(|role| role.parse().ok()),
        kind: row.get(10)?,
        text: row.get(11)?,
    })
}

/// The rulings in the places of `scope`, the newest first, behind `after`.
pub fn newest(
    tx: &mut Tx<'_>,
    scope: &Scope,
    sought: &Sought,
    after: Option<(Timestamp, CaseId)>,
    limit: i64,
) -> Result<Vec<Ruling>, DbError> {
    let (at, case) = after.map_or((i64::MAX, i64::MAX), |(at, case)| {
        (at.as_microsecond(), case.get())
    });
    let mut found = Vec::new();
    for (from, to) in ranges(scope, sought.place.as_ref()) {
        let vals = vals![at, case, &from, &to, limit];
        match &sought.item {
            None => found.extend(tx.query(&NEWEST, vals, read)?),
            Some(item) => {
                let vals = vals![at, case, &from, &to, item, limit];
                found.extend(tx.query(&NEWEST_OF_ITEM, vals, read)?);
            }
        }
    }
    found.sort_by_key(|ruling| std::cmp::Reverse((ruling.at, ruling.case, ruling.entry)));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// The places of a scope, narrowed to one place, as ranges of codes.
fn ranges(scope: &Scope, place: Option<&PlaceCode>) -> Vec<(String, String)> {
    let range = |place: &PlaceCode| (place.to_string(), place.range_end());
    if scope.is_everything() {
        return vec![place.map_or_else(|| (String::new(), ":".to_owned()), range)];
    }
    let narrow = |wide: &PlaceCode| match place {
        Some(inner) if inner.is_within(wide) => Some(range(inner)),
        Some(outer) if !wide.is_within(outer) => None,
        _ => Some(range(wide)),
    };
    scope.places().iter().filter_map(narrow).collect()
}

/// One ruling, if it lies in a place of the scope.
pub fn one(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    entry: i64,
) -> Result<Option<Ruling>, DbError> {
    let found = tx.query_one(&ONE, vals![case, entry], read)?;
    let is_within = |ruling: &Ruling| {
        let mut places = scope.places().iter();
        scope.is_everything() || places.any(|place| ruling.place.is_within(place))
    };
    Ok(found.filter(is_within))
}

/// The duty list says the same from now on.
pub fn became_duty(
    tx: &mut Tx<'_>,
    case: CaseId,
    entry: i64,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&BECAME_DUTY, vals![at, case, entry])
}
