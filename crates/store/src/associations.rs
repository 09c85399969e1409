//! Associations and interest groups, and who is in them. Names are read by those who lead and by
//! the unit that registered the group, and by nobody else.

use huiyin_domain::access::Scope;
use huiyin_domain::association::{Entry, GroupState, Interest, Standing};
use huiyin_domain::id::{AssociationId, PersonId, UnitId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A group, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    pub id: AssociationId,
    pub place: PlaceCode,
    /// None until it is registered.
    pub unit: Option<UnitId>,
    pub interest: Interest,
    pub name: String,
    pub about: String,
    /// Where and when they meet.
    pub meets: String,
    pub entry: Entry,
    pub state: GroupState,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// Somebody who is in a group, or asks to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub association: AssociationId,
    pub person: PersonId,
    pub standing: Standing,
    /// What they told those who lead it.
    pub says: String,
    pub made_at: Timestamp,
}

macro_rules! columns {
    () => {
        "g.id, g.place, g.unit, g.interest, g.name, g.about, g.meets, g.entry, g.state, \
        g.made_at, g.changed_at, g.ended_at"
    };
}

/// With how many are in it.
macro_rules! counted {
    () => {
        concat!(
            columns!(),
            ", (SELECT count(*) FROM association_members m \
            WHERE m.association = g.id AND m.standing <> 'asked')"
        )
    };
}

statements! {
    INSERT = "INSERT INTO associations (id, place, unit, interest, name, about, meets, entry, \
        state, leaders, made_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, \
        $11)";
    UPDATE = "UPDATE associations SET interest = $1, name = $2, about = $3, meets = $4, \
        entry = $5, changed_at = $6 WHERE id = $7";
    REGISTER = "UPDATE associations SET state = 'registered', unit = $1, changed_at = $2 \
        WHERE id = $3 AND state = 'asked'";
    END = "UPDATE associations SET state = $1, leaders = 0, ended_at = $2, changed_at = $2 \
        WHERE id = $3 AND ended_at IS NULL";
    READ = concat!("SELECT ", columns!(), " FROM associations g WHERE g.id = $1");
    LOCK = "SELECT id FROM associations WHERE id = $1",
        postgres = "SELECT id FROM associations WHERE id = $1 FOR UPDATE";
    LIST = concat!("SELECT ", counted!(), " FROM associations g WHERE g.place >= $1 \
        AND g.place < $2 AND g.id > $3 AND g.state = 'registered' ORDER BY g.id LIMIT $4");
    WITHIN = concat!("SELECT ", counted!(), " FROM associations g WHERE g.place >= $1 \
        AND g.place < $2 ORDER BY g.id DESC LIMIT $3");
    OF_PERSON = concat!("SELECT ", columns!(), ", m.standing FROM association_members m \
        JOIN associations g ON g.id = m.association WHERE m.person = $1 ORDER BY g.id LIMIT $2");
    MEMBER = "SELECT association, person, standing, says, made_at FROM association_members \
        WHERE association = $1 AND person = $2";
    MEMBERS = "SELECT association, person, standing, says, made_at FROM association_members \
        WHERE association = $1 ORDER BY made_at, person";
    NAMED_MEMBERS = "SELECT a.association, a.person, a.standing, a.says, a.made_at, p.name \
        FROM association_members a JOIN persons p ON p.id = a.person \
        WHERE a.association = $1 ORDER BY a.made_at, a.person";
    COUNT = "SELECT count(*) FROM association_members \
        WHERE association = $1 AND standing <> 'asked'";
    PUT_MEMBER = "INSERT INTO association_members (association, person, standing, says, made_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (association, person) DO UPDATE SET \
        standing = excluded.standing, says = excluded.says";
    DROP_MEMBER = "DELETE FROM association_members WHERE association = $1 AND person = $2";
    DROP_ALL = "DELETE FROM association_members WHERE association = $1";
    LED = "UPDATE associations SET leaders = leaders + $1 WHERE id = $2";
    UNLED = "SELECT g.id FROM associations g WHERE g.leaders <> (\
        SELECT count(*) FROM association_members m \
        WHERE m.association = g.id AND m.standing = 'leader') \
        OR (g.ended_at IS NULL AND g.leaders < 1) LIMIT 1";
}

/// Keeps a group that somebody begins, with themselves as the first who leads it.
pub fn insert(tx: &mut Tx<'_>, group: &Association, leader: PersonId) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            group.id,
            &group.place,
            group.unit,
            group.interest,
            &group.name,
            &group.about,
            &group.meets,
            group.entry,
            group.state,
            group.made_at,
            group.changed_at,
        ],
    )?;
    let first = Member {
        association: group.id,
        person: leader,
        standing: Standing::Leader,
        says: String::new(),
        made_at: group.made_at,
    };
    put_row(tx, &first)
}

/// Changes what is said of it.
pub fn update(tx: &mut Tx<'_>, group: &Association) -> Result<(), DbError> {
    tx.execute_one(
        &UPDATE,
        vals![
            group.interest,
            &group.name,
            &group.about,
            &group.meets,
            group.entry,
            group.changed_at,
            group.id,
        ],
    )
}

