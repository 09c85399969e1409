//! Files that are attached to cases: judged by what they hold, pictures drawn anew,
//! kept under the hash of what they hold.
//!
//! A file comes in before its case does and waits for it without one; nobody else can name
//! it, because its id is all chance. What waits longer than a day is swept away.

pub mod fetch;
pub mod look;
mod picture;
mod sniff;
pub mod sweep;
pub(crate) mod take_away;
pub mod upload;

pub use huiyin_store::files::File;
pub use picture::{Picture, PictureFault, redraw, redraw_as_sample};
pub use sniff::{MediaType, Sort, sniff};

use tokio::sync::Semaphore;

/// Where pictures are drawn, so many at once.
pub(crate) struct Studio {
    drawing: Semaphore,
}

/// A picture takes up to 200 MB while it is drawn.
const DRAWING_MAX: usize = 1;

impl Studio {
    pub fn new() -> Self {
        Self {
            drawing: Semaphore::new(DRAWING_MAX),
        }
    }
}

#[cfg(test)]
pub(crate) mod files_tests;
