//! What is seen: pages and the API. Handlers and templates lie side by side.

pub mod assets;
pub mod layout;
pub mod pages;
pub mod words;
