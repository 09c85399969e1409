//! People of the desk and their posts: list, make, change, invite, give and end posts.

pub mod begin;
pub mod close;
pub mod create;
pub mod edit;
pub mod list;
pub mod post;
