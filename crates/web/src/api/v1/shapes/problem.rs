//! Why something could not be done, as RFC 9457 has it.

use serde::Serialize;
use utoipa::ToSchema;

/// Why something could not be done (RFC 9457), in the language of `Accept-Language`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemShape {
    /// What sort of problem it is; does not change with the language.
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "urn:huiyin:problem:invalid")]
    pub kind: String,
    #[schema(example = "This could not be done")]
    pub title: String,
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    #[schema(example = "Something is still missing or not right; see the fields.")]
    pub detail: String,
    /// What is wrong with single fields, all of them at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The name of a field, of a parameter, or the way to a member of the body.
    #[schema(example = "text")]
    pub field: String,
    /// Does not change with the language.
    #[schema(example = "required")]
    pub key: String,
    #[schema(example = "This is still empty")]
    pub detail: String,
}
