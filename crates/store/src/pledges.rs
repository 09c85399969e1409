//! Pledges: who asked for a civic post, what they promise in public, and what they report.

use huiyin_domain::civic_post::{Pledge, PledgeReport, PledgeState};
use huiyin_domain::id::{CivicPostId, PledgeId, PostId, VolunteerId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "p.id, p.civic_post, p.volunteer, p.shown_as, p.promise, p.asked_at, p.accepted_at, \
        p.declined_at, p.declined_for"
    };
}

statements! {
    INSERT = "INSERT INTO pledges (id, civic_post, volunteer, shown_as, promise, asked_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    BY_ID = concat!("SELECT ", columns!(), " FROM pledges p \
        WHERE p.id = $1 AND p.ended_at IS NULL");
    OF_CIVIC_POST = concat!("SELECT ", columns!(), " FROM pledges p \
        WHERE p.civic_post = $1 AND p.ended_at IS NULL ORDER BY p.id");
    OF_VOLUNTEER = concat!("SELECT ", columns!(), " FROM pledges p \
        WHERE p.volunteer = $1 AND p.ended_at IS NULL ORDER BY p.id DESC");
    ACCEPT = "UPDATE pledges SET accepted_at = $1, decided_post = $2 WHERE id = $3 \
        AND accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL";
    DECLINE = "UPDATE pledges SET declined_at = $1, declined_for = $2, decided_post = $3 \
        WHERE id = $4 AND accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL";
    END = "UPDATE pledges SET ended_at = $1, shown_as = '', promise = '', declined_for = NULL, \
        declined_at = NULL WHERE id = $2 AND ended_at IS NULL";
    COUNT_HELD = "SELECT count(*) FROM pledges WHERE civic_post = $1 AND ended_at IS NULL \
        AND accepted_at IS NOT NULL";
    REPORT = "INSERT INTO pledge_reports (id, pledge, day, what, made_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    REPORTS = "SELECT id, pledge, day, what FROM pledge_reports WHERE pledge = $1 \
        ORDER BY day DESC, id DESC LIMIT $2";
    BLANK_REPORTS = "UPDATE pledge_reports SET what = '' WHERE pledge = $1 AND what <> ''";
    OVERFULL = "SELECT count(*) FROM civic_posts c WHERE c.seats < (SELECT count(*) \
        FROM pledges p WHERE p.civic_post = c.id AND p.ended_at IS NULL \
        AND p.accepted_at IS NOT NULL)";
    LEFT_BEHIND = "SELECT count(*) FROM pledges p JOIN volunteers v ON v.id = p.volunteer \
        WHERE p.ended_at IS NULL AND v.left_at IS NOT NULL";
}

fn read(row: &Row<'_>) -> Result<Pledge, DbError> {
    let accepted_at: Option<Timestamp> = row.get(6)?;
    let declined_at: Option<Timestamp> = row.get(7)?;
    let reason: Option<String> = row.get(8)?;
    Ok(Pledge {
        id: row.get(0)?,
        civic_post: row.get(1)?,
        volunteer: row.get(2)?,
        shown_as: row.get(3)?,
        promise: row.get(4)?,
        asked_at: row.get(5)?,
        state: match (accepted_at, declined_at) {
            (Some(at), _) => PledgeState::Held { at },
            (None, Some(at)) => PledgeState::Declined {
                at,
                reason: reason.unwrap_or_default(),
            },
            (None, None) => PledgeState::Asked,
        },
    })
}

/// Somebody asks. One who has asked already is [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, pledge: &Pledge) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            pledge.id,
            pledge.civic_post,
            pledge.volunteer,
            &pledge.shown_as,
            &pledge.promise,
            pledge.asked_at,
        ],
    )
}

/// A pledge that was not given up.
pub fn by_id(tx: &mut Tx<'_>, id: PledgeId) -> Result<Option<Pledge>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// Those who asked for a post and did not give it up, who asked first first.
pub fn of_civic_post(tx: &mut Tx<'_>, id: CivicPostId) -> Result<Vec<Pledge>, DbError> {
    tx.query(&OF_CIVIC_POST, vals![id], read)
}

/// What a volunteer pledged, the latest first.
pub fn of_volunteer(tx: &mut Tx<'_>, volunteer: VolunteerId) -> Result<Vec<Pledge>, DbError> {
    tx.query(&OF_VOLUNTEER, vals![volunteer], read)
}

/// The community gives the post; whether that was open.
pub fn accept(tx: &mut Tx<'_>, id: PledgeId, post: PostId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&ACCEPT, vals![at, post, id])? == 1)
}

/// The community does not, for a reason; whether that was open.
pub fn decline(
    tx: &mut Tx<'_>,
    id: PledgeId,
    (post, reason): (PostId, &str),
    at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&DECLINE, vals![at, reason, post, id])? == 1)
}

/// A pledge is given up, with all that was written for it; whether it stood.
pub fn end(tx: &mut Tx<'_>, id: PledgeId, at: Timestamp) -> Result<bool, DbError> {
    tx.execute(&BLANK_REPORTS, vals![id])?;
    Ok(tx.execute(&END, vals![at, id])? == 1)
}

/// How many hold a post.
pub fn count_held(tx: &mut Tx<'_>, id: CivicPostId) -> Result<i64, DbError> {
    let count: Option<i64> = tx.query_one(&COUNT_HELD, vals![id], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Keeps what was done of a pledge.
pub fn report(tx: &mut Tx<'_>, report: &PledgeReport, at: Timestamp) -> Result<(), DbError> {
    let values = vals![report.id, report.pledge, report.day, &report.what, at];
    tx.execute(&REPORT, values).map(drop)
}

/// What was done of a pledge, the latest first.
pub fn reports(tx: &mut Tx<'_>, id: PledgeId, limit: i64) -> Result<Vec<PledgeReport>, DbError> {
    tx.query(&REPORTS, vals![id, limit], |row| {
        Ok(PledgeReport {
            id: row.get(0)?,
            pledge: row.get(1)?,
            day: row.get(2)?,
            what: row.get(3)?,
        })
    })
}

/// Whether no post is held by more than its number, nor by anybody who has left.
pub fn are_held_rightly(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    for statement in [&OVERFULL, &LEFT_BEHIND] {
        let count: Option<i64> = tx.query_one(statement, vals![], |row| row.get(0))?;
        if count.unwrap_or(0) > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}
