//! Under which kind each entry of a history was written: before a case was converted it spoke
//! the language of the kind that it was then.

use std::sync::Arc;

use huiyin_domain::case::Kind;
use huiyin_store::entries::Entry;
use serde_json::Value;

use crate::{App, Error};

/// The kind of each entry, in their order, when the case is of the kind `now`.
pub(crate) fn kinds(
    app: &App,
    now: &Arc<Kind>,
    entries: &[Entry],
) -> Result<Vec<Arc<Kind>>, Error> {
    let known = app.kinds();
    let mut kind = now.clone();
    let mut kinds = Vec::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        let shape: Value = serde_json::from_str(&entry.shape)
            .map_err(|fault| Error::broken("reading an entry's shape", fault))?;
        let before = shape.get("kind_before").and_then(Value::as_str);
        if let Some(before) = before.and_then(|slug| known.by_slug(slug)) {
            kind = before.clone();
        }
        kinds.push(kind.clone());
    }
    kinds.reverse();
    Ok(kinds)
}
