//! What everybody may see. These operations read only tables without personal columns.

pub mod case;
pub mod figures;
pub mod wall;
