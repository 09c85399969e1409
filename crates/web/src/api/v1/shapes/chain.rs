//! A history without its texts, by which two installations prove to each other what happened.

use huiyin_domain::case::Link;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The history of a case without its texts: each entry with all that its hash covers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Chain {
    #[schema(value_type = Vec<SealedEntry>)]
    pub entries: Vec<Link>,
}

/// What happened to the case at whoever works on it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FarChain {
    /// The case as you number it.
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    pub case: String,
    /// From your first entry on, or from the one after the last that was brought.
    #[schema(value_type = Vec<SealedEntry>)]
    pub entries: Vec<Link>,
}

/// How far the other part of the history is known here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Known {
    /// The number of its last entry.
    #[schema(minimum = 0, example = 4)]
    pub number: i64,
}

/// One entry, as it was sealed. Its hash is the SHA-256 of `huiyin entry 1` and a line feed, then
/// the hash before it, the case, `number`, `at` in microseconds, `step`, `acting`, `post`,
/// `unit`, `from`, `to`, `shape` and `text_hash`; each with its length in eight bytes before it,
/// numbers in eight bytes, and what may be missing with one byte before it, 1 or 0.
#[derive(ToSchema)]
#[expect(dead_code, reason = "tells the document what a Link is in JSON")]
pub struct SealedEntry {
    #[schema(minimum = 1, example = 2)]
    number: i64,
    #[schema(format = DateTime, example = "2026-11-22T02:30:00.123456Z")]
    at: String,
    #[schema(example = "accept")]
    step: String,
    #[schema(example = "post")]
    acting: String,
    #[schema(required = true)]
    post: Option<String>,
    #[schema(required = true)]
    unit: Option<String>,
    #[schema(required = true, example = "dispatched")]
    from: Option<String>,
    #[schema(example = "in_hand")]
    to: String,
    /// What happened, as JSON text, without a word of what anybody wrote.
    #[schema(example = "{}")]
    shape: String,
    #[schema(required = true, pattern = "^[0-9a-f]{64}$")]
    text_hash: Option<String>,
    #[schema(
        pattern = "^[0-9a-f]{64}$",
        example = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
    )]
    hash: String,
}
