//! Which pages a phone may keep for when there is no signal: those of today's work outdoors,
//! and no others. To let a phone keep one more, its path goes into [`KEPT`].

use axum::http::{HeaderName, HeaderValue};

/// The header by which a page says so.
pub const HEADER: HeaderName = HeaderName::from_static("x-offline");
pub const KEEP: HeaderValue = HeaderValue::from_static("keep");

/// The pages, as the table of routes writes them.
pub const KEPT: &[&str] = &[
    "/waiting",
    "/desk/cases/{case}",
    "/desk/today",
    "/desk/rounds/{round}",
    "/desk/households",
    "/desk/households/{place}",
    "/desk/tasks",
    "/desk/tasks/{task}/{place}",
    "/volunteer",
    "/volunteer/pairings",
    "/volunteer/pairings/{pairing}",
    "/volunteer/report",
];

/// Whether a phone may keep the page of this path.
pub fn is_kept(path: &str) -> bool {
    KEPT.contains(&path)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::guard::Permission;
    use crate::routes::table;

    #[test]
    fn every_page_that_is_kept_stands_in_the_table_and_belongs_to_somebody() {
        let table = table();
        for kept in KEPT {
            let route = table
                .iter()
                .find(|route| route.path == *kept && route.method == Method::GET);
            let route = route.unwrap_or_else(|| panic!("{kept} is no page"));
            let is_open = route.permission == Permission::Public && *kept != "/volunteer";
            assert!(!is_open, "{kept} is there for everybody, with signal");
        }
    }
}
