//! What is checked of a kind before anybody relies on it.

use super::fault::Fault;
use super::kinds::Kinds;

/// Faults between kinds: a conversion into a kind that is not there.
pub fn across(kinds: &Kinds) -> Vec<Fault> {
    let mut faults = Vec::new();
    for kind in kinds.current() {
        for to in kind.converts_to().filter(|to| kinds.by_slug(to).is_none()) {
            faults.push(Fault {
                file: format!("{}/{}", kind.slug, super::source::DEFINITION),
                line: 1,
                severity: super::fault::Severity::Error,
                what: format!("it converts into {to}, which is no kind"),
                instead: Some(format!("add a folder {to}, or take the effect out")),
            });
        }
    }
    faults
}
