//! The words by which a case is found.

use huiyin_domain::case::{Kind, See, Value, Values};
use huiyin_insight::index_words;

/// The words of all texts of the matter that its handlers may see. What only the owner or the
/// sealed record knows is never searched for.
pub(crate) fn words_of(kind: &Kind, values: &Values) -> Vec<String> {
    let mut words = Vec::new();
    for (name, value) in values {
        let Some(field) = kind.field(name) else {
            continue;
        };
        if !field.keep || field.kind.petitioner_part().is_some() || field.see == See::Owner {
            continue;
        }
        if let Value::Text(text) = value {
            words.extend(index_words(text));
        }
    }
    words
}
