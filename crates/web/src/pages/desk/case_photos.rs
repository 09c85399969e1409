//! What came with a case, or with one entry of it: photos to look at, voice notes to listen to,
//! and who signed.

use huiyin_app::cases::read::EntryView;
use huiyin_domain::case::{FieldType, Kind, Value, Values};
use huiyin_domain::id::FileId;

use super::case_view::Letter;

pub struct Photo {
    pub href: String,
    pub thumb: String,
    pub alt: String,
    pub sort: Sort,
}

/// How it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Picture,
    Sound,
    Signature,
}

impl Photo {
    pub fn is_sound(&self) -> bool {
        self.sort == Sort::Sound
    }

    pub fn is_signature(&self) -> bool {
        self.sort == Sort::Signature
    }
}

/// Somebody signed, or was named because they could not.
pub struct Signed {
    /// What was signed, in the words of the kind.
    pub what: String,
    pub name: String,
    pub picture: Option<String>,
    pub alt: String,
    pub when: String,
    /// Who held out the screen or the paper.
    pub taken_by: String,
    /// The reader may know that somebody signed, and not who.
    pub is_sealed: bool,
}

impl Letter<'_> {
    /// What came with the matter; what was signed stands where it was signed.
    pub fn photos(&self) -> Vec<Photo> {
        let mut all = self.photos_in(&self.case.kind, &self.case.values);
        all.retain(|photo| photo.sort != Sort::Signature);
        all
    }

    pub fn photos_in(&self, kind: &Kind, values: &Values) -> Vec<Photo> {
        let files = values.iter().filter_map(|(name, value)| match value {
            Value::Files(files) => Some((name, files)),
            _ => None,
        });
        files
            .flat_map(|(name, files)| files.iter().map(move |file| (name, *file)))
            .map(|(name, file)| self.photo(file, signer(kind, name, values)))
            .collect()
    }

    fn photo(&self, file: FileId, signer: Option<&str>) -> Photo {
        let mut held = self.case.files.iter();
        let is_sound = held.any(|held| held.id == file && held.media_type.starts_with("audio/"));
        let (sort, alt) = match signer {
            _ if is_sound => (Sort::Sound, self.said("voice-note")),
            Some(name) => (Sort::Signature, self.signature_of(name)),
            None => (Sort::Picture, self.said("desk-photo")),
        };
        Photo {
            href: format!("/files/{file}"),
            thumb: format!("/files/{file}/small"),
            alt,
            sort,
        }
    }

    fn signature_of(&self, name: &str) -> String {
        self.page.ts("sign-of", "name", name).into_owned()
    }

    /// Everybody who signed, or was named in place of it, as far as the reader may see that.
    pub fn signed(&self) -> Vec<Signed> {
        self.signed_in(&self.case.entries)
    }

    pub fn signed_in(&self, entries: &[EntryView]) -> Vec<Signed> {
        let entries = entries.iter();
        let each = entries.flat_map(|entry| {
            let signatures = entry.kind.signatures();
            signatures.filter_map(move |(field, signature)| {
                let picture = match entry.says.get(&field.name) {
                    Some(Value::Files(files)) => files.first(),
                    _ => None,
                };
                let name = entry.says.get(&signature.name).and_then(Value::as_text);
                let is_sealed = picture.is_none() && name.is_none();
                if is_sealed && !is_signed_for(entry, &signature.name) {
                    return None;
                }
                let name = name.unwrap_or_default();
                Some(Signed {
                    what: super::show::field_word(self.page, &entry.kind.slug, &field.name),
                    alt: self.signature_of(name),
                    name: name.to_owned(),
                    picture: picture.map(|file| format!("/files/{file}")),
                    when: self.when.moment(entry.at),
                    taken_by: self.who(entry),
                    is_sealed,
                })
            })
        });
        each.collect()
    }
}

/// Whether nobody takes this step without saying who signs.
fn is_signed_for(entry: &EntryView, name: &str) -> bool {
    let mut asked = entry
        .kind
        .step(&entry.step)
        .into_iter()
        .flat_map(|step| &step.fields);
    asked.any(|asked| asked.required && asked.field == name)
}

/// Who signed, when the field is a signature.
fn signer<'v>(kind: &Kind, field: &str, values: &'v Values) -> Option<&'v str> {
    match &kind.field(field)?.kind {
        FieldType::Signature(signature) => {
            let name = values.get(&signature.name).and_then(Value::as_text);
            Some(name.unwrap_or_default())
        }
        _ => None,
    }
}
