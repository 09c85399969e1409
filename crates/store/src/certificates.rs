//! Certificates of what volunteers did, and the courses and thanks that stand on them.

use huiyin_domain::id::{CertificateId, PostId, VolunteerId};
use huiyin_domain::volunteer::{Certificate, CertificateState, Mark};
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "id, volunteer, code, made_at, content, revoked_at"
    };
}

statements! {
    INSERT = "INSERT INTO certificates (id, volunteer, code, made_at, content) \
        VALUES ($1, $2, $3, $4, $5)";
    BY_ID = concat!("SELECT ", columns!(), " FROM certificates WHERE id = $1");
    BY_CODE = concat!("SELECT ", columns!(), " FROM certificates WHERE code = $1");
    OF_VOLUNTEER = concat!("SELECT ", columns!(), " FROM certificates WHERE volunteer = $1 \
        ORDER BY id DESC LIMIT $2");
    REVOKE = "UPDATE certificates SET revoked_at = $1, content = '{}' \
        WHERE id = $2 AND revoked_at IS NULL";
    REVOKE_ALL = "UPDATE certificates SET revoked_at = $1, content = '{}' \
        WHERE volunteer = $2 AND revoked_at IS NULL";
    ADD_MARK = "INSERT INTO volunteer_marks (id, volunteer, sort, day, what, minutes, made_at, \
        post) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    MARKS = "SELECT id, volunteer, sort, day, what, minutes FROM volunteer_marks \
        WHERE volunteer = $1 ORDER BY day DESC, id DESC LIMIT $2";
    FORGET_MARKS = "DELETE FROM volunteer_marks WHERE volunteer = $1";
}

fn read(row: &Row<'_>) -> Result<Certificate, DbError> {
    let revoked_at: Option<Timestamp> = row.get(5)?;
    Ok(Certificate {
        id: row.get(0)?,
        volunteer: row.get(1)?,
        code: row.get(2)?,
        made_at: row.get(3)?,
        state: match revoked_at {
            Some(at) => CertificateState::Revoked { at },
            None => CertificateState::Valid(row.json(4)?),
        },
    })
}

/// Keeps a certificate that is valid. A code or an id that is there already is
/// [`DbError::Conflict`].
pub fn insert(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<(), DbError> {
    let CertificateState::Valid(content) = &certificate.state else {
        return Err(DbError::Broken("a certificate born revoked".to_owned()));
    };
    let content = json(content)?;
    tx.execute_one(
        &INSERT,
        vals![
            certificate.id,
            certificate.volunteer,
            &certificate.code,
            certificate.made_at,
            &content,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, id: CertificateId) -> Result<Option<Certificate>, DbError> {
    tx.query_one(&BY_ID, vals![id], read)
}

/// The certificate that a code checks.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Certificate>, DbError> {
    tx.query_one(&BY_CODE, vals![code], read)
}

/// The certificates of a volunteer, the latest first.
pub fn of_volunteer(
    tx: &mut Tx<'_>,
    volunteer: VolunteerId,
    limit: i64,
) -> Result<Vec<Certificate>, DbError> {
    tx.query(&OF_VOLUNTEER, vals![volunteer, limit], read)
}

/// Its volunteer takes it back; whether it was valid.
pub fn revoke(tx: &mut Tx<'_>, id: CertificateId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&REVOKE, vals![at, id])? == 1)
}

/// A volunteer leaves: no certificate says anything of them any more.
pub fn revoke_all(tx: &mut Tx<'_>, volunteer: VolunteerId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&REVOKE_ALL, vals![at, volunteer])?;
    tx.execute(&FORGET_MARKS, vals![volunteer]).map(drop)
}

/// Notes a course or a thanks.
pub fn add_mark(tx: &mut Tx<'_>, mark: &Mark, post: PostId, at: Timestamp) -> Result<(), DbError> {
    let values = vals![
        mark.id,
        mark.volunteer,
        mark.sort,
        mark.day,
        &mark.what,
        mark.minutes,
        at,
        post,
    ];
    tx.execute(&ADD_MARK, values).map(drop)
}

/// The courses and thanks of a volunteer, the latest first.
pub fn marks(tx: &mut Tx<'_>, volunteer: VolunteerId, limit: i64) -> Result<Vec<Mark>, DbError> {
    tx.query(&MARKS, vals![volunteer, limit], |row| {
        Ok(Mark {
            id: row.get(0)?,
            volunteer: row.get(1)?,
            sort: row.get(2)?,
            day: row.get(3)?,
            what: row.get(4)?,
            minutes: u32::try_from(row.get::<i64>(5)?)
                .map_err(|_| DbError::Broken("the minutes of a course".to_owned()))?,
        })
    })
}
