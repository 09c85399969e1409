//! How a unit brings many cases at once, one a line and without names: a school for its
//! children, a home for its old people. A kind that may be brought so says it in `[collection]`.

/// Where the parts of a line go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The text field that says for whom, in coarse terms.
    pub whom: String,
    /// The text field with a sign of the bringer's own, by which they know whose it is.
    pub sign: String,
}

impl Collection {
    /// Every field that it names.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        [self.whom.as_str(), self.sign.as_str()].into_iter()
    }
}
