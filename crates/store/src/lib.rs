//! What is kept: the only SQL.
//!
//! [`Store`] runs operations on threads of its own ([`engine`]); store
//! functions, one file for each noun, are plain functions over a [`Tx`].
//! A new noun is a file with a `statements!` block, a line below and a line in
//! `statements.rs`; a new column is a migration (see `migrations.rs`).

pub mod activities;
pub mod administration;
pub mod applied;
pub mod appointment_people;
pub mod appointments;
pub mod archives;
pub mod askings;
pub mod associations;
pub mod bookings;
pub mod calendar_links;
pub mod calendars;
pub mod calls;
pub mod cases;
pub mod certificates;
pub mod checklists;
pub mod civic_posts;
pub mod collections;
mod columns;
mod dialect;
pub mod dump;
pub mod duties;
pub mod elsewhere;
pub mod engine;
pub mod entries;
pub mod erasures;
pub mod errands;
pub mod files;
pub mod findings;
pub mod follow_ups;
pub mod gifts;
pub mod histories;
pub mod households;
pub mod idempotency;
pub mod inspections;
pub mod installations;
pub mod invites;
pub mod jobs;
pub mod kind_versions;
pub mod kitchens;
pub mod leaving_files;
pub mod lists;
pub mod looks;
pub mod meals;
pub mod meetings;
pub mod menus;
mod migrations;
pub mod norms;
pub mod notices;
pub mod occasions;
pub mod outbox;
pub mod pairings;
pub mod partners;
pub mod persons;
pub mod petitioners;
pub mod pictures;
pub mod place_changes;
pub mod places;
pub mod pledges;
pub mod posts;
pub mod preferences;
pub mod procedures;
pub mod proposals;
pub mod public_cases;
pub mod reads;
pub mod recovery_codes;
pub mod rollups;
pub mod rooms;
pub mod rounds;
pub mod rulings;
pub mod samples;
#[cfg(test)]
mod schema_tests;
#[cfg(any(test, feature = "scratch"))]
pub mod scratch;
pub mod search;
pub mod series;
pub mod services;
pub mod sessions;
pub mod settings;
pub mod shifts;
pub mod shipping;
pub mod sign_in_codes;
pub mod sign_ups;
pub mod skills;
pub mod staged_pieces;
pub mod statements;
pub mod supervision_rules;
pub mod task_parts;
pub mod task_telling;
pub mod tasks;
pub mod teams;
pub mod tellings;
#[cfg(test)]
mod tests;
pub mod timing;
pub mod tokens;
pub mod tries;
pub mod units;
pub mod venues;
pub mod verify;
pub mod views;
pub mod volunteers;
pub mod webhooks;
pub mod windows;

pub use dialect::{DbError, Engine, FromColumn, Row, Statement, Tx, Val, Value};
pub use engine::{
    Durability, Horizon, Loss, OpenError, Options, ReadError, Store, Ticket, Use, WriteError,
    with_horizon, with_ticket,
};
