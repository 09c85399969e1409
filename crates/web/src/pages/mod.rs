//! The pages, area by area; each handler has its template beside it.

pub mod style_guide;
