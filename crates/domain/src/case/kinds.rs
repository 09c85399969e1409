//! All kinds that are in force, and the older versions under which cases are still open.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::Fault;
use super::kind::{Kind, KindHash};
use super::source::KindFiles;

include!(concat!(env!("OUT_DIR"), "/builtin_kinds.rs"));

/// All kinds that are in force, and the older versions under which cases are still open.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    current: Vec<Arc<Kind>>,
    by_hash: BTreeMap<KindHash, Arc<Kind>>,
}

impl Kinds {
    /// The kinds that come with the product.
    pub fn builtin() -> Kinds {
        Kinds::from_files(builtin_files()).expect("the built-in kinds are checked by our tests")
    }

    /// Reads kinds; a later folder replaces an earlier one of the same name. All faults at once.
    pub fn from_files(folders: Vec<KindFiles>) -> Result<Kinds, Vec<Fault>> {
        let mut last: BTreeMap<String, KindFiles> = BTreeMap::new();
        for folder in folders {
            last.insert(folder.folder.clone(), folder);
        }
        let mut kinds = Kinds::default();
        let mut faults = Vec::new();
        for files in last.into_values() {
            match Kind::from_files(files) {
                Ok(kind) => kinds.add_current(Arc::new(kind)),
                Err(found) => faults.extend(found),
            }
        }
        kinds
            .current
            .sort_by_key(|kind| (kind.order, kind.slug.clone()));
        if faults.is_empty() {
            faults = super::check::across(&kinds);
        }
        match faults.iter().any(Fault::is_error) {
            true => Err(faults),
            false => Ok(kinds),
        }
    }

    fn add_current(&mut self, kind: Arc<Kind>) {
        self.by_hash.insert(kind.hash, kind.clone());
        self.current.push(kind);
    }

    /// Adds an older version, as it was kept, so that its cases can go on.
    pub fn add_stored(&mut self, stored: &str) -> Result<Arc<Kind>, Vec<Fault>> {
        let kind = Arc::new(Kind::from_stored(stored)?);
        let kept = self.by_hash.entry(kind.hash).or_insert(kind);
        Ok(kept.clone())
    }

    /// The kinds in force, in the order of the pages.
    pub fn current(&self) -> &[Arc<Kind>] {
        &self.current
    }

    /// The kind in force with this slug.
    pub fn by_slug(&self, slug: &str) -> Option<&Arc<Kind>> {
        self.current.iter().find(|kind| kind.slug == slug)
    }

    /// The version with this hash, in force or not.
    pub fn by_hash(&self, hash: KindHash) -> Option<&Arc<Kind>> {
        self.by_hash.get(&hash)
    }

    /// Every version known, in force or not.
    pub fn all_versions(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.by_hash.values()
    }
}

/// The folders of the built-in kinds.
pub fn builtin_files() -> Vec<KindFiles> {
    BUILTIN
        .iter()
        .map(|&(folder, files)| {
            let files = files
                .iter()
                .map(|&(name, text)| (name.to_owned(), text.to_owned()));
            KindFiles::new(folder, files)
        })
        .collect()
}
