//! Who is told that a task has come.

use huiyin_domain::id::{PersonId, TaskId};
use huiyin_domain::person::Role;
use huiyin_domain::place::Level;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    TO_TELL = "SELECT o.person, max(p.changed_at) FROM task_parts p \
        JOIN posts o ON o.unit = p.unit \
        WHERE p.task = $1 AND p.version = 0 AND p.state <> 'withdrawn' AND p.changed_at >= $2 \
        AND o.starts_at <= $3 AND (o.ends_at IS NULL OR o.ends_at > $3) \
        AND $4 LIKE '% ' || o.role || ' %' \
        AND (o.place = p.place OR (o.role <> 'grid-worker' AND NOT EXISTS (SELECT 1 FROM posts n \
        WHERE n.unit = p.unit AND n.place = p.place AND n.starts_at <= $3 \
        AND (n.ends_at IS NULL OR n.ends_at > $3) AND $4 LIKE '% ' || n.role || ' %' \
        AND (n.role = $5 OR o.role <> $5 OR CAST(length(p.place) AS BIGINT) > $6)))) \
        AND (o.role = $5 OR CAST(length(p.place) AS BIGINT) > $6 OR NOT EXISTS (SELECT 1 FROM posts m \
        WHERE m.unit = p.unit AND m.role = $5 AND m.starts_at <= $3 \
        AND (m.ends_at IS NULL OR m.ends_at > $3) AND (m.place = p.place OR m.role <> 'grid-worker'))) \
        AND o.person > $7 GROUP BY o.person ORDER BY o.person LIMIT $8";
}

/// Of which parts somebody is told, and by whom such parts are reported.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    pub task: TaskId,
    pub now: Timestamp,
    /// Parts that came before are known by now.
    pub since: Timestamp,
    pub roles: &'a [Role],
    /// Whose post the task is meant for, down to a level. Where nobody holds it, and below that
    /// level, it is for all who report.
    pub meant_for: Option<(Role, Level)>,
}

/// Who is told of a task, behind a person, and when the latest of their parts came: those who
/// answer for a place with a part that nobody has touched. Where nobody sits in the place itself,
/// it is the unit that answers for it.
pub fn to_tell(
    tx: &mut Tx<'_>,
    telling: Telling<'_>,
    last: Option<PersonId>,
    limit: i64,
) -> Result<Vec<(PersonId, Timestamp)>, DbError> {
    let last = last.map_or(-1, PersonId::get);
    let roles: Vec<&str> = telling.roles.iter().map(|role| role.word()).collect();
    let roles = format!(" {} ", roles.join(" "));
    let (role, level) = match telling.meant_for {
        Some((role, level)) => (role.word(), level.code_len()),
        None => ("", 0),
    };
    let level = i64::try_from(level).unwrap_or_default();
    tx.query(
        &TO_TELL,
        vals![
            telling.task,
            telling.since,
            telling.now,
            &roles,
            role,
            level,
            last,
            limit
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
