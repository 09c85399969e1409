//! The pages, area by area; each handler has its template beside it.

pub mod admin;
pub mod desk;
pub mod maps;
mod meal_parts;
mod notice_list;
mod parts;
pub mod problem;
pub mod public;
pub mod queue;
mod reason_words;
pub mod resident;
pub mod sample_pick;
pub mod samples;
pub mod settings;
pub mod style_guide;
mod telling_form;
pub mod volunteer;
mod window_parts;
mod wrong;
