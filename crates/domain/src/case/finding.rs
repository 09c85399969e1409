//! How a round writes down what it found, and how somebody who only passes by does: which
//! fields take what, and by which step somebody else looks again. A kind whose cases are found
//! on rounds says it in `[finding]`.

/// Where the parts of a finding go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The text field that says at which spot of the place it is.
    pub spot: String,
    /// The choice field that says how serious it is, the least first.
    pub weight: String,
    /// The yes-no field that says that it was mended before and came back.
    pub again: String,
    /// The photos of it.
    pub photos: String,
    /// The choice field of which whoever passes by taps one.
    pub seen: String,
    /// The step by which somebody else looks whether it is mended.
    pub check: String,
}

impl Finding {
    /// Every field that it names, with the type that it must have.
    pub fn fields(&self) -> [(&str, &'static str); 5] {
        [
            (&self.spot, "text"),
            (&self.weight, "choice"),
            (&self.again, "yes-no"),
            (&self.photos, "photos"),
            (&self.seen, "choice"),
        ]
    }
}
