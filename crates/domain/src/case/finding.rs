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
    /// What was said of it, as a voice note.
    pub sounds: Option<String>,
    /// The choice field of which whoever passes by taps one.
    pub seen: String,
    /// The step by which somebody else looks whether it is mended.
    pub check: String,
}

impl Finding {
    /// Every field that it names, with the type that it must have.
    pub fn fields(&self) -> Vec<(&str, &'static str)> {
        let mut fields = vec![
            (self.spot.as_str(), "text"),
            (self.weight.as_str(), "choice"),
            (self.again.as_str(), "yes-no"),
            (self.photos.as_str(), "photos"),
            (self.seen.as_str(), "choice"),
        ];
        fields.extend(self.sounds.as_deref().map(|field| (field, "sounds")));
        fields
    }
}
