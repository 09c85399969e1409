//! Pictures only when whoever they show has said yes.

use super::Looked;
use crate::case::value::Value;

pub(super) fn holds(looked: &Looked<'_>, files: &str, field: &str) -> bool {
    let has_files = looked
        .values
        .get(files)
        .is_some_and(|value| !value.is_empty());
    !has_files || looked.values.get(field) == Some(&Value::YesNo(true))
}
