//! The catalogue of procedures: what is to be done at an office, and how. One more operation: its
//! file and a line here.

pub mod close;
pub mod import;
pub mod list;
pub mod picture_paper;
pub mod put;
pub mod read;

#[cfg(test)]
mod tests;

use huiyin_domain::procedure::{Procedure, read_procedure};
use huiyin_store::procedures::Kept;

pub use huiyin_store::procedures::Version;

use crate::Error;

/// More than so many nobody looks through.
pub const PROCEDURES_MAX: usize = 500;

/// A procedure that is kept was whole when it was put there.
pub(crate) fn understood(slug: &str, text: &str) -> Result<Procedure, Error> {
    read_procedure(slug, text).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::broken(
            "reading a procedure",
            std::io::Error::other(faults.join("; ")),
        )
    })
}

fn listed(kept: Kept) -> Result<list::Listed, Error> {
    Ok(list::Listed {
        procedure: understood(&kept.slug, &kept.text)?,
        version: kept.version,
        closed_at: kept.closed_at,
    })
}
