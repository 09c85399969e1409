//! The files of a kind, as texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::KindHash;

/// The files of one kind's folder: name within the folder → content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindFiles {
    /// The folder's name, which is the kind's slug.
    pub folder: String,
    pub files: BTreeMap<String, String>,
}

impl KindFiles {
    pub fn new(folder: &str, files: impl IntoIterator<Item = (String, String)>) -> KindFiles {
        KindFiles {
            folder: folder.to_owned(),
            files: files.into_iter().collect(),
        }
    }

    /// The content of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// The definition's text.
    pub fn definition(&self) -> &str {
        self.get(DEFINITION).unwrap_or_default()
    }

    /// Language and text of each word file.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(name, text)| {
            let lang = name.strip_prefix("words.")?.strip_suffix(".ftl")?;
            Some((lang, text.as_str()))
        })
    }

    /// Name and text of each story file.
    pub fn stories(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(|(name, _)| name.starts_with("stories/") && name.ends_with(".story"))
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// What a version consists of: definition and words, without what makes no difference.
    pub fn bundle(&self) -> KindFiles {
        let counts = |name: &str| {
            name == DEFINITION || (name.starts_with("words.") && name.ends_with(".ftl"))
        };
        let files = self.files.iter().filter(|(name, _)| counts(name));
        KindFiles::new(
            &self.folder,
            files.map(|(name, text)| (name.clone(), normalised(text))),
        )
    }

    /// The bundle as JSON text, to be kept beside the cases opened under it.
    pub fn to_stored(&self) -> String {
        serde_json::to_string(&self.bundle()).expect("texts can be written as JSON")
    }

    /// The version of these files.
    pub fn hash(&self) -> KindHash {
        KindHash::of(self.to_stored().as_bytes())
    }
}

/// The name of the definition within the folder.
pub const DEFINITION: &str = "kind.toml";

/// Line ends and trailing blanks make no new version.
fn normalised(text: &str) -> String {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let mut text = lines.map(str::trim_end).collect::<Vec<_>>().join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
