//! The API: one folder for each version. A version is never changed so that a caller
//! breaks; what would break one is a new version beside it.

pub mod v1;
