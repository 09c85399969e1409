//! The way back stands open for some days after closing.

use jiff::SignedDuration;

use super::Looked;

pub(super) fn holds(looked: &Looked<'_>, days: i64) -> bool {
    let closed_at = looked.case.and_then(|case| case.closed_at);
    closed_at.is_some_and(|at| {
        looked.now.duration_since(at) <= SignedDuration::from_hours(days.saturating_mul(24))
    })
}
