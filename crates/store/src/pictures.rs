//! Pictures: photos of venues and activities, for everybody to see.

use huiyin_domain::id::{ActivityId, FileId, VenueId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Venue(VenueId),
    Activity(ActivityId),
}

impl Of {
    fn parts(self) -> (Option<VenueId>, Option<ActivityId>) {
        match self {
            Of::Venue(venue) => (Some(venue), None),
            Of::Activity(activity) => (None, Some(activity)),
        }
    }
}

/// A picture, and what is to be seen on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub file: FileId,
    pub says: String,
}

statements! {
    HANG = "INSERT INTO pictures (file, venue, activity, says, hung_at) \
        VALUES ($1, $2, $3, $4, $5)";
    OF_VENUE = "SELECT file, says FROM pictures WHERE venue = $1 ORDER BY hung_at, file";
    OF_ACTIVITY = "SELECT file, says FROM pictures WHERE activity = $1 ORDER BY hung_at, file";
    TAKE_DOWN_VENUE = "DELETE FROM pictures WHERE file = $1 AND venue = $2";
    TAKE_DOWN_ACTIVITY = "DELETE FROM pictures WHERE file = $1 AND activity = $2";
    HANGS = "SELECT file FROM pictures WHERE file = $1";
}

pub fn hang(tx: &mut Tx<'_>, of: Of, picture: &Picture, now: Timestamp) -> Result<(), DbError> {
    let (venue, activity) = of.parts();
    tx.execute_one(
        &HANG,
        vals![picture.file, venue, activity, &picture.says, now],
    )
}

/// All of one thing, in the order in which they were hung; there are few.
pub fn list(tx: &mut Tx<'_>, of: Of) -> Result<Vec<Picture>, DbError> {
    match of {
        Of::Venue(venue) => tx.query(&OF_VENUE, vals![venue], read),
        Of::Activity(activity) => tx.query(&OF_ACTIVITY, vals![activity], read),
    }
}

/// Takes a picture of this thing down; whether it hung there.
pub fn take_down(tx: &mut Tx<'_>, of: Of, file: FileId) -> Result<bool, DbError> {
    let gone = match of {
        Of::Venue(venue) => tx.execute(&TAKE_DOWN_VENUE, vals![file, venue])?,
        Of::Activity(activity) => tx.execute(&TAKE_DOWN_ACTIVITY, vals![file, activity])?,
    };
    Ok(gone > 0)
}

/// Whether a file is a picture that hangs somewhere.
pub fn hangs(tx: &mut Tx<'_>, file: FileId) -> Result<bool, DbError> {
    let found: Option<FileId> = tx.query_one(&HANGS, vals![file], |row| row.get(0))?;
    Ok(found.is_some())
}

fn read(row: &Row<'_>) -> Result<Picture, DbError> {
    Ok(Picture {
        file: row.get(0)?,
        says: row.get(1)?,
    })
}
