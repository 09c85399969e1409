//! What is seen: pages and the API. Handlers and templates lie side by side.
//!
//! The way of a request: `edge` (who is it) → the row of `routes` → `guard` (may they,
//! and is the form believed) → the handler under `pages` or `api` → `problem`, if one
//! comes back.

pub mod actor;
pub mod api;
pub mod assets;
pub mod cookies;
pub mod csrf;
mod edge;
pub mod fields;
pub mod flash;
pub mod form;
pub mod guard;
pub mod headers;
mod health;
pub mod language;
pub mod layout;
mod offline;
pub mod pages;
pub mod peer;
pub mod problem;
pub mod qr;
pub mod queued;
mod rail;
mod range;
pub mod routes;
pub mod seal;
pub mod serve;
mod sheet;
pub mod state;
pub mod visit;
pub mod when;
pub mod words;