pub fn register(
    tx: &mut Tx<'_>,
    id: AssociationId,
    unit: UnitId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&REGISTER, vals![unit, now, id])
}

/// It is over: who was in it is forgotten.
pub fn end(
    tx: &mut Tx<'_>,
    id: AssociationId,
    state: GroupState,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&END, vals![state, now, id])?;
    tx.execute(&DROP_ALL, vals![id]).map(drop)
}

pub fn read(tx: &mut Tx<'_>, id: AssociationId) -> Result<Option<Association>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else joins or leaves until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: AssociationId) -> Result<(), DbError> {
    let _: Option<AssociationId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// What is registered in a place, page by page, each with how many are in it.
pub fn list(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    after: Option<AssociationId>,
    limit: i64,
) -> Result<Vec<(Association, i64)>, DbError> {
    let from = place.map_or("", PlaceCode::as_str).to_owned();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    let after = after.map_or(-1, AssociationId::get);
    tx.query(&LIST, vals![&from, &to, after, limit], read_counted)
}

/// Everything in what somebody of the desk looks after, the latest first, each with how many are
/// in it.
pub fn in_scope(
    tx: &mut Tx<'_>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<(Association, i64)>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&WITHIN, vals![&from, &to, limit], read_counted)?);
    }
    found.sort_by_key(|(group, _)| std::cmp::Reverse(group.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// The groups that somebody is in, or asks to be.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    limit: i64,
) -> Result<Vec<(Association, Standing)>, DbError> {
    tx.query(&OF_PERSON, vals![person, limit], |row| {
        Ok((read_row(row)?, row.get(12)?))
    })
}

pub fn member(
    tx: &mut Tx<'_>,
    id: AssociationId,
    person: PersonId,
) -> Result<Option<Member>, DbError> {
    tx.query_one(&MEMBER, vals![id, person], read_member)
}

/// Everybody who is in it or asks to be, in the order in which they came.
pub fn members(tx: &mut Tx<'_>, id: AssociationId) -> Result<Vec<Member>, DbError> {
    tx.query(&MEMBERS, vals![id], read_member)
}

/// The same, with what each calls themselves.
pub fn named_members(tx: &mut Tx<'_>, id: AssociationId) -> Result<Vec<(Member, String)>, DbError> {
    tx.query(&NAMED_MEMBERS, vals![id], |row| {
        Ok((read_member(row)?, row.get(5)?))
    })
}

/// How many are in it.
pub fn count(tx: &mut Tx<'_>, id: AssociationId) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, vals![id], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Keeps somebody's standing. To leave a group without anybody who leads it is refused by the
/// database.
pub fn put_member(tx: &mut Tx<'_>, member: &Member) -> Result<(), DbError> {
    let before = self::member(tx, member.association, member.person)?;
    let before = before.map(|before| before.standing);
    led(tx, member.association, [before, Some(member.standing)])?;
    put_row(tx, member)
}

/// They are not in it any more.
pub fn drop_member(tx: &mut Tx<'_>, id: AssociationId, person: PersonId) -> Result<(), DbError> {
    let before = member(tx, id, person)?;
    led(tx, id, [before.map(|before| before.standing), None])?;
    tx.execute_one(&DROP_MEMBER, vals![id, person])
}

/// Counts one more who leads, or one less, when somebody goes from one standing to another.
fn led(tx: &mut Tx<'_>, id: AssociationId, from_to: [Option<Standing>; 2]) -> Result<(), DbError> {
    let [before, after] = from_to.map(|one| i64::from(one == Some(Standing::Leader)));
    match after - before {
        0 => Ok(()),
        more => tx.execute_one(&LED, vals![more, id]),
    }
}

fn put_row(tx: &mut Tx<'_>, member: &Member) -> Result<(), DbError> {
    tx.execute_one(
        &PUT_MEMBER,
        vals![
            member.association,
            member.person,
            member.standing,
            &member.says,
            member.made_at,
        ],
    )
}

/// Whether every group that is alive is led, by as many as it says.
pub fn are_led(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let wrong: Option<AssociationId> = tx.query_one(&UNLED, &[], |row| row.get(0))?;
    Ok(wrong.is_none())
}

fn read_counted(row: &Row<'_>) -> Result<(Association, i64), DbError> {
    Ok((read_row(row)?, row.get(12)?))
}

fn read_row(row: &Row<'_>) -> Result<Association, DbError> {
    Ok(Association {
        id: row.get(0)?,
        place: row.get(1)?,
        unit: row.get(2)?,
        interest: row.get(3)?,
        name: row.get(4)?,
        about: row.get(5)?,
        meets: row.get(6)?,
        entry: row.get(7)?,
        state: row.get(8)?,
        made_at: row.get(9)?,
        changed_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

fn read_member(row: &Row<'_>) -> Result<Member, DbError> {
    Ok(Member {
        association: row.get(0)?,
        person: row.get(1)?,
        standing: row.get(2)?,
        says: row.get(3)?,
        made_at: row.get(4)?,
    })
}
