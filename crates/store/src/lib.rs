//! What is kept: the only SQL.
//!
//! [`Store`] runs operations on threads of its own ([`engine`]); store
//! functions, one file for each noun, are plain functions over a [`Tx`].
//! A new noun is a file with a `statements!` block, a line below and a line in
//! `statements.rs`; a new column is a migration (see `migrations.rs`).

mod dialect;
pub mod engine;
mod migrations;
#[cfg(test)]
mod schema_tests;
#[cfg(any(test, feature = "scratch"))]
pub mod scratch;

pub use dialect::{DbError, Engine, FromColumn, Row, Statement, Tx, Val, Value};
pub use engine::{Loss, OpenError, Options, ReadError, Store, WriteError};
