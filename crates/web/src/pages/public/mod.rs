//! What everybody may see without a code and without signing in.

pub mod front;
