//! The pages as people meet them: through the whole house, in process, on each engine at
//! hand. A browser here has cookies and no JavaScript.

mod admin;
mod api;
mod associations;
mod bad_both;
mod bad_files;
mod bad_input;
mod browser;
mod choosing;
mod civic_posts;
mod desk;
mod households;
mod installations;
mod journey;
#[path = "../../src/kinds.rs"]
mod kinds;
mod maps;
mod meals;
mod meetings;
mod nothing_lost;
mod observe;
mod occasions;
mod offline;
mod orders;
mod own_kind;
mod partners;
mod pictures;
mod proposals;
mod rates;
mod rounds;
mod supervision;
mod tasks;
mod teams;
mod telling;
mod two_houses;
mod venues;
mod volunteers;
mod wall;
mod who_may;
mod who_sees;
mod working_time;
