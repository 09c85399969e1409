//! The photos of a case, of its matter or of one entry.

use huiyin_domain::case::{Value, Values};
use huiyin_domain::id::FileId;

use super::case_view::Letter;

pub struct Photo {
    pub href: String,
    pub thumb: String,
    pub alt: String,
}

impl Letter<'_> {
    /// The photos of the matter.
    pub fn photos(&self) -> Vec<Photo> {
        self.photos_in(&self.case.values)
    }

    pub fn photos_in(&self, values: &Values) -> Vec<Photo> {
        let files = values.values().filter_map(|value| match value {
            Value::Files(files) => Some(files),
            _ => None,
        });
        files.flatten().map(|file| self.photo(*file)).collect()
    }

    fn photo(&self, file: FileId) -> Photo {
        Photo {
            href: format!("/files/{file}"),
            thumb: format!("/files/{file}/small"),
            alt: self.said("desk-photo"),
        }
    }
}
