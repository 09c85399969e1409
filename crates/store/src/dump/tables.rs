//! The tables of a dump, in the order in which they are taken in again. A new table is a line
//! below, behind those to which it refers.

/// Every table that is copied, each after those it refers to; with it the
/// column that refers to the table itself, and is filled in afterwards.
pub(crate) const TABLES: &[(&str, Option<&str>)] = &[
    ("settings", None),
    ("places", None),
    ("units", Some("parent")),
    ("items", None),
    ("duties", None),
    ("calendars", None),
    ("special_days", None),
    ("services", None),
    ("gifts", None),
    ("gift_donors", None),
    ("gift_lines", None),
    ("supervision_rules", None),
    ("norms", None),
    ("persons", None),
    ("posts", None),
    ("recovery_codes", None),
    ("invites", None),
    ("service_tokens", None),
    ("administration", None),
    ("saved_views", None),
    ("jobs", None),
    ("outbox", None),
    ("idempotency", None),
    ("rollups", None),
    ("kind_versions", None),
    ("cases", Some("merged_into")),
    ("matters", None),
    ("entries", None),
    ("petitioners", None),
    ("calls", None),
    ("terms", None),
    ("case_units", None),
    ("public_cases", None),
    ("files", None),
    ("notices", None),
    ("preferences", None),
    ("shifts", None),
    ("tellings", None),
    ("webhooks", None),
    ("looks", None),
    ("reads", None),
    ("rulings", None),
    ("follow_ups", None),
    ("inspections", None),
    ("order_series", None),
    ("order_series_cases", None),
    ("erasures", None),
];

/// Tables that a dump leaves out.
#[cfg(test)]
pub(crate) const LEFT_OUT: &[&str] = &["migrations", "search", "sessions", "sign_in_codes"];
