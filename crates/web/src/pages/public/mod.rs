//! What everybody may see without a code and without signing in.
//!
//! To add a page: its handler and template here, its row in `routes.rs`, its words in
//! `words/public.*.ftl`.

use crate::layout::Page;

pub mod activities;
pub mod associations;
pub mod book;
pub mod calendar;
pub mod case;
pub mod civic_posts;
pub mod figures;
pub mod gifts;
pub mod grids;
pub mod grids_map;
pub mod guide;
pub mod help;
pub mod meals;
pub mod menu;
pub mod occasions;
pub mod outbox;
pub mod room;
pub mod venues;
pub mod wall;
pub mod windows;

/// The text of a key, or nothing.
pub(crate) fn found(page: &Page, key: &str) -> String {
    let found = page.words.find(page.lang, key, &[]);
    found.map(std::borrow::Cow::into_owned).unwrap_or_default()
}
