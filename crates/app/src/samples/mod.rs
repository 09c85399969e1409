//! Samples: photos that show how something looks when it is right or wrong, or how a paper
//! looks. Whoever keeps the checklist or the procedure uploads them; everybody may see them, so
//! nobody can be recognised on one. An old version shows its own, so they stay.

pub mod fetch;

pub use huiyin_store::samples::Of;

use huiyin_domain::case::Class;
use huiyin_domain::id::FileId;
use huiyin_store::{Tx, files, pictures, samples, task_parts};
use jiff::Timestamp;

use crate::{Error, Refusal};

/// So many one checklist or one procedure ever shows.
const SAMPLES_MAX: i64 = 200;

/// What has to be done so that these photos are shown: those that were sent and wait are kept.
/// Refused as the field when one is gone, is no photo, or belongs to something else.
pub(crate) fn check(
    tx: &mut Tx<'_>,
    of: &Of,
    wanted: &[(FileId, String)],
) -> Result<Vec<FileId>, Error> {
    let mut new = Vec::new();
    for (file, field) in wanted {
        let gone = || Refusal::field(field, "fault-sample-gone");
        match samples::of(tx, *file)? {
            Some(known) if known == *of => continue,
            Some(_) => return Err(gone().into()),
            None => {}
        }
        let held = files::by_id(tx, *file)?.ok_or_else(gone)?;
        let waits = held.case.is_none() && held.erased_at.is_none();
        let is_elsewhere =
            pictures::hangs(tx, *file)? || task_parts::of_photo(tx, *file)?.is_some();
        if !waits || is_elsewhere || held.small_hash.is_none() {
            return Err(gone().into());
        }
        if !new.contains(file) {
            new.push(*file);
        }
    }
    let count = i64::try_from(new.len()).unwrap_or(SAMPLES_MAX);
    match samples::count(tx, of)? + count <= SAMPLES_MAX {
        true => Ok(new),
        false => Err(Refusal::rule(Class::Conflict, "samples-many").into()),
    }
}

/// Keeps what [`check`] found to be new.
pub(crate) fn keep(tx: &mut Tx<'_>, of: &Of, new: &[FileId], now: Timestamp) -> Result<(), Error> {
    for file in new {
        samples::keep(tx, of, *file, now)?;
    }
    Ok(())
}
