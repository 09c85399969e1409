//! What a venue cooks, at the desk: the week, one meal with its dishes, handing out, and the
//! list for the kitchen.

pub mod day;
pub mod form;
pub mod hand;
pub mod list;
pub mod week;
