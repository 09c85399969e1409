//! The desk: where the staff works. One page per file, its template beside it.
//!
//! To add a page: its handler and template here, its row in `routes.rs`, its words in
//! `words/desk.*.ftl`.

pub mod account;
pub mod activities;
pub mod activity;
pub mod associations;
pub mod bulk;
pub mod case;
pub(crate) mod case_history;
pub(crate) mod case_photos;
mod case_terms;
pub(crate) mod case_view;
pub mod civic_post;
pub mod civic_posts;
pub mod collections;
pub mod erase;
pub mod figures;
pub mod follow_ups;
pub mod gifts;
pub mod help;
pub mod inbox;
pub mod inspections;
pub mod invite;
pub mod kitchen;
mod list_query;
pub mod menu;
pub mod new;
pub mod notices;
pub mod occasion;
pub mod occasions;
mod opening_form;
pub mod pairings;
pub mod partner;
pub mod partner_year;
pub mod partners;
pub mod precedents;
pub mod proposals;
pub mod proposals_summary;
pub mod rates;
pub mod room;
pub mod saying;
pub mod screen;
pub mod seal;
pub mod services;
pub mod show;
pub mod sign_in;
pub mod skills;
pub mod step;
mod step_form;
pub mod supervision;
pub mod telling;
pub mod totp;
pub mod venues;
pub mod views;
pub mod volunteer;
pub mod volunteers;
