//! Choosing how something looks: nothing, one of the drawings, or a photo that is sent. A photo
//! that was sent waits in the form until it is kept, so that a form that comes back has it.

use huiyin_app::files::upload;
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::FileId;
use huiyin_domain::sample::Pictured;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::samples;
use crate::visit::Visit;

/// The choice of a photo, among those of the drawings.
const OWN: &str = "own";
/// The field in which somebody says that nobody can be recognised on a photo.
pub const NOBODY: &str = "nobody";

/// What the fields of one choice are called.
#[derive(Debug, Clone)]
pub struct Fields {
    pub picture: String,
    pub photo: String,
    pub file: String,
}

impl Fields {
    /// `picture`, `photo` and `file`, with these words in front.
    pub fn named(front: &str) -> Fields {
        let name = |field: &str| format!("{front}{field}");
        Fields {
            picture: name("picture"),
            photo: name("photo"),
            file: name("file"),
        }
    }

    /// Fills in what is kept.
    pub fn fill(&self, form: &mut Form, picture: &Pictured) {
        let chosen = match picture {
            Pictured::Drawing(key) => key.clone(),
            Pictured::Photo(file) => {
                form.put(&self.photo, [file.to_string()]);
                OWN.to_owned()
            }
        };
        form.put(&self.picture, [chosen]);
    }

    /// Takes in a photo that was sent, and chooses it.
    pub async fn take_in(&self, visit: &Visit, form: &mut Form) -> Result<(), Error> {
        let sent: Vec<_> = form.files(&self.file).cloned().collect();
        let Some(file) = sent.into_iter().last() else {
            return Ok(());
        };
        let too_large = || Refusal::field(&self.file, "photo-too-large");
        let bytes = file.bytes.ok_or_else(too_large)?;
        let id = upload::sample(&visit.state.app, bytes, visit.peer, &self.file).await?;
        form.put(&self.photo, [id.to_string()]);
        form.put(&self.picture, [OWN.to_owned()]);
        Ok(())
    }

    /// What is chosen.
    pub fn chosen(&self, form: &Form) -> Result<Option<Pictured>, Refusal> {
        match form.text(&self.picture) {
            "" => Ok(None),
            OWN => {
                let photo = form.text(&self.photo).parse();
                let gone = |_| Refusal::field(&self.picture, "fault-sample-gone");
                Ok(Some(Pictured::Photo(photo.map_err(gone)?)))
            }
            key => Ok(Some(Pictured::Drawing(key.to_owned()))),
        }
    }

    /// Whether a photo is chosen that is not kept yet.
    pub fn is_new(&self, form: &Form, kept: Option<FileId>) -> bool {
        form.text(&self.picture) == OWN && form.text(&self.photo).parse().ok() != kept
    }
}

/// One choice as its template draws it.
pub struct PickView {
    pub fields: Fields,
    /// The photo that is kept, or was sent and waits.
    pub photo: String,
    /// Where the small one of it is; empty when there is none.
    pub preview: String,
    pub is_own: bool,
    pub is_none: bool,
    pub drawings: Vec<Tile>,
}

pub struct Tile {
    pub key: String,
    pub href: String,
    pub label: String,
    pub chosen: bool,
}

impl PickView {
    pub fn of(
        page: &Page,
        fields: Fields,
        drawings: impl Iterator<Item = String>,
        (typed, kept): (&Form, Option<FileId>),
    ) -> PickView {
        let chosen = typed.text(&fields.picture);
        let file = typed.text(&fields.photo).parse::<FileId>().ok();
        let tile = |key: String| Tile {
            href: page.drawing(&key).unwrap_or_default(),
            label: samples::drawing_word(page, &key),
            chosen: chosen == key,
            key,
        };
        PickView {
            preview: match file {
                Some(file) if kept == Some(file) => format!("/samples/{file}/small"),
                Some(file) => format!("/files/{file}/small"),
                None => String::new(),
            },
            photo: file.map_or_else(String::new, |file| file.to_string()),
            is_own: chosen == OWN,
            is_none: chosen.is_empty(),
            drawings: drawings.map(tile).collect(),
            fields,
        }
    }
}
