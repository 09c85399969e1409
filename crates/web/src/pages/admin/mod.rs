//! The administration: places, units, working time, items, duty list, people, tokens,
//! kinds, looks.
//!
//! To add a page: its handler and template here, its row in `routes.rs`, its door in
//! `home.rs`, its words in `words/admin.*.ftl`.

pub(crate) mod choices;
mod diagram;
pub mod duties;
pub mod home;
pub mod import;
pub mod installations;
pub mod items;
pub mod jobs;
pub mod kinds;
pub mod log;
pub mod looks;
pub mod norms;
pub mod people;
pub mod person;
pub(crate) mod pick;
pub mod places;
pub mod places_export;
pub mod poster;
pub mod special_days;
pub mod supervision;
pub mod tokens;
pub mod unit;
pub mod units;
pub mod webhooks;
pub mod working_time;
