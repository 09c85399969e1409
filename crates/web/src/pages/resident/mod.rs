//! What residents do: say it, find it again, judge the answer.
//!
//! To add a page: its handler and template here, its row in `routes.rs`, its words in
//! `words/resident.*.ftl`.

pub mod appointment;
pub mod case;
pub mod file;
pub mod front;
pub mod groups;
pub mod instead;
pub mod meals;
pub mod my;
pub mod new;
mod new_form;
pub mod notices;
pub mod observe;
pub mod pairing;
pub mod plans;
pub mod proposals;
pub mod receipt;
pub mod series;
pub mod sign_in;
pub mod step;
pub mod telling;
pub mod where_is_it;
