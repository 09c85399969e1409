//! What is true: the pure rules of Huiyin.
//!
//! No input or output, no clock, no chance, no SQL and no HTTP. Whatever a rule needs
//! to know it gets as an argument, so that every rule can be tested with a table.

pub mod access;
pub mod activity;
pub mod association;
pub mod calendar;
pub mod case;
pub mod civic_post;
pub mod code;
pub mod contact;
pub mod dated;
pub mod feed;
pub mod follow_up;
pub mod geo;
pub mod gift;
pub mod household;
pub mod id;
pub mod inspection;
pub mod meal;
pub mod menu;
pub mod names;
pub mod norm;
pub mod pairing;
pub mod partner;
pub mod person;
pub mod place;
pub mod place_change;
pub mod planted;
pub mod procedure;
pub mod proposal;
pub mod rates;
pub mod round;
pub mod sample;
pub mod series;
pub mod supervision;
pub mod task;
pub mod team;
pub mod telling;
pub mod unit;
pub mod venue;
pub mod volunteer;
pub mod window;
mod worded;
pub mod words;
