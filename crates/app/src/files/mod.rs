//! Files that are attached to cases: judged by what they hold, pictures drawn anew,
//! kept under the hash of what they hold.

mod picture;
mod sniff;

pub use picture::{Picture, PictureFault, redraw};
pub use sniff::{MediaType, Sort, sniff};
